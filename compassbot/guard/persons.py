"""Finds people: the words that weigh as names, put together, and every other mention of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compassbot.guard import lexicon
from compassbot.guard.identifier import Find
from compassbot.guard.people.known import public
from compassbot.guard.people.mentions import mentions
from compassbot.guard.people.page import Page
from compassbot.guard.people.sheet import Memo
from compassbot.guard.people.spans import Run, runs
from compassbot.guard.people.tagger import Weights, chance
from compassbot.guard.tokens import Word

ADDRESSED = 91
"""Heavier than a user name, of which such a mention has the form."""


def persons(
    text: str, words: Sequence[Word], memo: Memo | None = None, learned: Weights | None = None
) -> Iterator[Find]:
    """Yield people; certain with a title, with initials, or with a known given name and another name."""
    if not words:
        return
    page = Page(text, words, memo)
    chances = chance(page, public(page), learned)
    if not any(chances):
        return
    found = runs(page, chances)
    for run in found:
        yield _find(page, run)
    yield from mentions(page, found, chances)


def _find(page: Page, run: Run) -> Find:
    words, size = page.words, run.last - run.first + 1
    whole = size == 1 or words[run.first + 1].gap == " "
    weight = ADDRESSED if whole and addressed(page, run.first) else 30 + min(size, 5)
    return Find(words[run.first].start, run.end, "person", _certain(page, run), weight, role(page, run.first))


def addressed(page: Page, i: int) -> bool:
    """Return whether somebody is called by a given name, "@Marloes", which is no user name such as "@marloes_1990"."""
    word = page.words[i]
    alone = word.gap[-1:] == "@" and page.text[word.end : word.end + 1] in ("", " ", ",", ".", "\n", ":", "?", "!")
    return alone and page.coarse(page.plain[i]) in "nb"


def _certain(page: Page, run: Run) -> bool:
    """Return whether the evidence is strong: a title right before it, initials, or a given name with another name."""
    if run.chance < 0.8:
        return False
    titled = page.sections.get(page.plain[run.first - 1]) == "T" if run.first > 0 else False
    if titled and page.words[run.first].gap in (" ", ". "):
        return True
    if run.first == run.last:
        return False
    first = page.words[run.first].text
    initials = len(first.split(".")[0]) == 1 and page.words[run.first + 1].gap in (".", ". ")
    return initials or "g" in page.code(page.plain[run.first])


def role(page: Page, first: int) -> str:
    """Return the role right before a name, such as "klant", or ""."""
    for at in range(first - 1, max(first - 4, -1), -1):
        if page.words[at + 1].first:
            return ""
        plain = page.plain[at]
        if plain in lexicon.cues("roles"):
            return page.words[at].text.lower()
        if plain not in lexicon.cues("titles"):
            return ""
    return ""
