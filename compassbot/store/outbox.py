"""What must be sent: written in the transaction of the change it tells of, sent after its commit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from cryptography.fernet import InvalidToken

from compassbot.store import lanes
from compassbot.store.lanes import LEASE, LONGEST_HELD, Resting
from compassbot.store.ready import Ready
from compassbot.store.settings import Settings
from compassbot.store.tables import messages, outbox, rests
from compassbot.store.upsert import put
from compassbot.store.vault import Vault

log = structlog.get_logger()
KEY = "letters"
GIVEN_UP, UNSURE = "letters_given_up", "letters_unsure"
"""What is counted in the settings, from the first day on."""
TO_BE_MADE = ""
"""Packed in place of a card that is made when it leaves."""
AGO = timedelta(minutes=2)
"""How far an office's clock may be set back by a power cut, at most: it is kept each minute."""


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
    claimed, `there` is where its subject was posted, or for a post the message that it goes under. `trouble`
    is the code of what keeps it from leaving until somebody mends that.
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
    lane: str = ""
    trouble: str = ""


_WHERE = Ready(sa.select(messages.c.sealed).where(messages.c.subject == sa.bindparam("subject")))
_GONE = Ready(sa.delete(outbox).where(outbox.c.id == sa.bindparam("id")).returning(outbox.c.subject))
_LANE = Ready(sa.select(outbox.c.lane).where(outbox.c.subject == sa.bindparam("subject")).limit(1))
_COLUMNS = ("lane", "kind", "chat", "address", "subject", "under", "packed", "due_at", "attempts")
_PUT = Ready(sa.insert(outbox), *_COLUMNS)


def _folding() -> sa.Update:
    """Return the change of the last letter on a subject, unless that may have left already."""
    other = outbox.alias("other")
    last = sa.select(sa.func.max(other.c.id)).where(other.c.subject == sa.bindparam("about")).scalar_subquery()
    fresh = sa.and_(outbox.c.id == last, outbox.c.claimed_until.is_(None), outbox.c.attempts == 0)
    return sa.update(outbox).where(fresh).returning(outbox.c.id)


_FOLD = Ready(_folding(), "packed")


