"""Reads away differences of form that mean nothing, and remembers where each character stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

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
    ord("\r"): "\n",
}
_PLACEHOLDER = re.compile(r"\[[^\W\d_][^\[\]\n]{0,39}\]")


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in its plain form, with for each character where it began and ended in the text as typed."""

    text: str
    starts: list[int]
    ends: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets, in the text as typed, of text[start:end]; the slice is not empty."""
        return self.starts[start], self.ends[end - 1]

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


def _one(char: str) -> str:
    """Return the plain form of one character: nothing for an invisible one, ASCII for a full-width one."""
    same = _SAME.get(ord(char))
    if same is not None:
        return same
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char))
    return "" if category in ("Cf", "Cs", "Cc") and char != "\n" else char


def _plain(text: str) -> Normal:
    """Return the plain form of a text that has characters outside ASCII."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for i, char in enumerate(text):
        if unicodedata.combining(char) and out:
            joined = unicodedata.normalize("NFC", out[-1] + char)
            out[-1] = joined if len(joined) == 1 else out[-1]
            ends[-1] = i + 1
            continue
        for made in _one(char):
            out.append(made)
            starts.append(i)
            ends.append(i + 1)
    return Normal("".join(out), starts, ends)


def normalise(text: str) -> Normal:
    """Return the plain form of a text, with placeholders such as "[cliënt]" masked."""
    if text.isascii() and not any(c in text for c in "\t\r`") and text.isprintable():
        plain = Normal(text, list(range(len(text))), list(range(1, len(text) + 1)))
    else:
        plain = _plain(text)
    return plain.without(found.span() for found in _PLACEHOLDER.finditer(plain.text))
