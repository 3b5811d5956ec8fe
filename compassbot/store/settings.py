"""What the organisation chose, a JSON value by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from compassbot.store import tables
from compassbot.store.ready import Ready
from compassbot.store.upsert import put, put_new

_ALL = Ready(sa.select(tables.settings.c.name, tables.settings.c.value))
_ONE = sa.select(tables.settings.c.value).where(tables.settings.c.name == sa.bindparam("name"))
_NUMBER, _HELD = Ready(_ONE), Ready(_ONE.with_for_update())


class Settings:
    """Names and values; what they mean is said in conversations/organisation.py."""

    def __init__(self, connection: sa.Connection) -> None:
        """Take the connection of the transaction."""
        self._connection = connection
        self._read: Mapping[str, Any] | None = None

    def all(self) -> Mapping[str, Any]:
        """Return all that was chosen: asked once in a transaction."""
        if self._read is None:
            self._read = {row[0]: row[1] for row in _ALL.rows(self._connection)}
        return self._read

    def set(self, name: str, value: Any) -> None:
        """Keep a value that JSON can hold."""
        self._read = None
        put(self._connection, tables.settings, {"name": name, "value": value})

    def begin(self, name: str, value: Any) -> bool:
        """Keep a value unless there is one under that name. Return whether it is new: once, however many try."""
        self._read = None
        return put_new(self._connection, tables.settings, {"name": name, "value": value})

    def count(self, name: str) -> None:
        """Add one to a number; processes that count at the same time wait for each other."""
        put_new(self._connection, tables.settings, {"name": name, "value": 0})
        self.set(name, int(_HELD.scalar(self._connection, name=name) or 0) + 1)

    def number(self, name: str) -> int:
        """Return what was counted under a name, or 0."""
        return int(_NUMBER.scalar(self._connection, name=name) or 0)
