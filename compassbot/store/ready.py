"""Statements that nearly every event asks: built and compiled once, and then put straight to the driver.

SQLAlchemy spends ten times what SQLite does on a small query: on building it, on its own cursor, on its own rows. None
of that changes from one press to the next. The statement is still written in SQLAlchemy, so that each database gets
its own dialect and each column its own type.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError

Row = tuple[Any, ...]
PAUSE = "pause"
"""The seconds that a connection waits before each question, in its `info`: others compute meanwhile."""
Convert = Callable[[Any], Any]


class Ready:
    """A statement with named parameters: `Ready(select(...).where(people.c.person == bindparam("person")))`."""

    def __init__(self, statement: Any, *columns: str) -> None:
        """Take a statement, and for an insert or update the columns it sets, each a parameter by its own name."""
        self._statement = statement
        self._columns = columns
        self._plans: dict[str, _Plan] = {}

    def rows(self, connection: sa.Connection, **values: Any) -> list[Row]:
        """Return all rows, as tuples in the order of the columns."""
        plan, cursor = self._put(connection, values)
        found: list[Row] = cursor.fetchall()
        return [plan.read(row) for row in found] if plan.readers else found

    def first(self, connection: sa.Connection, **values: Any) -> Row | None:
        """Return the first row, or None."""
        found = self.rows(connection, **values)
        return found[0] if found else None

    def scalar(self, connection: sa.Connection, **values: Any) -> Any:
        """Return the first column of the first row, or None."""
        found = self.rows(connection, **values)
        return found[0][0] if found else None

    def scalars(self, connection: sa.Connection, **values: Any) -> list[Any]:
        """Return the first column of all rows."""
        return [row[0] for row in self.rows(connection, **values)]

    def change(self, connection: sa.Connection, **values: Any) -> int:
        """Return how many rows were changed."""
        return int(self._put(connection, values)[1].rowcount)

    def soon(self, connection: sa.Connection, **values: Any) -> Callable[[], list[Row]]:
        """Ask along with the next question to PostgreSQL, and return what returns the rows. SQLite is asked then."""
        if connection.dialect.name != "postgresql":
            return lambda: self.rows(connection, **values)
        plan, asked = self._put(connection, values, later=True)

        def rows() -> list[Row]:
            flush(connection)
            found: list[Row] = asked.fetchall()
            return [plan.read(row) for row in found] if plan.readers else found

        return rows

    def later(self, connection: sa.Connection, **values: Any) -> None:
        """Change rows, without an answer: PostgreSQL is told along with the next question. An error is raised then."""
        self._put(connection, values, later=True)

    def _put(self, connection: sa.Connection, values: dict[str, Any], *, later: bool = False) -> tuple[_Plan, Any]:
        dialect = connection.dialect
        plan = self._plans.get(dialect.name)
        if plan is None:
            plan = self._plans[dialect.name] = _plan(self._statement, self._columns, dialect)
        driver = driver_of(connection)
        if PAUSE in connection.info:
            time.sleep(connection.info[PAUSE])
        ask = driver.later if later and dialect.name == "postgresql" else driver.execute
        try:
            return plan, ask(plan.sql, plan.parameters(values))
        except dialect.loaded_dbapi.Error as fault:
            raise told(fault, connection, plan.sql) from fault


@dataclass(frozen=True, slots=True)
class _Plan:
    """A statement in the words of one database."""

    sql: str
    order: Sequence[str]
    given: dict[str, Any]
    """What the statement itself holds: values that never change."""
    writers: Sequence[tuple[str, Convert]]
    readers: Sequence[tuple[int, Convert]]

    def parameters(self, values: dict[str, Any]) -> Any:
        """Return the parameters in their order, as the driver takes them."""
        values = {**self.given, **values} if self.given else values
        for name, write in self.writers:
            values[name] = write(values[name])
        return [values[name] for name in self.order]

    def read(self, row: Row) -> Row:
        """Return a row with each column as its type has it."""
        changed = list(row)
        for place, convert in self.readers:
            changed[place] = convert(changed[place])
        return tuple(changed)


def driver_of(connection: sa.Connection) -> Any:
    """Return what takes a statement and its parameters: SQLite's own connection, or a line to PostgreSQL."""
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "postgresql":
        return driver
    if "line" not in connection.info:
        from compassbot.store.libpq import Line

        connection.info["line"] = Line(driver)
    return connection.info["line"]


def flush(connection: sa.Connection) -> None:
    """Let go what waits for the next trip to PostgreSQL. Raises its error, if any."""
    line = connection.info.get("line")
    if line:
        try:
            line.flush()
        except line.errors as fault:
            raise told(fault, connection) from fault


def _plan(statement: Any, columns: Sequence[str], dialect: sa.Dialect) -> _Plan:
    in_order = PGDialect_psycopg(paramstyle="numeric_dollar") if dialect.name == "postgresql" else dialect
    compiled = statement.compile(dialect=in_order, column_keys=list(columns) or None)
    assert not getattr(compiled, "insert_prefetch", ()), "name each column that has a default: nobody fills it in here"
    writes = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
    returned = getattr(statement, "exported_columns", ())
    reads = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in returned]
    return _Plan(
        sql=str(compiled),
        order=list(compiled.positiontup),
        given={name: value for name, value in compiled.params.items() if value is not None},
        writers=[(name, write) for name, write in writes.items() if write],
        readers=[(place, read) for place, read in enumerate(reads) if read],
    )


def told(fault: Exception, connection: sa.Connection, sql: str = "") -> BaseException:
    """Return the error as SQLAlchemy has it: with the statement, and never what was being kept."""
    kind: Any = connection.dialect.loaded_dbapi.Error
    failed: str = getattr(driver_of(connection), "failed", "") or sql
    return DBAPIError.instance(failed, None, fault, kind, hide_parameters=True, dialect=connection.dialect)
