"""Twelve weeks of deliberations, lived through the bot itself: each person presses and fills in, the clock does the rest."""

from __future__ import annotations

import heapq
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from compassbot.app.parts import Parts
from compassbot.demo.deliberation import deliberate
from compassbot.demo.people import load_office
from compassbot.demo.plan import WEEKS, plan
from compassbot.demo.scripts import Sequel, Step, load_scripts, load_sequel
from compassbot.demo.stage import Stage
from compassbot.model.quiet_hours import HERE

Play = AsyncIterator[datetime]
"""What somebody does: it yields the moment at which it wants to go on."""
SETTLED_AT = (1, 11, 15)
"""When managers meet: days after Tuesday, hour and minute."""


@dataclass(order=True, slots=True)
class _Turn:
    moment: datetime
    order: int
    play: Play


async def live(parts: Parts, *, seed: int, language: str, until: datetime, say: Callable[[str], None]) -> None:
    """Live through the twelve weeks before `until` (a Tuesday, 10:00). The office must be settled, its clock settable.

    The same seed gives the same story; only the order within one round differs, which is drawn by the
    bot so that it tells nothing. `say` is told how far it is.
    """
    office = load_office()
    stage = Stage(parts, office, language)
    sequel = load_sequel()
    plays = [
        *(deliberate(stage, case, sequel) for case in plan(office, load_scripts(), seed, until)),
        _manage(stage, sequel, until),
        _tell(until, say),
    ]
    turns = [_Turn(await anext(play), order, play) for order, play in enumerate(plays)]
    heapq.heapify(turns)
    while turns and turns[0].moment < until:
        turn = heapq.heappop(turns)
        await stage.reach(turn.moment)
        following = await anext(turn.play, None)
        if following:
            heapq.heappush(turns, _Turn(following, turn.order, turn.play))
    await stage.reach(until)


async def _tell(until: datetime, say: Callable[[str], None]) -> Play:
    for week in range(3, WEEKS, 3):
        yield until - timedelta(weeks=WEEKS - week)
        say(f"  {week} of {WEEKS} weeks")


async def _manage(stage: Stage, sequel: Sequel, until: datetime) -> Play:
    """Let the managers meet each week, and take the steps that are due on signals."""
    taken: dict[str, int] = {}
    received: dict[str, int] = {}
    days, hour, minute = SETTLED_AT
    for week in range(WEEKS):
        day = until.astimezone(HERE) - timedelta(weeks=WEEKS - week) + timedelta(days=days)
        yield day.replace(hour=hour, minute=minute)
        signals = await stage.run(lambda books: books.signals.all())
        for signal in sorted(signals, key=lambda signal: str(signal["theme"])):
            theme = str(signal["theme"])
            since = received.setdefault(theme, week)
            steps = sequel.steps.get(theme, ())[taken.get(theme, 0) :]
            if steps and week - since >= steps[0].weeks - 1:
                taken[theme] = taken.get(theme, 0) + 1
                await _settle(stage, str(signal["id"]), steps[0])


async def _settle(stage: Stage, signal: str, step: Step) -> None:
    manager = stage.office.with_role("manager")[0]
    answers: Mapping[str, str] = {
        "state": step.state,
        "reason": step.reason[stage.language],
        "owner": step.owner[stage.language],
    }
    await stage.submits(manager, "settle_signal", signal, answers)
