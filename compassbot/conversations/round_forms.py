"""What each kind of round asks, and what an answer to it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from compassbot.conversations.desk import Desk
from compassbot.conversations.guarded import text_of
from compassbot.model.deliberations import HIGHEST_STAKE, VOICES
from compassbot.model.dilemmas import Dilemma, says_something
from compassbot.model.methods import Kind, Round
from compassbot.talk.errors import Refused
from compassbot.talk.view import Answer, Choice, Question, choices, cut
from compassbot.talk.view import Kind as Asks
from compassbot.words import Words

Content = Mapping[str, Any]
LINE = 200
TEXT = 500
STAKE = "stake-"
TAPS = ("values", "sides", "voice", "next-step", "recurs")
"""Five taps of our own, inspired by Euro-MCD 2.0."""
TAP_ANSWERS = ("no", "a-bit", "yes", "dont-know")
FIRST_LETTER_OF_MORE = ord("c")


def options(desk: Desk, dilemma: Dilemma) -> list[tuple[str, str]]:
    """Return what can be chosen: a, b, and the alternatives that people thought of, as c, d, ..."""
    thought_of = [
        str(content["option"])
        for round in desk.house.methods[dilemma.method].rounds
        if round.kind == "alternatives"
        for _, content in desk.books.answers.of_round(dilemma.id, round.id)
        if content.get("option")
    ]
    letters = (chr(FIRST_LETTER_OF_MORE + nth) for nth in range(len(thought_of)))
    return [("a", dilemma.option_a), ("b", dilemma.option_b), *zip(letters, thought_of, strict=True)]


def ask(desk: Desk, dilemma: Dilemma, round: Round, mine: Content) -> tuple[Question, ...]:
    """Return the questions of a round, with what this person answered before."""
    return _ASK[round.kind](desk, dilemma, mine)


def read(words: Words, kind: Kind, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Return an answer as it is kept. Raises Refused where something is missing."""
    content: dict[str, Any] = {
        name: text_of(answers, name) for name in _NAMES.get(kind, ()) if not name.startswith(STAKE)
    }
    why = {name: words("choose-one") for name in _NEEDED.get(kind, ()) if not content[name]}
    for name in _TYPED.get(kind, ()):
        if content[name] and not says_something(content[name]):
            why[name] = words("says-nothing")
        elif len(content[name]) > TEXT:
            why[name] = words("too-long", longest=TEXT, length=len(content[name]))
        elif name in _WRITTEN.get(kind, ()) and not content[name]:
            why[name] = words("write-something")
    if kind == "principles":
        content["stakes"] = {
            name.removeprefix(STAKE): int(value)
            for name, value in answers.items()
            if name.startswith(STAKE) and isinstance(value, str) and value.isdigit()
        }
        if not content["stakes"]:
            why[""] = words("rate-one")
    if why:
        raise Refused(why)
    return content


def _clarify(desk: Desk, _: Dilemma, mine: Content) -> tuple[Question, ...]:
    return (_typed(desk.words, "question", mine, required=False),)


def _park(desk: Desk, dilemma: Dilemma, mine: Content) -> tuple[Question, ...]:
    words = desk.words
    pick = [("a", dilemma.option_a), ("b", dilemma.option_b), ("unsure", words("ask-unsure"))]
    return (
        _one_of(words, "choice", _lettered(words, pick), mine),
        _typed(words, "note", mine, required=False),
    )


def _principles(desk: Desk, _: Dilemma, mine: Content) -> tuple[Question, ...]:
    words = desk.words
    steps = choices([(str(step), words(f"stake-{step}")) for step in range(HIGHEST_STAKE + 1)])
    rated: Mapping[str, int] = mine.get("stakes", {})
    each = desk.house.principles.principles
    scales = tuple(
        Question(
            STAKE + principle.id,
            principle.name(words.language),
            principle.meaning(words.language),
            kind="scale",
            choices=steps,
            initial=str(rated.get(principle.id, "")),
            required=False,
        )
        for principle in each
    )
    named = [(principle.id, principle.name(words.language)) for principle in each]
    return (
        *scales,
        _one_of(words, "principle", named, mine),
        _typed(words, "why", mine, required=False),
    )


