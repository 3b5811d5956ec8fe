"""Pictures at Slack: each is uploaded once, and not given up while Slack still looks through it.

A file that is new cannot be shown for some seconds. A message with it is refused then as invalid_blocks, which is what
Slack says of blocks that are wrong as well: github.com/slackapi/python-slack-sdk, issues 1521 and 1658.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from compassbot.chats.slack.calls import Calls
from compassbot.chats.slack.faults import translated
from compassbot.chats.slack.show import pictured
from compassbot.talk.view import Card, Image

MOST_PICTURES = 50
MOST_WAITING = 200
LONGEST_ALT = 1000
PAUSES = (2.0, 4.0, 8.0)
"""Seconds to wait before a message with a new picture is sent again, each time that Slack does not take it."""
NOT_SHOWN_YET = "invalid_blocks"
Picture = Callable[[str], Awaitable[bytes | None]]
"""Returns the PNG at an address on our own server."""


class Pictures:
    """The pictures of one workspace: `await pictures.of(card)`."""

    def __init__(self, calls: Calls, picture: Picture) -> None:
        """Take who calls Slack, and who draws."""
        self._calls = calls
        self._picture = picture
        self._files: OrderedDict[str, str] = OrderedDict()
        self._uploading = asyncio.Lock()
        self._waited: OrderedDict[str, int] = OrderedDict()

    async def of(self, card: Card) -> dict[str, str]:
        """Return Slack's ids of the pictures of a card, by their addresses; each is uploaded once."""
        found: dict[str, str] = {}
        for address in pictured(card):
            async with self._uploading:  # the same picture goes to several places at once
                id = self._files.get(address) or await self._upload(address, card)
            if id:
                found[address] = id
        return found

    def pause(self, key: str) -> float | None:
        """Return how long to wait before the message with this key is sent again, in seconds; None: no longer."""
        times = self._waited.pop(key, 0)
        if times == len(PAUSES):
            return None
        self._waited[key] = times + 1
        if len(self._waited) > MOST_WAITING:
            self._waited.popitem(last=False)
        return PAUSES[times]

    def forget(self, card: Card) -> None:
        """Upload the pictures of a card anew when they are shown again: Slack does not show these."""
        for address in pictured(card):
            self._files.pop(address, None)

    async def _upload(self, address: str, card: Card) -> str:
        png = await self._picture(address)
        if png is None:
            return ""
        with translated():
            id = await self._calls.upload(png, "kompas.png", card.title, _alt(card, address))
        self._files[address] = id
        if len(self._files) > MOST_PICTURES:
            self._files.popitem(last=False)
        return id


def _alt(card: Card, address: str) -> str:
    return next((part.alt for part in card.parts if isinstance(part, Image) and part.url == address), "")[:LONGEST_ALT]
