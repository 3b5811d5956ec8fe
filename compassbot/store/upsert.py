"""Rows that may be there already, in the way of each database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def put_new(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is there. Return whether it is new."""
    insert = _insert(connection, table).values(**row).on_conflict_do_nothing()
    key = next(iter(table.primary_key))
    return connection.execute(insert.returning(key)).first() is not None


def put(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or change the one with the same primary key."""
    key = [column.name for column in table.primary_key]
    insert = _insert(connection, table).values(**row)
    rest = {name: insert.excluded[name] for name in row if name not in key}
    statement = insert.on_conflict_do_update(index_elements=key, set_=rest) if rest else insert.on_conflict_do_nothing()
    connection.execute(statement)


def _insert(connection: sa.Connection, table: sa.Table) -> Any:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
