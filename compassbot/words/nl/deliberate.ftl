## Samen overwegen

round-title = Ronde { $round } van { $rounds }: { $title }
round-over = Deze ronde is gesloten. De groep is nu bij “{ $title }”. Die ronde staat onderaan de draad.
round-hidden = De antwoorden blijven verborgen tot de ronde sluit.
round-nothing = Hier is niets ingevuld.
round-closed = Deze ronde is gesloten.
round-progress-none = Nog geen antwoorden. De ronde sluit uiterlijk { $until }.
round-progress = { $answered ->
    [one] 1 antwoord
   *[other] { $answered } antwoorden
}. { $awaited ->
    [0] Iedereen die nu meedoet heeft geantwoord. Anderen kunnen nog aanschuiven.
    [one] Wij wachten nog op 1 collega.
   *[other] Wij wachten nog op { $awaited } collega’s.
} De ronde sluit uiterlijk { $until }.
close-round = Sluit deze ronde (gespreksleider)
close-round-sure = De ronde sluit nu voor iedereen, en de groep gaat door met de volgende. Dat kun je niet ongedaan maken.
round-closed-by-you = Je hebt de ronde gesloten. De volgende staat in de draad.

turn-clarify = Stel een vraag of ga verder
turn-park = Zet je eerste reactie neer
turn-principles = Geef aan wat op het spel staat
turn-perspectives = Noem wat voor wie telt
turn-alternatives = Bedenk een andere keuze
turn-judge = Geef je eigen oordeel
turn-compare = Wat valt je op?
turn-conclude = Doe een voorstel
turn-agree = Ben je het eens?
turn-evaluate = Kijk kort terug
turn-submit = Verstuur
turn-thanks = Dank je, je antwoord is binnen. Zolang de ronde open is, kun je het nog aanpassen. De volgende ronde verschijnt in de draad.
turn-thanks-next = Dank je. Iedereen heeft geantwoord. De volgende ronde, “{ $title }”, staat onderaan de draad.
turn-thanks-last = Dank je. Het gesprek is klaar. In de draad lees je wat de groep vond.
extended-few = Er doen nog weinig collega’s mee. Daarom blijft deze ronde langer open.
extended-conclude = Er is nog geen voorstel. Daarom blijft deze ronde langer open. Iedereen die meedoet kan er een doen.

case-holder = Inbrenger
clarify-asked = Vraag:
clarify-waits = De inbrenger heeft nog niet geantwoord.
parked = { $people ->
    [one] Eén eerste reactie is geparkeerd. Niemand ziet wat erin staat.
   *[other] { $people } eerste reacties zijn geparkeerd. Niemand ziet wat erin staat.
}
stake-mean = { $bar } gemiddeld { $mean } ({ $voices } antwoorden)
why-title = Waarom?
voices-missing = Nog niemand noemde: { $voices }. Wat zou daar tellen?
reasons-title = De redenen
cost-said = (Dat kost: { $cost })
shifted = { $people ->
    [0] Niemand koos anders dan in de eerste reactie.
    [one] Eén collega koos anders dan in de eerste reactie.
   *[other] { $people } collega’s kozen anders dan in hun eerste reactie.
}
minority = De meesten kozen { $most }. Ook dit is gezegd, en blijft staan:
no-majority = Geen keuze kreeg de meeste stemmen. Alles wat bij de afweging gezegd is, blijft staan.
same-title = Wat ons bindt
different-title = Waarin wij verschillen
agreed = { $yes ->
    [one] 1 collega is het eens
   *[other] { $yes } collega’s zijn het eens
} met het voorstel{ $no ->
    [0] .
   *[other] , { $no } niet.
}
keep-title = Wat wij willen onthouden

option-lettered = { $letter }: { $option }
ask-department = Bij welke afdeling werk je?
ask-department-hint = Wij vragen dit één keer. Het staat nergens bij je antwoord.
ask-question = Je vraag aan de inbrenger
ask-question-hint = Vraag naar feiten. Heb je geen vraag? Laat dit leeg en verstuur.
ask-choice = Wat kies je?
ask-unsure = Ik weet het nog niet
ask-note = Wil je er iets bij schrijven?
ask-note-hint = Niemand krijgt dit te zien, ook straks niet.
ask-principle = Welk principe weegt voor jou het zwaarst?
ask-why = Waarom?
ask-why-hint = Eén zin is genoeg.
ask-cost = Wat kost je keuze, en wie betaalt dat?
ask-cost-hint = Eén zin. Bijvoorbeeld: de collega’s van de controle moeten het later uitleggen.
stake-0 = 0 niet
stake-1 = 1 een beetje
stake-2 = 2 veel
stake-3 = 3 heel veel
ask-who = Voor wie?
ask-matters = Wat telt voor die persoon of groep?
ask-matters-hint = Eén zin. Bijvoorbeeld: dat zij zelf mag uitleggen waarom.
ask-who2 = En voor wie nog meer?
ask-nobody = Niemand anders
ask-matters2 = Wat telt daar?
ask-matters2-hint = Laat dit leeg als je niemand anders noemt.
voice-resident = De inwoner
voice-lived-experience = Iemand met ervaringskennis
voice-other-department = Een andere afdeling
voice-colleague = Een collega
voice-organisation = De organisatie
voice-society = De samenleving
ask-option = Welke keuze kan er nog meer?
ask-option-hint = Denk vrij. Weet je er geen? Laat dit leeg en verstuur.
ask-same = Waarin lijken onze oordelen op elkaar?
ask-same-hint = Mag leeg blijven.
ask-different = Waarin verschillen wij?
ask-different-hint = Mag leeg blijven.
rate-one = Geef bij minstens één principe aan hoeveel er op het spel staat.
ask-agree = Kun je met dit voorstel leven?
ask-share = Mag de zin die erbij staat in het weekoverzicht?
ask-keep = Wat mag de groep niet vergeten?
ask-keep-hint = Ook als je het niet eens bent. Dit blijft in de draad staan, zonder naam.

tap-no = nee
tap-a-bit = een beetje
tap-yes = ja
tap-dont-know = weet niet
tap-ask-values = Ik zie beter welke waarden botsen.
tap-ask-sides = Ik zag een kant die ik nog niet had gezien.
tap-ask-voice = Iedereen kon zeggen wat die vond.
tap-ask-next-step = Ik weet wat ik ga doen.
tap-ask-recurs = Dit gebeurt vaker in onze organisatie.

ended-title = Het gesprek is klaar
ended-agreed = Dank jullie wel. De afspraak staat in de draad. Op de afgesproken dag vraag ik hier of het gelukt is. Wat wij ervan leren, telt mee in het weekoverzicht als het bij genoeg collega’s en afdelingen speelt.
ended-open = Dank jullie wel. Jullie kwamen niet tot een afspraak, en dat mag. Wat er is gezegd, blijft in de draad staan.
ended-nobody = Er heeft nog niemand meegedaan, en de tijd is om. Je kunt het dilemma opnieuw delen met meer tijd, of een gespreksleider vragen collega’s uit te nodigen.
ended-kept = De teksten blijven { $days } dagen staan. Daarna worden zij verwijderd.
ended-told-title-plain = Het gesprek over jouw dilemma is klaar
ended-told-title = Het gesprek over jouw dilemma { $number } is klaar
