"""What the courier does in one transaction: keep what became of letters, and take the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from compassbot.courier.fates import Note, Trouble
from compassbot.store.books import Books
from compassbot.store.outbox import TO_BE_MADE, Letter, Resting
from compassbot.talk.bot import where
from compassbot.talk.chat import Pace

log = structlog.get_logger()
Anew = Callable[[Books, str, datetime], str | None]
"""Makes the card of a subject as it is now, packed; None when there is nothing to show any more."""
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
    anew: Anew | None
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
        letters = self._claim(books, now, room, resting) if room else ()
        if letters or not room:
            return Found(letters)
        held = bool(resting.lanes) or len(resting.open) < len(resting.paced)
        more = held and books.outbox.may_leave(now, self.who)
        return Found((), more, books.outbox.next_after(now) if self.looks_ahead else None)

    def _claim(self, books: Books, now: datetime, room: int, resting: Resting) -> Sequence[Letter]:
        """Take the next letters, and make the cards of those that show what is true now."""
        while claimed := books.outbox.claim(now, room, resting):
            if letters := [made for letter in claimed if (made := self._made(books, letter, now))]:
                return letters
        return ()

    def _made(self, books: Books, letter: Letter, now: datetime) -> Letter | None:
        """Return a letter with its card, or None where there is nothing to show any more, or it cannot be made."""
        if letter.packed != TO_BE_MADE or self.anew is None:
            return letter
        try:
            with books.trying():  # a fault in that undoes nothing else
                packed = self.anew(books, letter.subject, now)
        except Exception as fault:
            log.error("letter given up", kind=letter.kind, chat=letter.chat, fault=where(fault))
            books.outbox.give_up(letter)
            return None
        if packed is None:
            books.outbox.drop(letter)
            return None
        return replace(letter, packed=packed)

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
