"""Asks PostgreSQL prepared statements on psycopg's own connection, past its cursor, and goes on while it answers.

The cursor reads the statement, looks up whether it was prepared, and waits in Python, every time anew: that takes longer
than PostgreSQL's answer. And to wait for an answer takes longer than most statements: so all is sent at once, and waited for
only where an answer is needed. Writing parameters, reading rows and errors are psycopg's all the same.
"""

from __future__ import annotations

import select
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from psycopg import Connection, errors, pq
from psycopg.abc import Transformer
from psycopg.adapt import PyFormat
from psycopg.adapt import Transformer as Adapts

Row = tuple[Any, ...]
Result = pq.abc.PGresult
AT_ONCE, FULL = 6, 100
"""How many statements are sent together, and after how many we wait for PostgreSQL at the latest."""
_FINE = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
_BEGIN, _COMMIT = "BEGIN", "COMMIT"


class Line:
    """One connection, what was prepared on it, and what was sent and has no answer yet. All is done in order."""

    errors = errors.Error

    def __init__(self, connection: Connection[Any]) -> None:
        """Take a connection that does not commit by itself."""
        self._driver = connection.pgconn
        self._adapts: Transformer = Adapts(connection)
        self._prepared: dict[str, bytes] = {}
        self._waiting: list[Asked] = []
        self.failed = ""
        """The statement that failed last: it may have been sent before the one that was asked."""

    def execute(self, sql: str, values: Sequence[Any]) -> Asked:
        """Return what came of a statement with parameters $1, $2, ... Raises psycopg's errors."""
        asked = self.later(sql, values)
        self.flush()
        return asked

    def later(self, sql: str, values: Sequence[Any]) -> Asked:
        """Send a statement. What came of it is there when it is asked for; an error is raised at the next answer."""
        if sql != _BEGIN and self._driver.transaction_status == pq.TransactionStatus.IDLE:
            self._fine(_BEGIN, self._driver.exec_(_BEGIN.encode()))
        if sql not in self._prepared:
            self.flush()
            self._prepare(sql)
        if len(self._waiting) >= FULL:
            self.flush()
        return self._send(Asked(self, sql, self._adapts.dump_sequence(values, [PyFormat.TEXT] * len(values))))

    def say(self, sql: str) -> None:
        """Say statements without parameters. Raises psycopg's errors."""
        self.flush()
        self._fine(sql, self._driver.exec_(sql.encode()))

    def commit(self) -> bool:
        """Commit all. Return False when it was undone instead: an error had spoilt the transaction."""
        last = self._send(Asked(self, _COMMIT, ()))
        self.flush()
        return last.result.command_status == _COMMIT.encode()

    def flush(self) -> None:
        """Wait for all that was sent. Raises psycopg's errors."""
        if not self._waiting:
            return
        going, self._waiting = self._waiting, []
        try:
            results = self._results(len(going))
        finally:
            self._leave()
        for asked, result in zip(going, results, strict=True):
            asked.came = self._fine(asked.sql, result)  # the first that failed; those after it were not done

    def read(self, result: Result) -> list[Row]:
        """Return the rows of a result."""
        self._adapts.set_pgresult(result)
        return self._adapts.load_rows(0, result.ntuples, tuple)

    def drop(self) -> None:
        """Forget what came of all that was sent: its transaction is undone."""
        with suppress(errors.Error):
            self.flush()

    def _prepare(self, sql: str) -> None:
        name = f"ready{len(self._prepared)}".encode()
        self._fine(sql, self._driver.prepare(name, sql.encode()))
        self._prepared[sql] = name

    def _send(self, asked: Asked) -> Asked:
        """Send a statement; PostgreSQL does it while we go on."""
        driver = self._driver
        if not self._waiting:
            driver.enter_pipeline_mode()
        self._waiting.append(asked)
        if asked.sql == _COMMIT:
            driver.send_query_params(_COMMIT.encode(), None)
        else:
            driver.send_query_prepared(self._prepared[asked.sql], asked.written)
        if len(self._waiting) % AT_ONCE == 0:
            driver.flush()
        return asked

    def _results(self, many: int) -> list[Result]:
        driver = self._driver
        driver.pipeline_sync()
        while driver.flush():
            self._wait(select.POLLIN | select.POLLOUT)
        results = [self._result() for _ in range(many)]
        self._next()  # the end of the pipeline
        return results

    def _leave(self) -> None:
        if self._driver.status == pq.ConnStatus.OK:
            self._driver.exit_pipeline_mode()

    def _result(self) -> Result:
        result = self._next()
        self._next()  # the end of this statement
        if result is None:
            raise errors.OperationalError("the connection was lost")
        return result

    def _next(self) -> Result | None:
        while self._driver.is_busy():  # to wait for a result itself would keep all other threads waiting
            self._wait(select.POLLIN)
        return self._driver.get_result()

    def _wait(self, what: int) -> None:
        poll = select.poll()
        poll.register(self._driver.socket, what)
        poll.poll()
        self._driver.consume_input()

    def _fine(self, sql: str, result: Result) -> Result:
        if result.status not in _FINE:
            self.failed = sql
            raise errors.error_from_result(result)
        return result


class Asked:
    """One statement and what came of it, with what Ready asks of a cursor."""

    __slots__ = ("_line", "came", "sql", "written")

    def __init__(self, line: Line, sql: str, written: Any) -> None:
        """Take the line that it goes by, and its parameters as they are sent."""
        self._line = line
        self.sql = sql
        self.written = written
        self.came: Result | None = None

    @property
    def result(self) -> Result:
        """Return what came of it, after its trip. Raises psycopg's errors."""
        if self.came is None:
            self._line.flush()
        assert self.came is not None, "its transaction was undone"
        return self.came

    @property
    def rowcount(self) -> int:
        """Return how many rows were changed or found."""
        return self.result.command_tuples or 0

    def fetchall(self) -> list[Row]:
        """Return all rows."""
        return self._line.read(self.result)
