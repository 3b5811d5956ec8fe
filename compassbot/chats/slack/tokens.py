"""The bot's token of each workspace, renewed before it expires: by one process at a time, for it can be done once."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from weakref import WeakValueDictionary

import structlog
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from compassbot.chats.slack.faults import Refusal, translated
from compassbot.grant import Grant
from compassbot.talk.bot import where
from compassbot.talk.errors import NotConnected, NotSent

log = structlog.get_logger()
EARLY = timedelta(hours=1)
"""How long before it expires a token is renewed: long enough to try again when Slack is down."""
FRESH = 60.0
"""Seconds for which a token that was read is not read again."""
AGAIN = 2.0
"""Seconds for which an expired token is not fetched again after that failed: all who ask meanwhile hear the same."""
PATIENCE, PAUSE = 3.0, 0.1
"""Seconds to wait for the process that is renewing a token that has expired, and between two looks."""
SECONDS = 10
"""How long we wait for an answer of Slack."""


@dataclass(frozen=True, slots=True)
class SlackApp:
    """Who we are to Slack: the app's id and secret, the address of the Web API (in `/`), and our own address."""

    client_id: str
    client_secret: str
    api: str
    url: str = ""

    def client(self) -> AsyncWebClient:
        """Return a client without a token. What it sends can be used once, so nothing is sent again by itself."""
        return _Client(base_url=self.api, timeout=SECONDS, retry_handlers=[])


class _Client(AsyncWebClient):
    """Says who we are in the body, which Slack allows: slack_sdk says it in a way that aiohttp is about to drop."""

    async def oauth_v2_access(self, **given: Any) -> AsyncSlackResponse:
        """Ask for a token."""
        data = {name: value for name, value in given.items() if value is not None}
        client: Any = self  # the dictionaries of `api_call` have no types
        return await client.api_call("oauth.v2.access", data=data)


class Grants(Protocol):
    """Where grants are kept, by the id of the workspace; shared by all processes."""

    async def get(self, team: str) -> Grant | None:
        """Return what a workspace gave, or None where the app is not installed."""
        ...

    async def may_renew(self, team: str) -> bool:
        """Return whether this process renews the token now; for a minute no other does."""
        ...

    async def renewed(self, old: Grant, new: Grant) -> bool:
        """Keep a new grant in the place of `old`. Return False when another one lies there meanwhile."""
        ...

    async def not_renewed(self, team: str) -> None:
        """Let any process renew the token at once: it could not be done."""
        ...


