"""Slack joined to the bot, over HTTP or Socket Mode; here one workspace by its token."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import structlog
from starlette.routing import BaseRoute, Route

from compassbot.app.asgi import Running
from compassbot.app.parts import Parts
from compassbot.app.pictures import Pictures
from compassbot.app.refusing import CannotStart
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

log = structlog.get_logger()
LANGUAGE_FOR = 5.0
"""Seconds for which the language of the channels is remembered."""
SEAL = "slack-seal"


class SlackWorkspace:
    """One workspace with its own parts: what listening needs of it."""

    def __init__(self, parts: Parts, chat: SlackChat) -> None:
        """Take the parts, and what sends to the workspace."""
        self.parts = parts
        self.chat = chat
        self._language = ""
        self._read_at = 0.0

    async def hear(self, event: Event) -> Reply:
        """Answer an event."""
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
        self._listener = Listener(there.of, there.uninstalled, pulse)
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


def open_slack(parts: Parts, settings: Settings) -> Slack:
    """Return Slack for one workspace by its token. Raises CannotStart where something is missing."""
    _check(settings)
    pulse = Pulse()

    async def token() -> str:
        return settings.slack_bot_token

    chat = slack_chat(parts, token, settings, pulse)
    parts.chats[chat.name] = chat
    return Slack(settings, Alone(SlackWorkspace(parts, chat)), pulse)


class Alone:
    """The one workspace that a bot token belongs to: events of any other are refused."""

    def __init__(self, workspace: SlackWorkspace) -> None:
        """Take the workspace."""
        self._workspace = workspace
        self._team = ""

    async def of(self, team: str) -> SlackWorkspace | None:
        """Return the workspace, or None for another one. Raises NotSent when Slack does not say which it is."""
        if not self._team:
            self._team = await self._workspace.chat.team()
        return self._workspace if team == self._team else None

    async def uninstalled(self, team: str, at: datetime) -> None:
        """Tell the log: the data stays, since it is this server's own, and a new token brings the bot back."""
        log.error("slack uninstalled the app", do="install it again, and set its new COMPASSBOT_SLACK_BOT_TOKEN")

    async def tick(self) -> None:
        """Do nothing: what is due is due in the app's own parts."""

    async def count(self) -> Mapping[str, int]:
        """Return nothing more: the letters are the app's own."""
        return {}

    async def close(self) -> None:
        """Let go of the connections."""
        await self._workspace.close()


def _check(settings: Settings) -> None:
    """Raise CannotStart with what is missing."""
    if not settings.slack_bot_token:
        raise CannotStart("COMPASSBOT_SLACK_BOT_TOKEN is missing. docs/slack.md says where to find it.")
    if not (settings.slack_app_token or settings.slack_signing_secret):
        raise CannotStart(
            "Slack has no way to reach the bot. Set COMPASSBOT_SLACK_APP_TOKEN for Socket Mode, "
            "or COMPASSBOT_SLACK_SIGNING_SECRET for HTTP. docs/slack.md says where to find them."
        )


def running_slack(parts: Parts, settings: Settings) -> Running:
    """Return the running app of a bot that is in Slack: in one workspace by its token, or in many by OAuth."""
    if settings.slack_client_id and not settings.slack_bot_token:
        from compassbot.app.slack_many import many_workspaces

        return many_workspaces(parts, settings)
    slack = open_slack(parts, settings)
    parts.database.run_now(lambda books: books.settings.begin("started_at", parts.hours.now().isoformat()))
    return Running(parts, slack.routes, sides=(slack,))
