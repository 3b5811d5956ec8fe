"""Runs a piece of work in one transaction, away from the event loop."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from compassbot.store.books import Books
from compassbot.store.engines import SIDE_BY_SIDE, engine_for
from compassbot.store.vault import Locks
from compassbot.store.waiting import Ended, Waits, tell

T = TypeVar("T")
Work = Callable[[Books], T]
Job = tuple[Work[Any], Waits]
BATCH = 32
"""How many waiting pieces of work SQLite commits together, at most."""
POOL = 8
"""How many transactions run side by side on PostgreSQL."""
TRIES = 5
COLLIDED = {"23505", "40001", "40P01"}
"""PostgreSQL's codes for transactions that were in each other's way: the same key, order, or locks."""


class Runner(Protocol):
    """How pieces of work get their transaction."""

    def submit(self, work: Work[Any], waits: Waits) -> None:
        """Do the work, and tell who waits what came of it once the transaction has ended."""
        ...

    def close(self) -> None:
        """Wait for what is under way, and let go of the database."""
        ...


class Database:
    """A SQLite file or a PostgreSQL server, by its SQLAlchemy URL."""

    def __init__(self, url: str, master: bytes, *, durable: bool = True, schema: str = "") -> None:
        """Take the URL and the master key of the vault; `durable` and `schema` as in `engine_for`."""
        self.engine = engine_for(url, durable=durable, schema=schema)
        self.alone = self.engine.dialect.name == "sqlite"
        """Whether no other process uses it: a SQLite file is for one."""
        locks = Locks(master)
        self._runner: Runner = (
            OneWriter(self.engine, locks) if self.alone else Pool(self.engine, locks, SIDE_BY_SIDE if schema else POOL)
        )

    async def run(self, work: Work[T]) -> T:
        """Return what `work` returns, after the commit. Whatever it raises undoes all it did."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._runner.submit(work, future)
        return await future  # who waits may leave; the work is done all the same

    def run_now(self, work: Work[T]) -> T:
        """Do the same for callers without an event loop: command line and start-up."""
        future: Future[T] = Future()
        self._runner.submit(work, future)
        return future.result()

    def rest(self) -> None:
        """Close the connections that nobody uses now, where a server has only so many; the next work makes one."""
        pool = self.engine.pool
        for _ in range(pool.checkedin() if isinstance(pool, sa.QueuePool) and not self.alone else 0):
            with self.engine.connect() as connection:
                connection.invalidate()

    def close(self) -> None:
        """Wait for what is under way, and let go of the database."""
        self._runner.close()
        self.engine.dispose()


class OneWriter:
    """SQLite lets one write at a time: one thread does all, and commits what is waiting together.

    Each piece of work that has neighbours has its own savepoint, so that one that fails does not fail them.
    """

    def __init__(self, engine: sa.Engine, locks: Locks) -> None:
        """Start the thread."""
        self._engine = engine
        self._locks = locks
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="store", daemon=True)
        self._thread.start()

    def submit(self, work: Work[Any], waits: Waits) -> None:
        """Put the work in the queue. Raises RuntimeError after the end: nobody would do it."""
        if self._closed:
            raise RuntimeError("the database is closed")
        self._waiting.put((work, waits))

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
            self._commit_together([job for job in batch if job])

    def _commit_together(self, batch: Sequence[Job]) -> None:
        try:
            with self._engine.begin() as connection:
                ended = [_attempt(connection, self._locks, job, alone=len(batch) == 1) for job in batch]
        except BaseException as fault:  # the commit, or work that was alone: nothing of the batch is there
            if len(batch) > 1:
                for job in batch:
                    self._commit_together([job])
                return
            ended = [Ended(waits, fault=fault) for _, waits in batch]
        tell(ended)


def _attempt(connection: sa.Connection, locks: Locks, job: Job, *, alone: bool) -> Ended:
    work, waits = job
    if alone:
        return Ended(waits, work(Books(connection, locks)))
    # SQLAlchemy's own savepoints take as long as a third of a press.
    driver: Any = connection.connection.dbapi_connection
    driver.execute("SAVEPOINT work")
    try:
        result = work(Books(connection, locks))
    except BaseException as fault:
        driver.execute("ROLLBACK TO work")
        driver.execute("RELEASE work")
        return Ended(waits, fault=fault)
    driver.execute("RELEASE work")
    return Ended(waits, result)


class Pool:
    """PostgreSQL lets many write at a time: some threads, and a transaction for each piece of work.

    A thread keeps its connection as long as work is waiting: to take one and see whether it lives costs as much as what
    is done with it.
    """

    def __init__(self, engine: sa.Engine, locks: Locks, most: int = POOL) -> None:
        """Make room for so many transactions side by side, at most."""
        self._engine = engine
        self._locks = locks
        self._waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="store")

    def submit(self, work: Work[Any], waits: Waits) -> None:
        """Start the work as soon as a thread is free."""
        self._waiting.put((work, waits))
        self._threads.submit(self._serve)

    def close(self) -> None:
        """Wait for what is under way."""
        self._threads.shutdown()

    def _serve(self) -> None:
        """Do what waits, on one connection as long as it is sound."""
        connection: sa.Connection | None = None
        with suppress(queue.Empty):
            while True:
                connection = self._serve_one(connection, *self._waiting.get_nowait())
        if connection:
            connection.close()

    def _serve_one(self, connection: sa.Connection | None, work: Work[Any], waits: Waits) -> sa.Connection | None:
        """Tell who waits what came of it. Return the connection for the next one, or None when it may be unsound."""
        try:
            connection = connection or self._engine.connect()
            tell((Ended(waits, self._do(connection, work)),))
        except BaseException as fault:
            tell((Ended(waits, fault=fault),))
            if connection and isinstance(fault, DBAPIError):  # the pool looks whether it lives before it is used again
                connection.close()
                return None
        return connection

    def _do(self, connection: sa.Connection, work: Work[T]) -> T:
        for _ in range(TRIES - 1):
            try:
                return self._do_once(connection, work)
            except DBAPIError as fault:
                if getattr(fault.orig, "sqlstate", None) not in COLLIDED:
                    raise
        return self._do_once(connection, work)

    def _do_once(self, connection: sa.Connection, work: Work[T]) -> T:
        with connection.begin():
            return work(Books(connection, self._locks))
