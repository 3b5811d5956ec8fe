"""A text as the person layer sees it: its words, how it uses capitals, and which words could be a name at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from compassbot.guard import lexicon
from compassbot.guard.people import lex
from compassbot.guard.tokens import Word

TOUCHING = frozenset((" ", "-", "'", ". ", ".", " - ", "/", " '", "' ", " / ", "\n"))
"""What may stand between two parts of a name, or between a name and a particle."""

ONE_PERSON = frozenset("mevrouw mevr mw mvr meneer dhr heer mr mrs ms".split())
"""Titles after which one person is named and nothing else."""

SHORT = 3
"""Letters of an abbreviation: "zv", "mhn"."""
_VOWELS = frozenset("aeiouy")
_CAMEL = re.compile(r"[a-z][A-Z]")
_NAMED, _FIRST, _WRITTEN = frozenset("gswy"), frozenset("gsw"), frozenset("gs")
_LATIN = "\u024f"
_EXTENDED = ("\u1e00", "\u1eff")


class Memo:
    """What was looked up of the words of one text, for all rounds of its reading and no longer."""

    __slots__ = ("codes", "rough", "shapes")

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.rough: dict[str, str] = {}
        self.shapes: dict[str, str] = {}


class Page:
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
        self.both = lexicon.given()

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
        found = self.sections.get(self.plain[i])
        return found or self.coarse(self.plain[i]) + self.case[i]

    def candidates(self) -> list[bool]:
        """Return for each word whether it could be part of a name; all others are out without a further look."""
        able = [self._alone(i) and not self._written_close(i) for i in range(len(self.words))]
        for i, yes in enumerate(list(able)):
            if yes:
                self._spread(able, i)
        return able

    def _alone(self, i: int) -> bool:
        """Return whether word i could be a name without a look at its neighbours' being so."""
        word, plain, case = self.words[i], self.plain[i], self.case[i]
        section = self.sections.get(plain)
        if section is not None and section in "fAI" and case in "xas" and plain not in self.both:
            return False
        if len(plain) == 1 or "." in word.text:
            return self._initial(i)
        if len(plain) > 40 or not _readable(word.text):
            return False
        if section is not None and section in "fTAIWUR" and not self._strong(i):
            return False
        letters = self.code(plain)
        if letters[-1] == "k" and _FIRST.isdisjoint(letters):
            told = i > 0 and self.sections.get(self.plain[i - 1]) in ("T", "R") and self.words[i].gap in (" ", ". ")
            return told and case in "XU"
        if "l" in letters and _WRITTEN.isdisjoint(letters) and not self._cued(i):
            return False
        if _CAMEL.search(word.text) and not word.text.startswith(("Mc", "Mac", "De", "Van", "Le", "La", "Di", "Fitz")):
            return False
        shouted = case == "U" and (_VOWELS.isdisjoint(plain) or (letters[0] in "dc" and _NAMED.isdisjoint(letters)))
        if shouted and not self._cued(i):
            return False
        if case in "XFU":
            return case != "U" or len(plain) > 3 or not _NAMED.isdisjoint(letters) or self._cued(i)
        abbreviated = letters == "u" and len(plain) <= SHORT and _VOWELS.isdisjoint(plain)
        return (letters[0] == "u" and not abbreviated) or not _NAMED.isdisjoint(letters) or self._cued(i)

    def behind_title(self, i: int) -> int:
        """Return the first of the particles before word i, three at most, where a title would stand right before it."""
        at, particles = i, lexicon.cues("particles")
        while at > 0 and i - at < 3 and self.words[at].gap == " " and self.plain[at - 1] in particles:
            at -= 1
        return at

    def _written_close(self, i: int) -> bool:
        """Return whether the word is part of a sign: ":joy:", "rust_op_de_gang", "mail@werk"."""
        word = self.words[i]
        after = self.text[word.end : word.end + 1]
        return word.gap[-1:] == "_" or after in ("_", "@") or (word.gap[-1:] == ":" and after == ":")

    def _strong(self, i: int) -> bool:
        """Return whether even a function word may be a name here: "Wil Jansen", "groetjes wil", "meneer Van"."""
        if not ("g" in self.code(self.plain[i]) or self.case[i] in "XU"):
            return False
        if i > 0 and self.sections.get(self.plain[i - 1], "-") in "TNGZ":
            return True
        if self.case[i] == "F":
            return i + 1 < len(self.words) and self.case[i + 1] == "X" and self.words[i + 1].gap == " "
        section = self.sections.get(self.plain[i])
        return (
            self.case[i] in "XU" and section not in ("T", "U") and (section != "f" or "g" in self.code(self.plain[i]))
        )

    def _initial(self, i: int) -> bool:
        """Return whether word i may be an initial: "J.P.", the "K." of "Murat K.", "J" before "Jansen"."""
        word = self.words[i]
        if word.plain in lexicon.cues("dotted") or not all(len(part) <= 2 for part in word.text.split(".")):
            return False
        if word.gap[-1:].isdigit() or (not word.gap and word.start > 0 and not self.text[word.start - 1].isspace()):
            return False
        pointed = "." in word.text or self.text[word.end : word.end + 1] == "."
        follows = i + 1 < len(self.words) and self.words[i + 1].gap in (".", ". ", " ") and self._capital(i + 1)
        after = i > 0 and word.gap in (" ", ".", ". ", ", ") and self._capital(i - 1)
        if "." in word.text and (i + 1 == len(self.words) or "\n" in self.words[i + 1].gap):
            return True
        return (pointed and (follows or after)) or (
            word.capital and self.style != "S" and follows and word.text not in "IUOA"
        )

    def _capital(self, i: int) -> bool:
        """Return whether word i has a capital, where capitals say something."""
        return self.words[i].capital or self.case[i] in "sa"

    def _cued(self, i: int) -> bool:
        """Return whether an ordinary word in small letters has something before or after it that speaks for a name."""
        word = self.words[i]
        at = self.behind_title(i)
        if 0 < at < i and self.sections.get(self.plain[at - 1]) == "T":
            return True
        if i > 0 and word.gap.strip(" .:'\"(,@") == "":
            before = self.sections.get(self.plain[i - 1], "-")
            if before in "TRNG":
                return True
            if before == "Z" and i + 2 >= len(self.words):
                return True
        if i > 0 and word.gap == ". " and len(self.plain[i - 1].split(".")[0]) == 1:
            return True
        if word.first or word.gap in ("@", " @") or "\n" in word.gap:
            if i + 1 >= len(self.words):
                return True
            after = self.words[i + 1]
            return self.sections.get(after.plain) == "V" or after.gap[:1] in ",(/:\n"
        return False

    def _spread(self, able: list[bool], i: int) -> None:
        """Let particles, initials and, where capitals say nothing, ordinary words beside a candidate join it."""
        at = i
        while at > 0 and not able[at - 1] and self.words[at].gap in TOUCHING and self._joins(at - 1):
            at -= 1
            able[at] = True
        at = i + 1
        while at < len(self.words) and not able[at] and self.words[at].gap in TOUCHING and self._joins_after(at):
            able[at] = True
            at += 1

    def _joins_after(self, i: int) -> bool:
        """Return whether word i may go on with a name: as before one, and over a hyphen or after a particle too."""
        if self._joins(i):
            return True
        if (
            self.words[i].gap == "-"
            and len(self.plain[i]) == 1
            and self.text[self.words[i].end : self.words[i].end + 1] == "-"
        ):
            return True
        town = self.case[i] == "X" and self.words[i].gap == " " and "l" in self.code(self.plain[i])
        if town and self.case[i - 1] in "XF" and not _NAMED.isdisjoint(self.code(self.plain[i - 1])):
            return True
        if self.case[i] == self.case[i - 1] == "U" and self.words[i].gap == " " and len(self.plain[i]) > 2:
            return self.coarse(self.plain[i]) not in "kl" and self.coarse(self.plain[i - 1]) in "nbvmu"
        linked = self.words[i].gap == "-" or self.plain[i - 1] in lexicon.cues("particles")
        if linked and self.case[i] == "X" and self.case[i - 1] == "x":
            return True
        return linked and len(self.plain[i]) > 1 and self.sections.get(self.plain[i], "-") not in "fTAIUNEGZR"

    def _joins(self, i: int) -> bool:
        plain = self.plain[i]
        if plain in lexicon.cues("particles"):
            return plain != "ben" or i == 0 or self.plain[i - 1] not in ("ik", "wie", "waar", "dan", "nu")
        if self.sections.get(plain, "-") in "fTAIUNEGZ":
            return False
        return (
            len(plain) > 1
            and self.case[i] in "sa"
            and self.coarse(plain) not in "kl"
            and plain not in lexicon.cues("after")
        )


def _readable(text: str) -> bool:
    """Return whether the word is in Latin letters, the only script whose names are told from words here."""
    return all(char <= _LATIN or _EXTENDED[0] <= char <= _EXTENDED[1] for char in text) if not text.isascii() else True


def _style(text: str, words: Sequence[Word]) -> str:
    letters = sum(map(str.isalpha, text))
    if letters and sum(map(str.isupper, text)) > 0.6 * letters:
        return "S"
    style = "S"
    for word in words:
        if word.capital and not word.shouted and len(word.text) > 1:
            if not word.first:
                return "N"
            style = "A"
    return style


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
