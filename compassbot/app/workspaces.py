"""Many workspaces in one process: each with a database, a bot and a clock of its own, that know nothing of each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar
from weakref import WeakValueDictionary

import structlog

from compassbot.app.opening import open_workspace
from compassbot.app.parts import Parts, put_together
from compassbot.clock import Hours
from compassbot.conversations import welcome
from compassbot.conversations.desk import Desk, House
from compassbot.grant import Grant
from compassbot.settings import Settings
from compassbot.store.database import Database
from compassbot.store.tenants import is_team
from compassbot.talk.bot import reference_for, where
from compassbot.talk.chat import Chat

log = structlog.get_logger()
SECONDS_A_TICK = 50.0
"""How long a tick waits for the slowest workspace; that one goes on, and is left out of the next."""
AT_ONCE = 10
"""How many workspaces a tick works in side by side: each takes a connection, and a thread while it is opened."""


class Joined(Protocol):
    """A workspace joined to its chat, as the chat's listener needs it."""

    @property
    def chat(self) -> Chat:
        """Return what sends to it."""
        ...

    async def close(self) -> None:
        """Let go of the connections of its chat."""
        ...


W = TypeVar("W", bound=Joined)
Join = Callable[[str, Parts], W]
"""Joins the parts of a workspace to its chat, by the id of the workspace; away from the event loop."""


class CannotOpen(Exception):
    """A workspace cannot be opened now: its file is damaged, say. The fault is in the log, under `reference`."""

    def __init__(self, reference: str) -> None:
        """Take the number that the fault has in the log."""
        super().__init__(reference)
        self.reference = reference


@dataclass
class _Open(Generic[W]):
    """One that is open; `since` is when its database began, so that one that was forgotten and came back is seen."""

    parts: Parts
    joined: W
    since: datetime
    used: bool = False
    """Whether anybody did something in it since the last tick."""

    async def close(self) -> None:
        await self.parts.close()
        await self.joined.close()


