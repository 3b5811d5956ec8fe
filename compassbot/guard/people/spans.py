"""Puts the words that are likely part of a name together into names, with the edges where they belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compassbot.guard import lexicon
from compassbot.guard.people.page import Page

ENOUGH, BESIDE, CAPITAL = 0.5, 0.2, 0.02
"""How sure it must be that a word is part of a name: by itself, beside one that is, and beside one with a capital too."""

_JOINED = frozenset((" ", "-", "'", ". ", ".", "-\n"))


@dataclass(frozen=True, slots=True)
class Run:
    """A name: the words first to last, both inside, where it ends in the text, and how sure it is."""

    first: int
    last: int
    end: int
    chance: float


def runs(page: Page, chances: Sequence[float], enough: float = ENOUGH) -> list[Run]:
    """Return the names of a page, in order."""
    found: list[Run] = []
    at, count = 0, len(chances)
    while at < count:
        if chances[at] < enough:
            at += 1
            continue
        first, last = at, at
        floor = found[-1].last if found else -1
        while first - 1 > floor and _goes_on(page, chances, first - 1, first, first - 1):
            first -= 1
        while last + 1 < count and _goes_on(page, chances, last, last + 1, last + 1):
            last += 1
        run = _trimmed(page, chances, first, last)
        if run is not None:
            found.append(run)
        at = last + 1
    return found


def _goes_on(page: Page, chances: Sequence[float], left: int, right: int, more: int) -> bool:
    """Return whether word `more`, left or right of what is a name already, goes with it."""
    likely = chances[more]
    if likely <= 0 or not _together(page, left, right):
        return False
    if likely >= BESIDE or page.plain[more] in lexicon.cues("particles"):
        return True
    if page.words[right].gap not in (" ", "-", ". ", "."):
        return False
    both = page.case[left] in "XF" and page.case[right] == "X" and page.case[more] == "X"
    particle = page.plain[more - 1] in lexicon.cues("particles") if more == right else False
    return likely >= CAPITAL and (both or (particle and page.case[more] == "X"))


def _together(page: Page, left: int, right: int) -> bool:
    """Return whether two names in a row are one: "Jan Jansen", "Bakker, P.", but not "Jan, Piet"."""
    gap = page.words[right].gap
    if gap in _JOINED:
        return not (gap == ". " and page.words[right].first and not _initial(page, left))
    if gap == ", ":
        return _initial(page, right) and not _initial(page, left)
    if gap == "\n":
        return page.case[left] == "X" and page.case[right] in "XF" and _wrapped(page, left)
    return False


def _wrapped(page: Page, i: int) -> bool:
    """Return whether the line that ends with word i is a long one, broken in the middle of a sentence."""
    return page.words[i].end - (page.text.rfind("\n", 0, page.words[i].end) + 1) > 40


def _initial(page: Page, i: int) -> bool:
    text = page.words[i].text
    return all(len(part) == 1 for part in text.split(".")) and (
        page.text[page.words[i].end : page.words[i].end + 1] == "."
    )


def _trimmed(page: Page, chances: Sequence[float], first: int, last: int) -> Run | None:
    """Return the run without titles before it and loose particles after it, with its initials."""
    words = page.words
    sure = max(chances[first : last + 1])
    while first <= last and page.sections.get(page.plain[first]) in ("T", "N", "G", "Z", "R") and chances[first] < 0.9:
        first += 1
    if first < last and page.sections.get(page.plain[first]) == "R" and page.case[first] != "X":
        first += 1
    while first <= last and _loose(page, last):
        last -= 1
    if first > last or (first == last and len(page.plain[first]) == 1):
        return None
    while first > 0 and _initial(page, first - 1) and words[first].gap in (".", ". "):
        first -= 1
    return Run(first, last, _end(page, first, last), sure)


def _loose(page: Page, last: int) -> bool:
    plain = page.plain[last]
    if len(plain) == 1 and not page.words[last].capital and not _initial(page, last):
        return True
    return plain in lexicon.cues("particles") and page.case[last] in "xsa" and not _initial(page, last)


def _end(page: Page, first: int, last: int) -> int:
    """Return where the name ends: after the point of a last initial, before an s of possession."""
    word = page.words[last]
    if _initial(page, last):
        return word.end + 1
    if first <= last and len(word.plain) > 3 and word.plain.endswith("s") and _possessive(page, last):
        return word.end - 1
    return word.end


def _possessive(page: Page, i: int) -> bool:
    """Return whether the s at the end of word i says whose something is: "Annes zoon"."""
    plain, bare = page.plain[i], page.plain[i][:-1]
    listed = page.code(plain)
    if not set("gswy").isdisjoint(listed):
        return bare in page.plain
    follows = i + 1 < len(page.words) and page.words[i + 1].gap == " " and page.case[i + 1] not in "XU"
    if bare in page.plain:
        return True
    return follows and not set("gw").isdisjoint(page.code(bare)[1:]) and page.sections.get(page.plain[i + 1]) != "V"
