"""Reads texts with the guard or with the baseline, in a process of its own: `python -m benchmarks.guard_reader ours cost`.

It takes texts as JSON on stdin and writes JSON. `read` gives what was found in each; `cost` gives what it cost to start
and to read them, once each after one short sentence; `heavy` gives the time that each text takes, in milliseconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.guard_judge import BLOCKING, Found

Reader = Callable[[str, str], list[Found]]
Text = tuple[str, str]
"""A text and its language."""


def main() -> None:
    """Do what the command line says."""
    who, what = sys.argv[1:]
    texts: list[Text] = [(text, language) for text, language in json.load(sys.stdin)]
    json.dump(WORK[what](READERS[who], texts), sys.stdout)


def ours() -> Reader:
    """Return the guard as a reader; what only reminds, and so lets a text be posted, counts as not found."""
    from compassbot.guard import read

    return lambda text, language: [
        (one.start, one.end, one.kind) for one in read(text, language) if one.kind in BLOCKING
    ]


def baseline() -> Reader:
    """Return the baseline as a reader."""
    from benchmarks.guard_baseline import load

    return load()


def found_in(make: Callable[[], Reader], texts: Sequence[Text]) -> list[list[Found]]:
    """Return what is found in each text."""
    read = make()
    return [read(text, language) for text, language in texts]


def cost(make: Callable[[], Reader], texts: Sequence[Text]) -> dict[str, float]:
    """Return seconds to start, the most memory in MiB, characters a second, and milliseconds a text."""
    begun = time.perf_counter()
    read = make()
    read("Goedemiddag, dit is een korte zin over mevrouw Bakker, telefoon 06-12345678.", "nl")
    start = time.perf_counter() - begun
    taken = sorted(_timed(read, text) for text in texts)
    return {
        "start_s": start,
        "memory_mib": _memory(),
        "characters_per_s": sum(len(text) for text, _ in texts) / sum(taken),
        "median_ms": 1000 * taken[len(taken) // 2],
        "p95_ms": 1000 * taken[int(0.95 * len(taken))],
    }


def heavy(make: Callable[[], Reader], texts: Sequence[Text]) -> list[float]:
    """Return the milliseconds that each text takes, the best of three."""
    read = make()
    read("", "nl")
    return [1000 * min(_timed(read, text) for _ in range(3)) for text in texts]


def _timed(read: Reader, text: Text) -> float:
    begun = time.perf_counter()
    read(*text)
    return time.perf_counter() - begun


def _memory() -> float:
    """Return the most memory that this process had so far, in MiB; on Linux only."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


READERS = {"ours": ours, "baseline": baseline}
WORK: dict[str, Callable[[Callable[[], Reader], Sequence[Text]], object]] = {
    "read": found_in, "cost": cost, "heavy": heavy,
}  # fmt: skip

if __name__ == "__main__":
    main()