class Workspaces(Generic[W]):
    """The workspaces that have the app, by their id; each is opened when it is first needed."""

    def __init__(
        self,
        main: Database,
        settings: Settings,
        house: House,
        join: Join[W],
        *,
        hours: Hours | None = None,
        changed: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Take the main database, the settings, what is read at start-up, and what joins a workspace to its chat.

        `changed` is told the id of a workspace whose token is another one now, or gone.
        """
        self._main = main
        self._settings = settings
        self._house = house
        self._join = join
        self._hours = hours or Hours()
        self._changed = changed
        self._open: dict[str, _Open[W]] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._ticking: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._leaving: dict[str, asyncio.Task[None]] = {}
        self._resting: set[asyncio.Task[None]] = set()
        self._closing = False

    async def of(self, team: str) -> W | None:
        """Return a workspace, opened now when it was not; None for one that does not have the app.

        Raises CannotOpen for one that is broken: all others go on.
        """
        found = await self._found(team)
        if found:
            found.used = True
        return found.joined if found else None

    async def installed(self, grant: Grant) -> None:
        """Keep what a workspace gave, and open it: the first time, who installed it is written to.

        Raises ValueError for what is no id of a workspace, and CannotOpen.
        """
        team, now, folder = grant.team, self._hours.now(), self._settings.data_dir
        if not is_team(team):
            raise ValueError("that is no id of a workspace")
        if team in self._leaving:  # what it had is let go of before it is thrown away
            await asyncio.wait([self._leaving[team]])
        async with self._lock(team):
            await self._close_if_leaving(team)
            await self._main.run(lambda books: books.installations.keep(grant, now, folder))
        self._changed(team)
        if await self.of(team) and (found := self._open.get(team)):
            await found.parts.database.run(lambda books: books.outbox.mended(now))
            found.parts.wake()

    async def uninstalled(self, team: str, at: datetime | None = None) -> None:
        """Forget a workspace: its token now, and all else as soon as nothing is under way in it.

        `at` is when it was uninstalled: a word of it that comes late does nothing to one that was installed again.
        """
        if await self._main.run(lambda books: books.installations.leave(team, at)):
            self._changed(team)
            task = asyncio.create_task(self._forget_quietly(team, self._open.pop(team, None)))
            self._leaving[team] = task
            task.add_done_callback(lambda _: self._leaving.pop(team, None))

    async def taken_back(self, team: str, at: datetime) -> None:
        """Throw the token of a workspace away, since it was taken back at that moment: all else waits for a new one."""
        if await self._main.run(lambda books: books.installations.take_back(team, at)):
            self._changed(team)
            log.error("the token of a workspace was taken back", team=team, do="install the app there again")

    async def tick(self, now: datetime) -> None:
        """Do all that is due in each workspace at `now`; finish forgetting those that were uninstalled."""
        for team in await self._main.run(lambda books: books.installations.leaving()):
            await self._forget_quietly(team)
        there = await self._main.run(lambda books: books.installations.since())
        await self._let_go(there)
        for team in there:
            if team not in self._ticking:
                self._ticking[team] = asyncio.create_task(self._tick(team, now))
        if self._ticking:
            await asyncio.wait(list(self._ticking.values()), timeout=SECONDS_A_TICK)

    def open(self) -> list[Parts]:
        """Return the parts of those that are open now."""
        return [found.parts for found in self._open.values()]

    async def close(self) -> None:
        """Let go of all workspaces; what was not sent is sent after the next start."""
        self._closing = True
        for task in self._resting:
            task.cancel()
        under_way = [*self._ticking.values(), *self._leaving.values(), *self._resting]
        if under_way:
            await asyncio.wait(under_way)
        await asyncio.gather(*(self._close(team) for team in list(self._open)))

    async def _found(self, team: str) -> _Open[W] | None:
        found = self._open.get(team)
        if found is None:
            async with self._lock(team):
                found = self._open.get(team) or await self._opened(team)
        return found

    async def _opened(self, team: str) -> _Open[W] | None:
        """Open a workspace; called with its lock held."""
        if not is_team(team):
            return None
        try:
            folder = self._settings.data_dir
            entered = await self._main.run(lambda books: books.installations.enter(team, folder))
            if entered is None:
                return None
            installation, since = entered
            database = await asyncio.to_thread(open_workspace, self._settings, team)
            try:
                found = await self._furnished(database, installation, since)
            except BaseException:
                database.close()
                raise
        except Exception as fault:
            raise CannotOpen(reference_for("workspace cannot be opened", fault, team=team)) from fault
        self._open[team] = found
        return found

    async def _furnished(self, database: Database, grant: Grant, since: datetime) -> _Open[W]:
        parts = put_together(database, self._house, self._hours)
        joined = await asyncio.to_thread(self._join, grant.team, parts)
        chat = joined.chat
        parts.chats[chat.name] = chat
        installer = f"{chat.name}:{grant.installer}" if grant.installer else ""
        await begin(parts, self._hours.now(), installer, grant.language)
        if database.alone:  # what was in hand when an earlier process was killed is sent at once
            await database.run(lambda books: books.outbox.release(self._hours.now()))
        parts.wake()
        return _Open(parts, joined, since)

    async def _tick(self, team: str, now: datetime) -> None:
        try:
            async with self._slots:
                found = None if self._closing else await self._found(team)
                if found:
                    await self._do_due(found, now)
        except CannotOpen:
            pass  # it is in the log
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is logged without content
            log.error("tick failed", team=team, fault=where(fault))
        finally:
            self._ticking.pop(team, None)

    async def _do_due(self, found: _Open[W], now: datetime) -> None:
        await found.parts.clock.do_due(now)
        found.parts.wake()  # what is sent takes its own time
        if not found.used:
            task = asyncio.create_task(self._rest(found, now))
            self._resting.add(task)
            task.add_done_callback(self._resting.discard)
        found.used = False

    async def _rest(self, found: _Open[W], now: datetime) -> None:
        """Close the connections of one in which nobody does anything, once what was due has left."""
        try:
            await found.parts.courier.deliver(now)
            if not found.used:
                await asyncio.to_thread(found.parts.database.rest)
        except Exception as fault:  # noqa: BLE001 - it keeps its connections, and is closed after the next tick
            log.warning("connections not closed", fault=where(fault))

    async def _let_go(self, there: Mapping[str, datetime]) -> None:
        """Close those that another process forgot, or forgot and opened anew."""
        for team, found in list(self._open.items()):
            if there.get(team) != found.since:
                async with self._lock(team):
                    await self._close(team)
                self._changed(team)

    async def _forget(self, team: str, was_open: _Open[W] | None = None) -> None:
        async with self._lock(team):
            if was_open:
                await was_open.close()
            await self._close_if_leaving(team)
            folder = self._settings.data_dir
            await self._main.run(lambda books: books.installations.forget(team, folder))
        log.info("workspace forgotten", team=team)

    async def _forget_quietly(self, team: str, was_open: _Open[W] | None = None) -> None:
        try:
            await self._forget(team, was_open)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is logged, and tried again each minute
            log.error("workspace not forgotten yet", team=team, fault=where(fault))

    async def _close_if_leaving(self, team: str) -> None:
        """Close what is open of a workspace that is leaving, and of no other: it may have come back meanwhile."""
        if team in await self._main.run(lambda books: books.installations.leaving()):
            await self._close(team)

    async def _close(self, team: str) -> None:
        found = self._open.pop(team, None)
        if found:
            await found.close()

    def _lock(self, team: str) -> asyncio.Lock:
        return self._locks.setdefault(team, asyncio.Lock())


async def begin(parts: Parts, now: datetime, installer: str = "", language: str = "") -> None:
    """Note once when the bot began, so that there is no digest of a week before it; see conversations/welcome.py."""
    await parts.database.run(lambda books: welcome.begin(Desk(books, now, parts.house), installer, language))
