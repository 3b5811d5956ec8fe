"""Reads what was filled in: the shape of a form travels with it, so that no memory of it is needed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from compassbot.talk.view import Answer, Kind, Question
from compassbot.words import Words

FIELD = "answer."
"""What stands before a question's name in the name of its input."""

MANY: tuple[Kind, ...] = ("some_of", "people")
CHOSEN: tuple[Kind, ...] = ("one_of", "some_of", "scale")


@dataclass(frozen=True, slots=True)
class Asked:
    """As much of a question as is needed to read its answer."""

    name: str
    kind: Kind
    required: bool
    longest: int
    values: tuple[str, ...]


_SHAPE = TypeAdapter(tuple[Asked, ...])


def shape(questions: Iterable[Question]) -> str:
    """Return what `read` needs to know of the questions, as JSON for a hidden input."""
    asked = (
        Asked(one.name, one.kind, one.required, one.longest, tuple(choice.value for choice in one.choices))
        for one in questions
    )
    return _SHAPE.dump_json(tuple(asked)).decode()


def shaped(packed: str) -> tuple[Asked, ...]:
    """Return what `shape` made into JSON. Raises ValueError if it is none."""
    return _SHAPE.validate_json(packed)


def read(asked: Iterable[Asked], filled: Iterable[tuple[str, str]]) -> dict[str, Answer]:
    """Return an answer to each question from the inputs that a browser sent: nothing chosen is "" or ()."""
    inputs: dict[str, list[str]] = {}
    for name, value in filled:
        inputs.setdefault(name, []).append(value)
    return {one.name: _answer(one, inputs.get(FIELD + one.name, [])) for one in asked}


def _answer(one: Asked, values: list[str]) -> Answer:
    return tuple(values) if one.kind in MANY else (values[-1] if values else "")


def faults(asked: Iterable[Asked], answers: Mapping[str, Answer], words: Words) -> dict[str, str]:
    """Return a sentence for each question whose answer cannot be taken."""
    found = ((one.name, _fault(one, answers[one.name], words)) for one in asked)
    return {name: why for name, why in found if why}


def _fault(one: Asked, answer: Answer, words: Words) -> str:
    empty = not answer.strip() if isinstance(answer, str) else not answer
    if empty:
        return words("web-fault-required", kind=one.kind) if one.required else ""
    if isinstance(answer, str) and len(answer) > one.longest:
        return words("web-fault-long", longest=one.longest, over=len(answer) - one.longest)
    if one.kind in CHOSEN and not set(_values(answer)) <= set(one.values):
        return words("web-fault-choice")
    if one.kind == "date" and not _is_date(str(answer)):
        return words("web-fault-date")
    return ""


def _values(answer: Answer) -> tuple[str, ...]:
    return (answer,) if isinstance(answer, str) else answer


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
