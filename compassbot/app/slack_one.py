"""One Slack workspace, by its bot token: its bot is the app's own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime

import structlog

from compassbot.app.asgi import Running
from compassbot.app.belonging import SLACK_TEAM, refuse_office
from compassbot.app.parts import Parts
from compassbot.app.refusing import CannotStart
from compassbot.app.slack_side import Slack
from compassbot.app.slack_workspace import SlackWorkspace, slack_chat
from compassbot.chats.slack.pulse import Pulse
from compassbot.settings import Settings

log = structlog.get_logger()
KNOWING = 2.5
"""Seconds that an event waits until it is known: it must be answered within three."""


def one_workspace(parts: Parts, settings: Settings) -> Running:
    """Return the running app. Raises CannotStart where something is missing."""
    _check(settings)
    refuse_office(parts.database)
    pulse = Pulse()

    async def token() -> str:
        return settings.slack_bot_token

    chat = slack_chat(parts, token, settings, pulse)
    parts.chats[chat.name] = chat
    slack = Slack(settings, Alone(SlackWorkspace(parts, chat), settings.slack_bot_token), pulse)
    parts.database.run_now(lambda books: books.settings.begin("started_at", parts.hours.now().isoformat()))
    return Running(parts, slack.routes, sides=(slack,))


class Alone:
    """The one workspace that a bot token belongs to: events of any other are refused."""

    def __init__(self, workspace: SlackWorkspace, token: str) -> None:
        """Take the workspace, and its token."""
        self._workspace = workspace
        self._token = token
        self._team = ""
        self._asking = asyncio.Lock()

    async def of(self, team: str) -> SlackWorkspace | None:
        """Return the workspace, or None for another one. Raises NotSent or OSError when nobody can say which it is."""
        if not self._team:
            async with asyncio.timeout(KNOWING), self._asking:  # all that come at once ask together
                self._team = self._team or await self._known()
        return self._workspace if team == self._team else None

    async def _known(self) -> str:
        """Return the id of the workspace: Slack is asked once for each token, so that we can start while it is down."""
        database = self._workspace.parts.database
        token, known = await database.run(
            lambda books: (books.vault.hash(SLACK_TEAM, self._token), books.settings.all().get(SLACK_TEAM))
        )
        if known and known[0] == token:
            return str(known[1])
        team = await self._workspace.chat.team()
        await database.run(lambda books: books.settings.set(SLACK_TEAM, [token, team]))
        return team

    async def uninstalled(self, team: str, at: datetime) -> None:
        """Tell the log: the data stays, since it is this server's own, and a new token brings the bot back."""
        log.error("slack uninstalled the app", do="install it again, and set its new COMPASSBOT_SLACK_BOT_TOKEN")

    async def taken_back(self, team: str, at: datetime) -> None:
        """Tell the log: what is to be said waits for a new token."""
        log.error(
            "slack took the bot token back", do="install the app again, and set its new COMPASSBOT_SLACK_BOT_TOKEN"
        )

    async def tick(self) -> None:
        """Do nothing: what is due is due in the app's own parts."""

    async def count(self) -> Mapping[str, int]:
        """Return nothing more: the letters are the app's own."""
        return {}

    async def close(self) -> None:
        """Let go of the connections, once the letters under way have left."""
        await self._workspace.parts.finish()
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
