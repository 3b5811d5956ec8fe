"""Finds what everyone knows by more than one word: public figures, makes, sayings with a name in them."""

from __future__ import annotations

from compassbot.guard import lexicon
from compassbot.guard.people.page import Page


def public(page: Page) -> set[int]:
    """Return which words of a page are part of a phrase that names no resident, such as "Albert Heijn"."""
    phrases = lexicon.phrases()
    found: set[int] = set()
    plain = page.plain
    for i, word in enumerate(plain):
        for phrase in phrases.get(word, ()):
            if tuple(plain[i : i + len(phrase)]) == phrase and not _titled(page, i):
                found.update(range(i, i + len(phrase)))
                break
    return found


def _titled(page: Page, i: int) -> bool:
    """Return whether a title or a role stands right before: "mevrouw Anne Frank" may well be a client."""
    return i > 0 and page.words[i].gap in (" ", ". ") and page.sections.get(page.plain[i - 1]) in ("T", "R")
