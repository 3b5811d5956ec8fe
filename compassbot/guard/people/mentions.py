"""Finds every other mention of a name that was found: its parts, in any case, with an s of possession."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compassbot.guard import lexicon
from compassbot.guard.identifier import Find
from compassbot.guard.people.page import Page
from compassbot.guard.people.spans import Run

_WEAK = 0.08
"""Under this chance an ordinary word with a capital is no mention, though a name elsewhere has it."""


def mentions(page: Page, found: Sequence[Run], chances: Sequence[float]) -> Iterator[Find]:
    """Yield the other mentions."""
    covered = {i for run in found for i in range(run.first, run.last + 1)}
    particles = lexicon.cues("particles")
    parts: dict[str, bool] = {}
    for run in found:
        for i in range(run.first, run.last + 1):
            plain = page.plain[i]
            if len(plain) > 2 and plain not in particles:
                bare = plain[:-1] if i == run.last and run.end < page.words[i].end else plain
                parts[bare] = parts.get(bare, False) or page.case[i] in "XU"
    for i, plain in enumerate(page.plain):
        if i not in covered:
            size = _mentioned(page, i, plain, parts, chances[i])
            if size:
                yield Find(page.words[i].start, page.words[i].start + size, "person", False, 30)


def _mentioned(page: Page, i: int, plain: str, parts: dict[str, bool], likely: float) -> int:
    """Return how many letters of the word are a name found elsewhere: all, all but an s, or none."""
    bare = plain if plain in parts else plain[:-1] if plain[-1:] == "s" and plain[:-1] in parts else ""
    if not bare or (page.words[i].gap and page.words[i].gap[-1] in "@_./\\" and page.words[i].gap != "/"):
        return 0
    size = page.words[i].end - page.words[i].start - (len(plain) - len(bare))
    rough = page.coarse(bare)
    if rough in "unmp":
        return size
    if page.case[i] in "XU":
        return size
    if page.case[i] == "F":
        return size if likely >= _WEAK / 4 else 0
    return size if likely >= _WEAK else 0
