## Een bericht kan niet weg totdat iemand iets herstelt

trouble-bot = kompas
trouble-title = Er wacht een bericht
trouble-not-invited = Ik sta niet in { $place }. Typ daar **/invite @{ $bot }**. Er wacht nog een bericht; het komt vanzelf zodra ik erbij ben.
trouble-not-invited-more = Sta ik er al in? Dan is het kanaal gearchiveerd, of mag ik er niet schrijven. Maak het weer open, of kies een ander kanaal met /kompas beheer.
trouble-not-connected = { $chat } laat mij niet alles doen wat nodig is. De code van { $chat } is “{ $why }”. Met **compassbot check** zie je wat je moet herstellen. Er wacht nog een bericht; het komt vanzelf zodra de verbinding weer goed is.
trouble-kept-title = Je dilemma is bewaard
trouble-kept = Ik kan nog niet schrijven in { $place }. Een beheerder weet ervan. Je dilemma komt daar vanzelf zodra ik erbij mag. Je hoeft niets te doen.
