"""What may be published so that it points at nobody: enough people, enough departments, and no telling difference.

The rules, after the practice of statistical offices (threshold rule, complementary suppression):

1. A figure stands on at least k different people of at least two departments.
2. It is said in bands ("10 or more"), never as a number.
3. A figure that was published stands for thirteen weeks. It gives way to a newer one only when at least
   k people are new in it and nobody, or at least k people, are gone from it: compared with every
   earlier figure of that line, not with the last one only. Until then the earlier figure is repeated.
   When it ends depends on the calendar alone, so its end tells nothing either.
4. A figure that lies wholly inside another published figure, or wholly around it, differs from it by
   nobody or by at least k people.

Hashes of people compare only within one quarter. So people are counted in each quarter apart, and the
largest quarter counts: this may count too few and never too many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from compassbot.model.findings import Stander, weeks_before

LEAST_PEOPLE = 3
STANDS = 13
"""Weeks that a published figure is repeated, at most: the length of the window."""
COMPARED = 26
"""Weeks that the people behind a figure are needed: after them no hash of its quarters can occur again."""
BANDS = (5, 10, 25, 50, 100, 250, 500, 1000)

Decision = Literal["hold", "repeat", "publish"]
Tendency = Literal["structural", "incidental", ""]
People = frozenset[Stander]


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many people, of how many departments, a figure needs.

    Raises ValueError when `people` is under `least`, which only a test of the rules themselves lowers.
    """

    people: int = 5
    departments: int = 2
    least: int = LEAST_PEOPLE

    def __post_init__(self) -> None:
        """Refuse a threshold that would protect nobody."""
        if self.people < self.least:
            raise ValueError(f"a figure needs at least {self.least} people, not {self.people}")


@dataclass(frozen=True, slots=True)
class Published:
    """What was said of one line, in the digest of `week`, and on whom it stands.

    `line` is a name such as `theme:letters` or `cell:listening:income`. `band` is the number of people
    it was said to have, at least. `cause`, `tendency` and `sentences` are what else was said, so that
    it can be repeated word for word.
    """

    line: str
    week: str
    people: People
    band: int
    cause: str = ""
    tendency: Tendency = ""
    sentences: tuple[str, ...] = ()


def count(people: Iterable[Stander]) -> int:
    """Return how many different people there are at least: the number in the largest quarter."""
    return max((len({one.who for one in some}) for some in _by_quarter(people)), default=0)


def supported(people: Iterable[Stander], threshold: Threshold) -> bool:
    """Return whether in some quarter enough people of enough departments stand behind a figure.

    Somebody may stand under two departments: it is asked each time. So no fewer departments than the
    threshold asks for may hold everybody. Five people of one, one of whom named another once, are one department.
    """
    return any(
        len({one.who for one in some}) >= threshold.people and _spread(some, threshold.departments)
        for some in _by_quarter(people)
    )


def band(people: Iterable[Stander], threshold: Threshold) -> int:
    """Return the largest round number that is not more than the number of people, or 0 below the threshold."""
    steps = (threshold.people, *(step for step in BANDS if step > threshold.people))
    number = count(people)
    return max((step for step in steps if step <= number), default=0)


def standing(line: str, earlier: Iterable[Published], week: str, threshold: Threshold) -> Published | None:
    """Return what was last said of a line, if that is repeated in the digest of `week`.

    What was said of fewer people than the threshold asks for now is not repeated.
    """
    weeks = weeks_before(week, STANDS)
    said = (one for one in earlier if one.line == line and weeks[0] <= one.week <= weeks[-1])
    latest = max(said, key=lambda one: one.week, default=None)
    return latest if latest and latest.band >= threshold.people else None


def decide(line: str, people: People, earlier: Iterable[Published], week: str, threshold: Threshold) -> Decision:
    """Return what the digest of `week` does with a line on which `people` stand now.

    `earlier` is all that was published in the last `COMPARED` weeks, of every line, in this digest too.
    hold: nothing is said. repeat: what is `standing` is said again. publish: the line is said as it is now.
    """
    earlier = tuple(earlier)
    said = standing(line, earlier, week, threshold)
    if said and said.week == week:
        return "repeat"
    if supported(people, threshold) and all(_tells_nobody(line, people, one, threshold.people) for one in earlier):
        return "publish"
    return "repeat" if said else "hold"


def forgotten(earlier: Iterable[Published], week: str) -> tuple[Published, ...]:
    """Return what was published without the people behind what is too old to be compared in `week`."""
    oldest = weeks_before(week, COMPARED)[0]
    return tuple(one if one.week >= oldest else replace(one, people=frozenset()) for one in earlier)


def _tells_nobody(line: str, people: People, said: Published, k: int) -> bool:
    now, then = _hashes(people), _hashes(said.people)
    if not then:
        return True
    if said.line == line:
        return _enough(now - then, k, none=False) and _enough(then - now, k)
    if then <= now:
        return _enough(now - then, k)
    return not now <= then or _enough(then - now, k)


def _enough(difference: People, k: int, none: bool = True) -> bool:
    return count(difference) >= k if difference else none


def _hashes(people: People) -> People:
    """Return the people without their departments: somebody who named another one since is nobody new."""
    return frozenset(Stander(one.quarter, one.who, "") for one in people)


def _spread(people: Iterable[Stander], departments: int) -> bool:
    staff: defaultdict[str, set[str]] = defaultdict(set)
    for one in people:
        staff[one.department].add(one.who)
    everybody = set[str]().union(*staff.values())
    return len(staff) >= departments and all(
        set[str]().union(*some) != everybody for some in combinations(staff.values(), departments - 1)
    )


def _by_quarter(people: Iterable[Stander]) -> Iterable[list[Stander]]:
    quarters: defaultdict[str, list[Stander]] = defaultdict(list)
    for one in people:
        quarters[one.quarter].append(one)
    return quarters.values()
