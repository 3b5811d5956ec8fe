"""A digest put into words: sections with their lines, that a card, a text or a Markdown page then lays out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from compassbot.model.digest import Digest, Line, Pressure, SignalLine, Topic
from compassbot.words import Words

Kind = Literal["theme", "cause", "principle", "field", "block"]
Names = Callable[[Kind, str], str]
"""Gives the label of a code in the reader's language: `names("theme", "letters")` is "Letters"."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a section: what it is about, sentences of ours, and sentences that people typed."""

    lead: str
    says: str = ""
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a paragraph or none, and lines."""

    heading: str
    says: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A digest in words. The picture belongs after `before` and ahead of `after`. All of it is plain text."""

    title: str
    opening: str
    before: tuple[Section, ...]
    after: tuple[Section, ...]
    footer: str


def outline(digest: Digest, words: Words, names: Names) -> Outline:
    """Return all that a digest says but its picture. A quiet week is its opening alone."""
    opening = words("digest-quiet") if digest.quiet else words("digest-first") if digest.first else ""
    footer = words("digest-footer", people=digest.threshold.people)
    title = words("digest-title", week=week_number(digest.week))
    if digest.quiet:
        return Outline(title, opening, (), (), "")
    after = (_signals(digest, words, names), _due(digest, words, names), _question(digest, words, names))
    return Outline(title, opening, _said(_lines(digest, words, names)), _said(after), footer)


def pressure_rows(pressure: Pressure, words: Words, names: Names) -> tuple[str, ...]:
    """Return a sentence for each principle that is under pressure somewhere, strongest fields first."""
    said = (
        (names("principle", principle), _by_level(pressure, levels, words, names))
        for principle, levels in zip(pressure.principles, pressure.levels, strict=True)
    )
    return tuple(words("digest-pressure-row", principle=name, levels=levels) for name, levels in said if levels)


def _by_level(pressure: Pressure, levels: Sequence[int], words: Words, names: Names) -> str:
    groups: list[str] = []
    for level in (3, 2, 1):
        fields = [names("field", one) for one, its in zip(pressure.fields, levels, strict=True) if its == level]
        if fields:
            where = ", ".join(fields)
            groups.append(words("digest-pressure-cells", level=words(f"digest-level-{level}"), fields=where))
    return "; ".join(groups)


def picture_in_words(digest: Digest, words: Words, names: Names) -> str:
    """Return all that the picture says: its text alternative."""
    rows = pressure_rows(digest.pressure, words, names)
    return " ".join([words("digest-heading-pressure"), *rows, words("digest-pressure-empty")])


def has_picture(digest: Digest) -> bool:
    """Return whether there is a picture to show with the words."""
    return not (digest.quiet or digest.pressure.empty)


def week_number(week: str) -> int:
    """Return 47 for 2026-W47."""
    return int(week[6:])


def _said(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(section for section in sections if section.says or section.items)


def _lines(digest: Digest, words: Words, names: Names) -> tuple[Section, Section]:
    heading = words("digest-heading-first" if digest.first else "digest-heading-new")
    new = tuple(_line(line, words, names, new=True) for line in digest.new)
    recurring = tuple(_line(line, words, names, new=False) for line in digest.recurring)
    return Section(heading, items=new), Section(words("digest-heading-recurring"), items=recurring)


def _line(line: Line, words: Words, names: Names, *, new: bool) -> Item:
    says = [words("digest-people", people=line.people)]
    if line.cause:
        says.append(words("digest-cause", cause=_lower(names("cause", line.cause))))
    if line.tendency:
        says.append(words(f"digest-tendency-{line.tendency}"))
    if not line.fresh:
        says.append(words("digest-since", week=week_number(line.week)))
    elif not new:
        says.append(words("digest-updated"))
    sentences = line.sentences if line.fresh else ()  # a line that is only repeated stays short
    quotes = tuple(words("digest-sentence", sentence=_one_line(sentence)) for sentence in sentences)
    return Item(names("theme", line.theme), " ".join(says), quotes)


def _signals(digest: Digest, words: Words, names: Names) -> Section:
    items = tuple(_signal(line, words, names) for line in digest.signals)
    if digest.more_signals:
        items = (*items, Item("", words("digest-signal-more", number=digest.more_signals)))
    return Section(words("digest-heading-signals"), items=items)


def _signal(line: SignalLine, words: Words, names: Names) -> Item:
    key = "digest-signal-waiting" if line.waiting else "digest-signal-since" if line.weeks else "digest-signal-now"
    says = words(key, state=words(f"digest-signal-{line.signal.state}"), weeks=line.weeks)
    quotes: list[str] = []
    if line.signal.owner.strip() and line.open:
        quotes.append(words("digest-signal-owner", owner=_one_line(line.signal.owner)))
    if line.signal.reason.strip():
        quotes.append(words("digest-signal-reason", reason=_one_line(line.signal.reason)))
    return Item(names("theme", line.signal.theme), says, tuple(quotes))


def _due(digest: Digest, words: Words, names: Names) -> Section:
    items = tuple(Item(names("theme", theme)) for theme in digest.due)
    return Section(words("digest-heading-due"), words("digest-due") if items else "", items)


def _question(digest: Digest, words: Words, names: Names) -> Section:
    heading = words("digest-heading-question")
    return Section(heading, question(digest.question, digest.week, words, names) if digest.question else "")


def question(topic: Topic, week: str, words: Words, names: Names) -> str:
    """Return the question of a week about a topic: each cause has two, that take turns."""
    key = f"digest-question-{topic.cause or 'other'}"
    turn = week_number(week) % 2 + 1
    asked = words(f"{key}-{turn}" if words.has(f"{key}-{turn}") else f"digest-question-other-{turn}")
    return f"{words('digest-about', theme=names('theme', topic.theme))} {asked}"


def _one_line(typed: str) -> str:
    return " ".join(typed.split())


def _lower(label: str) -> str:
    """Return a label as it stands in a sentence: WMO stays WMO."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
