"""Which events were handled: a platform that delivers one again does no harm."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from compassbot.store.ready import Ready, Row
from compassbot.store.tables import seen
from compassbot.store.upsert import put_new

_NOT_SEEN = Ready(sa.delete(seen).where(seen.c.event == sa.bindparam("event")))
_ALL = sa.func.unnest(sa.bindparam("events", type_=postgresql.ARRAY(sa.String)))
_ROWS = sa.select(_ALL, sa.bindparam("at", type_=seen.c.at.type))
_NEW = Ready(
    postgresql.insert(seen).from_select(["event", "at"], _ROWS).on_conflict_do_nothing().returning(seen.c.event)
)


def note(connection: sa.Connection, events: Collection[str], now: datetime) -> Callable[[], list[str]]:
    """Note events along with the next question to PostgreSQL. Return what returns those that are new."""
    rows = _NEW.soon(connection, events=list(events), at=_day(now)) if events else list[Row]
    return lambda: [row[0] for row in rows()]


class Seen:
    """The events that were handled, each with its day. The moment would tell which message it became."""

    def __init__(self, connection: sa.Connection) -> None:
        """Take the connection of the transaction."""
        self._connection = connection
        self._noted: set[str] = set()
        self._new: set[str] = set()

    def noted(self, events: Collection[str], new: Collection[str]) -> None:
        """Take in that these events were noted in this transaction, of which some are new: each will be handled in it."""
        self._noted.update(events)
        self._new.update(new)

    def first_time(self, event: str, now: datetime) -> bool:
        """Return whether this event was not handled before, and note that it is now. "" always is the first."""
        if event in self._noted:
            new = event in self._new
            self._new.discard(event)
            return new
        return not event or put_new(self._connection, seen, {"event": event, "at": _day(now)})

    def not_seen(self, event: str) -> None:
        """Let an event count as new when it comes again."""
        self._noted.discard(event)
        _NOT_SEEN.later(self._connection, event=event)

    def forget(self, before: datetime) -> None:
        """Forget events so old that no platform delivers them again."""
        self._connection.execute(sa.delete(seen).where(seen.c.at < before))


def _day(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
