"""Puts valid numbers of every kind and form into clean texts, and says which share of them the guard finds."""

from __future__ import annotations

import random
from typing import Any

from compassbot.guard import read
from tests.guard.making import MAKERS
from tests.guard.putting import covers, names, passages, put
from tests.guard.rows import clean

WHOLE = 0.1  # of the cases go into a whole text, the others into a passage of one
KEPT = 20  # examples of what was missed


def measure(cases: int, seed: int) -> dict[str, Any]:
    """Return for each kind how many cases there were, the shares found and found exactly, and some that were missed."""
    chance = random.Random(seed)
    texts = clean()
    pieces = passages(texts)
    out: dict[str, Any] = {}
    for kind, make in MAKERS.items():
        count = cases // len(MAKERS)
        found = exact = 0
        missed: list[str] = []
        for _ in range(count):
            form, what = make(chance)
            text, at = put(chance, chance.choice(texts if chance.random() < WHOLE else pieces), what)
            finds = read(text)
            found += (there := covers(finds, at, what))
            exact += names(finds, at, what, kind)
            if not there and len(missed) < KEPT:
                missed.append(f"{form}: {text[max(0, at - 25) : at + len(what) + 20]!r}")
        out[kind] = {"cases": count, "found": found / count, "exact": exact / count, "missed": missed}
    return out
