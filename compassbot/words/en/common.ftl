## What comes back in many places

command = /compass
yes = Yes
no = No
point = .
gone = This is no longer here. Type /compass to see what is open now.
denied = Only somebody with the role { $roles } can do this. Ask { $who }.
denied-nobody = Only somebody with the role { $roles } can do this. Nobody has that role yet. An administrator gives it with /compass settings. Is there no administrator yet? The person who runs the server names the first one with: compassbot administrator.
broke = Something went wrong on our side. Nothing was stored and nothing was posted. Please try again later. Does it keep going wrong? Tell your administrator this number: { $reference }.
says-nothing = Please write a few words here.
too-long = This is { $length } characters; { $longest } fit. Make it shorter; your text is still there.
write-something = Please write a short sentence here.
choose-one = Please choose one.
choose-at-most = Choose { $most } at most.
people = { $people ->
    [one] 1 colleague
   *[other] { $people } colleagues
}
days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
a-date = { $day } { $month } { $year }
until = { $weekday } { $date } at { $time }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
role-caseworker = caseworker
role-facilitator = facilitator
role-manager = manager
role-administrator = administrator

