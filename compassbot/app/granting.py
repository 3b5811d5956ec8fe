"""What workspaces gave us, where what renews their tokens finds and keeps it: our main database."""

from __future__ import annotations

from compassbot.clock import Hours
from compassbot.grant import Grant
from compassbot.store.database import Database


class StoredGrants:
    """What workspaces gave, in the main database: see Grants in chats/slack/tokens.py."""

    def __init__(self, main: Database, hours: Hours) -> None:
        """Take the main database, and what time it is."""
        self._main = main
        self._hours = hours

    async def get(self, team: str) -> Grant | None:
        """Return what a workspace gave, or None where the app is not installed."""
        return await self._main.run(lambda books: books.installations.get(team))

    async def may_renew(self, team: str) -> bool:
        """Return whether this process renews the token now."""
        return await self._main.run(lambda books: books.installations.may_renew(team, self._hours.now()))

    async def renewed(self, old: Grant, new: Grant) -> bool:
        """Keep a new grant in the place of `old`, unless another one lies there."""
        return await self._main.run(lambda books: books.installations.renewed(old, new))

    async def not_renewed(self, team: str) -> None:
        """Let any process renew the token at once."""
        await self._main.run(lambda books: books.installations.not_renewed(team))
