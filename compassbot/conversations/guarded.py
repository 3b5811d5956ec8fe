"""Nothing that could identify a resident is stored or posted: every text that people type goes through here.

The guard proposes, the author decides: what is certain cannot stay, what is probable only after the author says that
it is no such thing, and of the rest they are reminded. A guard that fails lets nothing through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from compassbot.conversations import put_back
from compassbot.conversations.case_memory import case_of, said_to_be_none
from compassbot.conversations.desk import Desk
from compassbot.conversations.put_back import SURE, sure_of
from compassbot.conversations.reading import read_or_refuse, reason
from compassbot.guard import Case, Identifier, Outcome, rewrite
from compassbot.talk.errors import Refused
from compassbot.talk.view import Answer, Form, Mark, Marked, Part, Question, Text, Weight
from compassbot.words import Words

TYPED = ("line", "text")
"""The kinds of questions in which people type what they like."""
_WEIGHTS: Mapping[Outcome, Weight] = {"certain": "must", "probable": "may", "reminder": "note"}


@dataclass(frozen=True)
class Found:
    """What stands in the texts of a form, by question; `stops` is false when there are reminders at most."""

    texts: Mapping[str, str]
    found: Mapping[str, list[Identifier]]
    said: Sequence[str] = ()
    """What stands in them and looks like an identifier, of which somebody said that it is none."""

    @property
    def stops(self) -> bool:
        """Return whether anything in it cannot be posted as it stands."""
        return any(map(_stopping, self.found.values()))

    def stops_at(self, name: str) -> bool:
        """Return whether this text cannot be posted as it stands."""
        return bool(_stopping(self.found.get(name, [])))

    def proposal(self, name: str) -> str:
        """Return what to write instead; what is only a reminder stays as it was typed."""
        return rewrite(self.texts[name], _stopping(self.found.get(name, [])))


def text_of(answers: Mapping[str, Answer], name: str) -> str:
    """Return a text that was filled in, without space around it; "" when there is none."""
    answer = answers.get(name, "")
    return answer.strip() if isinstance(answer, str) else ""


def many_of(answers: Mapping[str, Answer], name: str) -> tuple[str, ...]:
    """Return the choices of a question that allows several."""
    answer = answers.get(name, ())
    return ((answer,) if answer else ()) if isinstance(answer, str) else answer


def typed_in(form: Form) -> list[str]:
    """Return the names of the questions in which people type what they like, in order."""
    return [question.name for question in form.questions if question.kind in TYPED]


def answers_to(desk: Desk, form: Form, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers to what a form asks, and nothing else that was sent; what is no identifier stands in them again.

    Raises Refused where something was chosen that could not be chosen: a form from before a change, or a forged one.
    """
    why = {
        question.name: desk.words("choose-one")
        for question in form.questions
        if question.choices
        and not set(many_of(answers, question.name)) <= {choice.value for choice in question.choices}
    }
    if why:
        raise Refused(why)
    names = {SURE, *(question.name for question in form.questions), *map(sure_of, typed_in(form))}
    asked = {name: answer for name, answer in answers.items() if name in names}
    return put_back.put_back(asked, typed_in(form))


def look(desk: Desk, answers: Mapping[str, Answer], names: Sequence[str], *, about: str = "", by: str = "") -> Found:
    """Return what stands in these texts. Raises Refused when the guard fails: then nothing is let through.

    `about` is the dilemma that they belong to; while there is none yet, `by` is the person who types it.
    """
    texts = {name: text_of(answers, name) for name in names}
    if not any(texts.values()):
        return Found(texts, {}, ())
    case = case_of(desk, about, by)
    for text in texts.values():
        case.reserve(text)
    found = case.settle({name: _read(desk, text, case) for name, text in texts.items()})
    case.keep()
    doubted = {texts[name][each.start : each.end] for name, every in found.items() for each in every if _doubted(each)}
    said = put_back.said(answers)
    if about and doubted - said:
        said |= said_to_be_none(desk, about, doubted - said)
    left = {
        name: [each for each in every if not _doubted(each) or texts[name][each.start : each.end] not in said]
        for name, every in found.items()
    }
    return Found(texts, {name: every for name, every in left.items() if every}, tuple(sorted(doubted & said)))


