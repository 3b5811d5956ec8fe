"""From the findings of many groups to the few lines of a week that an organisation can act on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from compassbot.model.digest import ENDED, Digest, Line, Pressure, Signal, SignalLine, Topic
from compassbot.model.findings import Finding, Stander, weeks_before
from compassbot.model.suppression import (
    People,
    Published,
    Threshold,
    band,
    count,
    decide,
    standing,
    supported,
)

T = TypeVar("T")

WINDOW = 13
"""Weeks that a digest looks at, its own included."""
MOST_LINES = 5
MOST_SIGNALS = 5
MOST_SENTENCES = 2
PATIENCE = 4
"""Weeks without a step after which the digest says that a signal waits."""

USUAL = Threshold()


@dataclass(frozen=True, slots=True)
class Due:
    """A group that looks back this week on what it agreed, and who is in it."""

    theme: str
    people: People


def make_digest(
    week: str,
    findings: Iterable[Finding],
    earlier: Iterable[Published],
    *,
    fields: Mapping[str, str],
    principles: Sequence[str],
    signals: Iterable[Signal] = (),
    due: Iterable[Due] = (),
    threshold: Threshold = USUAL,
) -> Digest:
    """Return the digest of an ISO week.

    `findings` are those of the last `WINDOW` weeks (others are left out), `earlier` what was published
    before (all of it; see `suppression.forgotten`), `fields` the field of life of each theme, in the order in
    which fields are shown, `principles` the ids of the principles in their order. Making the digest of
    a week again, with what it published among `earlier`, gives that digest again.
    """
    window = weeks_before(week, WINDOW)
    recent = tuple(one for one in findings if window[0] <= one.week <= window[-1])
    signals = tuple(signals)
    press = _Press(week, threshold, list(earlier))
    first = all(one.week >= week or not one.line.startswith("theme:") for one in press.said)
    new, recurring = _themes(press, recent, fields)
    pressure = _pressure(press, recent, fields, principles)
    due_themes = _due(press, due)
    shown = recurring[:MOST_LINES]
    news = (new, due_themes, [line for line in shown if line.fresh], list(filter(_is_news, _signals(signals, week))))
    made = Digest(
        week=week,
        threshold=threshold,
        first=first,
        quiet=not any(news),
        new=new,
        recurring=shown,
        pressure=pressure,
        due=due_themes,
        question=_question((*new, *shown)),
        new_signals=_new_signals(new, signals),
        remember=tuple(press.fresh),
    )
    return with_signals(made, signals)


def with_signals(digest: Digest, signals: Iterable[Signal]) -> Digest:
    """Return a digest with signals as they are now, and all else as it was: a record can be shown so."""
    told = _signals(signals, digest.week)
    return replace(digest, signals=told[:MOST_SIGNALS], more_signals=len(told[MOST_SIGNALS:]))


@dataclass(slots=True)
class _Press:
    """Publishes line after line, each compared with all that was said before it."""

    week: str
    threshold: Threshold
    said: list[Published]
    fresh: list[Published] = field(default_factory=list[Published])

    def publish(self, line: str, people: People, make: Callable[[], Published]) -> Published | None:
        """Return what is said of a line this week: what `make` says now, what was said before, or nothing."""
        decision = decide(line, people, self.said, self.week, self.threshold)
        if decision == "publish":
            made = make()
            self.said.append(made)
            self.fresh.append(made)
            return made
        return self.standing(line)

    def plainly(self, line: str, people: People) -> Published | None:
        """Return what is said of a line of which only the number of people is told."""
        return self.publish(line, people, lambda: Published(line, self.week, people, band(people, self.threshold)))

    def standing(self, line: str) -> Published | None:
        """Return what was said of a line and still stands."""
        return standing(line, self.said, self.week, self.threshold)

    def is_new(self, line: str) -> bool:
        """Return whether nothing was said of a line before this week."""
        return all(one.line != line or one.week >= self.week for one in self.said)


def _themes(
    press: _Press, findings: Iterable[Finding], fields: Mapping[str, str]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    groups = _grouped((one.theme, one) for one in findings)
    standing_themes = {one.line.removeprefix("theme:") for one in press.said if one.line.startswith("theme:")}
    new: list[Line] = []
    recurring: list[Line] = []
    for theme in sorted({*groups, *standing_themes}, key=lambda theme: _turn(press, theme, groups.get(theme, []))):
        is_new = press.is_new(f"theme:{theme}")
        if is_new and len(new) == MOST_LINES:
            continue
        line = _theme(press, theme, groups.get(theme, []), fields.get(theme, ""))
        if line:
            (new if is_new else recurring).append(line)
    return tuple(sorted(new, key=_place)), tuple(sorted(recurring, key=_place))


def _turn(press: _Press, theme: str, findings: Sequence[Finding]) -> tuple[bool, int, str]:
    said = press.standing(f"theme:{theme}")
    return (said is None or said.week < press.week, -count(_people(findings)), theme)


def _place(line: Line) -> tuple[bool, int, str, str]:
    """Order lines by what is published of them, and by nothing else."""
    return (not line.fresh, -line.people, "".join(chr(255 - ord(sign)) for sign in line.week), line.theme)


def _theme(press: _Press, theme: str, findings: Sequence[Finding], field_of_life: str) -> Line | None:
    line, people = f"theme:{theme}", _people(findings)
    said = press.publish(line, people, lambda: _snapshot(line, press, people, findings))
    if said is None:
        return None
    fresh = said.week == press.week
    return Line(theme, field_of_life, said.band, said.cause, said.tendency, said.sentences, said.week, fresh)


def _snapshot(line: str, press: _Press, people: People, findings: Sequence[Finding]) -> Published:
    tendency = _leading([("structural" if one.structural else "incidental", one) for one in findings], press.threshold)
    return Published(
        line,
        press.week,
        people,
        band(people, press.threshold),
        _leading([(one.cause, one) for one in findings], press.threshold),
        "structural" if tendency == "structural" else "incidental" if tendency else "",
        _sentences(findings, press.threshold),
    )


def _leading(coded: Iterable[tuple[str, Finding]], threshold: Threshold) -> str:
    """Return the code that more people stand behind than behind any other, if they are enough, or ""."""
    people = {code: _people(some) for code, some in _grouped(coded).items() if code}
    sizes = sorted(map(count, people.values()), reverse=True)
    leads = (code for code, some in people.items() if count(some) == sizes[0] and supported(some, threshold))
    return next(leads, "") if sizes[:1] > sizes[1:2] else ""


def _sentences(findings: Iterable[Finding], threshold: Threshold) -> tuple[str, ...]:
    shared = [one for one in findings if one.sentence.strip() and supported(one.people, threshold)]
    shared.sort(key=lambda one: (one.week, one.id), reverse=True)
    return tuple(dict.fromkeys(one.sentence.strip() for one in shared))[:MOST_SENTENCES]


def _pressure(
    press: _Press, findings: Iterable[Finding], fields: Mapping[str, str], principles: Sequence[str]
) -> Pressure:
    columns = tuple(dict.fromkeys(fields.values()))
    cells = [f"cell:{row}:{column}" for row in principles for column in columns]
    groups = _grouped((f"cell:{row}:{fields.get(one.theme, '')}", one) for one in findings for row in one.principles)
    people = {line: _people(groups.get(line, [])) for line in cells}
    said = {line: press.plainly(line, people[line]) for line in sorted(cells, key=lambda line: -count(people[line]))}
    bands = {line: one.band if one else 0 for line, one in said.items()}
    most = max(bands.values(), default=0)
    levels = tuple(
        tuple(_level(bands[f"cell:{row}:{column}"], most, press.threshold.people) for column in columns)
        for row in principles
    )
    return Pressure(tuple(principles), columns, levels)


def _level(people: int, most: int, k: int) -> int:
    """Return 0 to 3: relative to the fullest cell, and never high on few people. Made of bands only."""
    if not people:
        return 0
    relative = 3 if 3 * people >= 2 * most else 2 if 3 * people >= most else 1
    return min(relative, 1 if people < 2 * k else 2 if people < 5 * k else 3)


def _due(press: _Press, due: Iterable[Due]) -> tuple[str, ...]:
    groups = _grouped((one.theme, one) for one in due)
    people = {theme: frozenset[Stander]().union(*(one.people for one in some)) for theme, some in groups.items()}
    return tuple(theme for theme in sorted(people) if press.plainly(f"due:{theme}:{press.week}", people[theme]))


def _signals(signals: Iterable[Signal], week: str) -> tuple[SignalLine, ...]:
    """Return the signals to tell of: open ones, and for two weeks those that ended. News first."""
    lines = [_signal(one, week) for one in signals]
    told = [line for line in lines if line.open or line.weeks < 2]
    return tuple(sorted(told, key=lambda line: (line.weeks > 0, not line.waiting, -line.weeks, line.signal.theme)))


def _signal(signal: Signal, week: str) -> SignalLine:
    weeks = max(0, _weeks_between(signal.since_week, week))  # a step after the digest is as good as this week's
    return SignalLine(signal, weeks, weeks >= PATIENCE and signal.state not in ENDED)


def _is_news(line: SignalLine) -> bool:
    return line.weeks == 0 or line.waiting


def _new_signals(new: Iterable[Line], signals: Iterable[Signal]) -> tuple[str, ...]:
    known = {one.theme for one in signals if one.state not in ENDED}
    return tuple(line.theme for line in new if line.theme not in known)


def _question(lines: Sequence[Line]) -> Topic | None:
    led = [line for line in lines if line.cause]
    line = next(iter([*led, *lines]), None)
    return Topic(line.theme, line.cause) if line else None


def _weeks_between(earlier: str, later: str) -> int:
    return (_monday(later) - _monday(earlier)).days // 7


def _monday(week: str) -> date:
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, list[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def _people(findings: Iterable[Finding]) -> People:
    return frozenset[Stander]().union(*(one.people for one in findings))
