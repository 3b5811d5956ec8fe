"""All that is kept, in one transaction: `books.dilemmas.get(id)`, `books.outbox.put(...)`."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
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
from compassbot.store.seen import Seen
from compassbot.store.settings import Settings
from compassbot.store.signals import Signals
from compassbot.store.vault import Locks, Vault
from compassbot.store.web_messages import WebMessages


class Books:
    """One room for each kind of thing, all writing in the same transaction.

    In a transaction nobody else writes. So a room may remember what it read until it changes that itself. Where nobody
    else wrote in between, the next transaction goes on with the same books.
    """

    def __init__(self, connection: sa.Connection, locks: Locks) -> None:
        """Take the connection of the transaction, and what opens the keys of the vault."""
        self.connection = connection
        self._locks = locks
        self._at_end: list[Callable[[], None]] = []
        self._stirred = False
        self.vault = Vault(connection, locks)

    def anew(self) -> Books:
        """Return books for the same transaction that have read nothing yet."""
        return Books(self.connection, self._locks)

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
        return Outbox(self.connection, self.vault, self.settings)

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

    @cached_property
    def seen(self) -> Seen:
        """Which events were handled."""
        return Seen(self.connection)

    def first_time(self, event: str, now: datetime) -> bool:
        """Return whether this event was not handled before, and note that it is now. "" always is the first."""
        return self.seen.first_time(event, now)

    def not_seen(self, event: str) -> None:
        """Let an event count as new when it comes again."""
        self.seen.not_seen(event)

    def forget_seen(self, before: datetime) -> None:
        """Forget events so old that no platform delivers them again."""
        self.seen.forget(before)

    def at_end(self, do: Callable[[], None]) -> None:
        """Do this once all work of this transaction is done: by then PostgreSQL has answered what was asked soon."""
        self._at_end.append(do)

    def finish(self) -> None:
        """Do what is left for the end of the transaction."""
        doing, self._at_end = self._at_end, []
        for do in doing:
            do()
        self.outbox.finish()

    def stirs(self) -> bool:
        """Return whether something may leave that did not wait to when this was asked before."""
        self._look()
        stirred, self._stirred = self._stirred, False
        return stirred

    def _look(self) -> None:
        outbox: Outbox | None = vars(self).get("outbox")
        if outbox:
            self._stirred, outbox.stirred = self._stirred or outbox.stirred, False

    @contextmanager
    def trying(self) -> Generator[None]:
        """Undo what is done within when it raises."""
        self.finish()
        try:
            with self.connection.begin_nested():
                yield
                self.finish()
        except BaseException:
            self._forget()  # what was read may have been undone
            raise

    def _forget(self) -> None:
        self._look()
        self._at_end.clear()
        for room in set(vars(self)) & _ROOMS:
            del vars(self)[room]
        self.vault = Vault(self.connection, self._locks)


_ROOMS = {name for name, room in vars(Books).items() if isinstance(room, cached_property)}
