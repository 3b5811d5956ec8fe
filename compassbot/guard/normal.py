"""Reads away differences of form that mean nothing, and remembers where each character stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from compassbot.guard import lexicon
from compassbot.guard.markup import Unmarked, unmark

MASK = "\ufffc"
"""Stands for what has been replaced, both a placeholder in the text and something already found."""

_SAME = {
    **{ord(c): "-" for c in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"},
    **{ord(c): "'" for c in "\u2018\u2019\u201a\u201b\u2032`\u00b4\u02bc"},
    **{ord(c): '"' for c in "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"},
    **{
        ord(c): " "
        for c in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
    },
    ord("\u0133"): "ij",
    ord("\u0132"): "IJ",
    ord(MASK): " ",
    0: " ",
    **{ord(c): "\n" for c in "\r\x0b\x0c\x85\u2028\u2029"},
}
_BRACKETS = re.compile(r"\[([^\W\d_][^\[\]\n]{0,39})\]")
_WORD = re.compile(r"[^\W\d_]+|\d+s?")
_YEAR = re.compile(r"(?:(?:19|20)?\d0s?|\d{1,2}|(?:19|20)\d\d)")
_SIGNS = frozenset("a at dot punt apenstaart apenstaartje apestaart apestaartje stip aapje streepje underscore".split())
_TERMS = frozenset("ip bsn iban persoon person".split())


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in its plain form, with for each character where it began and ended in the text as typed."""

    text: str
    starts: list[int]
    ends: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets, in the text as typed, of text[start:end]; the slice is not empty."""
        return self.starts[start], self.ends[end - 1]

    def part(self, start: int, end: int) -> Normal:
        """Return text[start:end] as a text."""
        return Normal(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def without(self, spans: Iterable[tuple[int, int]]) -> Normal:
        """Return the same text with one mask in place of each of the sorted spans."""
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for start, end in spans:
            text += [self.text[at:start], MASK]
            starts += [*self.starts[at:start], self.starts[start]]
            ends += [*self.ends[at:start], self.ends[end - 1]]
            at = end
        text.append(self.text[at:])
        return Normal("".join(text), starts + self.starts[at:], ends + self.ends[at:])


def _placeholders(text: str) -> Iterable[tuple[int, int]]:
    """Yield where "[cliënt]" and its like stand; "[Jan]" and "[at]" are no placeholders."""
    for match in _BRACKETS.finditer(text):
        words = _WORD.findall(match.group(1))
        if match.group(1).lower() not in _SIGNS and all(_common(word) for word in words):
            yield match.span()


def _common(word: str) -> bool:
    plain = lexicon.plain(word)
    if len(word) == 1 or plain in _TERMS or plain in lexicon.cues("roles"):
        return True
    if word[0].isdigit():
        return _YEAR.fullmatch(word) is not None
    return word.islower() and lexicon.ordinary(plain) and plain not in lexicon.given()


def _one(char: str) -> str:
    """Return the plain form of one character: nothing for an invisible one, ASCII for a full-width or fancy one."""
    same = _SAME.get(ord(char))
    if same is not None:
        return same
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char))
    if "\uff01" <= char <= "\uff5e" or "\U0001d400" <= char <= "\U0001d7ff" or "\u2460" <= char <= "\u2468":
        return unicodedata.normalize("NFKC", char)
    hidden = category in ("Cf", "Cs", "Cc", "Me") or "\ufe00" <= char <= "\ufe0f"
    return "" if hidden and char != "\n" else char


_RUN = re.compile(r"[ !-_a-~\n]+|.", re.S)
"""As much as possible that is plain already, or one character."""


def _plain(text: str, starts: list[int], ends: list[int]) -> Normal:
    """Return the plain form of a text, of which each character began and ended where the lists say."""
    pieces: list[str] = []
    begins: list[int] = []
    closes: list[int] = []
    for match in _RUN.finditer(text):
        i, run = match.start(), match.group()
        if len(run) > 1 or " " <= run <= "_":
            pieces.append(run)
            begins += starts[i : match.end()]
            closes += ends[i : match.end()]
            continue
        joined = unicodedata.normalize("NFC", pieces[-1][-1] + run) if pieces and unicodedata.combining(run) else ""
        if joined:
            pieces[-1] = pieces[-1][:-1] + (joined if len(joined) == 1 else pieces[-1][-1])
            closes[-1] = ends[i]
            continue
        made = _one(run)
        if made:
            pieces.append(made)
            begins += [starts[i]] * len(made)
            closes += [ends[i]] * len(made)
    return Normal("".join(pieces), begins, closes)


def normalise(text: str) -> Normal:
    """Return the plain form of a text, with placeholders such as "[cliënt]" masked."""
    if any(sign in text for sign in "<&*_~"):
        read = unmark(text)
    else:
        read = Unmarked([text], list(range(len(text))), list(range(1, len(text) + 1)))
    shown = "".join(read.pieces)
    if shown.isascii() and shown.isprintable() and "`" not in shown:
        plain = Normal(shown, read.starts, read.ends)
    else:
        plain = _plain(shown, read.starts, read.ends)
    return plain.without(_placeholders(plain.text))
