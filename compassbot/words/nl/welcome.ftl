## De eerste beheerder

welcome-title = Welkom bij Kompas
welcome-intro = Je hebt mij toegevoegd, en bent nu de eerste beheerder. Vier stappen, en je collega’s kunnen beginnen:
welcome-departments = Noem de afdelingen, minstens twee.
welcome-places = Kies het kanaal voor dilemma’s, en het kanaal waar het weekoverzicht komt.
welcome-invite = Nodig mij uit in die twee kanalen.
welcome-roles = Kies wie leidinggevende of gespreksleider is, en wie nog meer beheerder.
welcome-choose = Kies de instellingen
welcome-later = Typ /kompas beheer als je later iets wilt aanpassen, en /kompas om te zien wat er kan.
