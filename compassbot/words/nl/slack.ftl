## Slack: wat de pagina’s en menu’s daar over de bot zeggen

slack-manifest-name = Kompas
slack-manifest-description = Leg een dilemma voor aan collega’s, zonder namen, en denk het samen in korte stappen door.
slack-manifest-about =
    Je beslist over iemands inkomen, zorg of huis, en de regels geven geen duidelijk antwoord. Leg je dilemma hier voor aan collega’s, zonder je naam en zonder iets wat naar de inwoner wijst. De bot leidt jullie in korte stappen door een moreel beraad: de feiten, je eerste reactie, de leidende principes van je organisatie, wat voor wie van belang is, en ieders eigen oordeel.

    Elke week lezen leidinggevenden wat in meer afdelingen terugkomt, zodat de organisatie de regel, het proces of de brief die in de weg zit kan veranderen. De bot stelt vragen en geeft geen oordeel. Hij gebruikt geen taalmodel, en leest geen berichten, behalve het ene waar iemand een dilemma van maakt.
# Slack takes 24 characters for the name of a shortcut.
slack-manifest-share = Deel een dilemma
slack-manifest-share-about = Leg een zaak die knaagt voor aan collega’s
slack-manifest-message = Maak hiervan een dilemma
slack-manifest-message-about = Begin een dilemma met de tekst van dit bericht. Je kunt hem nog veranderen.
slack-manifest-command = Wat staat er open, een dilemma delen, een principe opzoeken
slack-manifest-usage = [dilemma | principes | overzicht | beheer]

## Slack: knoppen, formulieren en wat er mis kan gaan

slack-name = Kompas
slack-close = Sluiten
slack-cancel = Annuleren
slack-submit = Verstuur
slack-sure = Ja, doe het
slack-again = Probeer opnieuw
slack-more = Er is meer gezegd dan in één bericht van Slack past. Mis je iets? Vraag ernaar bij de gespreksleider.
slack-form-late = Het duurde net te lang om het formulier te openen. Er is niets verloren. Druk nog een keer.
slack-form-down = Slack laat mij nu geen formulier openen. Er is niets verloren. Probeer het over een paar minuten opnieuw.
slack-form-broken = Ik kan hier geen formulier openen, omdat de koppeling met Slack niet meer klopt ({ $code }). Vraag je beheerder om de koppeling te herstellen.
slack-token-gone = De koppeling met Slack is verbroken: iemand heeft de sleutel van de bot ingetrokken. Er is niets verloren, en wat nog verstuurd moet worden, wacht. Wie in Slack apps mag toevoegen, herstelt het op { $address }.
slack-unreadable = Dit formulier of deze knop is te oud. Typ /kompas om opnieuw te beginnen.
slack-elsewhere = Slack liet mij het antwoord niet tonen op de plek waar je iets deed. Kijk op het tabblad Home hoe het er nu voor staat, of doe het nog een keer.
slack-file = Een bericht met een foto of bestand kan niet meedoen: niemand kan vooraf zien wie erop of erin staat. Typ /kompas dilemma en vertel in je eigen woorden wat ervan nodig is.
slack-outsider = Meedoen kan alleen met een account van de organisatie die deze bot gebruikt. Je kunt hier wel meelezen.
slack-choose-anew = Een kanaal of persoon die hier stond, is er niet meer. Daarom is nu niets ingevuld. Kies opnieuw wie en wat hier moet staan.
slack-tail = Deze tekst is te lang voor Slack. Alleen de eerste 3000 tekens staan hier. Kort de tekst in, en kijk of niets ontbreekt wat ertoe doet.
