"""Where the pages that install the app, and what renews its tokens, find and keep what they need: our database."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from compassbot.app.workspaces import Workspaces
from compassbot.chats.slack.tokens import Grant, SlackApp
from compassbot.clock import Hours
from compassbot.settings import Settings
from compassbot.store.database import Database
from compassbot.store.installations import Installation


def slack_app(settings: Settings) -> SlackApp:
    """Return who we are to Slack."""
    return SlackApp(
        settings.slack_client_id,
        settings.slack_client_secret,
        settings.slack_api_url,
        settings.public_url.rstrip("/"),
    )


class StoredGrants:
    """What workspaces gave, in the main database: see Grants in chats/slack/tokens.py."""

    def __init__(self, main: Database, hours: Hours) -> None:
        """Take the main database, and what time it is."""
        self._main = main
        self._hours = hours

    async def get(self, team: str) -> Grant | None:
        """Return what a workspace gave, or None where the app is not installed."""
        kept = await self._main.run(lambda books: books.installations.get(team))
        return Grant(**asdict(kept)) if kept else None

    async def may_renew(self, team: str) -> bool:
        """Return whether this process renews the token now."""
        return await self._main.run(lambda books: books.installations.may_renew(team, self._hours.now()))

    async def renewed(self, old: Grant, new: Grant) -> bool:
        """Keep a new grant in the place of `old`, unless another one lies there."""
        before, after = _kept(old), _kept(new)
        return await self._main.run(lambda books: books.installations.renewed(before, after))

    async def not_renewed(self, team: str) -> None:
        """Let any process renew the token at once."""
        await self._main.run(lambda books: books.installations.not_renewed(team))


class StoredInstalls:
    """What the pages need, from the main database: see Installs in chats/slack/install.py."""

    def __init__(self, main: Database, workspaces: Workspaces[Any], hours: Hours) -> None:
        """Take the main database, the workspaces, and what time it is."""
        self._main = main
        self._workspaces = workspaces
        self._hours = hours

    async def new_state(self) -> str:
        """Return what goes along to Slack and comes back."""
        return await self._main.run(lambda books: books.installations.new_state(self._hours.now()))

    async def use_state(self, state: str) -> bool:
        """Return whether a state is ours, still good, and used for the first time."""
        return await self._main.run(lambda books: books.installations.use_state(state, self._hours.now()))

    async def installed(self, grant: Grant) -> None:
        """Keep what a workspace gave, and open it."""
        await self._workspaces.installed(_kept(grant))


def _kept(grant: Grant) -> Installation:
    return Installation(**asdict(grant))
