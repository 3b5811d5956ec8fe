## Het weekoverzicht

digest-title = Wat wij leerden · week { $week }

digest-first = Dit is je eerste weekoverzicht. Je leest hier wat collega’s leren van situaties waarin zij twijfelen wat goed is. Verhalen over inwoners en namen van collega’s staan er niet in. Wel wat vaker terugkomt, en wat eraan te doen is.
digest-none = Er is nog geen weekoverzicht. Het eerste komt vanzelf.
digest-quiet = Een rustige week: er is geen nieuws dat wij kunnen delen. Wat eerder gemeld is, houden wij bij. Fijne week!
digest-footer = Een regel staat er alleen als { $people } of meer collega’s van verschillende afdelingen erachter staan. Is dat nog niet zo, dan wacht de regel tot een volgende week. Zo is een regel niet terug te voeren op één persoon.

digest-heading-first = Dit speelt bij verschillende afdelingen
digest-heading-new = Nieuw deze week
digest-heading-recurring = Dit speelt al langer
digest-heading-pressure = Waar staan principes onder druk?
digest-heading-signals = Wat er met eerdere signalen gebeurt
digest-heading-due = Terugkijken
digest-heading-question = Een vraag voor het managementteam

digest-people = { $people } of meer collega’s, van verschillende afdelingen.
digest-cause = Meest genoemde oorzaak: { $cause }.
digest-tendency-structural = De meesten zeggen: dit komt vaker voor.
digest-tendency-incidental = De meesten zeggen: dit is een uitzondering.
digest-sentence = Uit een groep: “{ $sentence }”
digest-since = Gelijk aan week { $week }.
digest-updated = Deze week bijgewerkt.

digest-level-1 = licht
digest-level-2 = duidelijk
digest-level-3 = sterk
digest-pressure-row = { $principle }: { $levels }.
digest-pressure-cells = { $level } bij { $fields }
digest-pressure-empty = De andere vakken zijn leeg: daar is niets, of te weinig om te laten zien.
digest-pressure-principle = Principe
digest-picture-title = Waar staan principes onder druk?
digest-picture-about = Per leefgebied · tot en met week { $week }
digest-picture-empty = leeg: niets, of te weinig om te laten zien

digest-signal-received = Ontvangen
digest-signal-taken-up = Opgepakt
digest-signal-decided = Besloten
digest-signal-done = Klaar
digest-signal-declined = Dit gaan wij niet doen
digest-signal-now = { $state }, deze week.
digest-signal-since = { $weeks ->
    [one] { $state }, één week geleden.
   *[other] { $state }, { $weeks } weken geleden.
}
digest-signal-waiting = { $state }. Al { $weeks } weken geen stap gezet.
digest-signal-owner = Ligt bij: { $owner }.
digest-signal-reason = Uitleg: “{ $reason }”
digest-signal-more = { $number ->
    [one] Er is nog één signaal.
   *[other] Er zijn nog { $number } signalen.
}
digest-signal-settle = Volgende stap: { $theme }

digest-due = Groepen kijken terug op wat zij afspraken over:

digest-about = Dit gaat over “{ $theme }”.
digest-question-rule-1 = Welke ruimte geeft de regel nu al? En wie zegt collega’s dat zij die mogen gebruiken?
digest-question-rule-2 = Wat moest de regel bereiken? En lukt dat nog in deze situaties?
digest-question-process-1 = Welke stap in het werk zou niemand missen als wij die schrappen?
digest-question-process-2 = Wie mag het werkproces veranderen? En wat heeft diegene daarvoor nodig?
digest-question-system-1 = Wat lossen collega’s nu met de hand op, omdat het systeem het niet kan?
digest-question-system-2 = Wat mag een collega doen als iets goed is voor de inwoner, maar het systeem nee zegt?
digest-question-cooperation-1 = Welke afdeling vragen wij hierover aan tafel? En wie belt?
digest-question-cooperation-2 = Wie is aan zet voor de inwoner als twee afdelingen naar elkaar kijken?
digest-question-time-and-targets-1 = Welk aantal of welke termijn kan losser, zodat er tijd is voor wat nodig is?
digest-question-time-and-targets-2 = Wat vragen wij van collega’s dat niet past in de tijd die zij krijgen?
digest-question-mandate-1 = Wat mag iemand die de situatie kent voortaan zelf beslissen?
digest-question-mandate-2 = Hoe weet een collega dat wij achter een afwijkend, goed uitgelegd besluit staan?
digest-question-communication-1 = Welke brief of pagina herschrijven wij als eerste? En met welke inwoners?
digest-question-communication-2 = Wanneer vroegen wij een inwoner voor het laatst wat er in onze brief staat?
digest-question-knowledge-1 = Welke kennis is er al in huis, maar niet op de plek waar zij nodig is?
digest-question-knowledge-2 = Wat moeten collega’s weten over de ruimte die er is? En wie vertelt het hun?
digest-question-other-1 = Wat zou collega’s hier volgende maand al helpen?
digest-question-other-2 = Wat kunnen wij hier zelf aan doen? En wie begint?
