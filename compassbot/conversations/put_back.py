"""What an author says is no identifier goes back into the text as it was typed.

No form is remembered between asking and answering. So the value of each choice tells it all: the word, and for each
placeholder of our proposal that stood for it, at which of its places, counted over all texts of the form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter, ValidationError

from compassbot.guard import Identifier, edits, placeholders
from compassbot.talk.view import Answer, Choice
from compassbot.words import Words

SURE = "sure"
"""The question that says again what an author said to be no identifier; what it is for one text begins so."""
LONGEST_VALUE = 140
"""Characters in the value of a choice that every chat takes."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a placeholder stands for what was typed: its first, second, ... place in all texts of a form, from 0."""

    placeholder: str
    typed: str
    at: list[int] = field(default_factory=list[int])


Value = tuple[str, list[Places]]
_SHORT: TypeAdapter[tuple[str, list[tuple[str, str, list[int]]]]] = TypeAdapter(
    tuple[str, list[tuple[str, str, list[int]]]]
)


def sure_of(name: str) -> str:
    """Return the question in which an author says that something in this text is no identifier."""
    return f"{SURE}-{name}"


def said(answers: Mapping[str, Answer]) -> set[str]:
    """Return the words of which the author says that they are no identifier."""
    return {word for word, _ in _chosen(answers)}


def word_of(value: str) -> str:
    """Return the word that a choice is about."""
    return _unpacked(value)[0]


def put_back(answers: Mapping[str, Answer], names: Sequence[str]) -> dict[str, Answer]:
    """Return the answers with each word that is no identifier in its place again."""
    chosen = _chosen(answers)
    if not chosen:
        return {name: answer for name, answer in answers.items() if not _sure(name) or name == SURE}
    typed = {(each.placeholder, at): each.typed for _, places in chosen for each in places for at in each.at}
    passed: dict[str, int] = {}

    def again(match: re.Match[str]) -> str:
        place = match.group(), _next(passed, match.group())
        return typed.get(place, match.group())

    pattern = re.compile("|".join(re.escape(placeholder) for placeholder, _ in typed) or r"(?!)")
    texts = {name: answers[name] for name in names if name in answers}
    back = {name: pattern.sub(again, text) for name, text in texts.items() if isinstance(text, str)}
    rest = {name: answer for name, answer in answers.items() if not _sure(name)}
    return {**rest, **back, SURE: tuple(_packed(word, []) for word in sorted(said(answers)))}


def earlier(words: Words, answers: Mapping[str, Answer]) -> tuple[Choice, ...]:
    """Return a choice for each word that was said to be none before."""
    before = sorted(said(answers))
    return tuple(_fitting(Choice(_packed(word, []), words("guard-sure-said", text=word))) for word in before)


def choices(
    words: Words, texts: Mapping[str, str], found: Mapping[str, Sequence[Identifier]]
) -> dict[str, tuple[Choice, ...]]:
    """Return for each text a choice for each probable word that stands in no text before it."""
    made: dict[str, tuple[Choice, ...]] = {}
    kinds, places = _places(texts, found)
    for word, (name, kind) in kinds.items():
        everywhere = sum(_holds(texts[each], every, word) for each, every in found.items()) > 1
        noun = words(f"guard-kind-{kind}")
        label = words("guard-sure-everywhere" if everywhere else "guard-sure-choice", text=word, noun=noun)
        made[name] = (*made.get(name, ()), _fitting(Choice(_packed(word, places[word]), label)))
    return made


def _holds(text: str, found: Sequence[Identifier], word: str) -> bool:
    return any(each.outcome == "probable" and text[each.start : each.end] == word for each in found)


def _fitting(choice: Choice) -> Choice:
    """Return a choice that every chat takes: where its places do not fit, the author writes the word back themselves."""
    return choice if len(choice.value) <= LONGEST_VALUE else replace(choice, value=_unpacked(choice.value)[0])


def _places(
    texts: Mapping[str, str], found: Mapping[str, Sequence[Identifier]]
) -> tuple[dict[str, tuple[str, str]], dict[str, list[Places]]]:
    """Return each probable word with the text it is in first and its kind, and where it stands in what we propose."""
    kinds: dict[str, tuple[str, str]] = {}
    places: dict[str, list[Places]] = {}
    passed: dict[str, int] = {}
    for name, text in texts.items():
        stops = [each for each in found.get(name, ()) if each.outcome != "reminder"]
        at = 0
        for each, (start, end, instead) in zip(stops, edits(text, stops), strict=True):
            for placeholder in placeholders(text[at:start]):
                _next(passed, placeholder)
            at, nth = end, _next(passed, instead)
            if each.outcome == "probable":
                word = text[each.start : each.end]
                kinds.setdefault(word, (name, each.kind.replace("_", "-")))
                _note(places.setdefault(word, []), instead, text[start:end], nth)
        for placeholder in placeholders(text[at:]):
            _next(passed, placeholder)
    return kinds, places


def _note(places: list[Places], placeholder: str, typed: str, nth: int) -> None:
    same = [each for each in places if (each.placeholder, each.typed) == (placeholder, typed)]
    if not same:
        same = [Places(placeholder, typed)]
        places += same
    same[0].at.append(nth)


def _next(passed: dict[str, int], placeholder: str) -> int:
    """Return how often a placeholder was passed before, and count this time."""
    passed[placeholder] = passed.get(placeholder, 0) + 1
    return passed[placeholder] - 1


def _sure(name: str) -> bool:
    return name == SURE or name.startswith(sure_of(""))


def _chosen(answers: Mapping[str, Answer]) -> list[Value]:
    chosen = [answer for name, answer in answers.items() if _sure(name)]
    values = [value for each in chosen for value in ((each,) if isinstance(each, str) else each)]
    return [_unpacked(value) for value in dict.fromkeys(values) if value]


def _packed(word: str, places: list[Places]) -> str:
    """Return the value of a choice, in as few characters as tell it."""
    if not places:
        return word
    short = [(each.placeholder, "" if each.typed == word else each.typed, each.at) for each in places]
    return json.dumps([word, short], ensure_ascii=False, separators=(",", ":"))


def _unpacked(value: str) -> Value:
    """Return what a choice tells; a word alone, and what is none of ours, tells no place."""
    try:
        word, short = _SHORT.validate_json(value)
    except ValidationError:
        return value, []
    return word, [Places(placeholder, typed or word, at) for placeholder, typed, at in short]
