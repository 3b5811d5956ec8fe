"""What the organisation chose, a JSON value by name."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from compassbot.store import tables
from compassbot.store.upsert import put, put_new


class Settings:
    """Names and values; what they mean is said in conversations/organisation.py."""

    def __init__(self, connection: sa.Connection) -> None:
        """Take the connection of the transaction."""
        self._connection = connection

    def all(self) -> dict[str, Any]:
        """Return all that was chosen."""
        rows = self._connection.execute(sa.select(tables.settings.c.name, tables.settings.c.value))
        return {row.name: row.value for row in rows}

    def set(self, name: str, value: Any) -> None:
        """Keep a value that JSON can hold."""
        put(self._connection, tables.settings, {"name": name, "value": value})

    def count(self, name: str) -> None:
        """Add one to a number; processes that count at the same time wait for each other."""
        put_new(self._connection, tables.settings, {"name": name, "value": 0})
        mine = tables.settings.c.name == name
        value = self._connection.execute(sa.select(tables.settings.c.value).where(mine).with_for_update()).scalar()
        self.set(name, int(value or 0) + 1)

    def number(self, name: str) -> int:
        """Return what was counted under a name, or 0."""
        query = sa.select(tables.settings.c.value).where(tables.settings.c.name == name)
        return int(self._connection.execute(query).scalar() or 0)
