"""Takes letters from the outbox to the chats, after the commit that made them, in order within a lane."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

import structlog

from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.outbox import Letter, Posted
from compassbot.talk.bot import where
from compassbot.talk.chat import Chat, Message, Person, Place
from compassbot.talk.errors import Unreachable, Unsure, Wait
from compassbot.talk.view import unpack

log = structlog.get_logger()
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)
SHORTEST_PAUSE = timedelta(seconds=1)
MOST_FAILURES = 12
"""After so many sure failures of its own a letter is given up: an hour, in which its whole lane waits."""
Fate = Literal["left", "unreachable", "asked to wait", "unsure", "chat is down", "failed"]


@dataclass(frozen=True, slots=True)
class Note:
    """What became of a letter; `again` is when it is tried again, None when it is not."""

    letter: Letter
    fate: Fate
    posted: Posted | None = None
    again: datetime | None = None


class Courier:
    """One of these in each process; a letter is claimed by one of them."""

    def __init__(self, database: Database, chats: Mapping[str, Chat]) -> None:
        """Take the database with the outbox, and the chats by name."""
        self._database = database
        self._chats = chats
        self._busy = asyncio.Lock()

    async def deliver(self, now: datetime) -> int:
        """Send all that may be sent now. Return how many letters left."""
        left = 0
        noted: list[Note] = []
        async with self._busy:
            while letters := await self._database.run(partial(_note_and_claim, noted, now)):
                noted = []
                for letter in letters:
                    noted.append(await self._deliver(letter, now))
                    left += noted[-1].fate == "left"
        return left

    async def _deliver(self, letter: Letter, now: datetime) -> Note:
        try:
            posted = await self._send(letter)
        except Wait as wait:
            return Note(letter, "asked to wait", again=now + max(timedelta(seconds=wait.seconds), SHORTEST_PAUSE))
        except Unreachable:
            log.warning("letter dropped", kind=letter.kind, chat=letter.chat, why="unreachable")
            return Note(letter, "unreachable")
        except Exception as fault:
            fate = _fate_of(fault)
            if fate == "failed" and letter.failures + 1 >= MOST_FAILURES:
                log.error("letter given up", kind=letter.kind, chat=letter.chat, fault=where(fault))
                return Note(letter, fate)
            log.warning("letter waits", kind=letter.kind, chat=letter.chat, why=fate, fault=where(fault))
            return Note(letter, fate, again=now + min(FIRST_PAUSE * 2 ** min(letter.attempts, 20), LONGEST_PAUSE))
        return Note(letter, "left", posted)

    async def _send(self, letter: Letter) -> Posted | None:
        chat = self._chats.get(letter.chat)
        if chat is None:
            raise Unreachable(letter.chat)
        cards, key = unpack(letter.packed), f"letter-{letter.id}"
        if letter.kind == "write":
            return _posted(letter, await chat.write_to(Person(letter.to), cards, key))
        there = letter.there
        if there is None and (letter.kind == "update" or letter.under):
            raise Unreachable(letter.subject or letter.under)
        if there and letter.kind == "update":
            await chat.update(Message(Place(there.place, there.thread), there.id), cards, key)
            return None
        return _posted(letter, await chat.post(Place(letter.to, there.id if there else ""), cards, key))


def _note_and_claim(noted: Sequence[Note], now: datetime, books: Books) -> Sequence[Letter]:
    """Keep what became of the letters before, and take the next, in one transaction."""
    for note in noted:
        if note.again:
            failed, unsure = note.fate == "failed", note.fate == "unsure"
            books.outbox.later(note.letter, note.again, failed=failed, unsure=unsure)
        elif note.fate == "left":
            books.outbox.sent(note.letter, note.posted)
        elif note.fate == "failed":
            books.outbox.give_up(note.letter)
        else:
            books.outbox.drop(note.letter)
    return books.outbox.claim(now)


def _fate_of(fault: Exception) -> Fate:
    """Tell what fails by itself from what fails because nobody is there: a chat that is down loses no letter."""
    if isinstance(fault, Unsure):
        return "unsure"
    return "chat is down" if isinstance(fault, OSError) else "failed"


def _posted(letter: Letter, message: Message) -> Posted:
    return Posted(letter.chat, message.place.id, message.place.thread, message.id)
