"""What recurs, and what became of it, step by step."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from compassbot.store.tables import signal_steps, signals
from compassbot.store.upsert import put_new


class Signals:
    """One signal a theme."""

    def __init__(self, connection: sa.Connection) -> None:
        """Take the connection of the transaction."""
        self._connection = connection

    def receive(self, theme: str, week: str) -> None:
        """Open a signal on a theme, unless there is one."""
        row = {"id": secrets.token_hex(6), "theme": theme, "state": "received", "since_week": week}
        put_new(self._connection, signals, row)

    def all(self) -> list[dict[str, Any]]:
        """Return the signals as rows: id, theme, state, reason, owner, since_week."""
        rows = self._connection.execute(sa.select(signals).order_by(signals.c.since_week, signals.c.theme))
        return [dict(row) for row in rows.mappings()]

    def get(self, id: str) -> dict[str, Any] | None:
        """Return one signal as a row, or None."""
        row = self._connection.execute(sa.select(signals).where(signals.c.id == id)).mappings().first()
        return dict(row) if row else None

    def step(self, id: str, state: str, reason: str, owner: str, week: str, now: datetime) -> None:
        """Move a signal, and keep the step in its history."""
        change = {"state": state, "reason": reason, "owner": owner, "since_week": week}
        self._connection.execute(sa.update(signals).where(signals.c.id == id).values(**change))
        row = {"signal": id, "state": state, "reason": reason, "owner": owner, "at": now}
        self._connection.execute(sa.insert(signal_steps).values(**row))
