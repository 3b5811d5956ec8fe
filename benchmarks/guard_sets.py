"""The sets of texts that the guard is measured on, each as typed and in seven other ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.guard_judge import Count
from benchmarks.guard_swap import lower, swapped, upper
from tests.guard.rows import FOLDER, OPEN, OWN, Row, load

SWAPS = (1, 2, 3, 4, 5)  # seeds
Sets = dict[str, dict[str, list[list[Row]]]]
"""For each set, for each way of writing, the texts; of swapped names five times."""


def sets(*, kept: bool) -> Sets:
    """Return the open set and our own, and the two kept apart when they are asked for."""
    files = {"open": OPEN, "own": OWN}
    if kept:
        files |= {f"kept, {path.stem}": [path] for path in sorted((FOLDER / "kept").glob("*.jsonl"))}
    return {name: variants(load(*paths)) for name, paths in files.items()}


def variants(rows: list[Row]) -> dict[str, list[list[Row]]]:
    """Return the texts as typed, with every name swapped, in lower case, and with names in capitals."""
    return {
        "as typed": [rows],
        "names swapped": [swapped(rows, seed) for seed in SWAPS],
        "lower case": [[lower(row) for row in rows]],
        "names in CAPITALS": [[upper(row) for row in rows]],
    }


def summed(counts: Sequence[Count]) -> dict[str, Any]:
    """Return the figures as means, of several also the worst leak, and what was missed of each kind."""
    figures = [count.figures() for count in counts]
    out: dict[str, Any] = {name: sum(one[name] for one in figures) / len(figures) for name in figures[0]}
    if len(figures) > 1:
        out["worst_leak"] = max(one["leak"] for one in figures)
    kinds = sorted({kind for count in counts for kind in count.kinds})
    out["missed"] = {
        kind: [sum(count.kinds.get(kind, [0, 0])[i] for count in counts) for i in (0, 1)] for kind in kinds
    }
    return out
