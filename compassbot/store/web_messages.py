"""The web chat's own messages; the people in them are keyed hashes, also in the place of a direct message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from compassbot.store.tables import web_messages, web_reads
from compassbot.store.upsert import put
from compassbot.store.vault import Vault

KEY = "web"


@dataclass(frozen=True, slots=True)
class WebMessage:
    """One message: `packed` is a card, or `said` what somebody typed. `author` and `only_for` are hashes or ""."""

    id: int
    place: str
    thread: str
    packed: str
    said: str
    author: str
    only_for: str
    at: datetime
    changed: int


_COLUMNS = [web_messages.c[name] for name in WebMessage.__dataclass_fields__]


class WebMessages:
    """A place is a channel's id, or for direct messages the hash of the person's place."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        """Take the connection of the transaction, and its vault."""
        self._connection = connection
        self._vault = vault

    def hash(self, text: str) -> str:
        """Return the hash that stands for a person or an inbox; "" for ""."""
        return self._vault.hash(KEY, text) if text else ""

    def add(self, message: WebMessage, key: str) -> tuple[WebMessage, bool]:
        """Keep a message and return it with its id and True; what `key` was used for before, with False."""
        key = self.hash(f"key {key}")
        there = self._connection.execute(sa.select(*_COLUMNS).where(web_messages.c.key == key)).mappings().first()
        if there:
            return WebMessage(**there), False
        row = {name: getattr(message, name) for name in WebMessage.__dataclass_fields__ if name != "id"}
        added = self._connection.execute(sa.insert(web_messages).values(**row, key=key).returning(*_COLUMNS))
        return WebMessage(**added.mappings().one()), True

    def change(self, id: int, packed: str) -> WebMessage | None:
        """Put another card in the place of one, and return it, or None when there is none."""
        change = {"packed": packed, "changed": web_messages.c.changed + 1}
        self._connection.execute(sa.update(web_messages).where(web_messages.c.id == id).values(**change))
        return self.find(id)

    def find(self, id: int) -> WebMessage | None:
        """Return a message, or None."""
        row = self._connection.execute(sa.select(*_COLUMNS).where(web_messages.c.id == id)).mappings().first()
        return WebMessage(**row) if row else None

    def in_place(self, place: str, reader: str, most: int) -> list[WebMessage]:
        """Return the last messages outside threads that this reader (a hash) may see, oldest first."""
        query = sa.select(*_COLUMNS).where(self._seen(place, reader), web_messages.c.thread == "")
        rows = self._connection.execute(query.order_by(web_messages.c.id.desc()).limit(most)).mappings()
        return [WebMessage(**row) for row in rows][::-1]

    def in_thread(self, place: str, thread: str, reader: str) -> list[WebMessage]:
        """Return what hangs under a message and this reader may see, oldest first."""
        query = sa.select(*_COLUMNS).where(self._seen(place, reader), web_messages.c.thread == thread)
        return [WebMessage(**row) for row in self._connection.execute(query.order_by(web_messages.c.id)).mappings()]

    def replies(self, place: str, reader: str) -> dict[str, int]:
        """Return how many messages this reader may see under each message."""
        thread = web_messages.c.thread
        query = sa.select(thread, sa.func.count()).where(self._seen(place, reader), thread != "").group_by(thread)
        return {root: int(count) for root, count in self._connection.execute(query)}

    def unread(self, reader: str, places: Sequence[str]) -> dict[str, int]:
        """Return how many messages by others this reader has not read, per place."""
        return {place: self._new(reader, place) for place in places}

    def mark_read(self, reader: str, place: str) -> None:
        """Note that this reader has read all that is in a place."""
        last = self._connection.execute(
            sa.select(sa.func.max(web_messages.c.id)).where(web_messages.c.place == place)
        ).scalar()
        self._mark(reader, place, last or 0)

    def all_read(self, readers: Sequence[str], before: datetime) -> None:
        """Note that these readers have read all, in every place, that was said before that moment."""
        last = sa.select(web_messages.c.place, sa.func.max(web_messages.c.id)).where(web_messages.c.at < before)
        for place, upto in self._connection.execute(last.group_by(web_messages.c.place)).all():
            for reader in readers:
                self._mark(reader, place, upto)

    def drop(self, id: int, reader: str) -> None:
        """Forget a message that only this reader sees."""
        only = sa.and_(web_messages.c.id == id, web_messages.c.only_for == reader, web_messages.c.only_for != "")
        self._connection.execute(sa.delete(web_messages).where(only))

    def forget_private(self, before: datetime) -> None:
        """Delete the messages that one person sees, from before that moment."""
        old = sa.and_(web_messages.c.only_for > "", web_messages.c.at < before)
        self._connection.execute(sa.delete(web_messages).where(old))

    def _new(self, reader: str, place: str) -> int:
        read = web_reads.c.who == self._reader_in(reader, place)
        upto = self._connection.execute(sa.select(web_reads.c.upto).where(read)).scalar() or 0
        fresh = sa.and_(self._seen(place, reader), web_messages.c.id > upto, web_messages.c.author != reader)
        return self._connection.execute(sa.select(sa.func.count()).where(fresh)).scalar() or 0

    def _mark(self, reader: str, place: str, upto: int) -> None:
        put(self._connection, web_reads, {"who": self._reader_in(reader, place), "place": "", "upto": upto})

    def _reader_in(self, reader: str, place: str) -> str:
        """Return one hash for a reader in a place: a mark beside the inbox would tell whose inbox it is."""
        return self.hash(f"{reader} reads {place}")

    def _seen(self, place: str, reader: str) -> sa.ColumnElement[bool]:
        return sa.and_(web_messages.c.place == place, web_messages.c.only_for.in_(("", reader)))