def _perspectives(desk: Desk, _: Dilemma, mine: Content) -> tuple[Question, ...]:
    words = desk.words
    voices = [(voice, words(f"voice-{voice}")) for voice in VOICES]
    second = Question(
        "who2",
        words("ask-who2"),
        kind="one_of",
        choices=choices([("", words("ask-nobody")), *voices]),
        initial=str(mine.get("who2", "")),
        required=False,
    )
    return (
        _one_of(words, "who", voices, mine),
        _typed(words, "matters", mine),
        second,
        _typed(words, "matters2", mine, required=False),
    )


def _alternatives(desk: Desk, _: Dilemma, mine: Content) -> tuple[Question, ...]:
    return (_typed(desk.words, "option", mine, required=False),)


def _judge(desk: Desk, dilemma: Dilemma, mine: Content) -> tuple[Question, ...]:
    words = desk.words
    named = [(each.id, each.name(words.language)) for each in desk.house.principles.principles]
    return (
        _one_of(words, "choice", _lettered(words, options(desk, dilemma)), mine),
        _one_of(words, "principle", named, mine),
        _typed(words, "why", mine),
        _typed(words, "cost", mine),
    )


def _compare(desk: Desk, _: Dilemma, mine: Content) -> tuple[Question, ...]:
    return (
        _typed(desk.words, "same", mine, required=False),
        _typed(desk.words, "different", mine, required=False),
    )


def _agree(desk: Desk, dilemma: Dilemma, mine: Content) -> tuple[Question, ...]:
    words = desk.words
    yes_no = [("yes", words("yes")), ("no", words("no"))]
    asked = [_one_of(words, "agree", yes_no, mine)]
    if desk.books.findings.sentence(dilemma.id):
        asked.append(_one_of(words, "share", yes_no, mine))
    return (*asked, _typed(words, "keep", mine, required=False))


def _evaluate(desk: Desk, _: Dilemma, mine: Content) -> tuple[Question, ...]:
    words = desk.words
    taps = [(answer, words(f"tap-{answer}")) for answer in TAP_ANSWERS]
    return tuple(
        Question(tap, words(f"tap-ask-{tap}"), kind="scale", choices=choices(taps), initial=str(mine.get(tap, "")))
        for tap in TAPS
    )


def _conclude(_desk: Desk, _: Dilemma, _mine: Content) -> tuple[Question, ...]:
    return ()  # its form has two pages of its own: record_finding.py


_ASK = {
    "clarify": _clarify,
    "park": _park,
    "principles": _principles,
    "perspectives": _perspectives,
    "alternatives": _alternatives,
    "judge": _judge,
    "compare": _compare,
    "conclude": _conclude,
    "agree": _agree,
    "evaluate": _evaluate,
}
_NAMES: Mapping[str, tuple[str, ...]] = {
    "clarify": ("question",),
    "park": ("choice", "note"),
    "principles": ("principle", "why"),
    "perspectives": ("who", "matters", "who2", "matters2"),
    "alternatives": ("option",),
    "judge": ("choice", "principle", "why", "cost"),
    "compare": ("same", "different"),
    "agree": ("agree", "share", "keep"),
    "evaluate": TAPS,
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "park": ("choice",),
    "principles": ("principle",),
    "perspectives": ("who",),
    "judge": ("choice", "principle"),
    "agree": ("agree",),
    "evaluate": TAPS,
}
_TYPED: Mapping[str, tuple[str, ...]] = {
    "clarify": ("question",),
    "park": ("note",),
    "principles": ("why",),
    "perspectives": ("matters", "matters2"),
    "alternatives": ("option",),
    "judge": ("why", "cost"),
    "compare": ("same", "different"),
    "agree": ("keep",),
}
_WRITTEN: Mapping[str, tuple[str, ...]] = {"perspectives": ("matters",), "judge": ("why", "cost")}


def _typed(words: Words, name: str, mine: Content, *, required: bool = True, kind: Asks = "text") -> Question:
    hint = words(f"ask-{name}-hint") if words.has(f"ask-{name}-hint") else ""
    return Question(
        name, words(f"ask-{name}"), hint, kind=kind, initial=str(mine.get(name, "")), required=required, longest=TEXT
    )


def _one_of(words: Words, name: str, pairs: list[tuple[str, str]], mine: Content) -> Question:
    picked = tuple(Choice(value, cut(label, LINE)) for value, label in pairs)
    return Question(name, words(f"ask-{name}"), kind="one_of", choices=picked, initial=str(mine.get(name, "")))


def _lettered(words: Words, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (value, label if value == "unsure" else words("option-lettered", letter=value.upper(), option=label))
        for value, label in pairs
    ]
