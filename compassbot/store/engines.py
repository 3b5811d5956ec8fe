"""Which databases we know, and how each is opened."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError

from compassbot.store.ready import PAUSE, flush

SIDE_BY_SIDE = 2
"""How many connections one workspace has at most, one to write: there may be hundreds of workspaces on a server."""
RECYCLE = 1800
"""Seconds after which a connection of a workspace is made anew: the server keeps what it read for each schema."""
BREATH = 0.001
"""Seconds that who reads beside the one who writes waits before each question."""
DRIVERS = ("sqlite", "postgresql+psycopg")


def can_open(url: str) -> bool:
    """Return whether this is the address of a kind of database that we know."""
    try:
        return sa.make_url(url).drivername in DRIVERS
    except (ArgumentError, ValueError):
        return False


class OtherSchema(ValueError):
    """A connection does not look into the schema of its workspace. It says what to do."""

    def __init__(self) -> None:
        """Take nothing: it is always for the same reason."""
        super().__init__(
            "PostgreSQL does not look into the schema of a workspace. A pooler between, such as PgBouncer, lets the "
            "startup parameter `options` go. Name PostgreSQL itself in COMPASSBOT_DATABASE_URL."
        )


def engine_for(url: str, *, durable: bool = True, schema: str = "") -> sa.Engine:
    """Return an engine; SQLite in WAL, durable at each commit, overwriting what is deleted.

    Without `durable` a commit does not wait for the disk: for a file that nobody has seen yet. With the `schema` of a
    workspace on PostgreSQL it has few connections, and each looks into that schema or raises OtherSchema.
    """
    # Without the parameters an error says which statement failed, and never what was being kept.
    # psycopg prepares nothing by itself: after a rollback it would throw away what libpq.py prepared as well.
    sqlite = url.startswith("sqlite")
    given: dict[str, Any] = {} if sqlite else {"prepare_threshold": None}
    few: dict[str, Any] = {}
    if schema and not sqlite:
        given["application_name"] = schema
        few = {"pool_size": 1, "max_overflow": SIDE_BY_SIDE - 1, "pool_recycle": RECYCLE}
    engine = sa.create_engine(url, hide_parameters=True, connect_args=given, **few)
    if not sqlite:
        event.listen(engine, "before_cursor_execute", _in_order)
    if schema and not sqlite:
        event.listen(engine, "connect", partial(_look_into, schema))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        if not durable:
            event.listen(engine, "connect", _hurry)
    return engine


@contextmanager
def reading(engine: sa.Engine) -> Generator[sa.Connection]:
    """Give a connection that sees all as it was at one moment, holds up nobody who writes, and can change nothing.

    It pauses before each statement that is ready: who reads so is in no hurry, and who computes for long makes others wait.
    """
    with engine.connect().execution_options(reads=True) as connection, connection.begin(), _pausing(connection):
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection
            return
        connection.exec_driver_sql("PRAGMA query_only=ON")
        try:
            yield connection
        finally:
            connection.exec_driver_sql("PRAGMA query_only=OFF")


@contextmanager
def _pausing(connection: sa.Connection) -> Generator[None]:
    info = connection.info  # of a connection that was lost meanwhile nobody can ask it any more
    info[PAUSE] = BREATH
    try:
        yield
    finally:
        info.pop(PAUSE, None)


def _in_order(connection: sa.Connection, *_: Any) -> None:
    """Let what libpq.py keeps for the next trip go before what SQLAlchemy asks itself."""
    flush(connection)


def _look_into(schema: str, connection: Any, _record: Any) -> None:
    """Raise OtherSchema where a connection would mix up workspaces."""
    found = connection.execute("SELECT current_schema()").fetchone()
    connection.rollback()
    if found[0] != schema:
        connection.close()
        raise OtherSchema


def _hurry(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see _begin
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "busy_timeout=5000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    driver: Any = (
        connection.connection.dbapi_connection
    )  # straight: SQLAlchemy takes longer to say it than SQLite to do it
    driver.execute("BEGIN" if connection.get_execution_options().get("reads") else "BEGIN IMMEDIATE")
