"""The side of the app that connects to Slack: its routes or its line, which workspace is meant, and its health."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from starlette.routing import BaseRoute, Route

from compassbot.app.slack_workspace import SlackWorkspace
from compassbot.chats.slack.door import Door
from compassbot.chats.slack.listen import Listener
from compassbot.chats.slack.manifest import PATH
from compassbot.chats.slack.pulse import Pulse
from compassbot.chats.slack.socket import Socket
from compassbot.settings import Settings


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
