"""What is kept of what was said: the shape an archive has, and one that forgets when the process ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Told:
    """Something to keep.

    `packed` is a card in each language as `talk.view.pack` made it, or else `text` is what `author`
    (a person id; "" for the bot) typed. `only_for` is the one person id who sees it, or "".
    `thread` is the id of the message it hangs under, or "". Out of an archive come the same person ids
    that went in: names stand beside messages by them, and private cards are held back by them.
    """

    place: str
    thread: str = ""
    packed: str = ""
    text: str = ""
    author: str = ""
    only_for: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that was kept: `id` is short and fits in an address, `at` is when, with its zone."""

    id: str
    told: Told
    at: datetime
    changed: bool = False


class Archive(Protocol):
    """Keeps what is said in the web chat. Person ids come in plainly: how to keep them is its own matter.

    "What `person` may see" leaves out what is only for somebody else.
    """

    async def keep(self, told: Told, key: str) -> tuple[Kept, bool]:
        """Keep it, and return it with True; if something was kept under `key` before, return that with False."""
        ...

    async def change(self, id: str, packed: str, key: str) -> Kept | None:
        """Put other cards in its place and return it, or None if there is no such message.

        A `key` that was used before for this message changes nothing.
        """
        ...

    async def find(self, id: str) -> Kept | None:
        """Return what was kept under this id, or None, whomever it is for: who asks looks at `only_for`."""
        ...

    async def in_place(self, place: str, person: str, most: int) -> Sequence[Kept]:
        """Return the last `most` messages of a place outside threads that `person` may see, oldest first."""
        ...

    async def in_thread(self, place: str, thread: str, person: str) -> Sequence[Kept]:
        """Return what hangs under the message `thread` and `person` may see, oldest first, without its root."""
        ...

    async def replies(self, place: str, person: str) -> Mapping[str, int]:
        """Return how many messages `person` may see under each message of a place that has any."""
        ...

    async def unread(self, person: str, places: Sequence[str]) -> Mapping[str, int]:
        """Return how many messages by others, threads included, `person` may see and has not read, per place."""
        ...

    async def mark_read(self, person: str, place: str) -> None:
        """Note that `person` has read all that is in the place now."""
        ...

    async def drop(self, id: str, only_for: str) -> None:
        """Forget a message that only this person sees. Anything else stays."""
        ...


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class MemoryArchive:
    """An archive in lists, for tests and for trying out."""

    now: Callable[[], datetime] = _utc_now
    kept: dict[str, Kept] = field(default_factory=dict[str, Kept])
    _keys: dict[str, str] = field(default_factory=dict[str, str])
    _changes: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    _read: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    _last: int = 0

    async def keep(self, told: Told, key: str) -> tuple[Kept, bool]:
        """Keep it once for each key."""
        if key in self._keys:
            return self.kept[self._keys[key]], False
        self._last += 1
        kept = Kept(str(self._last), told, self.now())
        self.kept[kept.id] = kept
        self._keys[key] = kept.id
        return kept, True

    async def change(self, id: str, packed: str, key: str) -> Kept | None:
        """Put other cards in its place, once for each key."""
        kept = self.kept.get(id)
        if kept is None or (id, key) in self._changes:
            return kept
        self._changes.add((id, key))
        self.kept[id] = replace(kept, told=replace(kept.told, packed=packed), changed=True)
        return self.kept[id]

    async def find(self, id: str) -> Kept | None:
        """Return what was kept under this id, or None."""
        return self.kept.get(id)

    async def in_place(self, place: str, person: str, most: int) -> Sequence[Kept]:
        """Return the last messages outside threads."""
        return [kept for kept in self._seen(place, person) if not kept.told.thread][-most:]

    async def in_thread(self, place: str, thread: str, person: str) -> Sequence[Kept]:
        """Return what hangs under a message."""
        return [kept for kept in self._seen(place, person) if kept.told.thread == thread]

    async def replies(self, place: str, person: str) -> Mapping[str, int]:
        """Return how many messages hang under each message."""
        return Counter(kept.told.thread for kept in self._seen(place, person) if kept.told.thread)

    async def unread(self, person: str, places: Sequence[str]) -> Mapping[str, int]:
        """Return how many messages are new to this person, per place."""
        return {place: self._new(person, place) for place in places}

    async def mark_read(self, person: str, place: str) -> None:
        """Note that all is read."""
        self._read[person, place] = self._last

    async def drop(self, id: str, only_for: str) -> None:
        """Forget a private message; its key stays used."""
        kept = self.kept.get(id)
        if kept is not None and only_for and kept.told.only_for == only_for:
            self.kept[id] = replace(kept, told=replace(kept.told, place=""))

    def _seen(self, place: str, person: str) -> list[Kept]:
        return [kept for kept in self.kept.values() if kept.told.place == place and kept.told.only_for in ("", person)]

    def _new(self, person: str, place: str) -> int:
        read = self._read.get((person, place), 0)
        return sum(kept.told.author != person and int(kept.id) > read for kept in self._seen(place, person))
