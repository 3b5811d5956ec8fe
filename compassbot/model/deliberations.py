"""How a deliberation goes: how long a round lasts, when it closes, and what its answers say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

MINIMUM = 3
"""From so many participants on, a round closes as soon as everyone has answered."""
GATHERED = 5
"""The first round waits for so many: people are still coming in."""

VOICES = ("resident", "lived-experience", "other-department", "colleague", "organisation", "society")
"""Whose perspective can be named; the first three are asked for when nobody named them."""
ASKED_FOR = VOICES[:3]

TIMES: Mapping[str, int] = {"minutes": 25, "today": 240, "days": 1200, "week": 3000}
"""How much working time people get in all, in minutes: a sitting, today, two days, a week of ten-hour days."""

HIGHEST_STAKE = 3


@dataclass(frozen=True, slots=True)
class Stake:
    """How much one principle is at stake in the eyes of the group: the mean of 0 to 3, and how many said so."""

    principle: str
    mean: float
    voices: int


def enough_take_part(people: int, *, first: bool = False) -> bool:
    """Return whether a round, perhaps the first, may close as soon as each of so many people has answered."""
    return people >= (GATHERED if first else MINIMUM)


def percentages(chosen: Iterable[str]) -> list[tuple[str, int, int]]:
    """Return (choice, how many, percentage) for each choice, most chosen first; the percentages add up to 100.

    What rounding leaves over goes to the largest remainders (Hare's method).
    """
    counts = Counter(chosen)
    total = counts.total()
    exact = {choice: 100 * count / total for choice, count in counts.items()}
    rounded = {choice: int(share) for choice, share in exact.items()}
    by_remainder = sorted(exact, key=lambda choice: (rounded[choice] - exact[choice], choice))
    for choice in by_remainder[: 100 - sum(rounded.values())]:
        rounded[choice] += 1
    order = sorted(counts, key=lambda choice: (-counts[choice], choice))
    return [(choice, counts[choice], rounded[choice]) for choice in order]


def stakes(answers: Iterable[Mapping[str, int]]) -> list[Stake]:
    """Return how much each principle is at stake, most first; `answers` map principles to 0..3."""
    by_principle: dict[str, list[int]] = {}
    for answer in answers:
        for principle, stake in answer.items():
            by_principle.setdefault(principle, []).append(stake)
    found = [Stake(principle, sum(given) / len(given), len(given)) for principle, given in by_principle.items()]
    return sorted(found, key=lambda stake: (-stake.mean, stake.principle))


def moved(first: Mapping[str, str], considered: Mapping[str, str]) -> int:
    """Return how many people judge otherwise than their first reaction; both map people to choices."""
    return sum(1 for who, choice in considered.items() if first.get(who, choice) not in (choice, "unsure"))


def unnamed(named: Iterable[str]) -> list[str]:
    """Return the voices that should not be missing and that nobody named."""
    said = set(named)
    return [voice for voice in ASKED_FOR if voice not in said]


def carries(votes: Iterable[str]) -> bool:
    """Return whether at least two agree, and more than not; votes are "yes" and "no", and silence is neither."""
    counts = Counter(votes)
    return counts["yes"] >= 2 and counts["yes"] > counts["no"]


def may_be_shared(votes: Iterable[str]) -> bool:
    """Return whether a group agrees to share its sentence: at least two said yes, and nobody said no."""
    counts = Counter(votes)
    return counts["yes"] >= 2 and not counts["no"]


def quarter_of(moment: datetime) -> str:
    """Return the quarter of a moment, as 2026Q4."""
    return f"{moment.year}Q{(moment.month + 2) // 3}"
