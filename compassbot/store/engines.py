"""Which databases we know, and how each is opened."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError

DRIVERS = ("sqlite", "postgresql+psycopg")


def can_open(url: str) -> bool:
    """Return whether this is the address of a kind of database that we know."""
    try:
        return sa.make_url(url).drivername in DRIVERS
    except (ArgumentError, ValueError):
        return False


def engine_for(url: str, *, durable: bool = True) -> sa.Engine:
    """Return an engine; SQLite in WAL, durable at each commit, overwriting what is deleted.

    Without `durable` a commit does not wait for the disk: for a file that nobody has seen yet.
    """
    # Without the parameters an error says which statement failed, and never what was being kept.
    # psycopg prepares nothing by itself: after a rollback it would throw away what libpq.py prepared as well.
    sqlite = url.startswith("sqlite")
    given = {} if sqlite else {"prepare_threshold": None}
    engine = sa.create_engine(url, pool_pre_ping=not sqlite, hide_parameters=True, connect_args=given)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        if not durable:
            event.listen(engine, "connect", _hurry)
    return engine


def _hurry(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see _begin
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "busy_timeout=5000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
