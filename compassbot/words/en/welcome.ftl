## The first administrator

welcome-title = Welcome to Compass
welcome-intro = You added me, and are the first administrator now. Four steps, and your colleagues can begin:
welcome-departments = Name the departments, at least two.
welcome-places = Choose the channel for dilemmas, and the channel for the weekly digest.
welcome-invite = Invite me to those two channels.
welcome-roles = Choose who is a manager or a facilitator, and who else is an administrator.
welcome-choose = Choose the settings
welcome-later = Type /compass settings to change something later, and /compass to see what you can do.
