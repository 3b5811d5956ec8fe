## Een dilemma delen

share-title = Deel een dilemma
share-intro = Vertel over een zaak die knaagt. Je collega’s zien niet dat het van jou komt. Schrijf geen namen, adressen of nummers op. Het kost je ongeveer vijf minuten.
share-not-here = Is er nu gevaar, of denk je aan mishandeling, fraude door een collega of een datalek? Bespreek dat niet hier. Bel wie daar bij jullie voor is.
share-draft = Je was al begonnen. Wat je toen schreef, staat er nog.
share-situation = Wat is er aan de hand?
share-situation-hint = Beschrijf kort wat er speelt, zonder dat iemand te herkennen is. Een paar zinnen is genoeg.
share-moment = Wanneer knelt het het meest?
share-moment-hint = Eén moment. Bijvoorbeeld: zij vraagt mij of ze de boodschappen moet melden.
share-question = Wat is je morele vraag?
share-question-hint = Begin met Mag, Kan, Moet, Wil of Durf ik. Hoogstens 15 woorden.
share-option-a = Wat kun je doen? Keuze A
share-option-a-hint = Bijvoorbeeld: ik houd mij aan de regel.
share-cost-a = Wat kost keuze A?
share-cost-a-hint = Wie raakt er iets kwijt, en wat?
share-option-b = Wat kun je ook doen? Keuze B
share-option-b-hint = Bijvoorbeeld: ik maak een uitzondering.
share-cost-b = Wat kost keuze B?
share-cost-b-hint = Wie raakt er iets kwijt, en wat?
share-department = Bij welke afdeling werk je?
share-department-hint = Dit staat niet bij je dilemma. Wij tellen er alleen mee of iets bij meer afdelingen speelt.
share-time = Hoeveel tijd krijgen collega’s?
share-time-hint = Wij tellen alleen werktijd: ’s avonds en in het weekend staat de klok stil.
share-next = Verder
share-review-title = Zo zien je collega’s het
share-clean = Wij vonden niets waaraan een inwoner te herkennen is. Lees het zelf ook nog eens na.
share-said = Je zei dat dit mag blijven staan: { $said }. Verder vonden wij niets waaraan een inwoner te herkennen is. Lees het zelf ook nog eens na.
share-who-sees = Wie ziet dit? Iedereen in het kanaal. Niemand ziet dat het van jou komt. { $days } dagen na het gesprek verwijderen wij de tekst. Tot die tijd kan iemand erom vragen via de Wet open overheid. Deze tekst is moeilijk te herleiden, maar niet anoniem.
share-post = Plaats het dilemma
share-thanks-title = Dilemma { $number } is geplaatst
share-thanks = Dank je. Je collega’s kunnen nu meedenken. Je krijgt van mij een privébericht waarmee je vragen beantwoordt, de tekst aanpast of het dilemma terugtrekt.
share-thanks-later = Dank je. Het is nu buiten werktijd, dus je collega’s zien het morgenochtend of na het weekend. Je krijgt nu al een privébericht waarmee je de tekst aanpast of het dilemma terugtrekt.
share-gone = Dit dilemma heb je al geplaatst, of het was te lang geleden. Typ /kompas dilemma om een nieuw dilemma te delen.
share-no-place = Er is nog geen kanaal gekozen voor dilemma’s. De beheerder kan dat doen met /kompas beheer.
share-no-departments = Er zijn nog geen afdelingen ingevuld. De beheerder kan dat doen met /kompas beheer.
time-minutes = 25 minuten: we doen het nu
time-today = Vandaag: 4 uur werktijd
time-days = Twee werkdagen
time-week = Een werkweek

hint-intro = **Een tip over je vraag.** Het hoeft niet, maar een scherpe vraag helpt je collega’s.
hint-mark = Eindig met een vraagteken.
hint-how = Een vraag met _hoe_ zoekt een oplossing. Vraag liever wat goed is om te doen: Mag ik …?
hint-comma = Dit lijken twee vragen. Kies de vraag die het meest knaagt.
hint-long = Dit is een lange vraag. Met hoogstens 15 woorden blijft zij helder.
hint-verdict = In je vraag zit al een oordeel. Kan het zonder?
hint-opener = Begin met Mag, Kan, Moet, Wil of Durf ik. Dan gaat de vraag over wat jij kunt doen.

dilemma-title = Dilemma { $number }: { $question }
dilemma-title-plain = Dilemma { $number }
dilemma-moment = Het knelt het meest:
dilemma-option-a = Keuze A
dilemma-option-b = Keuze B
dilemma-cost = Dat kost:
dilemma-state = Ronde { $round } van { $rounds } · { $title } · { $people ->
    [0] nog niemand doet mee
    [one] 1 collega doet mee
   *[other] { $people } collega’s doen mee
}
dilemma-edited = Aangepast door de inbrenger.
dilemma-closed = Dit gesprek is klaar. In de draad lees je wat de groep vond.
dilemma-withdrawn = De inbrenger heeft dit dilemma teruggetrokken. De tekst en de antwoorden zijn verwijderd.
dilemma-forgotten = De bewaartijd is voorbij. De tekst en de antwoorden zijn verwijderd.
forgotten = De bewaartijd is voorbij. Deze antwoorden zijn verwijderd.
join = Doe mee

receipt-title = Jouw dilemma { $number }: { $question }
receipt-title-plain = Jouw dilemma { $number }
receipt-text = Alleen jij ziet dit bericht. Stelt een collega een vraag, dan krijg je die hier. Je antwoord staat straks in de draad als dat van de inbrenger, zonder je naam.
receipt-privacy = Wij bewaren versleuteld dat dit dilemma van jou is, alleen om je te kunnen schrijven. Na de laatste terugblik wissen wij de sleutel.
receipt-edit = Pas de tekst aan
receipt-withdraw = Trek het terug
receipt-withdraw-sure = Je trekt dit dilemma terug. De tekst en alle antwoorden worden meteen verwijderd. Dat kun je niet ongedaan maken.
receipt-closed = Het gesprek over dit dilemma is klaar. In de draad lees je wat de groep vond.
receipt-withdrawn = Je hebt dit dilemma teruggetrokken. De tekst en de antwoorden zijn verwijderd.
letter-wiped = Dit privébericht is gewist. Zo kan niemand meer zien waar het over ging.
receipt-forgotten = De bewaartijd is voorbij. De tekst en de antwoorden zijn verwijderd.

asked-title = Een vraag over jouw dilemma { $number }
asked-text = Je antwoord komt in de draad te staan als dat van de inbrenger, zonder je naam.
asked-reply = Geef antwoord
ask-answer = Je antwoord
ask-answer-hint = Alleen de feiten, zonder dat iemand te herkennen is.
reply-submit = Plaats je antwoord
reply-thanks = Je antwoord staat in de draad, als dat van de inbrenger.
replied = Je antwoordde:
edit-title = Pas je dilemma aan
edit-submit = Bewaar
edit-thanks = De tekst is aangepast. Collega’s zien dat de inbrenger iets aanpaste.
withdraw-thanks = Je dilemma is teruggetrokken. De tekst en de antwoorden zijn verwijderd.
only-case-holder = Dit kan alleen de inbrenger van het dilemma.
over-closed = Dit gesprek is klaar. In de draad lees je wat de groep vond.
over-withdrawn = De inbrenger heeft dit dilemma teruggetrokken.
over-forgotten = De bewaartijd van dit dilemma is voorbij.
