"""Takes letters from the outbox to the chats, after the commit that made them, in order within a lane."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from compassbot.store.database import Database
from compassbot.store.outbox import Letter, Posted
from compassbot.talk.bot import where
from compassbot.talk.chat import Chat, Message, Person, Place
from compassbot.talk.errors import Unreachable, Unsure, Wait
from compassbot.talk.view import unpack

log = structlog.get_logger()
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)


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
        async with self._busy:
            while letters := await self._database.run(lambda books: books.outbox.claim(now)):
                for letter in letters:
                    left += await self._deliver(letter, now)
        return left

    async def _deliver(self, letter: Letter, now: datetime) -> bool:
        try:
            posted = await self._send(letter)
        except Wait as wait:
            await self._later(letter, now + timedelta(seconds=wait.seconds))
        except Unreachable:
            log.warning("letter dropped", kind=letter.kind, chat=letter.chat, why="unreachable")
            await self._database.run(lambda books: books.outbox.drop(letter))
        except Exception as fault:
            log.warning(
                "letter waits",
                kind=letter.kind,
                chat=letter.chat,
                sure=not isinstance(fault, Unsure),
                fault=where(fault),
            )
            await self._later(letter, now + min(FIRST_PAUSE * 2**letter.attempts, LONGEST_PAUSE))
        else:
            await self._database.run(lambda books: books.outbox.sent(letter, posted))
            return True
        return False

    async def _later(self, letter: Letter, due_at: datetime) -> None:
        await self._database.run(lambda books: books.outbox.later(letter, due_at))

    async def _send(self, letter: Letter) -> Posted | None:
        chat = self._chats.get(letter.chat)
        if chat is None:
            raise Unreachable(letter.chat)
        cards, key = unpack(letter.packed), f"letter-{letter.id}"
        if letter.kind == "write":
            return _posted(letter, await chat.write_to(Person(letter.to), cards, key))
        if letter.kind == "update":
            await chat.update(await self._message(letter.subject), cards, key)
            return None
        thread = (await self._message(letter.under)).id if letter.under else ""
        return _posted(letter, await chat.post(Place(letter.to, thread), cards, key))

    async def _message(self, subject: str) -> Message:
        posted = await self._database.run(lambda books: books.outbox.where(subject))
        if posted is None:
            raise Unreachable(subject)
        return Message(Place(posted.place, posted.thread), posted.id)


def _posted(letter: Letter, message: Message) -> Posted:
    return Posted(letter.chat, message.place.id, message.place.thread, message.id)
