"""Tells open pages that something changed, so that they fetch it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

PAUSE = 15.0
"""Seconds of silence after which a comment is sent, so that nothing on the way closes the connection."""

WAITING = 100
"""Notices that may wait for one page; more are dropped: the page fetches the newest state anyway."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something changed in a place: `new` if it was not there before, `only_for` the one who may know of it."""

    place: str
    thread: str = ""
    id: str = ""
    new: bool = False
    author: str = ""
    only_for: str = ""

    def as_event(self) -> str:
        """Return the notice as one server-sent event."""
        data = {"place": self.place, "thread": self.thread, "id": self.id, "new": self.new}
        return f"event: changed\ndata: {json.dumps(data)}\n\n"


@dataclass
class Live:
    """The pages that listen, each with what it was not told yet."""

    pages: dict[asyncio.Queue[Notice], str] = field(default_factory=dict[asyncio.Queue[Notice], str])

    def tell(self, notice: Notice) -> None:
        """Pass a notice to everybody who may know of it."""
        for queue, person in self.pages.items():
            if notice.only_for in ("", person) and _reads(person, notice.place) and not queue.full():
                queue.put_nowait(notice)

    async def stream(self, person: str) -> AsyncIterator[str]:
        """Yield server-sent events for one page of `person`, until it goes away."""
        queue: asyncio.Queue[Notice] = asyncio.Queue(WAITING)
        self.pages[queue] = person
        try:
            yield "retry: 2000\n\n"
            while True:
                yield await _next(queue)
        finally:
            del self.pages[queue]


def _reads(person: str, place: str) -> bool:
    chat, _, name = place.partition(":")
    return not name.startswith("@") or person == f"{chat}:{name[1:]}"


async def _next(queue: asyncio.Queue[Notice]) -> str:
    try:
        return (await asyncio.wait_for(queue.get(), PAUSE)).as_event()
    except TimeoutError:
        return ": still here\n\n"
