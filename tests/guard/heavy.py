"""Texts that make a careless reader hang or fall: one thing over and over, and noise."""

from __future__ import annotations

import random
from collections.abc import Callable

PIECES = (
    "x", "a b ", "1", "1 ", "1.", "1-", "1,2 ", "06 ", "1 2 3 4 ", "12-34-", "a1", "a1 ", "1a-", "@", "a@", "@a", "a@b.", "a at ", ".",
    "-", "_", "/", "#", "#1", "a.", "A.", "A. B. C. ", "a. b. c. ", "aa.bb.", "[", "]", "(", ")", "[(", "()", "[a", "[abc] ", "[a ", "<", "<@U1", "<@U1>",
    "<a|", "<b>", "&amp;", "&", "*", "`", "```", "van ", "van van van ", "van de ", "Van der ", "mevrouw ", "mw. ", "dhr. Van ", "Jan ",
    "Jan Jansen ", "jan jansen ", "JAN JANSEN ", "J. Jansen, ", "Straat 1, ", "kerkstraat ", "Lange Voorhout ", "1234 AB ", "1234ab", "NL91 ",
    "NL91ABNA0417164300", "NL91 ABNA ", "AB-12-", "12-AB-", "::::", "1:", "a:b:", "2001:", "1-1-", "12 jan ", "12-03-1980 ", "geb. ", "geboren op ", "(0",
    "+31", "+", "00", "(((0", "http://", "https://a.b/", "www.", "a.b/", "nummer ", "zaaknummer ", "zaak ", "Z-2024-", "PW/25/", "apenstaartje ",
    "(at)", " punt ", "\u0301", "a\u0301", "e\u0301\u0302", "\u200b", "a\u200b", "\u00a0", " ", "\n", "\n\n", "\r\n", "\t", " \n", "x\n", "> ", "- ",
    "😀", "👩‍👩‍👧‍👦", "🇳🇱", "שלום עולם ", "مرحبا ", "\u202eabc ", "你好", "ß", "İ", "ŉ", "ﬁ", "Ǆ", "١٢", "𝐀𝐛", "zorgzorg", "'", "'s ", "’t ", '"', "O'", "!", "? ",
    "A", "AB ", "Ab", "aB", "groet, ", "Beste ", "de klant ", "x" * 70 + " ", "Jan-", "jan_", "jan.", "@jan ", "id:", "bsn ", "bsn: 1", "ref ",
    "is 12 ", "AB 06 ", "laan de / NL91 ",
)  # fmt: skip
ALPHABETS = (
    "ab1. -",
    "aA \n.",
    "0123456789 -./()+",
    "[]()<>|@#*",
    "jan van de 1.-@",
    "NL0123ABNA ",
    ":0123456789abcdef.",
)


def _bytes(chance: random.Random, length: int, encoding: str) -> str:
    return chance.randbytes(4 * length).decode(encoding, errors="replace")[:length]


def _nested(length: int) -> str:
    return "[(" * (length // 4) + ")]" * (length // 4)


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda length: (piece * length)[:length]


def _from(alphabet: str) -> Callable[[int], str]:
    return lambda length: "".join(random.Random(alphabet).choices(alphabet, k=length))


HEAVY: dict[str, Callable[[int], str]] = {
    **{f"{piece[:20]!r} over and over": _repeated(piece) for piece in PIECES},
    **{f"letters of {alphabet!r}": _from(alphabet) for alphabet in ALPHABETS},
    **{f"bytes read as {name}": lambda length, name=name: _bytes(random.Random(name), length, name)
       for name in ("utf-8", "latin-1", "utf-16", "cp1252")},
    "nested brackets": _nested,
    "any characters": lambda length: "".join(map(chr, random.Random(3).choices(range(0x11000), k=length))),
    "capitals and digits": lambda length: "A1" * (length // 2),
}  # fmt: skip
"""What it is, and what makes so many characters of it."""
