"""What the pages that install the app need: who we are to Slack, links that are good once, and where a grant goes."""

from __future__ import annotations

from typing import Any

from compassbot.app.workspaces import Workspaces
from compassbot.chats.slack.tokens import SlackApp
from compassbot.clock import Hours
from compassbot.grant import Grant
from compassbot.settings import Settings
from compassbot.store.database import Database


def slack_app(settings: Settings) -> SlackApp:
    """Return who we are to Slack."""
    return SlackApp(
        settings.slack_client_id,
        settings.slack_client_secret,
        settings.slack_api_url,
        settings.public_url.rstrip("/"),
    )


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
        await self._workspaces.installed(grant)
