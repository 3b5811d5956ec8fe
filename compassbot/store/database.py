"""Runs a piece of work in one transaction, away from the event loop."""

from __future__ import annotations

import asyncio
import queue
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from compassbot.store.books import Books, Coming
from compassbot.store.engines import engine_for, reading
from compassbot.store.turn import Failed, Seat, Unsettled, attempt, settle
from compassbot.store.vault import Locks
from compassbot.store.waiting import Ended, Waits, tell

T = TypeVar("T")
Work = Callable[[Books], T]
BATCH = 32
"""How many waiting pieces of work are committed together, at most."""
CROWD = 8
BRIEFLY, LONG = 0.0005, 0.005
"""Seconds after which a thread that computes lets another one go. Python's own 5 ms is longer than most answers take. Yet
where more than a crowd wait together, to change less often answers more of them in the same time."""
REMEMBERED = 1.0
"""Seconds for which what one turn read may serve the next, as long as nobody else wrote: no longer, since it is in the clear."""


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work, who waits for it, and the event that it is for, if any."""

    work: Work[Any]
    waits: Waits
    coming: Coming | None = None


class Database:
    """A SQLite file or a PostgreSQL server, by its SQLAlchemy URL."""

    def __init__(self, url: str, master: bytes, *, durable: bool = True, schema: str = "") -> None:
        """Take the URL and the master key of the vault; `durable` and `schema` as in `engine_for`."""
        self.engine = engine_for(url, durable=durable, schema=schema)
        self.alone = self.engine.dialect.name == "sqlite"
        """Whether no other process uses it: a SQLite file is for one."""
        self._locks = Locks(master)
        self._writer = OneWriter(self.engine, self._locks)
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-reads")

    @property
    def stirred(self) -> int:
        """Return how often something was queued that may leave: a number that grows, for who looks in the outbox."""
        return self._writer.stirred

    async def run(self, work: Work[T], coming: Coming | None = None) -> T:
        """Return what `work` returns, after the commit. Whatever it raises undoes all it did.

        For an event that is `coming` the work must ask first whether this is the first time.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._writer.submit(Job(work, future, coming))
        return await future  # who waits may leave; the work is done all the same

    def run_now(self, work: Work[T]) -> T:
        """Do the same for callers without an event loop: command line and start-up."""
        future: Future[T] = Future()
        self._writer.submit(Job(work, future))
        return future.result()

    async def read(self, work: Work[T]) -> T:
        """Return what `work` reads, while others write: all of it as it was at one moment. It can change nothing.

        Raises OSError when the database does not answer.
        """
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._read, work)

    def _read(self, work: Work[T]) -> T:
        try:
            with reading(self.engine) as connection:
                return work(Books(connection, self._locks))
        except OperationalError as fault:
            raise ConnectionError from fault

    def rest(self) -> None:
        """Close the connections that nobody uses now, where a server has only so many; the next work makes one."""
        pool = self.engine.pool
        for _ in range(pool.checkedin() if isinstance(pool, sa.QueuePool) and not self.alone else 0):
            with self.engine.connect() as connection:
                connection.invalidate()

    def close(self) -> None:
        """Wait for what is under way, and let go of the database."""
        self._writer.close()
        self._reader.shutdown()
        self.engine.dispose()


class OneWriter:
    """One thread does all the work, and commits what is waiting together; no other process writes meanwhile.

    What cannot be kept together is done again, each by itself: one that fails does not fail its neighbours. So work may
    be done more than once, and only the last time counts.
    """

    def __init__(self, engine: sa.Engine, locks: Locks) -> None:
        """Start the thread."""
        self._seat = Seat(engine)
        self._memory = Memory(locks)
        self.stirred = 0
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="store", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> None:
        """Put the work in the queue. Raises RuntimeError after the end: nobody would do it."""
        if self._closed:
            raise RuntimeError("the database is closed")
        self._waiting.put(job)

    def close(self) -> None:
        """Let the thread finish what is waiting, and end it."""
        self._closed = True
        self._waiting.put(None)
        self._thread.join()

    def _serve(self) -> None:
        going = True
        while going:
            batch = [self._first()]
            while len(batch) < BATCH and not self._waiting.empty():
                batch.append(self._waiting.get())
            going = None not in batch
            sys.setswitchinterval(LONG if len(batch) > CROWD else BRIEFLY)
            if jobs := [job for job in batch if job]:
                self._do(jobs, _together)
        self._seat.leave()

    def _first(self) -> Job | None:
        """Return the next piece of work; while there is none nothing is remembered."""
        with suppress(queue.Empty):
            return self._waiting.get(timeout=REMEMBERED)
        self._memory.forget()
        self._seat.leave()
        return self._waiting.get()

    def _do(self, batch: Sequence[Job], way: Way) -> None:
        """Do a batch in one transaction, and tell all who wait once it has ended."""
        try:
            with self._seat.turn() as connection:
                books = self._memory.books(connection, self._seat.undisturbed)
                ended = way(books, batch)
                settle(connection)
                self.stirred += way is _apart or books.stirs()
                if way is _together:
                    self._memory.keep(books)
        except Unsettled as fault:  # to do it again might do it twice
            ended = [Ended(job.waits, fault=fault.__cause__) for job in batch]
        except BaseException as fault:  # nothing of the batch is there
            if len(batch) > 1:
                self._again(batch, way)
                return
            ended = [Ended(job.waits, fault=fault) for job in batch]
        tell(ended)

    def _again(self, batch: Sequence[Job], way: Way) -> None:
        if way is _together:
            self._do(batch, _apart)
            return
        for job in batch:
            self._do([job], _together)


class Memory:
    """The books of the turn before: what they have read serves the next turn too, when nobody else wrote between."""

    def __init__(self, locks: Locks) -> None:
        """Take what opens the keys of the vault."""
        self._locks = locks
        self._kept: Books | None = None
        self._since = 0.0
        self._destroyed = 0

    def books(self, connection: sa.Connection, undisturbed: bool) -> Books:
        """Return the books for a turn. They are not remembered unless they are kept at its end."""
        kept, self._kept = self._kept, None
        if kept and undisturbed and kept.connection is connection and time.monotonic() < self._since + REMEMBERED:
            return kept
        self._since, self._destroyed = time.monotonic(), self._locks.destroyed
        return Books(connection, self._locks)

    def keep(self, books: Books) -> None:
        """Remember the books of a turn that was settled, unless a key was destroyed in it: nothing it opened may stay."""
        if self._locks.destroyed == self._destroyed:
            self._kept = books

    def forget(self) -> None:
        """Remember nothing."""
        self._kept = None


Way = Callable[[Books, Sequence[Job]], list[Ended]]


def _together(books: Books, batch: Sequence[Job]) -> list[Ended]:
    """Do all on the same books: what one has read, the next need not ask. Raises what one of them raises."""
    if len(batch) > 1:
        books.expect([job.coming for job in batch if job.coming])
    ended = [Ended(job.waits, job.work(books)) for job in batch]
    books.finish()
    return ended


def _apart(books: Books, batch: Sequence[Job]) -> list[Ended]:
    """Do each on books of its own, and undo only what fails."""
    return [_attempt(books.anew(), job) for job in batch]


def _attempt(books: Books, job: Job) -> Ended:
    def alone() -> Any:
        [ended] = _together(books, [job])
        return ended.result

    came = attempt(books.connection, alone)
    return Ended(job.waits, fault=came.fault) if isinstance(came, Failed) else Ended(job.waits, came)
