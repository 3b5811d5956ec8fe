## Wat op veel plekken terugkomt

command = /kompas
yes = Ja
no = Nee
point = ,
gone = Dit is er niet meer. Typ /kompas om te zien wat er nu open staat.
denied = Dit kan alleen iemand met de rol { $roles }. Vraag het aan { $who }.
denied-nobody = Dit kan alleen iemand met de rol { $roles }. Nog niemand heeft die rol. Een beheerder geeft haar met /kompas beheer. Is er nog geen beheerder? Wie de server beheert, noemt de eerste met: compassbot administrator.
broke = Er ging iets mis bij ons. Er is niets opgeslagen en niets geplaatst. Probeer het straks opnieuw. Blijft het misgaan? Noem dan dit nummer bij je beheerder: { $reference }.
says-nothing = Schrijf hier een paar woorden.
too-long = Dit zijn { $length } tekens. Er passen er { $longest }. Maak het korter; je tekst staat er nog.
write-something = Schrijf hier een korte zin.
choose-one = Maak hier een keuze.
choose-at-most = Kies er hoogstens { $most }.
people = { $people ->
    [one] 1 collega
   *[other] { $people } collega’s
}
days = { $days ->
    [one] 1 dag
   *[other] { $days } dagen
}
a-date = { $day } { $month } { $year }
until = { $weekday } { $date } om { $time }
month-1 = januari
month-2 = februari
month-3 = maart
month-4 = april
month-5 = mei
month-6 = juni
month-7 = juli
month-8 = augustus
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
weekday-0 = maandag
weekday-1 = dinsdag
weekday-2 = woensdag
weekday-3 = donderdag
weekday-4 = vrijdag
weekday-5 = zaterdag
weekday-6 = zondag
role-caseworker = medewerker
role-facilitator = gespreksleider
role-manager = leidinggevende
role-administrator = beheerder

