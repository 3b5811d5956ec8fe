"""Slack as the app knows it: a workspace with its parts, and how all of them are reached."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

import structlog
from starlette.routing import BaseRoute, Route

from compassbot.app.parts import Parts
from compassbot.app.pictures import Pictures
from compassbot.chats.slack.door import Door
from compassbot.chats.slack.listen import Listener
from compassbot.chats.slack.manifest import PATH
from compassbot.chats.slack.pulse import Pulse
from compassbot.chats.slack.seal import Seal
from compassbot.chats.slack.send import SlackChat, Tokens
from compassbot.chats.slack.socket import Socket
from compassbot.conversations.organisation import read_organisation
from compassbot.conversations.weekly_digest import PICTURES
from compassbot.settings import Settings
from compassbot.talk.chat import Event, Reply
from compassbot.talk.view import Card, Text, plain
from compassbot.words import Words

log = structlog.get_logger()
LANGUAGE_FOR = 5.0
"""Seconds for which the language of the channels is remembered."""
SEAL = "slack-seal"
Broken = Callable[[], Awaitable[str]]
"""Returns the address at which the app is added again, where a workspace took its token back; else nothing."""


async def _never() -> str:
    return ""


class SlackWorkspace:
    """One workspace with its own parts: what listening needs of it."""

    def __init__(self, parts: Parts, chat: SlackChat, broken: Broken = _never) -> None:
        """Take the parts, what sends to the workspace, and what tells whether it took the token back."""
        self.parts = parts
        self._broken = broken
        self.chat = chat
        self._language = ""
        self._read_at = 0.0

    async def hear(self, event: Event) -> Reply:
        """Answer an event; a command only where there is a token to go on with."""
        if event.kind == "command" and (address := await self._broken()):
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


class There(Protocol):
    """The workspaces that the bot is in: one, or many."""

    async def of(self, team: str) -> SlackWorkspace | None:
        """Return a workspace, or None for one that is not ours."""
        ...

    async def uninstalled(self, team: str, at: datetime) -> None:
        """Hear that a workspace took the app away, at that moment."""
        ...

    async def taken_back(self, team: str, at: datetime) -> None:
        """Hear that a workspace took the bot's token back, at that moment."""
        ...

    async def tick(self) -> None:
        """Do what is due in them."""
        ...

    async def count(self) -> Mapping[str, int]:
        """Return what is counted in them, under the names of /healthz."""
        ...

    async def close(self) -> None:
        """Let go of them."""
        ...


class Slack:
    """Slack as the app knows it: routes, a connection that is kept, and its health."""

    def __init__(
        self,
        settings: Settings,
        there: There,
        pulse: Pulse,
    ) -> None:
        """Take how it is connected, the workspaces, and what notes that Slack was heard."""
        self._pulse = pulse
        self._there = there
        self._listener = Listener(there.of, there.uninstalled, pulse, there.taken_back)
        self._socket = (
            Socket(settings.slack_app_token, settings.slack_api_url, self._over_socket, pulse)
            if settings.slack_app_token
            else None
        )
        self.routes: list[BaseRoute] = []
        if settings.slack_signing_secret:
            self.routes.append(Route(PATH, Door(settings.slack_signing_secret, self._listener.hears)))

    async def start(self) -> None:
        """Connect, where Slack is reached by Socket Mode."""
        if self._socket:
            self._socket.start()

    async def stop(self) -> None:
        """Finish what is under way, and let go of Slack."""
        if self._socket:
            await self._socket.stop()
        await self._listener.close()
        await self._there.close()

    async def tick(self) -> None:
        """Do what is due in the workspaces, where they are not the app's own."""
        await self._there.tick()

    async def health(self) -> Mapping[str, Any]:
        """Return what /healthz tells of Slack."""
        state = {"slack_state": self._socket.state()} if self._socket else {}
        return {**self._pulse.as_health(), **state, **await self._there.count()}

    async def _over_socket(self, body: dict[str, Any]) -> Mapping[str, Any] | str:
        response = await self._listener.hears(body)
        if response.status != 200:
            raise RuntimeError(f"answered with {response.status}")
        return json.loads(response.body) if response.body.startswith("{") else response.body