class Outbox:
    """Letters leave in order within a lane: a channel, or one person's direct messages."""

    def __init__(self, connection: sa.Connection, vault: Vault, settings: Settings) -> None:
        """Take the connection of the transaction, its vault, and the settings in which it counts."""
        self._connection = connection
        self._vault = vault
        self._settings = settings
        self._anew: dict[str, tuple[str, datetime]] = {}
        self._to_be_made: set[str] = set()
        """Subjects of which a card waits to be made anew, as far as we know: to ask for it again changes nothing."""
        self.stirred = False
        """Whether something may leave that did not wait to before."""

    def put(self, letter: Letter, due_at: datetime) -> None:
        """Queue a letter. An update changes a letter on the same subject that still waits, and is not queued itself."""
        if letter.kind == "update" and self.fold(letter.subject, letter.packed):
            return
        self._insert(letter, self.where(letter.subject) if letter.kind == "update" else None, due_at)

    def fold(self, subject: str, packed: str) -> bool:
        """Change the last letter on a subject, unless it may have left already: then a chat would not take it again.

        Return whether there was one to change.
        """
        self._to_be_made.discard(subject)
        return _FOLD.first(self._connection, about=subject, packed=packed) is not None

    def show_anew(self, subject: str, chat: str, now: datetime) -> None:
        """Queue at the end of this transaction, once, that a card is made anew; `chat` for one not posted yet."""
        self._anew[subject] = (chat, now)

    def finish(self) -> None:
        """Queue what is left for the end of the transaction."""
        anew = {about: how for about, how in self._anew.items() if about not in self._to_be_made}
        self._anew.clear()
        self._to_be_made.update(anew)
        folded = {subject: _FOLD.soon(self._connection, about=subject, packed=TO_BE_MADE) for subject in anew}
        for subject, (chat, now) in anew.items():
            if not folded[subject]():
                there = self.where(subject)
                letter = Letter(
                    "update", there.chat if there else chat, there.place if there else "", TO_BE_MADE, subject
                )
                self._insert(letter, there, now)

    def claim(self, now: datetime, most: int = 10, resting: Resting | None = None) -> list[Letter]:
        """Return what may be sent now, at most one letter a lane, and keep it from others for a lease.

        A letter that is tried again holds up its lane; one that is held for the morning does not. One whose
        address cannot be read is given up. One that somebody claimed before, and who is no more, is counted.
        """
        while rows := lanes.due(self._connection, now, most, resting or Resting()):
            lanes.claim(self._connection, [row["id"] for row in rows], now)
            self._to_be_made.difference_update(row["subject"] for row in rows)
            self._count_unsure([row["kind"] for row in rows if row["claimed_until"] is not None])
            if letters := [letter for row in rows if (letter := self._readable(row))]:
                return letters
        return []

    def hold(self, ids: Sequence[int], now: datetime) -> None:
        """Claim letters again that are still under way, so that nobody thinks who sends them is no more."""
        mine = sa.and_(outbox.c.id.in_(ids), outbox.c.claimed_until.is_not(None))
        self._connection.execute(sa.update(outbox).where(mine).values(claimed_until=now + LEASE))

    def may_leave(self, now: datetime, who: str = "") -> bool:
        """Return whether something would leave now, if no lane of the process `who` had to rest."""
        return lanes.may_leave(self._connection, now, who)

    def rest(self, lane: str, until: datetime, who: str = "") -> None:
        """Let a lane rest, or the changes of a whole chat: for all processes but the one that `who` names."""
        put(self._connection, rests, {"lane": lane, "until": until, "who": who})

    def forget_rests(self, now: datetime) -> None:
        """Forget which lanes had to rest: they are not to be kept."""
        over = sa.or_(rests.c.until <= now, rests.c.until > now + LONGEST_HELD)
        old = sa.select(rests.c.lane).where(over).with_for_update(skip_locked=True)
        self._connection.execute(sa.delete(rests).where(rests.c.lane.in_(old)))

    def sent(self, letter: Letter, posted: Posted | None) -> None:
        """Forget a letter that has left, and remember where its subject is now, unless it was forgotten meanwhile."""
        subject = _GONE.scalar(self._connection, id=letter.id)
        if subject and posted:
            self.remember(subject, posted)

    def drop(self, letter: Letter) -> None:
        """Forget a letter."""
        self._connection.execute(sa.delete(outbox).where(outbox.c.id == letter.id))

    def give_up(self, letter: Letter) -> None:
        """Forget a letter that fails always, so that its lane goes on, and count it."""
        self.drop(letter)
        self._settings.count(GIVEN_UP)

    def take_back(self, subject: str) -> bool:
        """Forget the letters on a subject, and under it, that still wait. Return whether it was never posted."""
        self._anew.pop(subject, None)
        self._to_be_made.clear()
        about = sa.or_(outbox.c.subject == subject, outbox.c.under == subject)
        waiting = sa.and_(about, outbox.c.claimed_until.is_(None))
        first = sa.and_(waiting, outbox.c.subject == subject, outbox.c.kind != "update")
        unposted = self._connection.execute(sa.select(outbox.c.id).where(first)).first() is not None
        self._connection.execute(sa.delete(outbox).where(waiting))
        return unposted

    def move(self, old: tuple[str, str], new: tuple[str, str]) -> None:
        """Send what waits for one place to another: each a chat and a place. What goes under a posted message stays."""
        self._to_be_made.clear()
        self.stirred = True
        lane, there = (self._vault.hash(KEY, f"{chat} {place}") for chat, place in (old, new))
        waiting = sa.and_(outbox.c.lane == lane, outbox.c.kind == "post", outbox.c.claimed_until.is_(None))
        for id, under in self._connection.execute(sa.select(outbox.c.id, outbox.c.under).where(waiting)).all():
            if not under or self.where(under) is None:
                change = {"lane": there, "chat": new[0], "address": self._vault.seal(KEY, new[1])}
                anew = {"again_at": None, "attempts": 0, "failures": 0, "trouble": ""}
                self._connection.execute(sa.update(outbox).where(outbox.c.id == id).values(**change, **anew))

    def release(self, now: datetime) -> None:
        """Let letters that were claimed be claimed again, and count them: who claimed them is no more.

        After a power cut an office's clock goes on from the last minute that it kept: what was due by then is due now.
        """
        in_hand = outbox.c.claimed_until.is_not(None)
        self._count_unsure(self._connection.execute(sa.select(outbox.c.kind).where(in_hand)).scalars().all())
        free = sa.update(outbox).where(in_hand).values(claimed_until=None, attempts=outbox.c.attempts + 1)
        self._connection.execute(free)
        kept = sa.and_(outbox.c.due_at > now, outbox.c.due_at <= now + AGO)
        self._connection.execute(sa.update(outbox).where(kept).values(due_at=now))

    def put_back(self, letter: Letter) -> None:
        """Let a letter that was claimed, and surely not sent, be claimed at once."""
        self._connection.execute(sa.update(outbox).where(outbox.c.id == letter.id).values(claimed_until=None))

    def later(
        self, letter: Letter, again_at: datetime, *, failed: bool = False, unsure: bool = False, trouble: str = ""
    ) -> None:
        """Try a letter again, not before that moment: because it failed, perhaps arrived, or is kept by a trouble.

        What perhaps arrived is counted, apart from an update: a second one does no harm.
        """
        change = {"again_at": again_at, "claimed_until": None, "attempts": letter.attempts + 1, "trouble": trouble}
        if failed:
            change["failures"] = letter.failures + 1
        if unsure:
            self._count_unsure([letter.kind])
        self._connection.execute(sa.update(outbox).where(outbox.c.id == letter.id).values(**change))

    def mended(self, now: datetime) -> None:
        """Let what is kept by a trouble be tried at once: somebody mended it."""
        self.stirred = True
        troubled = sa.update(outbox).where(outbox.c.trouble != "", outbox.c.again_at > now)
        self._connection.execute(troubled.values(again_at=now))

    def wait(self, letter: Letter, until: datetime) -> None:
        """Try a letter again at that moment, because the platform asks to wait: it has not taken it.

        For an update all of its chat wait: a platform counts those together.
        """
        change = {"again_at": until, "claimed_until": None}
        self._connection.execute(sa.update(outbox).where(outbox.c.id == letter.id).values(**change))
        if letter.kind == "update":
            self.rest(letter.chat, until)

    def next_due(self) -> datetime | None:
        """Return when the next letter may leave: not one that stands behind a letter that is tried again."""
        return lanes.NEXT_DUE.scalar(self._connection)

    def next_after(self, now: datetime) -> datetime | None:
        """Return the first moment after now at which more letters may leave, as far as that is known."""
        moments = [each.scalar(self._connection, now=now) for each in (lanes.NEXT_AFTER, lanes.NEXT_REST)]
        return min((moment for moment in moments if moment), default=None)

    def waiting(self) -> int:
        """Return how many letters wait."""
        return self._connection.execute(sa.select(sa.func.count()).select_from(outbox)).scalar() or 0

    def counted(self) -> dict[str, int]:
        """Return how many letters were given up, and how often one was sent again that perhaps had arrived."""
        return {name: self._settings.number(name) for name in (GIVEN_UP, UNSURE)}

    def remember(self, subject: str, posted: Posted) -> None:
        """Remember where a subject was posted, sealed."""
        sealed = self._vault.seal(KEY, json.dumps(astuple(posted)))
        put(self._connection, messages, {"subject": subject, "sealed": sealed})

    def where(self, subject: str) -> Posted | None:
        """Return where a subject was posted, or None."""
        sealed = _WHERE.scalar(self._connection, subject=subject)
        return Posted(*json.loads(self._vault.unseal(KEY, sealed))) if sealed else None

    def forget(self, subject: str) -> None:
        """Forget where a subject was posted, or will be; what waits for it still leaves."""
        self._anew.pop(subject, None)
        self._to_be_made.clear()
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

    def _insert(self, letter: Letter, there: Posted | None, due_at: datetime) -> None:
        self.stirred = True
        _PUT.later(
            self._connection,
            lane=self._lane(letter, there),
            kind=letter.kind,
            chat=letter.chat,
            address=self._vault.seal(KEY, json.dumps(astuple(there)) if there else letter.to),
            subject=letter.subject,
            under=letter.under,
            packed=letter.packed,
            due_at=due_at,
            attempts=0,
        )

    def _count_unsure(self, kinds: Sequence[str]) -> None:
        """Count the letters that perhaps arrive twice, where a second copy is seen."""
        for kind in kinds:
            if kind != "update":
                self._settings.count(UNSURE)

    def _lane(self, letter: Letter, there: Posted | None) -> str:
        if letter.kind == "update":
            known: str | None = _LANE.scalar(self._connection, subject=letter.subject)
            return known or self._vault.hash(KEY, f"{letter.chat} {there.place if there else letter.to}")
        return self._vault.hash(KEY, f"{letter.chat} {letter.to}")

    def _readable(self, row: Mapping[str, Any]) -> Letter | None:
        try:
            return self._letter(row)
        except (InvalidToken, ValueError, TypeError):  # sealed with another key, or no address within
            log.error("letter given up", kind=row["kind"], chat=row["chat"], why="its address cannot be read")
            self._connection.execute(sa.delete(outbox).where(outbox.c.id == row["id"]))
            self._settings.count(GIVEN_UP)
            return None

    def _letter(self, row: Mapping[str, Any]) -> Letter:
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
            attempts=row["attempts"] + (row["claimed_until"] is not None),
            failures=row["failures"],
            there=Posted(*json.loads(address)) if known else self.where(about) if about else None,
            lane=row["lane"],
            trouble=row["trouble"],
        )
