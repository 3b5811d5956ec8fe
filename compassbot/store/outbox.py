"""What must be sent: written in the transaction of the change it tells of, sent after its commit."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from compassbot.store.tables import messages, outbox
from compassbot.store.upsert import put
from compassbot.store.vault import Vault

KEY = "letters"
LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to send. `kind` is post, update or write; `to` the place or person, or for an update "".

    `subject` names the message for later updates, `under` the subject whose thread it goes into.
    """

    kind: str
    chat: str
    to: str
    packed: str
    subject: str = ""
    under: str = ""
    id: int = 0
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a subject was posted: the place, the thread it is in ("" for none), the platform's own id."""

    chat: str
    place: str
    thread: str
    id: str


class Outbox:
    """Letters leave in order within a lane: a channel, or one person's direct messages."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        """Take the connection of the transaction, and its vault."""
        self._connection = connection
        self._vault = vault

    def put(self, letter: Letter, due_at: datetime) -> None:
        """Queue a letter. An update takes the place of one of the same subject that still waits."""
        if letter.kind == "update":
            waiting = sa.and_(outbox.c.kind == "update", outbox.c.subject == letter.subject)
            self._connection.execute(sa.delete(outbox).where(waiting, outbox.c.claimed_until.is_(None)))
        row = {
            "lane": self._lane(letter),
            "kind": letter.kind,
            "chat": letter.chat,
            "address": self._vault.seal(KEY, letter.to),
            "subject": letter.subject,
            "under": letter.under,
            "packed": letter.packed,
            "due_at": due_at,
        }
        self._connection.execute(sa.insert(outbox).values(**row))

    def claim(self, now: datetime, most: int = 10) -> list[Letter]:
        """Return what may be sent now, at most one letter a lane, and keep it from others for a minute."""
        first = sa.select(sa.func.min(outbox.c.id)).group_by(outbox.c.lane).scalar_subquery()
        free = sa.or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until < now)
        query = sa.select(outbox).where(outbox.c.id.in_(first), outbox.c.due_at <= now, free).limit(most)
        rows = self._connection.execute(query.order_by(outbox.c.id).with_for_update(skip_locked=True)).mappings().all()
        ids = [row["id"] for row in rows]
        self._connection.execute(sa.update(outbox).where(outbox.c.id.in_(ids)).values(claimed_until=now + LEASE))
        return [
            Letter(
                kind=row["kind"],
                chat=row["chat"],
                to=self._vault.unseal(KEY, row["address"]),
                packed=row["packed"],
                subject=row["subject"],
                under=row["under"],
                id=row["id"],
                attempts=row["attempts"],
            )
            for row in rows
        ]

    def sent(self, letter: Letter, posted: Posted | None) -> None:
        """Forget a letter that has left, and remember where its subject is now."""
        self.drop(letter)
        if letter.subject and posted:
            self.remember(letter.subject, posted)

    def drop(self, letter: Letter) -> None:
        """Forget a letter."""
        self._connection.execute(sa.delete(outbox).where(outbox.c.id == letter.id))

    def later(self, letter: Letter, due_at: datetime) -> None:
        """Try a letter again, not before that moment."""
        change = {"due_at": due_at, "claimed_until": None, "attempts": letter.attempts + 1}
        self._connection.execute(sa.update(outbox).where(outbox.c.id == letter.id).values(**change))

    def next_due(self) -> datetime | None:
        """Return when the next letter may leave."""
        return self._connection.execute(sa.select(sa.func.min(outbox.c.due_at))).scalar()

    def waiting(self) -> int:
        """Return how many letters wait."""
        return self._connection.execute(sa.select(sa.func.count()).select_from(outbox)).scalar() or 0

    def remember(self, subject: str, posted: Posted) -> None:
        """Remember where a subject was posted, sealed."""
        sealed = self._vault.seal(KEY, json.dumps([posted.chat, posted.place, posted.thread, posted.id]))
        put(self._connection, messages, {"subject": subject, "sealed": sealed})

    def where(self, subject: str) -> Posted | None:
        """Return where a subject was posted, or None."""
        sealed = self._connection.execute(sa.select(messages.c.sealed).where(messages.c.subject == subject)).scalar()
        return Posted(*json.loads(self._vault.unseal(KEY, sealed))) if sealed else None

    def forget(self, subject: str) -> None:
        """Forget where a subject was posted."""
        self._connection.execute(sa.delete(messages).where(messages.c.subject == subject))

    def _lane(self, letter: Letter) -> str:
        if letter.kind == "update":
            known = self._connection.execute(
                sa.select(outbox.c.lane).where(outbox.c.subject == letter.subject).limit(1)
            ).scalar()
            posted = self.where(letter.subject)
            return known or self._vault.hash(KEY, f"{letter.chat} {posted.place if posted else letter.to}")
        return self._vault.hash(KEY, f"{letter.chat} {letter.to}")
