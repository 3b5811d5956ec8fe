"""Says how much a word that no dictionary has looks like a name, by the letters it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

SHORTEST, LONGEST = 2, 4
STEPS = (-2.5, -1.0, 0.0, 1.0, 2.5)
"""Between these log-odds lie the six letters that shape() gives."""


def grams(plain: str) -> Iterator[str]:
    """Yield the runs of two to four letters of a word, with its beginning and end marked."""
    marked = f"^{plain}$"
    length = len(marked)
    for size in range(SHORTEST, LONGEST + 1):
        for at in range(length - size + 1):
            yield marked[at : at + size]


def odds(plain: str, weights: Mapping[str, float]) -> float:
    """Return the log-odds that a word of these letters is a name rather than a word."""
    return weights.get("", 0.0) + sum(weights.get(gram, 0.0) for gram in grams(plain))


def shape(plain: str, weights: Mapping[str, float]) -> str:
    """Return a letter from A, nothing like a name, to F, very much like one."""
    value = odds(plain, weights)
    return "ABCDEF"[sum(value > step for step in STEPS)]
