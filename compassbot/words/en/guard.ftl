# What the guard says of each kind of identifier: one sentence, and the noun for lists.
guard-person = This looks like a person's name.
guard-bsn = This looks like a citizen service number.
guard-iban = This looks like a bank account number.
guard-phone = This looks like a telephone number.
guard-email = This looks like a mail address.
guard-address = This looks like an address.
guard-postcode = This looks like a postcode.
guard-date-of-birth = This looks like a date of birth.
guard-licence-plate = This looks like a licence plate.
guard-case-number = This looks like the number of a case, client or document.
guard-ip = This looks like the IP address of a computer or phone.
guard-url = This link may lead to a person.
guard-username = This looks like somebody's user name.
guard-small-place = A small place: people there soon know who it is. It may stay.
guard-small-organisation = A small organisation: people there soon know who it is. It may stay.
guard-rare-fact = This is so special that people may know who it is. It may stay.
guard-probable = { $kind ->
    [iban] This may be an account number.
    [ip] This may be an IP address.
    [address] This may be an address.
   *[other] This may be a { $noun }.
}
guard-legend = What the marks mean
guard-legend-must = Marked like this
guard-legend-must-means = has to go before you post.
guard-legend-may = Marked like this
guard-legend-may-means = may stay only when you tick it.
guard-kind-person = name
guard-kind-bsn = citizen service number
guard-kind-iban = account number
guard-kind-phone = telephone number
guard-kind-email = mail address
guard-kind-address = address
guard-kind-postcode = postcode
guard-kind-date-of-birth = date of birth
guard-kind-licence-plate = licence plate
guard-kind-case-number = case number
guard-kind-ip = IP address
guard-kind-url = link
guard-kind-username = user name
guard-kind-small-place = a small place
guard-kind-small-organisation = a small organisation
guard-kind-rare-fact = something special

# The page that shows what was found, and the sentences around it.
guard-title = One moment: this could identify somebody
guard-title-reminder = One more thing before you post
guard-intro = Below you see what makes somebody recognisable. Our proposal is filled in already: one press accepts it all.
guard-intro-reminder = Nothing stops you. But below is something by which people nearby may recognise somebody. See whether it has to be there.
guard-before = As you typed it
guard-after = Our proposal. You can change it.
guard-becomes = becomes
guard-or = or
guard-accept = Accept and go on
guard-accept-post = Accept and post
guard-sure = Is it not about a person after all?
guard-sure-hint = Tick what may stay. We put it back as you typed it, and do not ask again for this dilemma.
guard-sure-before = You said that this may stay
guard-sure-before-hint = Does something have to go after all? Then untick it.
guard-sure-everywhere = “{ $text }” may stay everywhere: it is no { $noun }
guard-sure-choice = “{ $text }” may stay: it is no { $noun }
guard-sure-said = “{ $text }” may stay
guard-broken = The check for names and numbers does not work now. So we post and keep nothing. What you typed is still there. Please try again later. Does it go on? Then give this number to your administrator: { $reference }.
guard-reminder = A reminder: people nearby may recognise somebody by { $kinds } in your text. That is allowed. If you would rather write it differently, you can still change your text.
guard-line-certain = This was not sent. { $why } Take it out and send it again.
guard-line-probable = Not sent yet. { $why } Is it no such thing? Then send it once more.
guard-outcome-certain = certain
guard-outcome-probable = probable
guard-outcome-reminder = reminder
guard-nothing = Nothing found that could identify somebody. Read it again yourself: the check can miss something.
guard-empty = There is no text in it.
