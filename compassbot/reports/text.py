"""A digest as plain text: for the command line, and for whoever reads without pictures."""

from __future__ import annotations

from textwrap import fill

from compassbot.model.digest import Digest
from compassbot.reports.outline import Item, Names, Section, has_picture, outline, pressure_rows
from compassbot.words import Words

WIDTH = 80
"""Characters on a line."""


def as_text(digest: Digest, words: Words, names: Names) -> str:
    """Return a digest as lines of at most 80 characters, where no single word is longer."""
    said = outline(digest, words, names)
    blocks = [f"{said.title}\n{'=' * len(said.title)}", said.opening and _wrap(said.opening)]
    blocks += map(_section, said.before)
    if has_picture(digest):
        blocks.append(_section(_pressure(digest, words, names)))
    blocks += map(_section, said.after)
    blocks.append(said.footer and _wrap(said.footer))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _pressure(digest: Digest, words: Words, names: Names) -> Section:
    rows = tuple(Item("", row) for row in pressure_rows(digest.pressure, words, names))
    return Section(words("digest-heading-pressure"), items=(*rows, Item("", words("digest-pressure-empty"))))


def _section(section: Section) -> str:
    lines = [section.heading, "-" * len(section.heading)]
    if section.says:
        lines.append(_wrap(section.says))
    return "\n".join([*lines, *map(_item, section.items)])


def _item(item: Item) -> str:
    head = ": ".join(part for part in (item.lead, item.says) if part)
    return "\n".join([_wrap(head, "* ", "  "), *(_wrap(quote, "  ", "  ") for quote in item.quotes)])


def _wrap(text: str, first: str = "", rest: str = "") -> str:
    return fill(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False)
