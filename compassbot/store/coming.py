"""What events that come will ask first, asked for all of them at once: a trip to PostgreSQL takes longer than its question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from compassbot.store import people, seen
from compassbot.store.books import Books


@dataclass(frozen=True, slots=True)
class Coming:
    """An event that will be handled: its id, who it is from, and when it is handled."""

    event: str
    person: str
    at: datetime


class Expected:
    """Events that are handled in one transaction."""

    def __init__(self, coming: Sequence[Coming]) -> None:
        """Take the events."""
        self._coming = coming
        self._tell: Callable[[Books], None] | None = None

    def ask(self, connection: sa.Connection) -> None:
        """Ask on PostgreSQL, along with the next question there: which events are new, and what their people told."""
        self._tell = None
        if not self._coming or connection.dialect.name != "postgresql":
            return
        events = {each.event for each in self._coming if each.event}
        new = seen.note(connection, events, self._coming[0].at)
        told = people.ask(connection, {each.person for each in self._coming})

        def tell(books: Books) -> None:
            books.seen.noted(events, new())
            books.people.told(told())

        self._tell = tell

    def tell(self, books: Books) -> None:
        """Let the books of that transaction know the answers."""
        if self._tell:
            self._tell(books)
