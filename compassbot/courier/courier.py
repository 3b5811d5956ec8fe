"""Sends letters side by side, each lane in order and at its pace."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from compassbot.courier.anew import Anew, made
from compassbot.courier.fates import NEVER, Note, failed, note_of
from compassbot.courier.ledger import Ledger, Troubled
from compassbot.courier.rests import Rests
from compassbot.store.database import Database
from compassbot.store.lanes import LEASE, Resting, tidy
from compassbot.store.outbox import Letter, Posted
from compassbot.talk.bot import where
from compassbot.talk.chat import Chat, Message, Pace, Person, Place
from compassbot.talk.errors import NotConnected, Unreachable
from compassbot.talk.view import unpack

log = structlog.get_logger()
ROOM = 50
"""How many letters are under way at once, at most."""
STEP = 0.0015
"""Seconds between the starts of two letters of a chat with a pace: forty that start at once all end last."""
BREATH = 0.05
"""Seconds between two looks in the outbox when no lane waits for the next: people who press together share one."""
HOLD = LEASE / 3
"""After that time letters that are still under way are claimed again: no lease ends while who sends them is alive."""
SWEEP = 10.0
"""Seconds after which rests that are over are wiped."""
TIDY_AFTER = 5_000
"""Letters that left, after which the database is asked to forget them: a minute and a half, as fast as it goes."""
SOON = 60.0
"""Seconds: what may leave within them is not left to the clock, which looks each minute."""
AFTER_FAULT = 5.0
"""Seconds until what a fault of the database broke off is taken up again."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long things may take, in seconds.

    `under_way` is for one letter. `patience` is for who asks to deliver: the rest goes on by itself. `grace` is for
    what is under way when all must end.
    """

    under_way: float = 45.0
    patience: float = 30.0
    grace: float = 5.0


class Courier:
    """One of these in each process; a letter is claimed by one of them.

    Each letter is sent in a task of its own, so that a slow one holds up its own lane only. A lane of a chat with a
    pace rests after each message. Other processes see that rest in the database.
    """

    def __init__(
        self,
        database: Database,
        chats: Mapping[str, Chat],
        troubled: Troubled | None = None,
        time: Callable[[], datetime] | None = None,
        anew: Anew | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        """Take the database with the outbox, and the chats by name.

        `troubled` is told of trouble, `time` says what time it is, and `anew` makes the cards that are made when they
        leave. Without `time` it stands still while letters are delivered, and nothing wakes the courier later.
        """
        self._database = database
        self._chats = chats
        self._time = time
        self._bounds = bounds or Bounds()
        self._me = secrets.token_hex(8)
        self._ledger = Ledger(self._me, database.alone, time is not None, self._pace, troubled)
        self._anew = anew
        self._now = self._then = self._held = NEVER
        self._lanes, self._changes = Rests(), Rests()
        self._under_way: dict[asyncio.Task[Note], Letter] = {}
        self._noted: list[Note] = []
        self._stirred = asyncio.Event()
        self._run: asyncio.Task[None] | None = None
        self._later: asyncio.TimerHandle | None = None
        self._looked = self._swept = self._last_begun = 0.0
        self._left = self._tidied = 0
        self._tidying: asyncio.Task[None] | None = None
        self._closing = False

    async def deliver(self, now: datetime) -> int:
        """Send all that may be sent now. Return how many letters left, once no more may, or when patience ends."""
        before = self._left
        run = self._stir(now)
        await asyncio.wait({run}, timeout=self._bounds.patience)
        if run.done():
            run.result()
        return self._left - before

    def wake(self, now: datetime) -> None:
        """Look in the outbox, without waiting for what is under way."""
        if not self._closing:
            self._stir(now)

    async def close(self) -> None:
        """Claim no more, let what is under way end, and break off what takes too long: it is sent after the start."""
        self._closing = True
        if self._later:
            self._later.cancel()
        await self._ends(self._bounds.grace)
        for task in self._under_way:
            task.cancel()
        await self._ends(None)
        await self._stir(self._moment())
        if self._tidying:
            await self._tidying

    async def _ends(self, within: float | None) -> None:
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=within)

    def _stir(self, now: datetime) -> asyncio.Task[None]:
        self._now, self._then = now, self._time() if self._time else now
        self._stirred.set()
        if self._run is None or self._run.done():
            self._stirred = asyncio.Event()  # it belongs to one event loop
            self._run = asyncio.create_task(self._deliver_all())
            self._run.add_done_callback(self._ended)
        return self._run

    def _moment(self) -> datetime:
        return self._now + max(self._time() - self._then, timedelta()) if self._time else self._now

    def _ended(self, run: asyncio.Task[None]) -> None:
        fault = None if run.cancelled() else run.exception()
        if fault:
            log.error("could not send", fault=where(fault))
            self._come_back(AFTER_FAULT)

    def _come_back(self, seconds: float) -> None:
        if self._later:
            self._later.cancel()
        if self._time and not self._closing and seconds < SOON:
            loop = asyncio.get_running_loop()
            self._later = loop.call_later(max(seconds, BREATH), lambda: self.wake(self._moment()))

    async def _deliver_all(self) -> None:
        while await self._look() or self._stirred.is_set():
            if self._left >= self._tidied + TIDY_AFTER:
                self._tidied = self._left
                self._tidying = asyncio.create_task(self._tidy())
            await self._wait()

    async def _tidy(self) -> None:
        try:
            await asyncio.to_thread(tidy, self._database.engine)
        except Exception as fault:  # it only gets slower
            log.warning("could not tidy the outbox", fault=where(fault))

    async def _look(self) -> bool:
        """Note what ended and start what may leave. Return whether there is something to wait for."""
        self._looked = now = asyncio.get_running_loop().time()
        for task in [task for task in self._under_way if task.done()]:
            self._noted.append(note_of(task, self._under_way.pop(task)))
        room, moment = 0 if self._closing else ROOM - len(self._under_way), self._moment()
        noted, again, resting = tuple(self._noted), self._to_hold(moment), self._resting(now)
        work = partial(self._ledger.keep_and_claim, noted, moment, room, resting, again, self._due(now))
        found = await self._database.run(work)
        self._left += sum(note.fate == "left" for note in self._noted)
        self._noted.clear()
        for letter in sorted(found.letters, key=lambda letter: self._lanes.until(letter.lane)):
            self._start(letter, now)
        if found.next:
            self._come_back((found.next - self._moment()).total_seconds())
        return found.more or bool(self._under_way)

    async def _wait(self) -> None:
        """Return when a letter ended, somebody woke us, the first rest is nearly over, or claims must be made again."""
        loop = asyncio.get_running_loop()
        first = min(self._lanes.first(self._looked), self._changes.first(self._looked))
        with suppress(TimeoutError):
            async with asyncio.timeout_at(min(first, self._looked + HOLD.total_seconds())):
                await self._stirred.wait()
        if not any(task.done() and self._pace(letter) == Pace() for task, letter in self._under_way.items()):
            await asyncio.sleep(max(0.0, self._looked + BREATH - loop.time()))
        self._stirred.clear()

    def _resting(self, now: float) -> Resting:
        paced = [name for name, chat in self._chats.items() if chat.pace.update]
        changing = {letter.chat for letter in self._under_way.values() if letter.kind == "update"}
        changing.update(self._changes.names(now))
        lanes = self._lanes.names(now)
        return Resting(lanes, paced, [name for name in paced if name not in changing], self._me)

    def _to_hold(self, now: datetime) -> list[int]:
        """Return the letters under way, when it is time to claim them again."""
        if self._under_way and now < self._held + HOLD:
            return []
        self._held = now
        return [letter.id for letter in self._under_way.values()]

    def _due(self, now: float) -> bool:
        """Return whether it is time to wipe rests that are over."""
        due = now > self._swept + SWEEP
        if due:
            self._swept = now
        return due

    def _start(self, letter: Letter, claimed: float) -> None:
        if self._closing:
            self._noted.append(Note(letter, "put back"))
            self._stirred.set()
            return
        task = asyncio.create_task(self._carry(letter, self._may_begin(letter), claimed + self._bounds.under_way))
        self._under_way[task] = letter
        task.add_done_callback(lambda _: self._stirred.set())

    def _may_begin(self, letter: Letter) -> float:
        """Return from when on a letter may be sent, in the time of the loop."""
        if self._pace(letter) == Pace():
            return 0.0
        rested = self._changes.until(letter.chat) if letter.kind == "update" else 0.0
        begin = max(asyncio.get_running_loop().time(), rested, self._lanes.until(letter.lane), self._last_begun + STEP)
        self._last_begun = begin
        return begin

    async def _carry(self, letter: Letter, at: float, until: float) -> Note:
        """Send a letter, not before `at`, and give up waiting for it at `until`: both in the time of the loop."""
        loop = asyncio.get_running_loop()
        begun = False
        try:
            await asyncio.sleep(max(0.0, at - loop.time()))
            begun = True
            async with asyncio.timeout_at(until):
                ready = await self._made(letter)
                await asyncio.sleep(0)  # who waits for an answer goes first
                posted = await self._send(ready)
        except asyncio.CancelledError:  # all must end: see close
            return Note(letter, "unsure" if begun else "put back", again=self._moment())
        except Exception as fault:
            return failed(letter, fault, self._moment())
        finally:
            self._rest(letter, loop.time())
        return Note(letter, "left", posted)

    async def _made(self, letter: Letter) -> Letter:
        chat = self._chats.get(letter.chat)
        return await made(self._database, self._anew, letter, self._moment(), chat is None or chat.many_languages)

    def _rest(self, letter: Letter, now: float) -> None:
        pace = self._pace(letter)
        if letter.kind == "update" and pace.update:
            self._changes.rest(letter.chat, now + pace.update)
        elif letter.kind != "update" and pace.message:
            self._lanes.rest(letter.lane, now + pace.message)

    def _pace(self, letter: Letter) -> Pace:
        chat = self._chats.get(letter.chat)
        return chat.pace if chat else Pace()

    async def _send(self, letter: Letter) -> Posted | None:
        chat = self._chats.get(letter.chat)
        if chat is None:
            raise NotConnected("not_set_up")
        cards, key = unpack(letter.packed), f"letter-{letter.id}"
        if letter.kind == "write":
            return _posted(letter, await chat.write_to(Person(letter.to), cards, key))
        there = letter.there
        if there is None and (letter.kind == "update" or letter.under):
            raise Unreachable(letter.subject or letter.under)
        if there and letter.kind == "update":
            await chat.update(Message(Place(there.place, there.thread), there.id), cards, key)
            return None
        return _posted(letter, await chat.post(Place(letter.to, there.id if there else ""), cards, key))


def _posted(letter: Letter, message: Message) -> Posted:
    return Posted(letter.chat, message.place.id, message.place.thread, message.id)
