"""A Slack workspace, as listening needs it, and how it is found."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from compassbot.chats.slack.send import SlackChat
from compassbot.talk.chat import Hears


class Workspace(Protocol):
    """One Slack workspace, as listening needs it."""

    @property
    def chat(self) -> SlackChat:
        """Return what sends to it."""
        ...

    @property
    def hear(self) -> Hears:
        """Return what its events are handed to."""
        ...

    async def language(self) -> str:
        """Return the language of its channels."""
        ...


Workspaces = Callable[[str], Awaitable[Workspace | None]]
"""Returns the workspace with a team id, or None when it is not one of ours. Raises Broken."""
Uninstalled = Callable[[str, datetime], Awaitable[None]]
"""Is told the team id of a workspace that took the app away, or its token back, and when it did."""


class Broken(Exception):
    """A workspace of ours cannot be opened now; `reference` is the number of it in the log."""

    def __init__(self, reference: str) -> None:
        """Take the number."""
        super().__init__(reference)
        self.reference = reference