def review(desk: Desk, form: Form, answers: Mapping[str, Answer], *, about: str = "") -> Form | None:
    """Return the same form with what was found and what to write instead, or None when all may be posted."""
    seen = look(desk, answers, typed_in(form), about=about)
    if not seen.stops:
        return None
    asked = [replace(each, initial=answers.get(each.name, each.initial)) for each in form.questions]
    return replace(
        form,
        title=desk.words("guard-title"),
        parts=(Text(desk.words("guard-intro")), *legend(desk.words, seen)),
        questions=shown(desk.words, asked, answers, seen),
        submit=desk.words("guard-accept"),
    )


def legend(words: Words, seen: Found) -> tuple[Part, ...]:
    """Return one line that says what the marks mean, in those marks; () where only reminders are marked."""
    outcomes = [each.outcome for every in seen.found.values() for each in every]
    order: tuple[Outcome, ...] = ("certain", "probable")
    weights: list[Weight] = [_WEIGHTS[each] for each in order if each in outcomes]
    text, marks = "", list[Mark]()
    for weight in weights:
        text += " " if text else ""
        sample = words(f"guard-legend-{weight}")
        marks.append(Mark(len(text), len(text) + len(sample), weight, ""))
        text += f"{sample} {words(f'guard-legend-{weight}-means')}"
    return (Marked(words("guard-legend"), text, tuple(marks)),) if marks else ()


def shown(
    words: Words, questions: Sequence[Question], answers: Mapping[str, Answer], seen: Found
) -> tuple[Question, ...]:
    """Return questions with what was found and our proposal, and below each its boxes for what is no identifier."""
    boxes = put_back.choices(words, seen.texts, seen.found)
    made: list[Question] = []
    for each in questions:
        made.append(marked(words, each, seen))
        if each.name in boxes:
            hint = words("guard-sure-hint") if each.name == next(iter(boxes)) else ""
            label = words("guard-sure")
            made.append(Question(sure_of(each.name), label, hint, "some_of", boxes[each.name], (), required=False))
    before = put_back.earlier(words, answers)
    if before:
        initial = tuple(each.value for each in before)
        label, hint = words("guard-sure-before"), words("guard-sure-before-hint")
        made.append(Question(SURE, label, hint, "some_of", before, initial, required=False))
    return tuple(made)


def left_at(questions: Sequence[Question], left: Mapping[str, Answer]) -> tuple[Question, ...]:
    """Return the questions as they were left: with what was typed in our proposal, and the boxes that were ticked."""
    ticked = put_back.said(left)
    return tuple(
        replace(each, initial=tuple(one.value for one in each.choices if put_back.word_of(one.value) in ticked))
        if each.name.startswith(sure_of(""))
        else replace(each, initial=left.get(each.name, each.initial))
        for each in questions
    )


def marked(words: Words, question: Question, seen: Found) -> Question:
    """Return a question with what was found in its text above it, and our proposal in it."""
    found = seen.found.get(question.name)
    if not found:
        return question
    text = seen.texts[question.name]
    marks = tuple(
        Mark(each.start, each.end, _WEIGHTS[each.outcome], reason(words, each), each.suggestion) for each in found
    )
    hint = words("guard-after") if seen.stops_at(question.name) else question.hint
    before = Marked(words("guard-before"), text, marks)
    return replace(question, above=(before,), hint=hint, initial=seen.proposal(question.name))


def reminder(desk: Desk, form: Form, answers: Mapping[str, Answer]) -> tuple[Part, ...]:
    """Return what to tell who posted something by which people nearby may know who it is; () without that."""
    found = [each for name in typed_in(form) for each in _read(desk, text_of(answers, name))]
    kinds = dict.fromkeys(each.kind for each in found if each.outcome == "reminder")
    if not kinds:
        return ()
    named = ", ".join(desk.words(f"guard-kind-{kind.replace('_', '-')}") for kind in kinds)
    return (Text(desk.words("guard-reminder", kinds=named), quiet=True),)


def without(desk: Desk, text: str) -> str:
    """Return a text with what is certain replaced: to say back to who typed it. Raises Refused when the guard fails."""
    return rewrite(text, [each for each in _read(desk, text) if each.certain])


def _read(desk: Desk, text: str, case: Case | None = None) -> list[Identifier]:
    """Return what stands in a text, which is read once in all while an event is answered."""
    if text not in desk.found:
        desk.found[text] = read_or_refuse(desk.reads, text, desk.words, case)
    return desk.found[text]


def _stopping(found: Sequence[Identifier]) -> list[Identifier]:
    return [each for each in found if each.outcome != "reminder"]


def _doubted(each: Identifier) -> bool:
    return each.outcome == "probable"
