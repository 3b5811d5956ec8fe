## Adding the app to Slack

slack-install-title = Compass in Slack
slack-install-intro = Add Compass to the Slack of your organisation. The app may then:
slack-install-may-answer = Answer the command /compass, and buttons.
slack-install-may-write = Write, and show the picture of the weekly digest, in channels that you invite Compass to. And send a message to one person.
slack-install-may-not = The app reads no messages in channels, and sees no list of people or channels.
slack-install-add = Add to Slack
slack-install-first = The person who adds the app becomes the first administrator. You can change that later.
slack-install-again = Start again
slack-install-done-title = Compass was added
slack-install-done = These are the next steps:
slack-install-step-open = Open Slack. The first administrator has a message from Compass there.
slack-install-step-choose = Choose the departments and the channels with /compass settings.
slack-install-step-invite = Invite Compass to those channels.
slack-install-not-title = This did not work
slack-install-denied = Permission was not given in Slack, so Compass was not added. Do you want it after all? Then start again.
slack-install-browser = This page was loaded again, you are in another browser than before, or your browser keeps no cookies. Is Compass in Slack already? Then all is well. If not, start again, and stay in the same browser.
slack-install-late = This step was used already, or took longer than ten minutes. Is Compass in Slack already? Then all is well. If not, start again.
slack-install-not-here = This bot is not for this workspace. Ask the person who runs the server to let your workspace in.
slack-install-enterprise = Compass cannot be added to a whole organisation at once. Choose one workspace in Slack, and start again.
slack-install-down = Slack does not answer now. Nothing was added. Start again in a few minutes.
slack-install-refused = Slack gave no access. Start again. Does it fail again? Ask the person who runs this server to look at the settings of Slack with compassbot check.
