## Deliberating together

round-title = Round { $round } of { $rounds }: { $title }
round-over = This round has closed. The group is now at “{ $title }”. That round is at the end of the thread.
round-hidden = The answers stay hidden until the round closes.
round-nothing = Nothing was filled in here.
round-closed = This round has closed.
round-progress-none = No answers yet. The round closes { $until } at the latest.
round-progress = { $answered ->
    [one] 1 answer
   *[other] { $answered } answers
}. { $awaited ->
    [0] Everybody who takes part now has answered. Others can still join.
    [one] We are waiting for 1 colleague.
   *[other] We are waiting for { $awaited } colleagues.
} The round closes { $until } at the latest.
close-round = Close this round (facilitator)
close-round-sure = The round closes now for everybody, and the group goes on to the next. This cannot be undone.
round-closed-by-you = You have closed the round. The next one is in the thread.

turn-clarify = Ask a question or go on
turn-park = Put down your first reaction
turn-principles = Say what is at stake
turn-perspectives = Say what matters to whom
turn-alternatives = Think of another option
turn-judge = Give your own judgement
turn-compare = What strikes you?
turn-conclude = Make a proposal
turn-agree = Do you agree?
turn-evaluate = Look back briefly
turn-submit = Send
turn-thanks = Thank you, your answer is in. You can change it as long as the round is open. The next round will appear in the thread.
turn-thanks-next = Thank you. Everybody has answered. The next round, “{ $title }”, is at the end of the thread.
turn-thanks-last = Thank you. The deliberation has ended. The thread tells what the group found.
extended-few = Few colleagues take part yet. So this round stays open longer.
extended-conclude = There is no proposal yet. So this round stays open longer. Everybody who takes part can make one.

case-holder = Case holder
clarify-asked = Question:
clarify-waits = The case holder has not answered yet.
parked = { $people ->
    [one] One first reaction has been parked. Nobody sees what it says.
   *[other] { $people } first reactions have been parked. Nobody sees what they say.
}
stake-mean = { $bar } { $mean } on average ({ $voices } answers)
why-title = Why?
voices-missing = Nobody has named yet: { $voices }. What would matter there?
reasons-title = The reasons
cost-said = (The cost: { $cost })
shifted = { $people ->
    [0] Nobody chose otherwise than in the first reaction.
    [one] One colleague chose otherwise than in the first reaction.
   *[other] { $people } colleagues chose otherwise than in their first reaction.
}
minority = Most chose { $most }. This was said too, and stays here:
no-majority = No choice had the most votes. All that was said with the judgements stays there.
same-title = What binds us
different-title = Where we differ
agreed = { $yes ->
    [one] 1 colleague agrees
   *[other] { $yes } colleagues agree
} with the proposal{ $no ->
    [0] .
    [one] , 1 does not.
   *[other] , { $no } do not.
}
keep-title = What we want to remember

option-lettered = { $letter }: { $option }
ask-department = Which department do you work in?
ask-department-hint = We ask this once. It is not shown with your answer.
ask-question = Your question to the case holder
ask-question-hint = Ask about facts. No question? Leave this empty and send.
ask-choice = What do you choose?
ask-unsure = I do not know yet
ask-note = Would you like to add anything?
ask-note-hint = Nobody will see this, not later either.
ask-principle = Which principle weighs most for you?
ask-why = Why?
ask-why-hint = One sentence will do.
ask-cost = What does your choice cost, and who pays?
ask-cost-hint = One sentence. For example: the auditors will have to explain it later.
stake-0 = 0 not
stake-1 = 1 a little
stake-2 = 2 much
stake-3 = 3 very much
ask-who = For whom?
ask-matters = What matters to that person or group?
ask-matters-hint = One sentence. For example: that she may explain it herself.
ask-who2 = And for whom else?
ask-nobody = Nobody else
ask-matters2 = What matters there?
ask-matters2-hint = Leave this empty if you name nobody else.
voice-resident = The resident
voice-lived-experience = Somebody with lived experience
voice-other-department = Another department
voice-colleague = A colleague
voice-organisation = The organisation
voice-society = Society
ask-option = What other option is there?
ask-option-hint = Think freely. None? Leave this empty and send.
ask-same = Where are our judgements alike?
ask-same-hint = May stay empty.
ask-different = Where do we differ?
ask-different-hint = May stay empty.
rate-one = Say for at least one principle how much is at stake.
ask-agree = Can you live with this proposal?
ask-share = May its sentence appear in the weekly digest?
ask-keep = What must the group not forget?
ask-keep-hint = Also if you disagree. This stays in the thread, without a name.

tap-no = no
tap-a-bit = a bit
tap-yes = yes
tap-dont-know = don’t know
tap-ask-values = I see better which values clash.
tap-ask-sides = I saw a side I had not seen.
tap-ask-voice = Everyone could say what they thought.
tap-ask-next-step = I know what I will do.
tap-ask-recurs = This happens more often in our organisation.

ended-title = The deliberation has ended
ended-agreed = Thank you all. The agreement is in the thread. On the agreed day I will ask here whether it was kept. What we learn from it counts in the weekly digest once enough colleagues of several departments have met the same.
ended-open = Thank you all. You did not come to an agreement, and that is all right. What was said stays in the thread.
ended-nobody = Nobody has taken part yet, and the time is up. You can share the dilemma again with more time, or ask a facilitator to invite colleagues.
ended-kept = The texts stay for { $days } days. Then they are deleted.
ended-told-title-plain = The deliberation on your dilemma has ended
ended-told-title = The deliberation on your dilemma { $number } has ended
