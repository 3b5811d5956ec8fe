# The web chat: everything on its pages that is not a card.

web-bot = Kompas
web-bot-role = Conversation guide
web-bot-topic = Only you and Kompas read this.

web-skip = Skip to the messages
web-menu = Channels and people
web-you-are = You are
web-switch = Be someone else
web-switch-why = This is an office to try things in. Look through the eyes of a colleague.
web-channels = Channels
web-direct = Only for you
web-unread = { $n ->
    [one] { $n } new message
   *[other] { $n } new messages
}
web-language = Nederlands
web-language-short = NL

web-clock = The office clock
web-clock-why = Time is yours here: jump ahead and see what happens.
web-clock-hour = An hour later
web-clock-day = A day later
web-clock-monday = To Monday 08:00

web-messages = Messages
web-message-to = Message in { $where }
web-reply-to = Reply in this thread
web-send = Send
web-hint = Type a slash (/) to see what Kompas can do
web-what-can = What Kompas can do
web-commands = Commands
web-commands-found = { $n ->
    [0] No command found
    [one] 1 command. Use the arrow keys.
   *[other] { $n } commands. Use the arrow keys.
}
web-thread = Thread
web-thread-open = Reply
web-replies = { $n ->
    [one] 1 reply
   *[other] { $n } replies
}
web-thread-messages = Messages in this thread
web-thread-close = Close thread
web-older = Older messages
web-private = Only you can see this
web-hide = Hide
web-changed = updated
web-new-message = New message
web-new-elsewhere = New message in another place

web-empty-channel = Nothing has been said here yet
web-empty-channel-more = Type /kompas to see what you can do here, or write a message to your colleagues.
web-empty-inbox = No messages from Kompas yet
web-empty-inbox-more = What is only for you comes here. Type /kompas to see what Kompas can do for you.
web-empty-thread = No replies yet
web-empty-thread-more = All colleagues in this channel can read what you write here.

web-welcome = Welcome. This is where colleagues think hard cases through.
web-welcome-one = You are looking as { $name }. Pick someone else at the top left and see what they see.
web-welcome-two = Type /kompas dilemma and share a doubt from your work. Your name is left out.
web-welcome-three = Join in under a dilemma. Then set the clock to Monday 08:00 and read what everyone learns from it.
web-welcome-close = Got it, let's start

web-close = Close
web-submit = Send
web-cancel = Cancel
web-sure = Are you sure?
web-required = required
web-optional = may stay empty
web-choose = Choose one
web-left = { $n ->
    [one] 1 character left
   *[other] { $n } characters left
}
web-over = { $n ->
    [one] 1 character too many
   *[other] { $n } characters too many
}
web-kept = What you type is kept.
web-faults = { $n ->
    [one] One thing is still needed
   *[other] { $n } things are still needed
}
web-lost = That did not work. What you typed is still here. Please try again in a moment.
web-offline = No connection. We are trying again.
web-online = You are connected again.
web-noscript = This page needs JavaScript to send messages.

web-fault-required = { $kind ->
    [one_of] Choose an answer.
    [scale] Choose an answer.
    [some_of] Choose at least one answer.
    [people] Choose at least one colleague.
    [date] Fill in a date.
   *[other] Fill in something here.
}
web-fault-long = This is { $over ->
    [one] 1 character
   *[other] { $over } characters
} too long. There is room for { $longest }.
web-fault-choice = Choose one of the answers shown.
web-fault-date = Fill in a date, such as 23-11-2026.

web-sorry-title = That did not work
web-sorry-who = This person does not work here. Perhaps the address is wrong.
web-sorry-where = There is no such channel. Perhaps the address is wrong.
web-sorry-gone = This message is no longer there.
web-sorry-elsewhere = This request came from another website. That is why we do not carry it out.
web-sorry-large = This is too large to send. Make it shorter and try again.
web-sorry-file = A picture or file cannot be sent here: nobody can see beforehand who is in it. Type in your own words what is needed of it.
web-sorry-long = This message is too long. There is room for 4000 characters.
web-sorry-unreadable = We could not read what your browser sent. Reload the page and try again.
web-sorry-back = To the office

web-today = today
web-yesterday = yesterday
web-day-and-time = { $day } { $time }
web-full-date = { $weekday } { $day } { $month }
web-weekday = { $n ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
web-month = { $n ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
