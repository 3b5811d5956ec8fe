## Slack: what its pages and menus say about the bot

slack-manifest-name = Compass
slack-manifest-description = Put a dilemma to colleagues, without names, and think it through in short steps.
slack-manifest-about =
    You decide about somebody’s income, care or home, and the rules give no clear answer. Put your dilemma to colleagues here, without your name and without anything that points at the resident. The bot leads you through a moral deliberation in short steps: the facts, your first reaction, the leading principles of your organisation, what matters to whom, and each person’s own judgement.

    Every week managers read what comes back in several departments, so that the organisation can change the rule, the process or the letter that is in the way. The bot asks and never judges. It uses no language model, and it reads no messages, except the one that somebody makes a dilemma of.
slack-manifest-share = Share a dilemma
slack-manifest-share-about = Put a case that keeps bothering you to colleagues
slack-manifest-message = Make this a dilemma
slack-manifest-message-about = Begin a dilemma with the text of this message. You can still change it.
slack-manifest-command = What is open, share a dilemma, look up a principle
slack-manifest-usage = [dilemma | principles | digest | settings]

## Slack: buttons, forms and what can go wrong

slack-name = Compass
slack-close = Close
slack-cancel = Cancel
slack-submit = Send
slack-sure = Yes, do it
slack-again = Try again
slack-more = More was said than fits in one message of Slack. Do you miss something? Ask the facilitator about it.
slack-form-late = It took a little too long to open the form. Nothing is lost. Press once more.
slack-form-down = Slack does not let me open a form now. Nothing is lost. Try again in a few minutes.
slack-form-broken = I cannot open a form here, because the connection with Slack is broken ({ $code }). Ask your administrator to fix it.
slack-token-gone = The connection with Slack is broken: somebody took the bot’s token back. Nothing is lost, and what must still be sent is waiting. The person who may add apps to Slack can fix it at { $address }.
slack-unreadable = This form or button is too old. Type /compass to start again.
slack-elsewhere = Slack did not let me show the answer where you did something. Look at the tab Home to see how things stand now, or do it once more.
slack-file = A message with a picture or file cannot be used: nobody can see beforehand who is in it. Type /compass dilemma and tell in your own words what is needed of it.
slack-outsider = Only people with an account in the organisation that uses this bot can take part. You can read along here.
slack-choose-anew = A channel or person that was chosen here is no longer there. So nothing is filled in now. Choose again who and what should be here.
slack-tail = This text is too long for Slack. Only its first 3000 characters are shown here. Shorten the text, and see that nothing important is missing.
