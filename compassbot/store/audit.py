"""What administrators, facilitators and managers did with their rights (BIO2)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from compassbot.store.tables import audit


class Audit:
    """A list that only grows, until its term. The actor is a role: dilemmas stand here too."""

    def __init__(self, connection: sa.Connection) -> None:
        """Take the connection of the transaction."""
        self._connection = connection

    def note(self, now: datetime, actor: str, action: str, what: str, result: str = "done") -> None:
        """Write down who (by role), did what, to what, with which result."""
        row = {"at": now, "actor": actor, "action": action, "object": what, "result": result}
        self._connection.execute(sa.insert(audit).values(**row))

    def forget(self, before: datetime) -> None:
        """Delete what is past the security period."""
        self._connection.execute(sa.delete(audit).where(audit.c.at < before))
