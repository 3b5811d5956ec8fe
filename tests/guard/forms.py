"""Writes a text in other forms that mean the same, and remembers which character each came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from compassbot.guard import Identifier

_MARKUP = re.compile(r"<[^<>\s]*>")
_CURLY = {"'": "’", '"': "”"}
_DASHES = {"\u2011": "no-break hyphen", "\u2013": "en dash", "\u2212": "minus"}


def _instead(old: str, new: str) -> Callable[[str], str]:
    return lambda char: new if char == old else char


def _wide(char: str) -> str:
    """Return the full-width form of an ASCII character, which is the same under NFKC."""
    return chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else "\u3000" if char == " " else char


def _one(change: Callable[[str], str]) -> Callable[[str], str]:
    """Return the change where it makes one character of one, and nothing else."""
    return lambda char: new if len(new := change(char)) == 1 else char


UNICODE: dict[str, Callable[[str], str]] = {
    "NFD": lambda char: unicodedata.normalize("NFD", char),
    "full width": _wide,
    "no-break space": _instead(" ", "\u00a0"),
    "narrow no-break space": _instead(" ", "\u202f"),
    "curly quotes": lambda char: _CURLY.get(char, char),
    "zero-width space": lambda char: f"\u200b{char}" if char.isalnum() else char,
    "soft hyphen": lambda char: f"\u00ad{char}" if char.islower() else char,
    **{name: _instead("-", dash) for dash, name in _DASHES.items()},
}
LINES: dict[str, Callable[[str], str]] = {
    "CR LF": _instead("\n", "\r\n"),
    "CR": _instead("\n", "\r"),
    "line separator": _instead("\n", "\u2028"),
    "next line": _instead("\n", "\x85"),
}
CASE: dict[str, Callable[[str], str]] = {"lower": _one(str.lower), "UPPER": _one(str.upper)}


def written(text: str, change: Callable[[str], str]) -> tuple[str, list[int]]:
    """Return the text with each character changed, and for each new character the place of the old one.

    What a chat put in pointed brackets itself, such as a mention, stays as it is: nobody types it.
    """
    kept = {at for markup in _MARKUP.finditer(text) for at in range(*markup.span())}
    new = [char if at in kept else change(char) for at, char in enumerate(text)]
    return "".join(new), [at for at, chars in enumerate(new) for _ in chars]


def wrapped(text: str, width: int) -> str:
    """Return the text with a space made a line break wherever a line would be longer than the width, as in a mail."""
    out = list(text)
    begun, space = 0, -1
    for at, char in enumerate(text):
        if char == "\n":
            begun, space = at + 1, -1
        elif char == " ":
            space = at
        if at - begun >= width and space > begun:
            out[space] = "\n"
            begun, space = space + 1, -1
    return "".join(out)


def places(found: Sequence[Identifier], came_from: Sequence[int]) -> list[tuple[int, int, str]]:
    """Return what was found in a changed text, by its places in the text before."""
    return [(came_from[one.start], came_from[one.end - 1] + 1, one.kind) for one in found]
