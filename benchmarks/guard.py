"""How good the guard is, and what it costs, beside deduce, python-stdnum and phonenumbers in the same run.

Run it with the Python of the house: `.venv/bin/python -m benchmarks.guard [--json] [--parts texts cost] [--errors FILE]`.
Everything is read in processes of their own. The baseline is installed with
`.venv/bin/python -m pip install --no-build-isolation --editable ".[baseline]"` (its licence is the GPL; the bot never
imports it), or elsewhere in a Python that `--baseline-python` names; `--no-baseline` leaves it out. What each figure means
is in benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import guard_cases, guard_table
from benchmarks.guard_judge import judge
from benchmarks.guard_sets import Sets, sets, summed
from tests.guard.heavy import HEAVY
from tests.guard.rows import OPEN, OWN, Row, load

ROOT = Path(__file__).parent.parent
PARTS = ("texts", "cost", "heavy", "cases")
LONG = 10_000  # characters of anything
Readers = Mapping[str, str]
"""Who reads, and the Python that it reads in."""


def main() -> None:
    """Measure what was asked for, and print it."""
    chosen = _parser().parse_args()
    readers = {"ours": sys.executable}
    if not chosen.no_baseline and {"texts", "cost"} & set(chosen.parts):
        readers["baseline"] = chosen.baseline_python
        _demand_baseline(chosen.baseline_python)
    found: dict[str, Any] = {}
    if "texts" in chosen.parts:
        found["texts"] = texts(readers, sets(kept=chosen.kept), chosen.errors)
    if "cost" in chosen.parts:
        found["cost"] = cost(readers, max(1, chosen.rounds))
    if "heavy" in chosen.parts:
        found["heavy"] = heavy()
    if "cases" in chosen.parts:
        found["cases"] = guard_cases.measure(chosen.cases, chosen.seed)
    print(json.dumps(found, ensure_ascii=False) if chosen.json else guard_table.table(found))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="How good the guard is and what it costs, beside a baseline.")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="measure only these")
    parser.add_argument("--cases", type=int, default=100_000, help="how many numbers are put into clean texts")
    parser.add_argument("--seed", type=int, default=1, help="decides which numbers, and where")
    parser.add_argument("--rounds", type=int, default=3, help="how often the cost is measured, interleaved")
    parser.add_argument("--no-baseline", action="store_true", help="leave out deduce, stdnum and phonenumbers")
    parser.add_argument("--baseline-python", default=sys.executable, help="the Python in which deduce is installed")
    parser.add_argument("--kept", action="store_true", help="also read the sets kept apart; not while developing")
    parser.add_argument("--errors", type=Path, help="write what was missed and wrongly found, not in the kept sets")
    return parser


def _demand_baseline(python: str) -> None:
    """Leave with a sentence when the baseline is not installed where it is said to be."""
    wanted = ("deduce", "stdnum", "phonenumbers")
    if python == sys.executable:
        there = all(importlib.util.find_spec(name) for name in wanted)
    else:
        tried = subprocess.run([python, "-c", f"import {', '.join(wanted)}"], check=False, capture_output=True)
        there = tried.returncode == 0
    if not there:
        raise SystemExit(
            "The baseline is not installed. Install it,\n"
            "  .venv/bin/python -m pip install --no-build-isolation --editable '.[baseline]'\n"
            "or name a Python that has deduce, python-stdnum and phonenumbers with --baseline-python,\n"
            "or leave it out with --no-baseline."
        )


def _ask(python: str, who: str, what: str, given: Sequence[tuple[str, str]]) -> Any:
    """Return what a process of its own made of the texts. Raises CalledProcessError when it fails."""
    command = [python, "-m", "benchmarks.guard_reader", who, what]
    said = subprocess.run(command, input=json.dumps(given), stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return json.loads(said.stdout)


def _given(rows: Sequence[Row]) -> list[tuple[str, str]]:
    return [(row["text"], row["lang"]) for row in rows]


def texts(readers: Readers, all_sets: Sets, errors: Path | None) -> dict[str, Any]:
    """Return for each set, variant and reader the figures, and of ours the share missed of each kind."""
    rows = [row for variants in all_sets.values() for several in variants.values() for one in several for row in one]
    answers = {who: iter(_ask(python, who, "read", _given(rows))) for who, python in readers.items()}
    out: dict[str, Any] = {}
    wrong: list[str] = []
    for name, variants in all_sets.items():
        for variant, several in variants.items():
            for who, answer in answers.items():
                counts = [judge(one, [next(answer) for _ in one]) for one in several]
                out.setdefault(name, {}).setdefault(variant, {})[who] = summed(counts)
                if who == "ours" and not name.startswith("kept"):
                    wrong += [f"{name}, {variant}: {line}" for count in counts for line in count.errors]
    if errors:
        errors.write_text("\n".join(wrong) + "\n", encoding="utf-8")
    return out


def cost(readers: Readers, rounds: int) -> dict[str, dict[str, float]]:
    """Return for each reader the medians of what it costs to start and to read the open texts and our own."""
    given = _given(load(*OPEN, *OWN))
    for who in readers:  # the first start on a machine builds lists or compiles: not measured
        _ask(readers[who], who, "cost", given[:1])
    taken: dict[str, list[dict[str, float]]] = {who: [] for who in readers}
    for _ in range(rounds):
        for who, python in readers.items():
            taken[who].append(_ask(python, who, "cost", given))
    return {who: {name: median(one[name] for one in all_) for name in all_[0]} for who, all_ in taken.items()}


def heavy() -> dict[str, Any]:
    """Return the milliseconds that the guard takes for 10,000 characters of the worst kinds, the worst first."""
    given = [(make(LONG), "nl") for make in HEAVY.values()]
    taken = dict(zip(HEAVY, _ask(sys.executable, "ours", "heavy", given), strict=True))
    worst = sorted(taken, key=lambda name: -taken[name])
    return {
        "kinds": len(taken),
        "median_ms": median(taken.values()),
        "worst_ms": {name: taken[name] for name in worst[:5]},
    }


if __name__ == "__main__":
    main()
