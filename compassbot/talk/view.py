"""What people see: a Card that tells something, or a Form that asks something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Kind = Literal["line", "text", "one_of", "some_of", "scale", "date", "people", "place"]
Weight = Literal["must", "may", "note"]
Answer = str | tuple[str, ...]
"""What was filled in: a tuple for `some_of` and `people`, else a string: a date as 2026-11-23, a place as its id."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph in a small Markdown: `**strong**`, `_emphasis_`, `~~struck~~`, `- lists`, `> quotes`, links.

    What people typed goes through `plain` first, so that it arrives as typed.
    `quiet` is for small print: what may be read later.
    """

    markdown: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and a value, each a short Markdown text."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture at `url` (absolute, or a path on our own server), and in `alt` all that it says."""

    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that stands out: a sentence that says why, and what could stand there `instead`.

    `weight` says how much: what "must" go, what "may" stay after a look, and what is a "note".
    """

    start: int
    end: int
    weight: Weight
    why: str
    instead: str = ""

    @property
    def sign(self) -> str:
        """Return what stands between the text and what could stand there instead."""
        return "/" if self.weight == "note" else "→"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text exactly as somebody typed it, under a few words that say so, with marks that do not overlap, in order."""

    label: str
    text: str
    marks: tuple[Mark, ...]

    def pieces(self) -> list[tuple[str, Mark | None]]:
        """Return the text cut at its marks, each piece with its mark or None."""
        cut_at = [0, *(edge for mark in self.marks for edge in (mark.start, mark.end)), len(self.text)]
        marks = [None, *(each for mark in self.marks for each in (mark, None))]
        pieces = zip(cut_at, cut_at[1:], marks, strict=False)
        return [(self.text[start:end], mark) for start, end, mark in pieces if end > start]

    def reasons(self) -> list[tuple[str, Mark]]:
        """Return each thing that is marked for a reason once, with its first mark."""
        seen: dict[str, Mark] = {}
        for mark in (mark for mark in self.marks if mark.why):
            seen.setdefault(self.text[mark.start : mark.end], mark)
        return list(seen.items())


Part = Text | Facts | Image | Marked


@dataclass(frozen=True, slots=True)
class Button:
    """A press on it is an Event with this `action` and `about` (an id, never content).

    `form` says that the answer to the press is a Form. `confirm` is asked before what cannot be
    undone: the sentence that says what will happen. The first button of a card is its main one.
    """

    label: str
    action: str
    about: str = ""
    form: bool = False
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Something that is told, with what can be done about it."""

    title: str
    parts: tuple[Part, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to a question: what arrives, and what is read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked.

    `choices` go with one_of, some_of and scale (in order, lowest first). `longest` is in characters.
    `initial` is what stands there already. `above` is shown between the label and where it is answered.
    """

    name: str
    label: str
    hint: str = ""
    kind: Kind = "line"
    choices: tuple[Choice, ...] = ()
    initial: Answer = ""
    required: bool = True
    longest: int = 3000
    above: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Questions to one person. Its submission is an Event with this `action` and `about`.

    `keep` asks the chat to send what is typed so far as a "draft" Event, so that leaving loses nothing.
    """

    title: str
    action: str
    parts: tuple[Part, ...] = ()
    questions: tuple[Question, ...] = ()
    about: str = ""
    submit: str = ""
    keep: bool = False


Cards = Mapping[str, Card]
"""One card in each language that its readers may have: `{"nl": Card, "en": Card}`."""

_MARKUP = re.compile(r"([\\`*_~\[\]()<>#+\-!|&])")


def plain(text: str) -> str:
    """Return `text` so that a Text shows it exactly as typed, whatever Markdown it happens to hold."""
    return _MARKUP.sub(r"\\\1", text.strip()).replace("\n", "  \n")


def quoted(text: str) -> str:
    """Return what somebody typed as a quote in Markdown, exactly as typed."""
    return f"> {plain(text)}".replace("\n", "\n> ")


def mention(person: str) -> str:
    """Return a person in Markdown, by their id: the chat shows the name it knows for them."""
    return f"[@{plain(person.partition(':')[2])}](person:{person})"


def place_mention(place: str) -> str:
    """Return a place in Markdown, by its id: the chat shows the name it knows for it."""
    return f"[#{plain(place.partition(':')[2])}](place:{place})"


def cut(text: str, longest: int) -> str:
    """Return `text` in at most `longest` characters, cut at a word, with an ellipsis where it was cut."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    word = head.rsplit(None, 1)[0] if " " in head[longest // 2 :] else head
    return word.rstrip(" ,;:.") + "…"


def shown(markdown: str) -> str:
    """Return what a reader of `markdown` reads, without the signs that mark it up."""
    unmarked = re.sub(r"(?<!\\)(\*\*|~~|_|^> |^- )", "", markdown, flags=re.MULTILINE)
    linked = re.sub(r"(?<!\\)\[([^\]]*)\]\([^)]*\)", r"\1", unmarked)
    return re.sub(r"\\(.)", r"\1", linked)


def words_of(card: Card | Form) -> str:
    """Return all that a card or form says as plain text: for screen readers, notifications and tests."""
    lines = [card.title, *_lines(card.parts)]
    if isinstance(card, Form):
        for question in card.questions:
            lines += [question.label, *_lines(question.above), question.hint]
            lines += [choice.label for choice in question.choices]
    else:
        lines += [f"[{button.label}]" for button in card.buttons]
    return "\n".join(line for line in lines if line)


def _lines(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        match part:
            case Text(markdown=markdown):
                yield shown(markdown)
            case Facts(pairs=pairs):
                yield from (f"{shown(label)}: {shown(value)}" for label, value in pairs)
            case Image(alt=alt):
                yield alt
            case Marked(label=label, text=text):
                yield f"{label}: {text}"
                yield from (f"{found} {mark.sign} {mark.instead} {mark.why}" for found, mark in part.reasons())


def pack(cards: Cards) -> str:
    """Return the cards as JSON, to be kept until they are sent."""
    return _adapter().dump_json(dict(cards)).decode()


def unpack(packed: str) -> Cards:
    """Return the cards that `pack` made into JSON. Raises ValueError if they are none."""
    return _adapter().validate_json(packed)


@cache
def _adapter() -> TypeAdapter[dict[str, Card]]:
    from pydantic import TypeAdapter

    return TypeAdapter(dict[str, Card])


def in_language(cards: Cards, language: str) -> Card:
    """Return the card in `language`, or in the first language it has. Raises StopIteration if it has none."""
    return cards[language] if language in cards else next(iter(cards.values()))


def choices(pairs: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
    """Return pairs of value and label as choices."""
    return tuple(Choice(value, label) for value, label in pairs)
