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
        if pair[0] in MINISTERS and page.words[i + 1].gap == " ":
            found.update(_minister(page, i + 1))
        for phrase in known.get(pair, ()):
            if plain[i : i + len(phrase)] == phrase and not _titled(page, i):
                found.update(range(i, i + len(phrase)))
                break
    return found


MINISTERS = frozenset("minister staatssecretaris premier oud-minister minister-president".split())
"""Who is named after these is in the papers."""


def _minister(page: Page, first: int) -> range:
    """Return the words of the name of a minister, over particles: "minister Van Hijum", "minister keijzer"."""
    at = first
    while at < len(page.words) and at - first < 3 and page.plain[at] in lexicon.cues("particles"):
        at += 1
    named = at < len(page.words) and page.plain[at] not in page.sections and "d" not in page.code(page.plain[at])
    if at == len(page.words) or not (named or page.case[at] in "XU"):
        return range(0)
    while (
        at + 1 < len(page.words)
        and page.case[at] in "XU"
        and page.case[at + 1] == "X"
        and page.words[at + 1].gap == " "
    ):
        at += 1
    return range(first, at + 1)


def _titled(page: Page, i: int) -> bool:
    """Return whether a title or a role stands right before: "mevrouw Anne Frank" may well be a client."""
    return i > 0 and page.words[i].gap in (" ", ". ") and page.sections.get(page.plain[i - 1]) in ("T", "R")
