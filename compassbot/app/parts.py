"""The parts of a running bot, put together from its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog

from compassbot.app.refusing import CannotStart
from compassbot.clock import Clock, Hours
from compassbot.conversations import trouble
from compassbot.conversations.desk import Desk, Handler, House, Reads
from compassbot.conversations.everything import ANEW, DUTIES, HANDLERS
from compassbot.conversations.share_dilemma import METHOD
from compassbot.courier import Anew, Courier, Trouble, Troubled
from compassbot.guard import read
from compassbot.model.methods import Method, load_methods
from compassbot.model.principles import load_principles
from compassbot.model.taxonomy import load_taxonomy
from compassbot.settings import Settings
from compassbot.store.books import Books
from compassbot.store.coming import Coming
from compassbot.store.database import Database
from compassbot.store.outbox import Letter
from compassbot.talk.bot import Bot, where
from compassbot.talk.chat import Chat, Event, Reply
from compassbot.talk.view import Card, Form, Text
from compassbot.words import Words

log = structlog.get_logger()


@dataclass
class Parts:
    """What a running bot consists of. `chats` may be filled after making: they need `bot.hear` themselves."""

    database: Database
    house: House
    hours: Hours
    chats: dict[str, Chat]
    courier: Courier
    clock: Clock
    bot: Bot[Desk]
    seen: int = 0
    """What was queued by then, the courier was told of."""

    async def hear(self, event: Event) -> Reply:
        """Answer an event, and send what it made to send without waiting for it."""
        reply = await self.bot.hear(event)
        if self.seen != (stirred := self.database.stirred):
            self.seen = stirred
            self.wake()
        return reply

    def wake(self) -> None:
        """Let the courier look in the outbox."""
        self.courier.wake(self.hours.now())

    async def finish(self) -> None:
        """Let the letters under way leave, while the chats still take them; the rest is sent after the next start."""
        try:
            await self.courier.close()
        except Exception as fault:  # noqa: BLE001 - the database does not answer: what was in hand is counted then
            log.error("could not send", fault=where(fault))

    async def close(self) -> None:
        """Let go of everything."""
        await self.finish()
        self.database.close()


def house_of(settings: Settings) -> House:
    """Return what is read at start-up. Raises YamlFault with a sentence that names the wrong line."""
    return House(load_principles(settings.principles), load_taxonomy(settings.taxonomy), methods_of(settings))


def methods_of(settings: Settings) -> dict[str, Method]:
    """Return the deliberation methods. Raises CannotStart without the one with which every dilemma is shared."""
    folder = settings.methods
    methods = load_methods(folder)
    if METHOD not in methods:
        raise CannotStart(
            f"there is no {METHOD}.yaml in {folder}, and every dilemma is deliberated with that method. "
            "Put it there, or change COMPASSBOT_METHODS."
        )
    return methods


def put_together(database: Database, house: House, hours: Hours | None = None) -> Parts:
    """Return the parts, joined, without any chat."""
    hours = hours or Hours()
    chats: dict[str, Chat] = {}
    courier = Courier(database, chats, tell_of_trouble(house, hours), hours.now, made_anew(house))
    clock = Clock(database, courier, house, DUTIES)
    return Parts(database, house, hours, chats, courier, clock, make_bot(database, house, hours))


def tell_of_trouble(house: House, hours: Hours) -> Troubled:
    """Return what tells who can mend it that a letter cannot leave."""

    def tell(books: Books, letter: Letter, fault: Trouble) -> None:
        trouble.tell(Desk(books, hours.now(), house), letter, fault)

    return tell


def made_anew(house: House) -> Anew:
    """Return what makes the cards that are made when they leave."""

    def made(books: Books, subject: str, now: datetime, all_languages: bool) -> str | None:
        return Desk(books, now, house).made_anew(subject, ANEW, all_languages=all_languages)

    return made


def make_bot(
    database: Database, house: House, hours: Hours, handlers: Mapping[str, Handler] = HANDLERS, reads: Reads = read
) -> Bot[Desk]:
    """Return the bot: each event once, in one transaction with all that it changes. `reads` is its guard."""

    async def once(event: Event, handler: Handler) -> Reply:
        now: datetime = hours.now()

        def work(books: Books) -> Reply:
            if not books.first_time(event.id, now):
                return None
            reply = handler(event, Desk(books, now, house, _language(books, event), reads))
            if isinstance(reply, Form):  # nothing is done yet: who did not get the form may ask for it again
                books.not_seen(event.id)
            return reply

        return await database.run(work, Coming(event.id, event.person.id, now))

    return Bot(handlers, once, _broke)


def _language(books: Books, event: Event) -> str:
    """Return the language of a person, and remember it for when we write to them."""
    known = books.people.language(event.person.id)
    if event.language and event.language != known:
        books.people.speaks(event.person.id, event.language)
    return event.language or known


def _broke(event: Event, reference: str) -> Card:
    return Card("", (Text(Words(event.language)("broke", reference=reference)),))
