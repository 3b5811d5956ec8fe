"""Asks PostgreSQL a prepared statement on psycopg's own connection, and past its cursor.

The cursor reads the statement, looks up whether it was prepared, and waits in Python, every time anew: that takes longer
than PostgreSQL's answer. Writing parameters, reading rows, transactions and errors are psycopg's all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Connection, errors, pq
from psycopg.abc import Transformer
from psycopg.adapt import PyFormat
from psycopg.adapt import Transformer as Adapts

Row = tuple[Any, ...]
_FINE = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)


class Line:
    """One connection, and what was prepared on it. One statement at a time, as on any connection."""

    def __init__(self, connection: Connection[Any]) -> None:
        """Take a connection that does not commit by itself."""
        self._driver = connection.pgconn
        self._adapts: Transformer = Adapts(connection)
        self._prepared: dict[str, bytes] = {}

    def execute(self, sql: str, values: Sequence[Any]) -> Asked:
        """Return what came of a statement with parameters $1, $2, ... Raises psycopg's errors."""
        if self._driver.transaction_status == pq.TransactionStatus.IDLE:
            self._fine(self._driver.exec_(b"BEGIN"))
        name = self._prepared.get(sql) or self._prepare(sql)
        written: Any = self._adapts.dump_sequence(values, [PyFormat.TEXT] * len(values))
        return Asked(self._fine(self._driver.exec_prepared(name, written)), self._adapts)

    def _prepare(self, sql: str) -> bytes:
        name = f"ready{len(self._prepared)}".encode()
        self._fine(self._driver.prepare(name, sql.encode()))
        self._prepared[sql] = name
        return name

    def _fine(self, result: pq.abc.PGresult) -> pq.abc.PGresult:
        if result.status not in _FINE:
            raise errors.error_from_result(result)
        return result


class Asked:
    """What came of one statement, with what Ready asks of a cursor."""

    def __init__(self, result: pq.abc.PGresult, adapts: Transformer) -> None:
        """Take the result, and what reads it."""
        self._result = result
        self._adapts = adapts

    @property
    def rowcount(self) -> int:
        """Return how many rows were changed or found."""
        return self._result.command_tuples or 0

    def fetchall(self) -> list[Row]:
        """Return all rows."""
        self._adapts.set_pgresult(self._result)
        return self._adapts.load_rows(0, self._result.ntuples, tuple)
