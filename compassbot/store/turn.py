"""The turn of one process: a transaction during which no other process writes in the same database."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from compassbot.store.ready import driver_of, flush, told

T = TypeVar("T")
Along = Callable[[sa.Connection], None]
"""Asks what may go along with the first question of a turn."""
BEGIN = "BEGIN"
NOBODY = -1
"""No number of any turn."""
LONGEST_PAUSE, LONGEST_WAIT = 5, 20
"""Seconds after which PostgreSQL ends a turn in which nothing is asked, and the wait for one: a process that stands still
holds up the others no longer than that."""
TAKE = (
    BEGIN,
    f"SET LOCAL idle_in_transaction_session_timeout = '{LONGEST_PAUSE}s'",
    f"SET LOCAL lock_timeout = '{LONGEST_WAIT}s'",
    "SELECT pg_advisory_xact_lock(7266769, hashtext(current_schema()))",
    "SELECT nextval('turns')",
)
"""SQLite's file lets one write at a time. On PostgreSQL a lock does the same, in each schema. It ends with the transaction,
and so with the process; whoever waits for it comes in order."""


class Unsettled(Exception):
    """The connection was lost during a commit: nobody knows whether it is there. Its cause says why."""


class Spoilt(Exception):
    """A piece of work caught an error of the database, and left no transaction, or one that can only be undone."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A piece of work that raised this."""

    fault: BaseException


class Seat:
    """The connection of one who writes: it stays open from turn to turn, until it is left.

    A turn is `undisturbed` when nobody else wrote in the database since the one before it from this seat. Then what was
    read there still holds.
    """

    def __init__(self, engine: sa.Engine) -> None:
        """Take the database."""
        self._engine = engine
        self._connection: sa.Connection | None = None
        self._next = NOBODY
        self.undisturbed = False

    @contextmanager
    def turn(self, along: Along | None = None) -> Generator[sa.Connection]:
        """Give a connection in a transaction of its own; what is not settled at the end is undone."""
        connection, number = self._begun(along)
        self.undisturbed = number == self._next
        self._next = number + _postgresql(connection)
        try:
            yield connection
        finally:
            self._end(connection)

    def leave(self) -> None:
        """Close the connection. The next turn makes one."""
        if self._connection:
            self._connection.close()
            self._connection, self._next = None, NOBODY

    def _begun(self, along: Along | None) -> tuple[sa.Connection, int]:
        """Begin. A connection that died while it rested is noticed here: nothing was done on it yet."""
        connection = self._connected()
        try:
            return connection, _begin(connection, along)
        except DBAPIError:
            lost = _lost(connection)
            self._end(connection)
            if not lost:
                raise
            self._engine.dispose()
            connection = self._connected()
            return connection, _begin(connection, along)

    def _connected(self) -> sa.Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _end(self, connection: sa.Connection) -> None:
        _drop(connection)
        if _lost(connection):
            connection.invalidate()
            with suppress(DBAPIError):  # what was settled is there, and what was not has its own error
                connection.close()
            self._connection, self._next = None, NOBODY
        elif connection.in_transaction():
            try:
                connection.rollback()
            except DBAPIError:
                connection.invalidate()
                self.leave()


def attempt(connection: sa.Connection, work: Callable[[], T]) -> T | Failed:
    """Return what came of the work, of which nothing is left when it fails. What this raises fails the whole turn."""
    _say(connection, "SAVEPOINT work")  # SQLAlchemy's own savepoints take as long as a third of a press
    came: T | Failed
    try:
        came = work()
        flush(connection)
    except BaseException as fault:  # noqa: BLE001 - it goes to who waits for this work
        came = Failed(fault)
        _drop(connection)
        _say(connection, "ROLLBACK TO work")
    _say(connection, "RELEASE work")
    return came


def settle(connection: sa.Connection) -> None:
    """Commit. Raises Unsettled when nobody knows whether it is there; whatever else it raises, nothing is."""
    if _lost(connection) or not _under_way(connection):
        raise Spoilt
    if _postgresql(connection):
        _commit(connection)
    connection.commit()


def _commit(connection: sa.Connection) -> None:
    """Commit, in one trip with what still waits; SQLAlchemy's own commit has nothing to do then."""
    line = driver_of(connection)
    try:
        committed = line.commit()
    except line.errors as fault:
        if fault.sqlstate is None or _lost(connection):  # PostgreSQL did not say that it refuses
            raise Unsettled from told(fault, connection)
        raise told(fault, connection) from fault
    if not committed:
        raise Spoilt


def _begin(connection: sa.Connection, along: Along | None) -> int:
    """Begin, and return the number by which one knows whether somebody else wrote."""
    connection.begin()
    if not _postgresql(connection):
        return int(driver_of(connection).execute("PRAGMA data_version").fetchone()[0])
    line = driver_of(connection)
    try:
        *_, number = [line.later(sql, ()) for sql in TAKE]
        if along:
            along(connection)
        return int(number.result.get_value(0, 0))
    except line.errors as fault:
        raise told(fault, connection) from fault


def _say(connection: sa.Connection, sql: str) -> None:
    driver: Any = driver_of(connection)
    if not _postgresql(connection):
        driver.execute(sql)
        return
    try:
        driver.say(sql)
    except driver.errors as fault:
        raise told(fault, connection) from fault


def _drop(connection: sa.Connection) -> None:
    if not _lost(connection) and "line" in connection.info:
        connection.info["line"].drop()


def _lost(connection: sa.Connection) -> bool:
    return connection.invalidated or bool(getattr(connection.connection.dbapi_connection, "closed", False))


def _under_way(connection: sa.Connection) -> bool:
    driver: Any = connection.connection.dbapi_connection
    return _postgresql(connection) or driver.in_transaction


def _postgresql(connection: sa.Connection) -> bool:
    return connection.dialect.name == "postgresql"
