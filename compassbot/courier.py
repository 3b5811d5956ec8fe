"""Takes letters from the outbox to the chats, after the commit that made them, in order within a lane."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

import structlog

from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.lanes import tidy
from compassbot.store.outbox import LEASE, TO_BE_MADE, Letter, Posted, Resting
from compassbot.talk.bot import where
from compassbot.talk.chat import Chat, Message, Pace, Person, Place
from compassbot.talk.errors import NotConnected, NotInvited, Unreachable, Unsure, Wait
from compassbot.talk.view import unpack

log = structlog.get_logger()
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)
SHORTEST_PAUSE = timedelta(seconds=1)
UNTIL_INVITED = timedelta(minutes=1)
MOST_FAILURES = 12
"""After so many sure failures of its own a letter is given up: an hour, in which its whole lane waits."""
ROOM = 50
"""How many letters are under way at once, at most."""
EARLY = 0.05
"""Seconds by which a letter is taken from the outbox before its lane has rested, so that it leaves on time."""
STEP = 0.0015
"""Seconds between the starts of two letters of a chat with a pace: forty that start at once all end last."""
BREATH = 0.02
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
NEVER = datetime.min.replace(tzinfo=UTC)
Fate = Literal[
    "left", "unreachable", "asked to wait", "unsure", "chat is down", "failed", "given up", "in trouble", "put back"
]
Trouble = NotInvited | NotConnected
Anew = Callable[[Books, str, datetime], str | None]
"""Makes the card of a subject as it is now, packed; None when there is nothing to show any more."""
Troubled = Callable[[Books, Letter, Trouble], None]
"""Told of a letter that does not leave until somebody mends something, once for each letter and trouble."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long things may take, in seconds.

    `under_way` is for one letter. `patience` is for who asks to deliver: the rest goes on by itself. `grace` is for
    what is under way when all must end.
    """

    under_way: float = 45.0
    patience: float = 30.0
    grace: float = 5.0


@dataclass(frozen=True, slots=True)
class Note:
    """What became of a letter; `again` is when it is tried again."""

    letter: Letter
    fate: Fate
    posted: Posted | None = None
    again: datetime = NEVER
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a look in the outbox found: letters, whether more wait for a rest, and when the next may leave."""

    letters: Sequence[Letter] = ()
    more: bool = False
    next: datetime | None = None


