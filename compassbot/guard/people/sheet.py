"""The words of a text: how it uses capitals, what the lists say of each, and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from operator import add

from compassbot.guard import lexicon
from compassbot.guard.people import lex
from compassbot.guard.tokens import Word

ONE_PERSON = frozenset("mevrouw mevr mw mvr meneer dhr heer mr mrs ms".split())
"""Titles after which one person is named and nothing else."""


class Memo:
    """What was looked up of the words of one text, for all rounds of its reading and no longer."""

    __slots__ = ("codes", "kinds", "rough", "shapes")

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.rough: dict[str, str] = {}
        self.shapes: dict[str, str] = {}


class Sheet:
    """One reading of one text.

    `style` is N when capitals are used inside sentences, A when only at their beginning, as a telephone does, S when
    there are none or nothing else. `case` of a word: X a capital that says something, F one that a sentence begins
    with, U all capitals, x a small letter amid capitals, a in style A, s in style S.
    """

    def __init__(self, text: str, words: Sequence[Word], memo: Memo | None = None) -> None:
        self.text = text
        self.words = words
        self.plain = [word.plain for word in words]
        self.style = _style(text, words)
        self.case = _cases(words, self.style)
        self.memo = memo or Memo()
        self.sections = lex.sections()

    def code(self, plain: str) -> str:
        """Return what the lists say of a word; remembered for this reading only."""
        found = self.memo.codes.get(plain)
        if found is None:
            found = self.memo.codes[plain] = lex.code(plain)
        return found

    def coarse(self, plain: str) -> str:
        """Return the one letter for all that is known of a word."""
        found = self.memo.rough.get(plain)
        if found is None:
            found = self.memo.rough[plain] = lex.coarse(self.code(plain))
        return found

    def kind(self, i: int) -> str:
        """Return the letter of word i as context: a cue's letter, else how ordinary it is with its case."""
        plain, case = self.plain[i], self.case[i]
        found = self.memo.kinds.get(plain + case)
        if found is None:
            found = self._kind(plain)
            found = self.memo.kinds[plain + case] = found if found.isupper() or found == "f" else found + case
        return found

    def kinds(self) -> list[str]:
        """Return the letters of all words as context."""
        known, keys = self.memo.kinds, map(add, self.plain, self.case)
        return [known.get(key) or self.kind(i) for i, key in enumerate(keys)]

    def _kind(self, plain: str) -> str:
        """Return the letter of a cue, Q for what looks like a verb, else how ordinary the word is."""
        rough = self.coarse(plain)
        return self.sections.get(plain) or ("Q" if rough == "d" and lex.acting(plain) else rough)

    def closed(self, i: int) -> bool:
        """Return whether a sign, the end or a verb follows word i, so that no name or noun goes with it."""
        if i + 1 >= len(self.words):
            return True
        gap = self.words[i + 1].gap
        return gap[:1] in ",.:;(?!\n" or (gap == " " and self.kind(i + 1) in ("V", "Q"))

    def cue(self, i: int) -> str:
        """Return the nearest word before word i that speaks for a name, over function words: "noemen ze hem Roos"."""
        for back in range(1, min(i, 4) + 1):
            if self.words[i - back + 1].first:
                break
            section = self.sections.get(self.plain[i - back], "-")
            if section in "TRNGZ":
                return section + str(back)
            if section not in "fWEAVI":
                break
        return "-"

    def behind_title(self, i: int) -> int:
        """Return the first of the particles before word i, three at most, where a title would stand right before it."""
        at, particles = i, lexicon.cues("particles")
        while at > 0 and i - at < 3 and self.words[at].gap == " " and self.plain[at - 1] in particles:
            at -= 1
        return at

    def acts(self, i: int) -> bool:
        """Return whether word i is a given name with the verb of a sentence after it, as in "Wil wil niet", "maar wil is"."""
        if i + 1 >= len(self.words) or self.words[i + 1].gap != " " or "g" not in self.code(self.plain[i]):
            return False
        return self.plain[i + 1] in lexicon.cues("after")


def _style(text: str, words: Sequence[Word]) -> str:
    if _shouts(text):
        return "S"
    style = "S"
    for word in words:
        if word.capital and not word.shouted and len(word.text) > 1:
            if not word.first:
                return "N"
            style = "A"
    return style


def _shouts(text: str) -> bool:
    """Return whether more than six of ten letters are capitals."""
    if text.isascii():
        plain = text.encode("ascii")
        without = len(plain.translate(None, _CAPITALS))
        return len(plain) - without > 0.6 * (len(plain) - len(plain.translate(None, _CAPITALS + _CAPITALS.lower())))
    return sum(map(str.isupper, text)) > 0.6 * sum(map(str.isalpha, text))


_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _cases(words: Sequence[Word], style: str) -> list[str]:
    small = {"N": "x", "A": "a", "S": "s"}[style]
    shouting = style == "S" and sum(word.shouted for word in words) > len(words) / 2
    made: list[str] = []
    for word in words:
        if not word.capital or shouting:
            made.append("s" if shouting else small)
        elif word.shouted:
            made.append("U")
        else:
            made.append("F" if word.first else "X")
    return made
