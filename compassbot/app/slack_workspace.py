"""A Slack workspace with its parts: what listening to it needs, and what sends to it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from compassbot.app.parts import Parts
from compassbot.app.pictures import Pictures
from compassbot.chats.slack.pulse import Pulse
from compassbot.chats.slack.seal import Seal
from compassbot.chats.slack.send import SlackChat, Tokens
from compassbot.conversations.organisation import read_organisation
from compassbot.conversations.weekly_digest import PICTURES
from compassbot.settings import Settings
from compassbot.talk.chat import Event, Reply
from compassbot.talk.view import Card, Text, plain
from compassbot.words import Words

LANGUAGE_FOR = 5.0
"""Seconds for which the language of the channels is remembered."""
SEAL = "slack-seal"
Disconnected = Callable[[], Awaitable[str]]
"""Returns the address at which the app is added again, where a workspace took its token back; else nothing."""


async def _never() -> str:
    return ""


class SlackWorkspace:
    """One workspace with its own parts: what listening needs of it."""

    def __init__(self, parts: Parts, chat: SlackChat, disconnected: Disconnected = _never) -> None:
        """Take the parts, what sends to the workspace, and what tells whether it took the token back."""
        self.parts = parts
        self._disconnected = disconnected
        self.chat = chat
        self._language = ""
        self._read_at = 0.0

    async def hear(self, event: Event) -> Reply:
        """Answer an event; a command only where there is a token to go on with."""
        if event.kind == "command" and (address := await self._disconnected()):
            words = Words(await self.language())
            return Card("", (Text(words("slack-token-gone", address=plain(address))),))
        return await self.parts.hear(event)

    async def close(self) -> None:
        """Let go of the connections of its chat."""
        await self.chat.close()

    async def language(self) -> str:
        """Return the language of its channels."""
        if time.monotonic() - self._read_at > LANGUAGE_FOR or not self._language:
            self._language = await self.parts.database.run(
                lambda books: read_organisation(books.settings.all()).language
            )
            self._read_at = time.monotonic()
        return self._language


def slack_chat(parts: Parts, tokens: Tokens, settings: Settings, pulse: Pulse) -> SlackChat:
    """Return what sends to one workspace; its buttons open in no other."""
    pictures = Pictures(parts.database, parts.house)

    async def picture(address: str) -> bytes | None:
        return await pictures.get(address.removeprefix(PICTURES).removesuffix(".png"))

    key = parts.database.run_now(lambda books: books.vault.hash(SEAL, "buttons"))
    return SlackChat(tokens, Seal(key.encode()), picture, settings.slack_api_url, pulse)
