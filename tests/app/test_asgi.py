"""The app starts and stops with its chats, however long they take."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from compassbot.app.asgi import Running, make_app
from tests.office import Office


class NeverDone:
    """A chat in which a tick takes for ever."""

    def __init__(self) -> None:
        """Note nothing yet."""
        self.done: list[str] = []

    async def start(self) -> None:
        """Note it."""
        self.done.append("start")

    async def stop(self) -> None:
        """Note it."""
        self.done.append("stop")

    async def tick(self) -> None:
        """Begin, and never end."""
        self.done.append("tick")
        try:
            await asyncio.Event().wait()
        finally:
            self.done.append("broken off")

    async def health(self) -> Mapping[str, Any]:
        """Tell nothing."""
        return {}


async def test_the_app_answers_before_its_chats_are_all_there(office: Office) -> None:
    """A first tick that opens hundreds of workspaces holds up neither the start nor the end."""
    side = NeverDone()
    app = make_app(Running(office.parts, (), sides=(side,)))
    async with asyncio.timeout(5), app.router.lifespan_context(app):
        await asyncio.sleep(0)
        assert set(side.done) == {"start", "tick"}
    assert side.done[2:] == ["broken off", "stop"]
