"""Says how much a word that no dictionary has looks like a name, by the letters it is made of."""

from __future__ import annotations

from collections.abc import Mapping

LONG = 30
"""Of a longer word the first letters are enough."""

STEPS = (-2.5, -1.0, 0.0, 1.0, 2.5)
"""Between these log-odds lie the six letters that shape() gives."""


def grams(plain: str) -> list[str]:
    """Return the runs of two to four letters of a word, with its beginning and end marked."""
    marked = f"^{plain[:LONG]}$"
    length = len(marked)
    made = [marked[at : at + 2] for at in range(length - 1)]
    made += [marked[at : at + 3] for at in range(length - 2)]
    made += [marked[at : at + 4] for at in range(length - 3)]
    return made


def odds(plain: str, weights: Mapping[str, float]) -> float:
    """Return the log-odds that a word of these letters is a name rather than a word."""
    return weights.get("", 0.0) + sum(filter(None, map(weights.get, grams(plain))))


def shape(plain: str, weights: Mapping[str, float]) -> str:
    """Return a letter from A, nothing like a name, to F, very much like one."""
    value = odds(plain, weights)
    return "ABCDEF"[sum(value > step for step in STEPS)]
