"""What must be sent: written in the transaction of the change it tells of, sent after its commit."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from cryptography.fernet import InvalidToken

from compassbot.store.settings import Settings
from compassbot.store.tables import messages, outbox
from compassbot.store.upsert import put
from compassbot.store.vault import Vault

log = structlog.get_logger()
KEY = "letters"
GIVEN_UP, UNSURE = "letters_given_up", "letters_unsure"
"""What is counted in the settings, from the first day on."""
LEASE = timedelta(seconds=60)
LONGEST_HELD = timedelta(days=7)
"""No letter is held for longer: one that seems to be was written while the clock was wrong."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a subject was posted: the place, the thread it is in ("" for none), the platform's own id."""

    chat: str
    place: str
    thread: str
    id: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to send. `kind` is post, update or write; `to` the place or person, or for an update "".

    `subject` names the message for later updates, `under` the subject whose thread it goes into. Once
    claimed, `there` is where its subject was posted, or for a post the message that it goes under.
    """

    kind: str
    chat: str
    to: str
    packed: str
    subject: str = ""
    under: str = ""
    id: int = 0
    attempts: int = 0
    failures: int = 0
    there: Posted | None = None


def _may_leave() -> sa.Select[Any]:
    now, wrong, lease = (sa.bindparam(name, type_=outbox.c.due_at.type) for name in ("now", "wrong", "lease"))
    due = sa.or_(outbox.c.due_at <= now, outbox.c.due_at > wrong)
    heads = sa.select(sa.func.min(outbox.c.id)).where(sa.or_(due, outbox.c.attempts > 0)).group_by(outbox.c.lane)
    until = outbox.c.claimed_until
    free = sa.or_(until.is_(None), until < now, until > lease)  # the last: claimed while the clock was wrong
    first = sa.select(outbox).where(outbox.c.id.in_(heads.scalar_subquery()), due, free).order_by(outbox.c.id)
    return first.limit(sa.bindparam("most", type_=sa.Integer)).with_for_update(skip_locked=True)


_MAY_LEAVE = _may_leave()
"""Built once: it is asked after every event."""


class Outbox:
    """Letters leave in order within a lane: a channel, or one person's direct messages."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        """Take the connection of the transaction, and its vault."""
        self._connection = connection
        self._vault = vault

    def put(self, letter: Letter, due_at: datetime) -> None:
        """Queue a letter. An update changes a letter on the same subject that still waits, and is not queued itself."""
        if letter.kind == "update" and self._fold(letter):
            return
        there = self.where(letter.subject) if letter.kind == "update" else None
        row = {
            "lane": self._lane(letter, there),
            "kind": letter.kind,
            "chat": letter.chat,
            "address": self._vault.seal(KEY, json.dumps(astuple(there)) if there else letter.to),
            "subject": letter.subject,
            "under": letter.under,
            "packed": letter.packed,
            "due_at": due_at,
        }
        self._connection.execute(sa.insert(outbox).values(**row))

    def claim(self, now: datetime, most: int = 10) -> list[Letter]:
        """Return what may be sent now, at most one letter a lane, and keep it from others for a minute.

        A letter that is tried again holds up its lane; one that is held for the morning does not. One whose
        address cannot be read is given up.
        """
        moments = {"now": now, "wrong": now + LONGEST_HELD, "lease": now + LEASE, "most": most}
        while rows := self._connection.execute(_MAY_LEAVE, moments).mappings().all():
            ids = [row["id"] for row in rows]
            self._connection.execute(sa.update(outbox).where(outbox.c.id.in_(ids)).values(claimed_until=now + LEASE))
            if letters := [letter for row in rows if (letter := self._readable(row))]:
                return letters
        return []

    def sent(self, letter: Letter, posted: Posted | None) -> None:
        """Forget a letter that has left, and remember where its subject is now, unless it was forgotten meanwhile."""
        gone = sa.delete(outbox).where(outbox.c.id == letter.id).returning(outbox.c.subject)
        subject = self._connection.execute(gone).scalar()
        if subject and posted:
            self.remember(subject, posted)

    def drop(self, letter: Letter) -> None:
        """Forget a letter."""
        self._connection.execute(sa.delete(outbox).where(outbox.c.id == letter.id))

    def give_up(self, letter: Letter) -> None:
        """Forget a letter that fails always, so that its lane goes on, and count it."""
        self.drop(letter)
        Settings(self._connection).count(GIVEN_UP)

    def take_back(self, subject: str) -> bool:
        """Forget the letters on a subject, and under it, that still wait. Return whether it was never posted."""
        about = sa.or_(outbox.c.subject == subject, outbox.c.under == subject)
        waiting = sa.and_(about, outbox.c.claimed_until.is_(None))
        first = sa.and_(waiting, outbox.c.subject == subject, outbox.c.kind != "update")
        unposted = self._connection.execute(sa.select(outbox.c.id).where(first)).first() is not None
        self._connection.execute(sa.delete(outbox).where(waiting))
        return unposted

    def release(self, now: datetime) -> None:
        """Let letters that were claimed be claimed again: who claimed them is no more.

        After a power cut an office's clock goes on from the last minute that it kept: what was due by then is due now.
        """
        self._connection.execute(sa.update(outbox).values(claimed_until=None))
        kept = sa.and_(outbox.c.due_at > now, outbox.c.due_at <= now + 2 * LEASE)
        self._connection.execute(sa.update(outbox).where(kept).values(due_at=now))

    def later(self, letter: Letter, due_at: datetime, *, failed: bool = False, unsure: bool = False) -> None:
        """Try a letter again, not before that moment: because it failed, perhaps arrived, or was asked to wait."""
        change = {"due_at": due_at, "claimed_until": None, "attempts": letter.attempts + 1}
        if failed:
            change["failures"] = letter.failures + 1
        if unsure:
            Settings(self._connection).count(UNSURE)
        self._connection.execute(sa.update(outbox).where(outbox.c.id == letter.id).values(**change))

    def next_due(self) -> datetime | None:
        """Return when the next letter may leave: not one that stands behind a letter that is tried again."""
        ahead = outbox.alias("ahead")
        held_up = sa.exists().where(ahead.c.lane == outbox.c.lane, ahead.c.id < outbox.c.id, ahead.c.attempts > 0)
        return self._connection.execute(sa.select(sa.func.min(outbox.c.due_at)).where(~held_up)).scalar()

    def waiting(self) -> int:
        """Return how many letters wait."""
        return self._connection.execute(sa.select(sa.func.count()).select_from(outbox)).scalar() or 0

    def counted(self) -> dict[str, int]:
        """Return how many letters were given up, and how often one was sent again that perhaps had arrived."""
        settings = Settings(self._connection)
        return {name: settings.number(name) for name in (GIVEN_UP, UNSURE)}

    def remember(self, subject: str, posted: Posted) -> None:
        """Remember where a subject was posted, sealed."""
        sealed = self._vault.seal(KEY, json.dumps(astuple(posted)))
        put(self._connection, messages, {"subject": subject, "sealed": sealed})

    def where(self, subject: str) -> Posted | None:
        """Return where a subject was posted, or None."""
        sealed = self._connection.execute(sa.select(messages.c.sealed).where(messages.c.subject == subject)).scalar()
        return Posted(*json.loads(self._vault.unseal(KEY, sealed))) if sealed else None

    def forget(self, subject: str) -> None:
        """Forget where a subject was posted, or will be; what waits for it still leaves."""
        self._connection.execute(sa.delete(messages).where(messages.c.subject == subject))
        self._connection.execute(sa.update(outbox).where(outbox.c.subject == subject).values(subject=""))

    def subjects(self, beginning: str) -> list[str]:
        """Return the subjects that begin so and were posted, or wait to be."""
        posted = sa.select(messages.c.subject).where(messages.c.subject.startswith(beginning, autoescape=True))
        waiting = sa.select(outbox.c.subject).where(outbox.c.subject.startswith(beginning, autoescape=True))
        return list(self._connection.execute(posted.union(waiting)).scalars())

    def known(self, subject: str) -> bool:
        """Return whether a subject was posted, or waits to be."""
        waiting = self._connection.execute(sa.select(outbox.c.id).where(outbox.c.subject == subject).limit(1))
        return self.where(subject) is not None or waiting.first() is not None

    def _fold(self, update: Letter) -> bool:
        """Change the last letter on a subject, unless it may have left already: then a chat would not take it again."""
        last = sa.select(sa.func.max(outbox.c.id)).where(outbox.c.subject == update.subject).scalar_subquery()
        fresh = sa.and_(outbox.c.id == last, outbox.c.claimed_until.is_(None), outbox.c.attempts == 0)
        return self._connection.execute(sa.update(outbox).where(fresh).values(packed=update.packed)).rowcount > 0

    def _lane(self, letter: Letter, there: Posted | None) -> str:
        if letter.kind == "update":
            known = self._connection.execute(
                sa.select(outbox.c.lane).where(outbox.c.subject == letter.subject).limit(1)
            ).scalar()
            return known or self._vault.hash(KEY, f"{letter.chat} {there.place if there else letter.to}")
        return self._vault.hash(KEY, f"{letter.chat} {letter.to}")

    def _readable(self, row: sa.RowMapping) -> Letter | None:
        try:
            return self._letter(row)
        except (InvalidToken, ValueError, TypeError):  # sealed with another key, or no address within
            log.error("letter given up", kind=row["kind"], chat=row["chat"], why="its address cannot be read")
            self._connection.execute(sa.delete(outbox).where(outbox.c.id == row["id"]))
            Settings(self._connection).count(GIVEN_UP)
            return None

    def _letter(self, row: sa.RowMapping) -> Letter:
        address = self._vault.unseal(KEY, row["address"])
        known = row["kind"] == "update" and address != ""
        about = row["subject"] if row["kind"] == "update" else row["under"]
        return Letter(
            kind=row["kind"],
            chat=row["chat"],
            to="" if known else address,
            packed=row["packed"],
            subject=row["subject"],
            under=row["under"],
            id=row["id"],
            attempts=row["attempts"],
            failures=row["failures"],
            there=Posted(*json.loads(address)) if known else self.where(about) if about else None,
        )
