"""Rows that may be there already, in the way of each database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from compassbot.store.ready import Ready


def put_new(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is there. Return whether it is new."""
    return _put_new(connection.dialect.name, table, tuple(row)).first(connection, **row) is not None


def put_new_soon(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> Callable[[], bool]:
    """Do the same, and return what says whether it is new: on PostgreSQL it is best asked at the end."""
    if connection.dialect.name != "postgresql":
        new = put_new(connection, table, row)
        return lambda: new
    rows = _put_new(connection.dialect.name, table, tuple(row)).soon(connection, **row)
    return lambda: bool(rows())


def put(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or change the one with the same primary key."""
    _put(connection.dialect.name, table, tuple(row)).later(connection, **row)


def put_once(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """Insert a row unless its key is there, where nobody asks whether it is new."""
    _put_new(connection.dialect.name, table, tuple(row)).later(connection, **row)


@cache
def _put_new(dialect: str, table: sa.Table, columns: tuple[str, ...]) -> Ready:
    key = next(iter(table.primary_key))
    return Ready(_insert(dialect, table).on_conflict_do_nothing().returning(key), *columns)


@cache
def _put(dialect: str, table: sa.Table, columns: tuple[str, ...]) -> Ready:
    key = [column.name for column in table.primary_key]
    insert = _insert(dialect, table)
    rest = {name: insert.excluded[name] for name in columns if name not in key}
    if rest:
        return Ready(insert.on_conflict_do_update(index_elements=key, set_=rest), *columns)
    return Ready(insert.on_conflict_do_nothing(), *columns)


def _insert(dialect: str, table: sa.Table) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
