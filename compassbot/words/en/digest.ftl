## The weekly digest

digest-title = What we learned · week { $week }

digest-first = This is your first weekly digest. It tells what colleagues learn from situations in which they doubt what is right. You will find no stories about residents here and no names of colleagues, but what keeps coming back, and what can be done about it.
digest-none = There is no weekly digest yet. The first one comes by itself.
digest-quiet = A quiet week: there is no news that we can share. We keep track of what came in earlier. Have a good week!
digest-footer = A line is shown only when { $people } or more colleagues from several departments stand behind it. Until then it waits for a later week, so that no line can be traced to one person.

digest-heading-first = This comes up in several departments
digest-heading-new = New this week
digest-heading-recurring = This has come up for longer
digest-heading-pressure = Where are principles under pressure?
digest-heading-signals = What became of earlier signals
digest-heading-due = Looking back
digest-heading-question = A question for the management team

digest-people = { $people } or more colleagues, from several departments.
digest-cause = Cause named most: { $cause }.
digest-tendency-structural = Most say: this happens more often.
digest-tendency-incidental = Most say: this is an exception.
digest-sentence = From a group: “{ $sentence }”
digest-since = Same as in week { $week }.
digest-updated = Updated this week.

digest-level-1 = light
digest-level-2 = clear
digest-level-3 = strong
digest-pressure-row = { $principle }: { $levels }.
digest-pressure-cells = { $level } in { $fields }
digest-pressure-empty = The other cells are empty: there is nothing, or too little to show.
digest-pressure-principle = Principle
digest-picture-title = Where are principles under pressure?
digest-picture-about = By field of life · up to week { $week }
digest-picture-empty = empty: nothing, or too little to show

digest-signal-received = Received
digest-signal-taken-up = Taken up
digest-signal-decided = Decided
digest-signal-done = Done
digest-signal-declined = We will not do this
digest-signal-now = { $state }, this week.
digest-signal-since = { $weeks ->
    [one] { $state }, one week ago.
   *[other] { $state }, { $weeks } weeks ago.
}
digest-signal-waiting = { $state }. No step was taken for { $weeks } weeks.
digest-signal-owner = It is with: { $owner }.
digest-signal-reason = Why: “{ $reason }”
digest-signal-more = { $number ->
    [one] There is one more signal.
   *[other] There are { $number } more signals.
}
digest-signal-settle = Next step: { $theme }

digest-due = Groups look back on what they agreed about:

digest-about = This is about “{ $theme }”.
digest-question-rule-1 = Which room does the rule already give? And who tells colleagues that they may use it?
digest-question-rule-2 = What was the rule meant to achieve? And does it still do so in these situations?
digest-question-process-1 = Which step in the work would nobody miss if we dropped it?
digest-question-process-2 = Who may change the process? And what do they need to do so?
digest-question-system-1 = What do colleagues now solve by hand because the system cannot do it?
digest-question-system-2 = What may a colleague do when something is good for the resident, but the system says no?
digest-question-cooperation-1 = Which department do we invite to the table for this? And who calls them?
digest-question-cooperation-2 = Whose turn is it, for the resident, when two departments look at each other?
digest-question-time-and-targets-1 = Which target or time limit can be loosened to make time for what is needed?
digest-question-time-and-targets-2 = What do we ask of colleagues that does not fit in the time we give them?
digest-question-mandate-1 = What may the person who knows the situation decide from now on?
digest-question-mandate-2 = How does a colleague know that we stand behind an unusual decision with good reasons?
digest-question-communication-1 = Which letter or page do we rewrite first? And with which residents?
digest-question-communication-2 = When did we last ask a resident what our letter says?
digest-question-knowledge-1 = Which knowledge do we already have, but not in the place where it is needed?
digest-question-knowledge-2 = What should colleagues know about the room there is? And who tells them?
digest-question-other-1 = What would already help colleagues next month?
digest-question-other-2 = What can we do about this ourselves? And who begins?
