"""A digest as a Markdown page: to be kept, mailed or put into a plan."""

from __future__ import annotations

from compassbot.model.digest import Digest
from compassbot.reports.outline import Item, Names, Section, has_picture, outline
from compassbot.talk.view import plain
from compassbot.words import Words


def as_markdown(digest: Digest, words: Words, names: Names) -> str:
    """Return a digest as CommonMark with one table: the picture in words, a row a principle."""
    said = outline(digest, words, names)
    blocks = [f"# {said.title}", said.opening]
    blocks += map(_section, said.before)
    if has_picture(digest):
        blocks.append(_pressure(digest, words, names))
    blocks += map(_section, said.after)
    if said.footer:
        blocks.append(f"---\n\n{said.footer}")
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(section: Section) -> str:
    blocks = [f"## {section.heading}", plain(section.says), "\n".join(map(_item, section.items)).rstrip()]
    return "\n\n".join(block for block in blocks if block)


def _item(item: Item) -> str:
    lead = f"**{plain(item.lead)}**" if item.lead else ""
    head = ": ".join(part for part in (lead, plain(item.says)) if part)
    quotes = "\n  >\n".join(f"  > {plain(quote)}" for quote in item.quotes)
    return f"- {head}\n\n{quotes}\n" if quotes else f"- {head}"


def _pressure(digest: Digest, words: Words, names: Names) -> str:
    pressure = digest.pressure
    head = [words("digest-pressure-principle"), *(names("field", field) for field in pressure.fields)]
    rows = [_row(head), _row(["---"] * len(head), typed=False)]
    for principle, levels in zip(pressure.principles, pressure.levels, strict=True):
        rows.append(_row([names("principle", principle), *(_level(level, words) for level in levels)]))
    heading, empty = words("digest-heading-pressure"), words("digest-pressure-empty")
    return "\n\n".join([f"## {heading}", "\n".join(rows), empty])


def _level(level: int, words: Words) -> str:
    return words(f"digest-level-{level}") if level else ""


def _row(cells: list[str], typed: bool = True) -> str:
    return f"| {' | '.join(map(plain, cells) if typed else cells)} |"
