"""Prints the figures of the guard as tables, with what is to be reached beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

GOALS = {  # the leak to reach on texts that nobody has seen
    "as typed": 0.02, "names swapped": 0.03, "lower case": 0.10, "names in CAPITALS": 0.05,
}  # fmt: skip
_HEAD = f"{'':22}{'':10}{'leak':>8}{'to reach':>10}{'numbers':>9}{'residue':>9}{'false/1000':>12}{'person F1':>11}{'exact':>8}"


def table(found: dict[str, Any]) -> str:
    """Return the parts that were measured, each as lines."""
    parts = {"texts": _texts, "cost": _cost, "heavy": _heavy, "cases": _cases}
    return "\n\n".join("\n".join(parts[name](part)) for name, part in found.items())


def _texts(found: dict[str, Any]) -> Iterator[str]:
    for name, variants in found.items():
        learned = ", which the person layer learned from" if name == "own" else ""
        yield f"{name} ({variants['as typed']['ours']['texts']:.0f} texts{learned})"
        yield _HEAD
        for variant, readers in variants.items():
            for who, one in readers.items():
                first = variant if who == "ours" else ""
                worst = f"   (worst leak {one['worst_leak']:.1%})" if "worst_leak" in one else ""
                yield (
                    f"  {first:20}{who:10}{one['leak']:8.1%}{GOALS[variant]:10.0%}{one['leak_numbers']:9.1%}"
                    f"{one['residue']:9.1%}{one['false_per_1000_words']:12.2f}{one['person_f1']:11.3f}"
                    f"{one['person_f1_exact']:8.3f}{worst}"
                )
        missed = {kind: few for kind, few in variants["as typed"]["ours"]["missed"].items() if few[0]}
        yield "  missed as typed: " + (", ".join(f"{kind} {a} of {b}" for kind, (a, b) in missed.items()) or "nothing")
        yield ""


def _cost(found: dict[str, Any]) -> Iterator[str]:
    yield f"{'':12}{'start':>9}{'memory':>10}{'characters/s':>15}{'median':>11}{'95th percentile':>18}"
    for who, one in found.items():
        yield (
            f"  {who:10}{one['start_s']:7.2f} s{one['memory_mib']:6.0f} MiB{one['characters_per_s']:15,.0f}"
            f"{one['median_ms']:8.2f} ms{one['p95_ms']:15.2f} ms"
        )
    yield f"  {'to reach':10}{0.5:7.2f} s{120:6.0f} MiB{150_000:15,.0f}{'':11}{10:15.2f} ms"


def _heavy(found: dict[str, Any]) -> Iterator[str]:
    yield f"10,000 characters of {found['kinds']} kinds of anything: median {found['median_ms']:.0f} ms; to reach 100 ms; the worst:"
    yield from (f"  {taken:7.0f} ms  {name}" for name, taken in found["worst_ms"].items())


def _cases(found: dict[str, Any]) -> Iterator[str]:
    yield "put anywhere into clean texts"
    yield f"{'':16}{'cases':>8}{'found':>10}{'exactly':>10}"
    for kind, one in found.items():
        yield f"  {kind:14}{one['cases']:8}{one['found']:10.4%}{one['exact']:10.2%}"
        yield from (f"      missed: {line}" for line in one["missed"])
