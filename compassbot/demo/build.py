"""Makes the office and its history, so that a kill half-way leaves nothing half-made."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from compassbot.app.parts import Parts, put_together
from compassbot.clock import Hours
from compassbot.conversations.desk import House
from compassbot.conversations.organisation import Department, lines_of
from compassbot.demo.history import live
from compassbot.demo.people import CHAT, DemoOffice, load_office
from compassbot.demo.plan import WEEKS
from compassbot.model.quiet_hours import HERE
from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.engines import engine_for
from compassbot.store.migrate import upgrade
from compassbot.store.outbox import Letter
from compassbot.talk.chat import Chat
from compassbot.talk.view import Card, Text, pack

Chats = Callable[[Parts], Mapping[str, Chat]]
BEFORE = timedelta(days=1, hours=1)
"""How long before the first Tuesday 10:00 the office opened: Monday 09:00, an hour too late for a digest."""


UNREAD = timedelta(days=1, hours=3)
"""How far back nobody has read yet: to before the digest of Monday, which is new to everybody."""


class Still(Hours):
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        """Take what time it is."""
        super().__init__()
        self.set(now)

    def now(self) -> datetime:
        """Return the time at which it stands."""
        return self._now

    def set(self, now: datetime) -> None:
        """Let it stand at that moment."""
        self._now = now.astimezone(UTC)


async def build(
    path: Path,
    key: bytes,
    house: House,
    *,
    chats: Chats,
    seed: int,
    language: str,
    until: datetime,
    say: Callable[[str], None],
) -> None:
    """Make a SQLite file with twelve weeks of history until `until` (a Tuesday, 10:00).

    `key` is the master key of the vault, `chats` gives the chats by name for the parts, `say` is told
    how far it is. Either the whole file is there, or none: it is made beside its place and moved there.
    """
    making = path.with_name(f"{path.name}.making")
    _clear(making)
    start = until.astimezone(HERE) - timedelta(weeks=WEEKS)
    url = f"sqlite:///{making}"
    engine = engine_for(url, durable=False)
    upgrade(engine)
    engine.dispose()
    parts = put_together(Database(url, key, durable=False), house, Still(start - BEFORE))
    try:
        parts.chats.update(chats(parts))
        await parts.database.run(lambda books: settle(books, load_office(), language, start - BEFORE))
        await live(parts, seed=seed, language=language, until=until, say=say)
        await parts.database.run(lambda books: _have_read(books, load_office(), until))
        await parts.database.run(lambda books: books.settings.set("office_time", until.astimezone(UTC).isoformat()))
    finally:
        await parts.close()  # the last connection brings the write-ahead log into the file
    _move(making, path)


def settle(books: Books, office: DemoOffice, language: str, now: datetime) -> None:
    """Choose departments, places, roles and language, and let the bot say its first words."""
    departments = tuple(Department(one.id, one.name["nl"], one.name["en"]) for one in office.departments)
    chosen = {
        "departments": lines_of(departments),
        "deliberation_place": office.place("deliberation"),
        "learning_place": office.place("learning"),
        "language": language,
        "started_at": now.astimezone(UTC).isoformat(),
    }
    for name, value in chosen.items():
        books.settings.set(name, value)
    for one in office.people:
        if not one.new:
            books.people.works_in(one.person, one.department)
        for role in one.roles:
            books.people.give(one.person, role)
    cards = {each: Card(office.welcome.title[each], (Text(office.welcome.text[each]),)) for each in ("nl", "en")}
    books.outbox.put(Letter("post", CHAT, office.place(""), pack(cards), "welcome"), now)


def _have_read(books: Books, office: DemoOffice, until: datetime) -> None:
    """Let everybody have read all but the last days, as people have: so that what is marked as new is."""
    books.web.all_read([books.web.hash(one.person) for one in office.people], until - UNREAD)


def _clear(making: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        making.with_name(making.name + end).unlink(missing_ok=True)


def _move(making: Path, path: Path) -> None:
    _sync(making)
    making.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
