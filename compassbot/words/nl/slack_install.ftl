## De app aan Slack toevoegen

slack-install-title = Kompas in Slack
slack-install-intro = Voeg Kompas toe aan de Slack van je organisatie. Dit mag de app dan:
slack-install-may-answer = Antwoorden op het commando /kompas en op knoppen.
slack-install-may-write = Schrijven, en de plaat van het weekoverzicht tonen, in kanalen waar jullie Kompas uitnodigen. En één persoon een bericht sturen.
slack-install-may-not = De app leest geen berichten in kanalen, en ziet geen lijst van mensen of kanalen.
slack-install-add = Voeg toe aan Slack
slack-install-first = Wie de app toevoegt, wordt de eerste beheerder. Dat kun je later aanpassen.
slack-install-again = Begin opnieuw
slack-install-done-title = Kompas is toegevoegd
slack-install-done = Dit zijn de volgende stappen:
slack-install-step-open = Open Slack. De eerste beheerder heeft daar een bericht van Kompas.
slack-install-step-choose = Kies met /kompas beheer de afdelingen en de kanalen.
slack-install-step-invite = Nodig Kompas uit in die kanalen.
slack-install-not-title = Dit is niet gelukt
slack-install-denied = In Slack is er geen toestemming gegeven. Kompas is dus niet toegevoegd. Wil je dat toch? Begin dan opnieuw.
slack-install-browser = Deze pagina is opnieuw geladen, je bent in een andere browser dan eerst, of je browser bewaart geen cookies. Staat Kompas al in Slack? Dan is het goed. Begin anders opnieuw, en blijf in dezelfde browser.
slack-install-late = Deze stap is al gebruikt, of duurde langer dan tien minuten. Staat Kompas al in Slack? Dan is het goed. Begin anders opnieuw.
slack-install-not-here = Deze bot is niet voor deze werkruimte. Vraag wie de server beheert om je werkruimte toe te laten.
slack-install-enterprise = Kompas kan niet in één keer voor een hele organisatie worden toegevoegd. Kies in Slack één werkruimte, en begin opnieuw.
slack-install-down = Slack antwoordt nu niet. Er is niets toegevoegd. Begin over een paar minuten opnieuw.
slack-install-refused = Slack gaf geen toegang. Begin opnieuw. Lukt het weer niet? Vraag wie deze server beheert om de instellingen van Slack na te kijken met compassbot check.
