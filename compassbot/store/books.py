"""All that is kept, in one transaction: `books.dilemmas.get(id)`, `books.outbox.put(...)`."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property

import sqlalchemy as sa

from compassbot.store.answers import Answers
from compassbot.store.audit import Audit
from compassbot.store.digests import Digests
from compassbot.store.dilemmas import Dilemmas
from compassbot.store.drafts import Drafts
from compassbot.store.findings import Findings
from compassbot.store.installations import Installations
from compassbot.store.outbox import Outbox
from compassbot.store.people import People
from compassbot.store.ready import Ready
from compassbot.store.settings import Settings
from compassbot.store.signals import Signals
from compassbot.store.tables import seen
from compassbot.store.upsert import put_new
from compassbot.store.vault import Locks, Vault
from compassbot.store.web_messages import WebMessages

_NOT_SEEN = Ready(sa.delete(seen).where(seen.c.event == sa.bindparam("event")))


class Books:
    """One room for each kind of thing, all writing in the same transaction."""

    def __init__(self, connection: sa.Connection, locks: Locks) -> None:
        """Take the connection of the transaction, and what opens the keys of the vault."""
        self.connection = connection
        self.vault = Vault(connection, locks)

    @cached_property
    def dilemmas(self) -> Dilemmas:
        """What was put to colleagues."""
        return Dilemmas(self.connection, self.vault)

    @cached_property
    def answers(self) -> Answers:
        """What people answered, each once a round."""
        return Answers(self.connection, self.vault)

    @cached_property
    def findings(self) -> Findings:
        """What was learned, and agreed."""
        return Findings(self.connection, self.vault)

    @cached_property
    def signals(self) -> Signals:
        """What recurs, and what became of it."""
        return Signals(self.connection)

    @cached_property
    def digests(self) -> Digests:
        """What was published."""
        return Digests(self.connection)

    @cached_property
    def people(self) -> People:
        """Roles and preferences."""
        return People(self.connection)

    @cached_property
    def settings(self) -> Settings:
        """What the organisation chose."""
        return Settings(self.connection)

    @cached_property
    def drafts(self) -> Drafts:
        """What people were typing."""
        return Drafts(self.connection, self.vault)

    @cached_property
    def outbox(self) -> Outbox:
        """What must be sent."""
        return Outbox(self.connection, self.vault)

    @cached_property
    def audit(self) -> Audit:
        """What was done with special rights."""
        return Audit(self.connection)

    @cached_property
    def web(self) -> WebMessages:
        """The web chat's own messages."""
        return WebMessages(self.connection, self.vault)

    @cached_property
    def installations(self) -> Installations:
        """The workspaces that installed the app; only in the main database."""
        return Installations(self.connection, self.vault)

    def first_time(self, event: str, now: datetime) -> bool:
        """Return whether this event was not handled before, and note that it is now. "" always is the first.

        Only its day is kept: the moment would tell which message it became.
        """
        day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return not event or put_new(self.connection, seen, {"event": event, "at": day})

    def not_seen(self, event: str) -> None:
        """Let an event count as new when it comes again."""
        _NOT_SEEN.change(self.connection, event=event)

    def forget_seen(self, before: datetime) -> None:
        """Forget events so old that no platform delivers them again."""
        self.connection.execute(sa.delete(seen).where(seen.c.at < before))
