"""Many Slack workspaces in one process, by OAuth: each joined to a bot of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

import structlog

from compassbot.app.asgi import Running
from compassbot.app.granting import StoredGrants
from compassbot.app.installing import StoredInstalls, slack_app
from compassbot.app.parts import Parts
from compassbot.app.refusing import CannotStart
from compassbot.app.slack_side import Slack
from compassbot.app.slack_workspace import SlackWorkspace, slack_chat
from compassbot.app.workspaces import CannotOpen, Workspaces
from compassbot.chats.slack.install import Installer
from compassbot.chats.slack.manifest import INSTALL_PATH
from compassbot.chats.slack.pulse import Pulse
from compassbot.chats.slack.tokens import Tokens
from compassbot.chats.slack.workspace import Broken
from compassbot.settings import Settings
from compassbot.store.tenants import is_team
from compassbot.talk.bot import where

log = structlog.get_logger()


def many_workspaces(main: Parts, settings: Settings) -> Running:
    """Return the running app; `main` holds who installed it, and no deliberation. Raises CannotStart."""
    _check(settings)
    pulse = Pulse()
    app, hours = slack_app(settings), main.hours
    tokens = Tokens(app, StoredGrants(main.database, hours))

    def join(team: str, parts: Parts) -> SlackWorkspace:
        async def disconnected() -> str:
            return app.url + INSTALL_PATH if await tokens.are_taken_back(team) else ""

        return SlackWorkspace(parts, slack_chat(parts, lambda: tokens.of(team), settings, pulse), disconnected)

    workspaces = Workspaces(main.database, settings, main.house, join, hours=hours, changed=tokens.forget)
    slack = Slack(settings, Many(workspaces, main), pulse)
    pages = Installer(app, StoredInstalls(main.database, workspaces, hours), settings.slack_allowed).routes()
    return Running(main, [*slack.routes, *pages], sides=(slack,))


class Many:
    """The workspaces that have the app."""

    def __init__(self, workspaces: Workspaces[SlackWorkspace], main: Parts) -> None:
        """Take the workspaces, and the app's own parts."""
        self._workspaces = workspaces
        self._main = main

    async def of(self, team: str) -> SlackWorkspace | None:
        """Return a workspace, or None for one without the app. Raises Broken for one that cannot be opened now."""
        try:
            return await self._workspaces.of(team)
        except CannotOpen as fault:
            raise Broken(fault.reference) from None

    async def uninstalled(self, team: str, at: datetime) -> None:
        """Forget a workspace."""
        await self._workspaces.uninstalled(team, at)

    async def taken_back(self, team: str, at: datetime) -> None:
        """Let a workspace wait for a new token."""
        await self._workspaces.taken_back(team, at)

    async def tick(self) -> None:
        """Do what is due in each of them."""
        await self._workspaces.tick(self._main.hours.now())

    async def count(self) -> Mapping[str, int]:
        """Return what is counted in all that are open, together; how many have the app, and how many of them answer."""
        installed = await self._main.database.run(lambda books: len(books.installations.since()))
        found = [each for parts in self._workspaces.open() if (each := await _counted(parts)) is not None]
        together: Counter[str] = sum(found, Counter[str]())
        return {**together, "slack_workspaces": installed, "slack_workspaces_open": len(found)}

    async def close(self) -> None:
        """Let go of them."""
        await self._workspaces.close()


async def _counted(parts: Parts) -> Counter[str] | None:
    """Return what is counted in one, or None where its database does not answer: the health of the others is told."""
    try:
        return Counter(
            await parts.database.run(lambda books: books.outbox.counted() | {"letters_waiting": books.outbox.waiting()})
        )
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is logged without content
        log.warning("workspace not counted", fault=where(fault))
        return None


def _check(settings: Settings) -> None:
    """Raise CannotStart with what is missing."""
    if not settings.slack_client_secret:
        raise CannotStart("COMPASSBOT_SLACK_CLIENT_SECRET is missing. docs/slack.md says where to find it.")
    if not settings.public_url.startswith("https://"):
        raise CannotStart(
            "COMPASSBOT_PUBLIC_URL must be an address that begins with https://, so that Slack and browsers "
            "find the pages on which a workspace adds the bot."
        )
    if wrong := sorted(team for team in settings.slack_allowed if not is_team(team)):
        raise CannotStart(
            f"COMPASSBOT_SLACK_TEAMS holds what is no id of a workspace, such as T0123: {', '.join(wrong)}"
        )
    if not (settings.slack_signing_secret or settings.slack_app_token):
        raise CannotStart(
            "Slack has no way to reach the bot. Set COMPASSBOT_SLACK_SIGNING_SECRET, "
            "or COMPASSBOT_SLACK_APP_TOKEN for Socket Mode. docs/slack.md says where to find them."
        )
