"""Runs a piece of work in one transaction, away from the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, PendingRollbackError

from compassbot.store.books import Books
from compassbot.store.coming import Coming
from compassbot.store.engines import engine_for, reading
from compassbot.store.vault import Locks
from compassbot.store.writer import Job, OneWriter, Work

T = TypeVar("T")


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
        except (OperationalError, PendingRollbackError) as fault:
            raise ConnectionError from fault

    def rest(self) -> None:
        """Close the connections that nobody uses now, where a server has only so many; the next work makes one."""
        self._writer.leave()
        pool = self.engine.pool
        for _ in range(pool.checkedin() if isinstance(pool, sa.QueuePool) and not self.alone else 0):
            with self.engine.connect() as connection:
                connection.invalidate()

    def close(self) -> None:
        """Wait for what is under way, and let go of the database."""
        self._writer.close()
        self._reader.shutdown()
        self.engine.dispose()
