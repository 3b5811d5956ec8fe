"""The stream of texts that the person layer learns from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casing import varied
from examples import Example
from renaming import pronounced, renamed
from writing import Writer


def stream(
    seeds_: Sequence[Example], writer: Writer, rounds: int, lines: int, known_given: frozenset[str]
) -> Iterator[tuple[int, Example]]:
    """Yield each seed `rounds` times in other names and casings with its number, and `lines` written texts with -1."""
    rng = writer.rng
    for _ in range(rounds):
        for number, seed in enumerate(seeds_):
            made = renamed(seed, writer.pool, known_given)
            if rng.random() < 0.35:
                made = pronounced(made, writer.pool, rng.choice([0.3, 0.6, 1.0]))
            yield number, varied(made, rng)
    for _ in range(lines):
        yield -1, varied(writer.text(), rng)
