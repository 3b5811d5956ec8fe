"""What the organisation chose, a JSON value by name."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from compassbot.store import tables
from compassbot.store.upsert import put


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
