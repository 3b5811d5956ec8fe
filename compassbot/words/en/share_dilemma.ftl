## Sharing a dilemma

share-title = Share a dilemma
share-intro = Tell about a case that keeps bothering you. Your colleagues do not see that it comes from you. Leave out names, addresses and numbers. It takes you about five minutes.
share-not-here = Is somebody in danger now, or do you think of abuse, fraud by a colleague or a data leak? Do not discuss that here. Call the people in your organisation who are there for it.
share-draft = You had already started. What you wrote then is still here.
share-situation = What is going on?
share-situation-hint = Describe briefly what is happening, so that nobody can be recognised. A few sentences will do.
share-moment = When do you feel it most?
share-moment-hint = One moment. For example: she asks me whether she must report the groceries.
share-question = What is your moral question?
share-question-hint = Start with May, Can, Should, Must or Dare I. 15 words at most.
share-option-a = What can you do? Option A
share-option-a-hint = For example: I keep to the rule.
share-cost-a = What does option A cost?
share-cost-a-hint = Who loses something, and what?
share-option-b = What else can you do? Option B
share-option-b-hint = For example: I make an exception.
share-cost-b = What does option B cost?
share-cost-b-hint = Who loses something, and what?
share-department = Which department do you work in?
share-department-hint = This is not shown with your dilemma. We only use it to count whether something plays in more departments.
share-time = How much time do colleagues get?
share-time-hint = We count working time only: in the evening and at weekends the clock stands still.
share-next = Next
share-review-title = This is how your colleagues see it
share-clean = We found nothing by which a resident could be recognised. Please read it once more yourself.
share-said = You said that this may stay: { $said }. Otherwise we found nothing by which a resident could be recognised. Please read it once more yourself.
share-who-sees = Who sees this? Everybody in the channel. Nobody sees that it comes from you. { $days } days after the deliberation we delete the text. Until then somebody can ask for it under the Open Government Act (Woo). This text is hard to trace, but not anonymous.
share-post = Post the dilemma
share-thanks-title = Dilemma { $number } has been posted
share-thanks = Thank you. Your colleagues can now think along. You get a private message from me with which you answer questions, edit the text or withdraw the dilemma.
share-thanks-later = Thank you. It is outside working hours now, so your colleagues will see it tomorrow morning or after the weekend. You get a private message right now with which you edit the text or withdraw the dilemma.
share-gone = You have already posted this dilemma, or it was too long ago. Type /compass dilemma to share a new one.
share-no-place = No channel has been chosen for dilemmas yet. The administrator can do so with /compass settings.
share-no-departments = No departments have been filled in yet. The administrator can do so with /compass settings.
time-minutes = 25 minutes: we do it now
time-today = Today: 4 working hours
time-days = Two working days
time-week = A working week

hint-intro = **A tip about your question.** You need not follow it, but a sharp question helps your colleagues.
hint-mark = End with a question mark.
hint-how = A question with _how_ looks for a solution. Rather ask what is right to do: May I …?
hint-comma = These seem to be two questions. Choose the one that bothers you most.
hint-long = This is a long question. With 15 words at most it stays clear.
hint-verdict = There is a verdict in your question already. Can you do without?
hint-opener = Start with May, Can, Should, Must or Dare I. Then the question is about what you can do.

dilemma-title = Dilemma { $number }: { $question }
dilemma-title-plain = Dilemma { $number }
dilemma-moment = Felt most:
dilemma-option-a = Option A
dilemma-option-b = Option B
dilemma-cost = The cost:
dilemma-state = Round { $round } of { $rounds } · { $title } · { $people ->
    [0] nobody takes part yet
    [one] 1 colleague takes part
   *[other] { $people } colleagues take part
}
dilemma-edited = Edited by the case holder.
dilemma-closed = This deliberation has ended. The thread tells what the group found.
dilemma-withdrawn = The case holder has withdrawn this dilemma. The text and the answers have been deleted.
dilemma-forgotten = The time to keep this is over. The text and the answers have been deleted.
forgotten = The time to keep this is over. These answers have been deleted.
join = Join in

receipt-title = Your dilemma { $number }: { $question }
receipt-title-plain = Your dilemma { $number }
receipt-text = Only you see this message. If a colleague asks something, you get it here. Your answer appears in the thread as the case holder’s, without your name.
receipt-privacy = We keep, encrypted, that this dilemma is yours, only to be able to write to you. After the last look back we destroy the key.
receipt-edit = Edit the text
receipt-withdraw = Withdraw it
receipt-withdraw-sure = You withdraw this dilemma. The text and all answers are deleted at once. This cannot be undone.
receipt-closed = The deliberation on this dilemma has ended. The thread tells what the group found.
receipt-withdrawn = You have withdrawn this dilemma. The text and the answers have been deleted.
letter-wiped = This private message has been erased. So nobody can see any more what it was about.
receipt-forgotten = The time to keep this is over. The text and the answers have been deleted.

asked-title = A question about your dilemma { $number }
asked-text = Your answer appears in the thread as the case holder’s, without your name.
asked-reply = Answer
ask-answer = Your answer
ask-answer-hint = Facts only, so that nobody can be recognised.
reply-submit = Post your answer
reply-thanks = Your answer is in the thread, as the case holder’s.
replied = You answered:
edit-title = Edit your dilemma
edit-submit = Save
edit-thanks = The text has been changed. Colleagues see that the case holder edited it.
withdraw-thanks = Your dilemma has been withdrawn. The text and the answers have been deleted.
only-case-holder = Only the case holder of the dilemma can do this.
over-closed = This deliberation has ended. The thread tells what the group found.
over-withdrawn = The case holder has withdrawn this dilemma.
over-forgotten = The time to keep this dilemma is over.
