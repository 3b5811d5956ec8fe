# The web chat: everything on its pages that is not a card.

web-bot = Kompas
web-bot-role = Gesprekshulp
web-bot-topic = Alleen jij en Kompas lezen dit.

web-skip = Direct naar de berichten
web-menu = Kanalen en mensen
web-you-are = Je bent
web-switch = Wissel van persoon
web-switch-why = Dit is een proefkantoor. Kijk mee door de ogen van een collega.
web-channels = Kanalen
web-direct = Alleen voor jou
web-unread = { $n ->
    [one] { $n } nieuw bericht
   *[other] { $n } nieuwe berichten
}
web-language = English
web-language-short = EN

web-clock = Klok van het kantoor
web-clock-why = De tijd is hier van jou: spring vooruit en kijk wat er gebeurt.
web-clock-hour = Een uur later
web-clock-day = Een dag later
web-clock-monday = Naar maandag 08:00

web-messages = Berichten
web-message-to = Bericht in { $where }
web-reply-to = Reageer in deze draad
web-send = Verstuur
web-hint = Typ een schuine streep (/) voor wat Kompas kan
web-what-can = Wat Kompas kan
web-commands = Opdrachten
web-commands-found = { $n ->
    [0] Geen opdracht gevonden
    [one] 1 opdracht. Kies met de pijltjes.
   *[other] { $n } opdrachten. Kies met de pijltjes.
}
web-thread = Draad
web-thread-open = Reageer
web-replies = { $n ->
    [one] 1 reactie
   *[other] { $n } reacties
}
web-thread-messages = Berichten in deze draad
web-thread-close = Sluit draad
web-older = Oudere berichten
web-private = Alleen jij ziet dit
web-hide = Verberg
web-changed = bijgewerkt
web-new-message = Nieuw bericht
web-new-elsewhere = Nieuw bericht op een andere plek

web-empty-channel = Hier is nog niets gezegd
web-empty-channel-more = Typ /kompas om te zien wat je hier kunt doen, of schrijf een bericht aan je collega's.
web-empty-inbox = Nog geen berichten van Kompas
web-empty-inbox-more = Wat alleen voor jou is, komt hier. Typ /kompas om te zien wat Kompas voor je kan doen.
web-empty-thread = Nog geen reacties
web-empty-thread-more = Wat je hier schrijft, lezen alle collega's in dit kanaal.

web-welcome = Welkom. Denk hier samen na over lastige zaken.
web-welcome-one = Je kijkt mee als { $name }. Kies linksboven een ander en zie wat die ziet.
web-welcome-two = Typ /kompas dilemma en leg een twijfel uit je werk voor. Je naam staat er niet bij.
web-welcome-three = Denk mee onder een dilemma. Zet daarna de klok op maandag 08:00 en lees wat iedereen ervan leert.
web-welcome-close = Begrepen, aan de slag

web-close = Sluiten
web-submit = Verstuur
web-cancel = Annuleren
web-sure = Weet je het zeker?
web-required = verplicht
web-optional = mag leeg blijven
web-choose = Maak een keuze
web-left = { $n ->
    [one] Nog 1 teken
   *[other] Nog { $n } tekens
}
web-over = { $n ->
    [one] 1 teken te veel
   *[other] { $n } tekens te veel
}
web-kept = Wat je typt, wordt bewaard.
web-faults = { $n ->
    [one] Er is nog één ding nodig
   *[other] Er zijn nog { $n } dingen nodig
}
web-lost = Dat lukte niet. Wat je typte staat er nog. Probeer het zo opnieuw.
web-offline = Geen verbinding. We proberen het opnieuw.
web-online = De verbinding is er weer.
web-noscript = Deze pagina heeft JavaScript nodig om berichten te versturen.

web-fault-required = { $kind ->
    [one_of] Kies een antwoord.
    [scale] Kies een antwoord.
    [some_of] Kies minstens één antwoord.
    [people] Kies minstens één collega.
    [date] Vul een datum in.
   *[other] Vul hier iets in.
}
web-fault-long = Dit is { $over ->
    [one] 1 teken
   *[other] { $over } tekens
} te lang. Er passen er { $longest }.
web-fault-choice = Kies een van de antwoorden die er staan.
web-fault-date = Vul een datum in, zoals 23-11-2026.

web-sorry-title = Dat ging niet
web-sorry-who = Deze persoon werkt hier niet. Misschien klopt het adres niet.
web-sorry-where = Dit kanaal is er niet. Misschien klopt het adres niet.
web-sorry-gone = Dit bericht is er niet meer.
web-sorry-elsewhere = Dit verzoek kwam van een andere website. Daarom voeren we het niet uit.
web-sorry-large = Dit is te groot om te versturen. Maak het korter en probeer het opnieuw.
web-sorry-file = Een foto of bestand kan hier niet: niemand kan vooraf zien wie erop of erin staat. Typ in je eigen woorden wat ervan nodig is.
web-sorry-long = Dit bericht is te lang. Er passen 4000 tekens.
web-sorry-unreadable = We konden niet lezen wat je browser stuurde. Ververs de pagina en probeer het opnieuw.
web-sorry-back = Naar het kantoor

web-today = vandaag
web-yesterday = gisteren
web-day-and-time = { $day } { $time }
web-full-date = { $weekday } { $day } { $month }
web-weekday = { $n ->
    [1] maandag
    [2] dinsdag
    [3] woensdag
    [4] donderdag
    [5] vrijdag
    [6] zaterdag
   *[7] zondag
}
web-month = { $n ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
}
