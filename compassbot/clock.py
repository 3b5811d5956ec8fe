"""The one timed job: each minute, do what is due. What has been done is a row in the store, not a memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # pyright: ignore[reportMissingTypeStubs]

from compassbot.conversations.desk import Desk, Duty, House
from compassbot.courier import Courier
from compassbot.model.quiet_hours import HERE
from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.talk.bot import where

log = structlog.get_logger()
MONDAY_AT = time(8)
MOST_STEPS = 20_000
STEP = timedelta(minutes=1)


class Hours:
    """What time it is: the real time, moved by an offset that only a demonstration changes."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        """Take how far this clock is from the real time."""
        self.offset = offset

    def now(self) -> datetime:
        """Return the time in UTC."""
        return datetime.now(UTC) + self.offset

    def set(self, now: datetime) -> None:
        """Move the clock to that moment."""
        self.offset = now - datetime.now(UTC)


class Clock:
    """Does what is due, and delivers what that makes to send."""

    def __init__(self, database: Database, courier: Courier, house: House, duties: Sequence[Duty]) -> None:
        """Take where things are kept, who delivers, and what can fall due."""
        self._database = database
        self._courier = courier
        self._house = house
        self._duties = duties

    async def tick(self, now: datetime) -> None:
        """Do all that is due at `now`, and deliver what that makes to send."""
        await self.do_due(now)
        await self._courier.deliver(now)

    async def do_due(self, now: datetime) -> None:
        """Do all that is due at `now`. What fails is logged, stays due, and stops nothing else."""
        for duty in self._duties:
            for id in await self._find(duty, now):
                await self._do(duty, id, now)

    async def next_due(self, now: datetime) -> datetime | None:
        """Return the first moment at which something may be due."""

        def soonest(books: Books) -> datetime | None:
            desk = Desk(books, now, self._house)
            moments = [books.outbox.next_due(), *(duty.next(desk) for duty in self._duties)]
            return min((moment for moment in moments if moment), default=None)

        return await self._database.run(soonest)

    async def live_through(self, start: datetime, end: datetime, reached: Callable[[datetime], None]) -> None:
        """Do all that falls due between two moments, each thing at its own time; `reached` is told each time."""
        now = start
        for _ in range(MOST_STEPS):
            due = await self.next_due(now)
            if due is None or due > end or now >= end:
                break
            now = due if due > now else now + STEP  # what stays due after it was tried is tried each minute
            reached(now)
            await self.tick(now)
        reached(end)
        await self.tick(end)

    async def _find(self, duty: Duty, now: datetime) -> Sequence[str]:
        try:
            return await self._database.run(lambda books: duty.find(Desk(books, now, self._house)))
        except Exception as fault:
            log.error("could not see what is due", duty=duty.name, fault=where(fault))
            return ()

    async def _do(self, duty: Duty, id: str, now: datetime) -> None:
        try:
            await self._database.run(lambda books: duty.do(Desk(books, now, self._house), id))
        except Exception as fault:
            log.error("could not do what is due", duty=duty.name, fault=where(fault))


class OfficeTime:
    """A clock that can be moved on, so that a week can be lived in a minute."""

    def __init__(self, clock: Clock, hours: Hours, database: Database) -> None:
        """Take what does the things that fall due, what time it is, and where that is kept."""
        self._clock = clock
        self._hours = hours
        self._database = database

    def now(self) -> datetime:
        """Return the time in the office, in UTC."""
        return self._hours.now()

    async def forward(self, to: str) -> None:
        """Move on: an "hour", a "day", or to "monday" at 08:00; all that falls due on the way happens."""
        start = self._hours.now()
        await self._clock.live_through(start, moved(start, to), self._hours.set)
        await self.keep()

    async def keep(self) -> None:
        """Keep what time it is, so that the office goes on from there after a restart."""
        now = self._hours.now().isoformat()
        await self._database.run(lambda books: books.settings.set("office_time", now))


def moved(start: datetime, to: str) -> datetime:
    """Return the moment to which "hour", "day" or "monday" leads. Raises ValueError for anything else."""
    if to == "hour":
        return start + timedelta(hours=1)
    if to == "day":
        return start + timedelta(days=1)
    if to == "monday":
        local = start.astimezone(HERE)
        monday = local.date() + timedelta(days=7 - local.weekday())
        return datetime.combine(monday, MONDAY_AT, HERE).astimezone(UTC)
    raise ValueError(to)


def every_minute(job: Callable[[], object]) -> AsyncIOScheduler:
    """Return a started scheduler that calls `job` each minute; a call that is late is made once."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(  # pyright: ignore[reportUnknownMemberType]  (it has no types)
        job, "interval", minutes=1, coalesce=True, max_instances=1, misfire_grace_time=None
    )
    scheduler.start()
    return scheduler
