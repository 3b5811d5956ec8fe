"""What the courier does in one transaction: keep what became of letters, and take the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from compassbot.courier.fates import Note, Trouble
from compassbot.store.books import Books
from compassbot.store.lanes import Resting
from compassbot.store.outbox import Letter
from compassbot.talk.bot import where
from compassbot.talk.chat import Pace

log = structlog.get_logger()
Troubled = Callable[[Books, Letter, Trouble], None]
"""Told of a letter that does not leave until somebody mends something, once for each letter and trouble."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look in the outbox found: letters, whether more wait for a rest, and when the next may leave."""

    letters: Sequence[Letter] = ()
    more: bool = False
    next: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is asked of the outbox together, and who is told of what.

    `who` names this process among others, and `alone` says that there are none. `pace` is that of a letter's chat.
    `looks_ahead` asks for the moment of the next letter too.
    """

    who: str
    alone: bool
    looks_ahead: bool
    pace: Callable[[Letter], Pace]
    troubled: Troubled | None

    def keep_and_claim(
        self,
        noted: Sequence[Note],
        now: datetime,
        room: int,
        resting: Resting,
        again: Sequence[int],
        sweep: bool,
        books: Books,
    ) -> Found:
        """Keep what became of the letters before, and take the next, in one transaction."""
        for note in noted:
            self._keep(books, note, now)
        if again:
            books.outbox.hold(again, now)
        if sweep:
            books.outbox.forget_rests(now)
        letters = books.outbox.claim(now, room, resting) if room else ()
        if letters or not room:
            return Found(letters)
        held = bool(resting.lanes) or len(resting.open) < len(resting.paced)
        more = held and books.outbox.may_leave(now, self.who)
        return Found((), more, books.outbox.next_after(now) if self.looks_ahead else None)

    def _keep(self, books: Books, note: Note, now: datetime) -> None:
        outbox, letter = books.outbox, note.letter
        match note.fate:
            case "left":
                outbox.sent(letter, note.posted)
            case "unreachable":
                outbox.drop(letter)
            case "given up":
                outbox.give_up(letter)
            case "put back":
                outbox.put_back(letter)
            case "asked to wait":
                outbox.wait(letter, note.again)
            case fate:
                why = note.trouble.why if note.trouble else ""
                outbox.later(letter, note.again, failed=fate == "failed", unsure=fate == "unsure", trouble=why)
        pause = self.pace(letter).message
        if pause and letter.kind != "update" and not self.alone:
            outbox.rest(letter.lane, now + timedelta(seconds=pause), self.who)
        if self.troubled and note.trouble and note.trouble.why != letter.trouble:
            self._tell(books, self.troubled, letter, note.trouble)

    def _tell(self, books: Books, troubled: Troubled, letter: Letter, trouble: Trouble) -> None:
        """Let somebody be told. A fault in that undoes nothing else."""
        try:
            with books.trying():
                troubled(books, letter, trouble)
        except Exception as fault:
            log.error("could not tell of trouble", fault=where(fault))
