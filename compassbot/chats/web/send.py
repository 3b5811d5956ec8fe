"""The web chat as the rest of the house knows it: what is posted is kept, and open pages are told."""

from __future__ import annotations

from compassbot.chats.web.archive import Archive, Kept, Told
from compassbot.chats.web.live import Live, Notice
from compassbot.chats.web.office import CHAT, Colleague, Office
from compassbot.talk.chat import Message, Pace, Person, Place
from compassbot.talk.errors import Unreachable
from compassbot.talk.view import Card, Cards, pack


class WebChat:
    """A Chat on our own pages. What pages need beside it: `say`, `whisper` and `live`."""

    name: str = CHAT
    pace: Pace = Pace()
    many_languages: bool = True

    def __init__(self, archive: Archive, office: Office) -> None:
        """Take where messages are kept, and who works where."""
        self.archive = archive
        self.office = office
        self.live = Live()

    async def post(self, place: Place, cards: Cards, key: str) -> Message:
        """Send a card that everybody in the place sees. Raises Unreachable for an unknown place or thread."""
        if not self.office.has(place.id):
            raise Unreachable(place.id)
        if place.thread and not await self._stands(place):
            raise Unreachable(f"{place.id} {place.thread}")
        kept = await self._keep(Told(place.id, place.thread, packed=pack(cards)), key)
        return Message(place, kept.id)

    async def update(self, message: Message, cards: Cards, key: str) -> None:
        """Put another card in the place of one that was sent. Raises Unreachable if it is gone."""
        kept = await self.archive.change(message.id, pack(cards), key)
        if kept is None:
            raise Unreachable(message.id)
        self._tell(kept, new=False)

    async def write_to(self, person: Person, cards: Cards, key: str) -> Message:
        """Send a card to one person. Raises Unreachable for somebody who does not work here."""
        colleague = self.office.colleague(person.id)
        if colleague is None:
            raise Unreachable(person.id)
        return await self.post(Place(colleague.inbox), cards, key)

    async def say(self, colleague: Colleague, place: Place, text: str, key: str) -> Kept:
        """Keep what a colleague typed, for everybody in the place."""
        return await self._keep(Told(place.id, place.thread, text=text, author=colleague.person), key)

    async def whisper(self, colleague: Colleague, place: Place, card: Card, language: str, key: str) -> Kept:
        """Keep a card in the place that only this colleague sees."""
        told = Told(place.id, place.thread, packed=pack({language: card}), only_for=colleague.person)
        return await self._keep(told, key)

    async def _stands(self, place: Place) -> bool:
        root = await self.archive.find(place.thread)
        return root is not None and root.told.place == place.id

    async def _keep(self, told: Told, key: str) -> Kept:
        kept, new = await self.archive.keep(told, key)
        if new:
            self._tell(kept, new=True)
        return kept

    def _tell(self, kept: Kept, *, new: bool) -> None:
        told = kept.told
        self.live.tell(Notice(told.place, told.thread, kept.id, new, told.author, told.only_for))
