"""Which words of a text could be part of a name at all."""

from __future__ import annotations

import re

from compassbot.guard import lexicon
from compassbot.guard.people import lex
from compassbot.guard.people.sheet import Sheet

TOUCHING = frozenset((" ", "-", "'", ". ", ".", " - ", "/", " '", "' ", " / ", "\n"))
"""What may stand between two parts of a name, or between a name and a particle."""

LONGEST, SHORT = 40, 3
"""Letters of a name at most, and of an abbreviation: "zv", "mhn"."""
_VOWELS = frozenset("aeiouy")
_LOOSE = frozenset("de het den der 't la le in op te ben".split())
"""Particles that mostly are an article or a preposition."""
_CAMEL = re.compile(r"[a-z][A-Z]")
_NAMED, _FIRST, _WRITTEN = frozenset("gswy"), frozenset("gsw"), frozenset("gs")
_LATIN = "\u024f"
_EXTENDED = ("\u1e00", "\u1eff")


class Page(Sheet):
    """One reading of one text, which says of each word whether it could be part of a name."""

    def candidates(self) -> list[bool]:
        """Return for each word whether it could be part of a name; all others are out without a further look."""
        unnamed = lex.unnamed()
        able = [
            not (case in "xas" and plain in unnamed) and self._alone(i) and not self._written_close(i)
            for i, (plain, case) in enumerate(zip(self.plain, self.case, strict=True))
        ]
        for i, yes in enumerate(list(able)):
            if yes:
                self._spread(able, i)
        return able

    def _alone(self, i: int) -> bool:
        """Return whether word i, which is no function word in small letters, could be a name whatever its neighbours are."""
        word, plain, case = self.words[i], self.plain[i], self.case[i]
        if len(plain) == 1 or "." in word.text:
            return self._initial(i)
        if not _readable(word.text):
            return False
        section = self.sections.get(plain)
        if section is not None and section in "fTAIWUR" and not self._strong(i):
            return False
        letters = self.code(plain)
        if letters[-1] == "k" and _FIRST.isdisjoint(letters):
            return self._known(i)
        if "l" in letters and _WRITTEN.isdisjoint(letters) and not self._cued(i):
            return False
        if _CAMEL.search(word.text) and not word.text.startswith(("Mc", "Mac", "De", "Van", "Le", "La", "Di", "Fitz")):
            return False
        shouted = case == "U" and (_VOWELS.isdisjoint(plain) or (letters[0] in "dc" and _NAMED.isdisjoint(letters)))
        if shouted and not self._cued(i):
            return False
        if case in "XFU":
            return case != "U" or len(plain) > 3 or not _NAMED.isdisjoint(letters) or self._cued(i)
        return self._in_small(i, letters)

    def _in_small(self, i: int, letters: str) -> bool:
        """Return the same of a word in small letters, of which the lists say these letters."""
        plain = self.plain[i]
        if len(plain) <= SHORT and _VOWELS.isdisjoint(plain) and _WRITTEN.isdisjoint(letters):
            return self._cued(i)
        return letters[0] == "u" or not _NAMED.isdisjoint(letters) or self._cued(i)

    def _known(self, i: int) -> bool:
        """Return whether a word known to be no person is somebody's name here: "mevrouw Vrijdag", "G.W. Spaans"."""
        word = self.words[i]
        if i == 0 or word.gap not in (" ", ". "):
            return False
        told = self.sections.get(self.plain[i - 1]) in ("T", "R", "N") and (self.case[i] in "XU" or self.closed(i))
        return told or (word.gap == ". " and "." in self.words[i - 1].text)

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
        if self.acts(i):
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
        ahead = i + 1
        while ahead < min(i + 4, len(self.words)) and self.plain[ahead] in lexicon.cues("particles"):
            ahead += 1
        follows = ahead < len(self.words) and self.words[i + 1].gap in (".", ". ", " ") and self._capital(ahead)
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
        if self.cue(i)[0] == "N":
            return True
        if i > 0 and word.gap == ". " and len(self.plain[i - 1].split(".")[0]) == 1:
            return True
        led = at < i and self.words[at].first and self.plain[at] not in _LOOSE
        if led or word.first or word.gap in ("@", " @") or "\n" in word.gap:
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
        town = self.words[i].gap == " " and "l" in self.code(self.plain[i])
        if town and (self.case[i] == "X") == (self.case[i - 1] in "XF") and self._called(i - 1):
            return True
        if self.case[i] == self.case[i - 1] == "U" and self.words[i].gap == " " and len(self.plain[i]) > 2:
            return self.coarse(self.plain[i]) not in "kl" and self.coarse(self.plain[i - 1]) in "nbvmu"
        linked = self.words[i].gap == "-" or self.plain[i - 1] in lexicon.cues("particles")
        if linked and self.case[i] == "X" and self.case[i - 1] == "x":
            return True
        return linked and len(self.plain[i]) > 1 and self.sections.get(self.plain[i], "-") not in "fTAIUNEGZR"

    def _called(self, i: int) -> bool:
        """Return whether word i, or the one before the particles up to it, is on a list of names."""
        while i > 0 and self.plain[i] in lexicon.cues("particles"):
            i -= 1
        return not _NAMED.isdisjoint(self.code(self.plain[i]))

    def _joins(self, i: int) -> bool:
        plain = self.plain[i]
        if plain == "d" and self.words[i].gap == "/":  # "v/d"
            return False
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
    """Return whether the word is no longer than a name, and in Latin letters, the only script whose names are told from words here."""
    if text.isascii():
        return len(text) <= LONGEST
    return len(text) <= LONGEST and all(char <= _LATIN or _EXTENDED[0] <= char <= _EXTENDED[1] for char in text)