@dataclass(slots=True)
class Rests:
    """What rests, by name, and until when in the time of the event loop, which nobody sets back."""

    _until: dict[str, float] = field(default_factory=dict[str, float])

    def rest(self, name: str, until: float) -> None:
        """Let it rest until then."""
        self._until[name] = until

    def until(self, name: str) -> float:
        """Return until when it rests; a moment that has passed when it does not."""
        return self._until.get(name, 0.0)

    def names(self, now: float) -> list[str]:
        """Return what does not begin yet, not even a little early; and forget what no longer rests."""
        self._until = {name: until for name, until in self._until.items() if until > now}
        return [name for name, until in self._until.items() if until > now + EARLY]

    def first(self, now: float) -> float:
        """Return when the first of those that `names` returned then may begin, or infinity."""
        ends = (until - EARLY for until in self._until.values() if until > now + EARLY)
        return min(ends, default=float("inf"))


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
        self._troubled = troubled
        self._anew = anew
        self._time = time
        self._bounds = bounds or Bounds()
        self._me = secrets.token_hex(8)
        self._now = self._then = self._held = NEVER
        self._lanes, self._changes = Rests(), Rests()
        self._under_way: dict[asyncio.Task[Note], Letter] = {}
        self._noted: list[Note] = []
        self._stirred = asyncio.Event()
        self._run: asyncio.Task[None] | None = None
        self._later: asyncio.TimerHandle | None = None
        self._looked = self._swept = self._last_begun = 0.0
        self._left = self._tidied = 0
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
                await self._tidy()
            await self._wait()

    async def _tidy(self) -> None:
        self._tidied = self._left
        try:
            await asyncio.to_thread(tidy, self._database.engine)
        except Exception as fault:  # it only gets slower
            log.warning("could not tidy the outbox", fault=where(fault))

    async def _look(self) -> bool:
        """Note what ended and start what may leave. Return whether there is something to wait for."""
        self._looked = now = asyncio.get_running_loop().time()
        for task in [task for task in self._under_way if task.done()]:
            self._noted.append(_note_of(task, self._under_way.pop(task)))
        room, moment = 0 if self._closing else ROOM - len(self._under_way), self._moment()
        noted, again, resting = tuple(self._noted), self._to_hold(moment), self._resting(now)
        work = partial(self._keep_and_claim, noted, moment, room, resting, again, self._due(now))
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

    def _keep_and_claim(
        self,
        noted: Sequence[Note],
        now: datetime,
        room: int,
        resting: Resting,
        again: Sequence[int],
        sweep: bool,
        books: Books,
    ) -> Found:
        """Keep what became of the letters before, and take the next, in one transaction."""
        for note in noted:
            self._keep(books, note, now)
        if again:
            books.outbox.hold(again, now)
        if sweep:
            books.outbox.forget_rests(now)
        letters = self._claim(books, now, room, resting) if room else ()
        if letters or not room:
            return Found(letters)
        held = bool(resting.lanes) or len(resting.open) < len(resting.paced)
        more = held and books.outbox.may_leave(now, self._me)
        return Found((), more, books.outbox.next_after(now) if self._time else None)

    def _claim(self, books: Books, now: datetime, room: int, resting: Resting) -> Sequence[Letter]:
        """Take the next letters, and make the cards of those that show what is true now."""
        while claimed := books.outbox.claim(now, room, resting):
            if letters := [made for letter in claimed if (made := self._made(books, letter, now))]:
                return letters
        return ()

    def _made(self, books: Books, letter: Letter, now: datetime) -> Letter | None:
        """Return a letter with its card, or None where there is nothing to show any more, or it cannot be made."""
        if letter.packed != TO_BE_MADE or self._anew is None:
            return letter
        try:
            packed = self._anew(books, letter.subject, now)
        except Exception as fault:
            log.error("letter given up", kind=letter.kind, chat=letter.chat, fault=where(fault))
            books.outbox.give_up(letter)
            return None
        if packed is None:
            books.outbox.drop(letter)
            return None
        return replace(letter, packed=packed)

    def _keep(self, books: Books, note: Note, now: datetime) -> None:
        outbox, letter = books.outbox, note.letter
        match note.fate:
            case "left":
                outbox.sent(letter, note.posted)
            case "unreachable":
                outbox.drop(letter)
            case "given up":
                outbox.give_up(letter)
            case "put back":
                outbox.put_back(letter)
            case "asked to wait":
                outbox.wait(letter, note.again)
            case fate:
                why = note.trouble.why if note.trouble else ""
                outbox.later(letter, note.again, failed=fate == "failed", unsure=fate == "unsure", trouble=why)
        pause = self._pace(letter).message
        if pause and letter.kind != "update" and not self._database.alone:
            outbox.rest(letter.lane, now + timedelta(seconds=pause), self._me)
        if self._troubled and note.trouble and note.trouble.why != letter.trouble:
            self._tell(books, self._troubled, letter, note.trouble)

    def _tell(self, books: Books, troubled: Troubled, letter: Letter, trouble: Trouble) -> None:
        """Let somebody be told. A fault in that undoes nothing else."""
        try:
            with books.connection.begin_nested():
                troubled(books, letter, trouble)
        except Exception as fault:
            log.error("could not tell of trouble", fault=where(fault))

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
                posted = await self._send(letter)
        except asyncio.CancelledError:  # all must end: see close
            return Note(letter, "unsure" if begun else "put back", again=self._moment())
        except Exception as fault:
            return _failed(letter, fault, self._moment())
        finally:
            self._rest(letter, loop.time())
        return Note(letter, "left", posted)

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


def _note_of(task: asyncio.Task[Note], letter: Letter) -> Note:
    """Return what a task made of its letter; one that was ended before it began made nothing of it."""
    return Note(letter, "put back") if task.cancelled() else task.result()


def _failed(letter: Letter, fault: Exception, now: datetime) -> Note:
    """Return what becomes of a letter that did not leave."""
    pause = min(FIRST_PAUSE * 2 ** min(letter.attempts, 20), LONGEST_PAUSE)
    match fault:
        case Wait():
            return Note(letter, "asked to wait", again=now + max(timedelta(seconds=fault.seconds), SHORTEST_PAUSE))
        case Unreachable():
            log.warning("letter dropped", kind=letter.kind, chat=letter.chat, why="unreachable")
            return Note(letter, "unreachable")
        case NotInvited() | NotConnected():
            log.warning("letter waits", kind=letter.kind, chat=letter.chat, why=fault.why)
            again = now + (UNTIL_INVITED if isinstance(fault, NotInvited) else pause)
            return Note(letter, "in trouble", again=again, trouble=fault)
        case _:
            return _tried(letter, fault, now + pause)


def _tried(letter: Letter, fault: Exception, again: datetime) -> Note:
    fate = _fate_of(letter, fault)
    if fate == "failed" and letter.failures + 1 >= MOST_FAILURES:
        log.error("letter given up", kind=letter.kind, chat=letter.chat, fault=where(fault))
        return Note(letter, "given up")
    log.warning("letter waits", kind=letter.kind, chat=letter.chat, why=fate, fault=where(fault))
    return Note(letter, fate, again=again)


def _fate_of(letter: Letter, fault: Exception) -> Fate:
    """Tell what fails by itself from what fails because nobody is there: a chat that is down loses no letter.

    TimeoutError is an OSError too, and says something else: the request may have arrived.
    """
    if isinstance(fault, Unsure) or (isinstance(fault, TimeoutError) and letter.kind != "update"):
        return "unsure"
    return "chat is down" if isinstance(fault, OSError) else "failed"


def _posted(letter: Letter, message: Message) -> Posted:
    return Posted(letter.chat, message.place.id, message.place.thread, message.id)
