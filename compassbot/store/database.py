"""Runs a piece of work in one transaction, away from the event loop."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from compassbot.store.books import Books
from compassbot.store.engines import engine_for
from compassbot.store.vault import Locks

T = TypeVar("T")
Work = Callable[[Books], T]
BATCH = 32
"""How many waiting pieces of work SQLite commits together, at most."""
POOL = 8
"""How many transactions run side by side on PostgreSQL."""
TRIES = 5
COLLIDED = {"23505", "40001", "40P01"}
"""PostgreSQL's codes for transactions that were in each other's way: the same key, order, or locks."""


class Runner(Protocol):
    """How pieces of work get their transaction."""

    def submit(self, work: Work[Any]) -> Future[Any]:
        """Return what will hold the result, or the error, once the transaction has ended."""
        ...

    def close(self) -> None:
        """Wait for what is under way, and let go of the database."""
        ...


class Database:
    """A SQLite file or a PostgreSQL server, by its SQLAlchemy URL."""

    def __init__(self, url: str, master: bytes, *, durable: bool = True) -> None:
        """Take the URL and the master key of the vault; `durable` as in `engine_for`."""
        self.engine = engine_for(url, durable=durable)
        self.alone = self.engine.dialect.name == "sqlite"
        """Whether no other process uses it: a SQLite file is for one."""
        locks = Locks(master)
        self._runner: Runner = OneWriter(self.engine, locks) if self.alone else Pool(self.engine, locks)

    async def run(self, work: Work[T]) -> T:
        """Return what `work` returns, after the commit. Whatever it raises undoes all it did."""
        return await asyncio.wrap_future(self._runner.submit(work))

    def run_now(self, work: Work[T]) -> T:
        """Do the same for callers without an event loop: command line and start-up."""
        return self._runner.submit(work).result()

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
        self._waiting: queue.SimpleQueue[tuple[Work[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="store", daemon=True)
        self._thread.start()

    def submit(self, work: Work[Any]) -> Future[Any]:
        """Put the work in the queue. Raises RuntimeError after the end: nobody would do it."""
        if self._closed:
            raise RuntimeError("the database is closed")
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()  # who waits may leave; the work is done all the same
        self._waiting.put((work, future))
        return future

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

    def _commit_together(self, batch: list[tuple[Work[Any], Future[Any]]]) -> None:
        outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with self._engine.begin() as connection:
                if len(batch) == 1:
                    [(work, future)] = batch
                    outcomes = [(future, work(Books(connection, self._locks)), None)]
                else:
                    outcomes = [(future, *_attempt(connection, self._locks, work)) for work, future in batch]
        except (
            BaseException
        ) as fault:  # the commit itself failed, or work that was alone: nothing of the batch is there
            if len(batch) > 1:
                for job in batch:
                    self._commit_together([job])
                return
            outcomes = [(future, None, fault) for _, future in batch]
        for future, result, fault in outcomes:
            if fault is None:
                future.set_result(result)
            else:
                future.set_exception(fault)


def _attempt(connection: sa.Connection, locks: Locks, work: Work[T]) -> tuple[T | None, BaseException | None]:
    savepoint = connection.begin_nested()
    try:
        result = work(Books(connection, locks))
        savepoint.commit()
    except BaseException as fault:
        if savepoint.is_active:
            savepoint.rollback()
        return None, fault
    return result, None


class Pool:
    """PostgreSQL lets many write at a time: a thread and a transaction for each piece of work."""

    def __init__(self, engine: sa.Engine, locks: Locks) -> None:
        """Make room for `POOL` transactions side by side."""
        self._engine = engine
        self._locks = locks
        self._threads = ThreadPoolExecutor(POOL, thread_name_prefix="store")

    def submit(self, work: Work[Any]) -> Future[Any]:
        """Start the work as soon as a thread is free."""
        return self._threads.submit(self._do, work)

    def close(self) -> None:
        """Wait for what is under way."""
        self._threads.shutdown()

    def _do(self, work: Work[T]) -> T:
        for _ in range(TRIES - 1):
            try:
                return self._do_once(work)
            except DBAPIError as fault:
                if getattr(fault.orig, "sqlstate", None) not in COLLIDED:
                    raise
        return self._do_once(work)

    def _do_once(self, work: Work[T]) -> T:
        with self._engine.begin() as connection:
            return work(Books(connection, self._locks))