class Tokens:
    """The token of each workspace: `await tokens.of("T0123")`."""

    def __init__(self, app: SlackApp, grants: Grants) -> None:
        """Take who we are to Slack, and where grants are kept."""
        self._app = app
        self._grants = grants
        self._read: dict[str, tuple[float, Grant]] = {}
        self._unkept: dict[str, tuple[Grant, Grant]] = {}
        self._failed: dict[str, tuple[float, Grant, str]] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def of(self, team: str) -> str:
        """Return the bot's token, good for now.

        Raises NotConnected where there is none, or Slack gives no new one; ConnectionError when the old one has
        expired and Slack cannot be asked.
        """
        read_at, grant = self._read.get(team, (0.0, None))
        if grant is None or _soon(grant) or time.monotonic() - read_at > FRESH:
            async with self._locks.setdefault(team, asyncio.Lock()):
                grant = await self._get(team)
                if _soon(grant):
                    grant = await self._renew(grant)
            if not _good(grant):
                grant = await self._renewed_elsewhere(team)
        return grant.token

    async def are_taken_back(self, team: str) -> bool:
        """Return whether a workspace has the app and took its token back; Slack is not asked."""
        read_at, grant = self._read.get(team, (0.0, None))
        if grant is None or time.monotonic() - read_at > FRESH:
            grant = await self._grants.get(team)
        return grant is not None and not grant.token

    def forget(self, team: str) -> None:
        """Read the token anew when it is asked for: the workspace was installed again, or is gone."""
        self._read.pop(team, None)
        self._unkept.pop(team, None)
        self._failed.pop(team, None)

    async def _get(self, team: str) -> Grant:
        if team in self._unkept:
            await self._keep(*self._unkept[team])
        grant = await self._grants.get(team)
        if grant is None or not grant.token:
            self.forget(team)
            raise NotConnected("token_revoked" if grant else "app_not_installed")
        self._read[team] = (time.monotonic(), grant)
        return grant

    async def _renew(self, grant: Grant) -> Grant:
        """Return a new grant, or the old one as long as it is good, or while another process fetches one."""
        self._raise_if_just_failed(grant)
        if not await self._grants.may_renew(grant.team):
            return grant
        try:
            new = await self._fetch(grant)
        except (NotSent, OSError) as fault:
            return await self._not_renewed(grant, fault)
        self._read[grant.team] = (time.monotonic(), new)
        self._unkept[grant.team] = (grant, new)  # only we have it now: it is kept before anything else is asked
        try:
            await self._keep(grant, new)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the token is good, and kept when it is read next
            log.error("token not kept yet", team=grant.team, fault=where(fault))
        return new

    async def _not_renewed(self, grant: Grant, fault: Exception) -> Grant:
        """Return a grant that is still good: Slack is asked again in a minute. Raises for one that is not."""
        log.warning("token not renewed", team=grant.team, fault=where(fault))
        if _good(grant):
            return grant
        await self._grants.not_renewed(grant.team)
        self._failed[grant.team] = (time.monotonic(), grant, fault.why if isinstance(fault, NotConnected) else "")
        self._raise_if_just_failed(grant)
        return grant

    def _raise_if_just_failed(self, grant: Grant) -> None:
        """Raise for a grant that Slack gave no new one for; whatever became of asking, a letter did not leave."""
        at, failed, refused = self._failed.get(grant.team, (0.0, None, ""))
        if failed == grant and time.monotonic() - at < AGAIN:
            raise NotConnected(refused) if refused else ConnectionError("no new token yet")

    async def _keep(self, old: Grant, new: Grant) -> None:
        if not await self._grants.renewed(old, new):  # it was installed again meanwhile, and that one counts
            self._read.pop(new.team, None)
        self._unkept.pop(new.team, None)

    async def _renewed_elsewhere(self, team: str) -> Grant:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            await asyncio.sleep(PAUSE)
            grant = await self._get(team)
            if _good(grant):
                return grant
        raise ConnectionError("no new token yet")

    async def _fetch(self, grant: Grant) -> Grant:
        rotator = AsyncTokenRotator(
            client_id=self._app.client_id, client_secret=self._app.client_secret, client=self._app.client()
        )
        minutes = int(EARLY.total_seconds() // 60) + 1
        try:
            with translated():
                new = await _asked(rotator, _bot(grant), minutes)
        except Refusal as refused:  # for this there is no other way than to install the app again
            raise NotConnected(refused.code) from None
        if new is None or not new.bot_token or not new.bot_token_expires_at:
            raise NotConnected("token_expired")
        expires_at = datetime.fromtimestamp(new.bot_token_expires_at, UTC)
        return replace(
            grant, token=new.bot_token, refresh=new.bot_refresh_token or grant.refresh, expires_at=expires_at
        )


async def _asked(rotator: AsyncTokenRotator, bot: Bot, minutes: int) -> Bot | None:
    try:
        return await rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=minutes)
    except SlackTokenRotationError as fault:
        raise fault.api_error from None


def _bot(grant: Grant) -> Bot:
    return Bot(
        team_id=grant.team,
        bot_token=grant.token,
        bot_id="",
        bot_user_id="",
        bot_refresh_token=grant.refresh,
        bot_token_expires_at=int(grant.expires_at.timestamp()) if grant.expires_at else None,
        installed_at=0.0,
    )


def _soon(grant: Grant) -> bool:
    return grant.expires_at is not None and grant.expires_at - EARLY <= datetime.now(UTC)


def _good(grant: Grant) -> bool:
    return grant.expires_at is None or grant.expires_at > datetime.now(UTC)
