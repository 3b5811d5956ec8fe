"""Runs a piece of work in one transaction, away from the event loop."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from compassbot.store.books import Books, Coming
from compassbot.store.engines import engine_for
from compassbot.store.turn import Failed, Unsettled, attempt, settle, turn
from compassbot.store.vault import Locks
from compassbot.store.waiting import Ended, Waits, tell

T = TypeVar("T")
Work = Callable[[Books], T]
BATCH = 32
"""How many waiting pieces of work are committed together, at most."""


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
        self._writer = OneWriter(self.engine, Locks(master))

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

    def rest(self) -> None:
        """Close the connections that nobody uses now, where a server has only so many; the next work makes one."""
        pool = self.engine.pool
        for _ in range(pool.checkedin() if isinstance(pool, sa.QueuePool) and not self.alone else 0):
            with self.engine.connect() as connection:
                connection.invalidate()

    def close(self) -> None:
        """Wait for what is under way, and let go of the database."""
        self._writer.close()
        self.engine.dispose()


class OneWriter:
    """One thread does all the work, and commits what is waiting together; no other process writes meanwhile.

    What cannot be kept together is done again, each by itself: one that fails does not fail its neighbours. So work may
    be done more than once, and only the last time counts.
    """

    def __init__(self, engine: sa.Engine, locks: Locks) -> None:
        """Start the thread."""
        self._engine = engine
        self._locks = locks
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
            batch = [self._waiting.get()]
            while len(batch) < BATCH and not self._waiting.empty():
                batch.append(self._waiting.get())
            going = None not in batch
            if jobs := [job for job in batch if job]:
                self._do(jobs, _together)

    def _do(self, batch: Sequence[Job], way: Way) -> None:
        """Do a batch in one transaction, and tell all who wait once it has ended."""
        try:
            with turn(self._engine) as connection:
                ended = way(connection, self._locks, batch)
                settle(connection)
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


Way = Callable[[sa.Connection, Locks, Sequence[Job]], list[Ended]]


def _together(connection: sa.Connection, locks: Locks, batch: Sequence[Job]) -> list[Ended]:
    """Do all on the same books: what one has read, the next need not ask. Raises what one of them raises."""
    books = Books(connection, locks)
    if len(batch) > 1:
        books.expect([job.coming for job in batch if job.coming])
    ended = [Ended(job.waits, job.work(books)) for job in batch]
    books.finish()
    return ended


def _apart(connection: sa.Connection, locks: Locks, batch: Sequence[Job]) -> list[Ended]:
    """Do each on books of its own, and undo only what fails."""
    return [_attempt(connection, locks, job) for job in batch]


def _attempt(connection: sa.Connection, locks: Locks, job: Job) -> Ended:
    def alone() -> Any:
        [ended] = _together(connection, locks, [job])
        return ended.result

    came = attempt(connection, alone)
    return Ended(job.waits, fault=came.fault) if isinstance(came, Failed) else Ended(job.waits, came)
