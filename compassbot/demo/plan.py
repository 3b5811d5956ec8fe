"""Which dilemma is raised when, by whom, with which group, and how it ends: drawn from a seed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Literal

from compassbot.demo.people import DemoOffice
from compassbot.demo.scripts import Script
from compassbot.model.quiet_hours import HERE

WEEKS = 12
RECURS = 3
"""From so many dilemmas on a theme recurs."""
DAYS = ((0, 9, 40), (2, 13, 20), (1, 10, 10))
"""When the dilemmas of a week are raised: days after Tuesday, hour and minute."""

End = Literal["agreed", "against", "nobody-concluded", "withdrawn", "facts-open", "judgement-open"]


@dataclass(frozen=True, slots=True)
class Case:
    """One deliberation of the history. `group` are person ids, the department of each with it.

    `time` is how much time people get, `look_back` the day to look back on the agreement.
    """

    script: Script
    starts: datetime
    author: str
    group: Mapping[str, str]
    end: End
    time: str
    look_back: date
    random: Random


def plan(office: DemoOffice, scripts: Sequence[Script], seed: int, until: datetime) -> list[Case]:
    """Return the deliberations of the twelve weeks before `until` (a Tuesday, 10:00), in order."""
    random = Random(seed)
    open_ones = _open_ones(scripts, random)
    told = _spread([script for script in scripts if script not in open_ones], random)
    endings = _endings(told, random)
    groups = _Groups(office, random)
    cases = [
        _case(office, groups, script, starts, endings.get(script.id, "agreed"), seed)
        for script, starts in zip(told, _moments(len(told), until), strict=True)
    ]
    coming = until.astimezone(HERE).date() + timedelta(days=2)
    return [_due_soon(case, coming) for case in cases] + _open_cases(office, groups, open_ones, seed, until)


def _open_ones(scripts: Sequence[Script], random: Random) -> list[Script]:
    """Return the two that a visitor can join: of themes that recur, not raised by who the visitor is at first."""
    themes = Counter(script.theme for script in scripts)
    fitting = [script for script in scripts if themes[script.theme] >= RECURS and script.department != "inkomen"]
    first = random.choice(fitting)
    return [first, random.choice([script for script in fitting if script.theme != first.theme])]


def _spread(scripts: Sequence[Script], random: Random) -> list[Script]:
    """Return them so that the dilemmas on one theme come far apart."""
    themes: defaultdict[str, list[Script]] = defaultdict(list)
    for script in random.sample(scripts, len(scripts)):
        themes[script.theme].append(script)
    placed = [
        ((nth + random.uniform(0.3, 0.7)) / len(some) if len(some) > 1 else random.random(), script)
        for some in themes.values()
        for nth, script in enumerate(some)
    ]
    return [script for _, script in sorted(placed, key=lambda each: each[0])]


def _endings(scripts: Sequence[Script], random: Random) -> dict[str, End]:
    """Return which few do not end in an agreement: none of a theme that recurs, nor of the first or last weeks."""
    themes = Counter(script.theme for script in scripts)
    alone = [script.id for script in scripts[3:-3] if themes[script.theme] == 1]
    ends: tuple[End, ...] = ("against", "nobody-concluded", "withdrawn")
    return dict(zip(random.sample(alone, len(ends)), ends, strict=True))


def _moments(count: int, until: datetime) -> Iterator[datetime]:
    """Yield when each is raised: two a week, and three in weeks that come evenly spread."""
    tuesday = until.astimezone(HERE).date() - timedelta(weeks=WEEKS)
    for week in range(WEEKS):
        for day, hour, minute in DAYS[: count * (week + 1) // WEEKS - count * week // WEEKS]:
            date = tuesday + timedelta(weeks=week, days=day)
            yield datetime(date.year, date.month, date.day, hour, minute, tzinfo=HERE)


class _Groups:
    """Draws groups from several departments, first of who has not talked about the theme before."""

    def __init__(self, office: DemoOffice, random: Random) -> None:
        self._everybody = office.participants()
        self._random = random
        self._talked: defaultdict[str, set[str]] = defaultdict(set)

    def draw(self, script: Script, author: str, size: int, but: Sequence[str] = ()) -> dict[str, str]:
        """Return the group for a dilemma: one of each department concerned, and others."""
        talked = self._talked[script.theme]
        left = [person for person in self._everybody if person != author and person not in but]
        self._random.shuffle(left)
        left.sort(key=lambda person: person in talked)
        first = [next(one for one in left if self._everybody[one] == where) for where in script.departments]
        chosen = [*first, *(one for one in left if one not in first)][:size]
        talked.update(chosen, [author])
        return {person: self._everybody[person] for person in chosen}


def _case(office: DemoOffice, groups: _Groups, script: Script, starts: datetime, end: End, seed: int) -> Case:
    random = Random(f"{seed} {script.id}")
    author = office.author(script.department)
    group = groups.draw(script, author, random.choice((5, 5, 5, 5, 6, 6, 7, 8)))
    look_back = starts.date() + timedelta(weeks=random.choice((3, 4, 5, 6)))
    return Case(script, starts, author, group, end, random.choice(("days", "days", "week")), look_back, random)


def _due_soon(case: Case, coming: date) -> Case:
    """Let the groups of some four weeks ago look back in the days to come, for the last digest to tell."""
    weeks = (coming - case.starts.date()) / timedelta(weeks=1)
    return replace(case, look_back=coming) if 3 < weeks < 5 else case


def _open_cases(
    office: DemoOffice, groups: _Groups, scripts: Sequence[Script], seed: int, until: datetime
) -> list[Case]:
    """Return one that has reached the judgements, awaiting two whom the visitor can be, and one that just began."""
    visitors = [office.people[0], *(one for one in office.people[1:] if one.raises)]
    authors = [office.author(script.department) for script in scripts]
    awaited = {one.person: one.department for one in visitors if one.person != authors[0]}
    awaited = dict(list(awaited.items())[:2])
    groups_of = (
        groups.draw(scripts[0], authors[0], 3, but=list(awaited)) | awaited,
        groups.draw(scripts[1], authors[1], 2, but=list(awaited)),
    )
    yesterday = datetime.combine(until.astimezone(HERE).date() - timedelta(days=1), time(9, 5), HERE)
    starts = (yesterday, until - timedelta(minutes=50))
    ends: tuple[End, End] = ("judgement-open", "facts-open")
    later = until.date() + timedelta(weeks=6)
    return [
        Case(script, starts[nth], authors[nth], groups_of[nth], ends[nth], "week", later, Random(f"{seed} {script.id}"))
        for nth, script in enumerate(scripts)
    ]
