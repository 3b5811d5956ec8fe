"""The web chat's archive in our store: person ids become hashes on the way in, and people again on the way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from compassbot.chats.web.archive import Kept, Told
from compassbot.chats.web.office import Office
from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.web_messages import WebMessage


class StoredArchive:
    """Keeps what is said in the web chat, for the people of one office."""

    def __init__(self, database: Database, office: Office, now: Callable[[], datetime]) -> None:
        """Take where it is kept, whose chat it is, and the clock."""
        self._database = database
        self._office = office
        self._now = now

    async def keep(self, told: Told, key: str) -> tuple[Kept, bool]:
        """Keep it, once for each key."""

        def work(books: Books) -> tuple[Kept, bool]:
            message, new = books.web.add(self._message(books, told), key)
            return self._kept(books, message), new

        return await self._database.run(work)

    async def change(self, id: str, packed: str, key: str) -> Kept | None:  # the same card twice does no harm
        """Put other cards in its place."""

        def work(books: Books) -> Kept | None:
            message = books.web.change(_number(id), packed)
            return self._kept(books, message) if message else None

        return await self._database.run(work)

    async def find(self, id: str) -> Kept | None:
        """Return what was kept under this id, or None."""

        def work(books: Books) -> Kept | None:
            message = books.web.find(_number(id))
            return self._kept(books, message) if message else None

        return await self._database.run(work)

    async def in_place(self, place: str, person: str, most: int) -> Sequence[Kept]:
        """Return the last messages outside threads."""

        def work(books: Books) -> list[Kept]:
            found = books.web.in_place(_place(books, place), books.web.hash(person), most)
            return [self._kept(books, each) for each in found]

        return await self._database.run(work)

    async def in_thread(self, place: str, thread: str, person: str) -> Sequence[Kept]:
        """Return what hangs under a message."""

        def work(books: Books) -> list[Kept]:
            found = books.web.in_thread(_place(books, place), thread, books.web.hash(person))
            return [self._kept(books, each) for each in found]

        return await self._database.run(work)

    async def replies(self, place: str, person: str) -> Mapping[str, int]:
        """Return how many messages hang under each message."""
        return await self._database.run(lambda books: books.web.replies(_place(books, place), books.web.hash(person)))

    async def unread(self, person: str, places: Sequence[str]) -> Mapping[str, int]:
        """Return how many messages are new to this person, per place."""

        def work(books: Books) -> dict[str, int]:
            kept = {_place(books, place): place for place in places}
            found = books.web.unread(books.web.hash(person), list(kept))
            return {kept[place]: count for place, count in found.items()}

        return await self._database.run(work)

    async def mark_read(self, person: str, place: str) -> None:
        """Note that all is read."""
        await self._database.run(lambda books: books.web.mark_read(books.web.hash(person), _place(books, place)))

    async def drop(self, id: str, only_for: str) -> None:
        """Forget a private message."""
        await self._database.run(lambda books: books.web.drop(_number(id), books.web.hash(only_for)))

    def _message(self, books: Books, told: Told) -> WebMessage:
        return WebMessage(
            id=0,
            place=_place(books, told.place),
            thread=told.thread,
            packed=told.packed,
            said=told.text,
            author=books.web.hash(told.author),
            only_for=books.web.hash(told.only_for),
            at=self._now(),
            changed=0,
        )

    def _kept(self, books: Books, message: WebMessage) -> Kept:
        people = {books.web.hash(one.person): one.person for one in self._office.colleagues}
        inboxes = {books.web.hash(one.inbox): one.inbox for one in self._office.colleagues}
        told = Told(
            place=inboxes.get(message.place, message.place),
            thread=message.thread,
            packed=message.packed,
            text=message.said,
            author=people.get(message.author, ""),
            only_for=people.get(message.only_for, message.only_for),
        )
        return Kept(str(message.id), told, message.at, changed=message.changed > 0)


def _place(books: Books, place: str) -> str:
    return books.web.hash(place) if ":@" in place else place


def _number(id: str) -> int:
    return int(id) if id.isdecimal() and len(id) < 18 else 0
