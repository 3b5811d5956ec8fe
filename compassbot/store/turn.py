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
LONGEST_PAUSE, LONGEST_WAIT = 5, 20
"""Seconds after which PostgreSQL ends a turn in which nothing is asked, and the wait for one: a process that stands still
holds up the others no longer than that."""
TAKE = f"""
BEGIN;
SET LOCAL idle_in_transaction_session_timeout = '{LONGEST_PAUSE}s';
SET LOCAL lock_timeout = '{LONGEST_WAIT}s';
SELECT pg_advisory_xact_lock(7266769, hashtext(current_schema()))
"""
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


@contextmanager
def turn(engine: sa.Engine) -> Generator[sa.Connection]:
    """Give a connection in a transaction of its own; what is not settled at the end is undone."""
    connection = _begun(engine)
    try:
        yield connection
    finally:
        _let_go(connection)


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


def _begun(engine: sa.Engine) -> sa.Connection:
    """Begin. A connection that died while it rested in the pool is noticed here: nothing was done on it yet."""
    connection = engine.connect()
    try:
        _begin(connection)
    except DBAPIError:
        lost = _lost(connection)
        _let_go(connection)
        if not lost:
            raise
        engine.dispose()
        connection = engine.connect()
        _begin(connection)
    return connection


def _begin(connection: sa.Connection) -> None:
    connection.begin()
    if _postgresql(connection):
        _say(connection, TAKE)


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


def _let_go(connection: sa.Connection) -> None:
    _drop(connection)
    if _lost(connection):
        connection.invalidate()
    with suppress(DBAPIError):  # what was settled is there, and what was not has its own error
        connection.close()


def _lost(connection: sa.Connection) -> bool:
    return connection.invalidated or bool(getattr(connection.connection.dbapi_connection, "closed", False))


def _under_way(connection: sa.Connection) -> bool:
    driver: Any = connection.connection.dbapi_connection
    return _postgresql(connection) or driver.in_transaction


def _postgresql(connection: sa.Connection) -> bool:
    return connection.dialect.name == "postgresql"
