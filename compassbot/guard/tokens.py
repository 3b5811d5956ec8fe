"""Cuts a text into words and says what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compassbot.guard.lexicon import plain

_WORD = re.compile(r"[^\W\d_]+(?:(?:'(?!s(?!\w))|\.(?=[^\W\d_](?!\w{2})))[^\W\d_]+)*|(?<!\w)'[tns](?=\s)")
_END = re.compile(r"[.!?…:;\n•|]|^\s*[-*>]\s|\s//\s|\s[-=]\s")


@dataclass(slots=True)
class Word:
    """One word and its place.

    `plain` is it in lower case without accents, `gap` the text since the word before it, `first` whether a
    sentence begins with it, `capital` whether it begins with a capital, `shouted` whether it is all capitals.
    """

    start: int
    end: int
    text: str
    plain: str
    gap: str
    first: bool
    capital: bool
    shouted: bool


def _begins(gap: str, before: Word) -> bool:
    """Return whether a sentence begins after this gap; the full stop of an initial ends none."""
    if not _END.search(gap):
        return False
    abbreviated = gap.strip() == "." and (
        all(len(part) == 1 for part in before.text.split(".")) or before.plain in ABBREVIATED
    )
    return not abbreviated


ABBREVIATED = frozenset(
    "mw dhr mevr hr fam dr drs mr mrs ms prof ds ir ing wed gebr geb tel st nr incl evt bijv vd".split()
)


_CALM = frozenset((" ", ", ", "-", "'", ""))
"""What most often stands between two words; no sentence begins after it."""


def cut(text: str) -> list[Word]:
    """Return the words of a normalised text, in order."""
    found: list[Word] = []
    add = found.append
    at = 0
    before: Word | None = None
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        gap = text[at:start]
        first = before is None or (gap not in _CALM and _begins(gap, before))
        low = word.lower()
        if word == low and low.isascii():
            before = Word(start, end, word, low, gap, first, False, False)
        else:
            shouted = end - start > 1 and word.isupper()
            before = Word(start, end, word, plain(word), gap, first, word[0].isupper(), shouted)
        add(before)
        at = end
    return found
