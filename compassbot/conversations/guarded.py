"""Nothing that could identify a resident is stored or posted: every text that people type goes through here.

The guard proposes, the author decides: a certain identifier cannot stay, a probable one only after
the author says that it is no such thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from compassbot.conversations.desk import Desk
from compassbot.guard import Identifier, read, rewrite
from compassbot.talk.errors import Refused
from compassbot.talk.view import Answer, Choice, Form, Part, Question, Text, plain
from compassbot.words import Words

SURE = "sure"
"""The question in which an author says that something is no identifier."""


def text_of(answers: Mapping[str, Answer], name: str) -> str:
    """Return a text that was filled in, without space around it; "" when there is none."""
    answer = answers.get(name, "")
    return answer.strip() if isinstance(answer, str) else ""


def many_of(answers: Mapping[str, Answer], name: str) -> tuple[str, ...]:
    """Return the choices of a question that allows several."""
    answer = answers.get(name, ())
    return ((answer,) if answer else ()) if isinstance(answer, str) else answer


def answers_to(desk: Desk, form: Form, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers to what a form asks, and nothing else that was sent.

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
    names = {SURE, *(question.name for question in form.questions)}
    return {name: answer for name, answer in answers.items() if name in names}


def find(desk: Desk, answers: Mapping[str, Answer], names: Sequence[str]) -> dict[str, list[Identifier]]:
    """Return what in these texts cannot stay, by question; {} when all may be posted."""
    sure = set(many_of(answers, SURE))
    found: dict[str, list[Identifier]] = {}
    for name in names:
        text = text_of(answers, name)
        identifiers = read(text, desk.words.language) if text else []
        left = [each for each in identifiers if each.certain or text[each.start : each.end] not in sure]
        if left:
            found[name] = left
    return found


def review(desk: Desk, form: Form, answers: Mapping[str, Answer]) -> Form | None:
    """Return the same form with what was found and what to write instead, or None when all may be posted."""
    typed = [each for each in form.questions if each.kind in ("line", "text")]
    found = find(desk, answers, [each.name for each in typed])
    if not found:
        return None
    parts: list[Part] = [Text(desk.words("guard-intro"))]
    for question in typed:
        if question.name in found:
            parts += explained(desk.words, question.label, text_of(answers, question.name), found[question.name])
    questions = [_answered(each, answers, found) for each in form.questions]
    return replace(
        form,
        title=desk.words("guard-title"),
        parts=tuple(parts),
        questions=(*questions, *sure_question(desk.words, answers, found)),
    )


def explained(words: Words, label: str, text: str, found: Sequence[Identifier]) -> list[Part]:
    """Return the text with what was found struck out, and a sentence for each."""
    said = [f"- ~~{plain(text[each.start : each.end])}~~ {words(each.why)}" for each in _once(text, found)]
    return [Text(f"**{plain(label)}**\n\n> {_marked(text, found)}"), Text("\n".join(said))]


def sure_question(
    words: Words, answers: Mapping[str, Answer], found: Mapping[str, Sequence[Identifier]]
) -> tuple[Question, ...]:
    """Return the question in which the author may say that a probable identifier is none; () without any."""
    probable = {
        text_of(answers, name)[each.start : each.end]: None
        for name, identifiers in found.items()
        for each in identifiers
        if not each.certain
    }
    earlier = many_of(answers, SURE)
    choices = tuple(Choice(text, words("guard-sure-choice", text=text)) for text in (*earlier, *probable))
    if not choices:
        return ()
    return (
        Question(
            SURE,
            words("guard-sure"),
            words("guard-sure-hint"),
            kind="some_of",
            choices=choices,
            initial=earlier,
            required=False,
        ),
    )


def proposal(text: str, found: Sequence[Identifier]) -> str:
    """Return what to write instead."""
    return rewrite(text, found)


def _answered(question: Question, answers: Mapping[str, Answer], found: Mapping[str, list[Identifier]]) -> Question:
    if question.name in found:
        text = text_of(answers, question.name)
        return replace(question, initial=proposal(text, found[question.name]))
    return replace(question, initial=answers.get(question.name, question.initial))


def _marked(text: str, found: Sequence[Identifier]) -> str:
    pieces: list[str] = []
    at = 0
    for each in found:
        pieces += [_inline(text[at : each.start]), f"~~{_inline(text[each.start : each.end])}~~"]
        at = each.end
    return "".join((*pieces, _inline(text[at:]))).replace("\n", "\n> ")


def _inline(text: str) -> str:
    """Keep the space at the ends, which `plain` takes away."""
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return head + plain(text) + tail if text.strip() else text


def _once(text: str, found: Sequence[Identifier]) -> list[Identifier]:
    seen: dict[str, Identifier] = {}
    for each in found:
        seen.setdefault(text[each.start : each.end], each)
    return list(seen.values())
