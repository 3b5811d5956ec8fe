"""What a workspace gave when it installed the app: the chat fetches and uses it, the store keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """What a workspace gave: the bot's token, and for one that expires (in UTC) what a new one is fetched with.

    `installer` is the platform's own id of who installed the app, `language` the one that they read. There is no
    token, only `""`, where it was taken back.
    """

    team: str
    token: str
    refresh: str = ""
    expires_at: datetime | None = None
    installer: str = ""
    language: str = ""
