"""Finds what everyone knows by more than one word: public figures, makes, sayings with a name in them."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from compassbot.guard import lexicon
from compassbot.guard.people.page import Page
from compassbot.guard.tokens import cut


@cache
def phrases() -> dict[tuple[str, str], list[list[str]]]:
    """Return the phrases as words, by their first two, the longest first."""
    found: dict[tuple[str, str], list[list[str]]] = {}
    for line in lexicon.phrases():
        words = [word.plain for word in cut(line)]
        if len(words) > 1:
            found.setdefault((words[0], words[1]), []).append(words)
    for every in found.values():
        every.sort(key=len, reverse=True)
    return found


def public(page: Page) -> set[int]:
    """Return which words of a page are part of a phrase that names no resident, such as "Albert Heijn"."""
    known, plain = phrases(), page.plain
    found: set[int] = set()
    for i, pair in enumerate(pairwise(plain)):
        for phrase in known.get(pair, ()):
            if plain[i : i + len(phrase)] == phrase and not _titled(page, i):
                found.update(range(i, i + len(phrase)))
                break
    return found


def _titled(page: Page, i: int) -> bool:
    """Return whether a title or a role stands right before: "mevrouw Anne Frank" may well be a client."""
    return i > 0 and page.words[i].gap in (" ", ". ") and page.sections.get(page.plain[i - 1]) in ("T", "R")
