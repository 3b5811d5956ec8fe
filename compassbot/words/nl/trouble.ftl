## Een bericht kan niet weg totdat iemand iets herstelt

trouble-title = Er wacht een bericht
trouble-not-invited = Ik sta niet in { $place }. Nodig mij uit: typ daar **/invite @**, en kies mij in de lijst. Er wacht nog een bericht; het komt vanzelf zodra ik erbij ben.
trouble-not-invited-more = Sta ik er al in? Dan is het kanaal gearchiveerd, of mag ik er niet schrijven. Maak het weer open, of kies een ander kanaal met /kompas beheer.
trouble-not-connected = { $chat } laat mij niet alles doen wat nodig is. De code van { $chat } is “{ $why }”. Vraag wie de server beheert om **compassbot check** te draaien: daar staat wat er moet worden hersteld. Er wacht nog een bericht; het komt vanzelf zodra de verbinding weer goed is.
trouble-kept-title = Je dilemma is bewaard
trouble-kept = Ik kan nog niet schrijven in { $place }. Een beheerder weet ervan. Je dilemma komt daar vanzelf zodra ik erbij mag. Je hoeft niets te doen.
trouble-kept-nobody = Ik kan nog niet schrijven in { $place }, en er is geen beheerder die dat kan regelen. Vraag wie de server beheert om een beheerder aan te wijzen. Je dilemma komt daar vanzelf zodra ik erbij mag.
