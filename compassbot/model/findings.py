"""What a group learned from a dilemma: codes, not stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Stander:
    """Somebody behind a finding, as a keyed hash that holds within one quarter, and their department."""

    quarter: str
    who: str
    department: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one deliberation.

    `week` is the ISO week in which it was recorded, as 2026-W47. `theme`, `cause` and `block` are ids
    of the taxonomy, `principles` ids of principles.yaml, `departments` those the group named as
    concerned. `sentence` is what the group agreed to share, or "". `people` took part.
    """

    id: str
    week: str
    theme: str
    cause: str
    block: str
    principles: tuple[str, ...]
    structural: bool
    departments: tuple[str, ...]
    people: frozenset[Stander]
    sentence: str = ""


def week_of(day: date) -> str:
    """Return the ISO week of a day, as 2026-W47."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def weeks_before(week: str, count: int) -> tuple[str, ...]:
    """Return the `count` weeks that end with `week`, oldest first. Raises ValueError on no week."""
    monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    return tuple(week_of(monday - timedelta(weeks=back)) for back in reversed(range(count)))
