"""Calls to Slack's Web API for one workspace: with its token, within a time, over one session."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from compassbot.chats.slack.faults import Refusal
from compassbot.chats.slack.pulse import Pulse
from compassbot.talk.errors import Unsure

Json = dict[str, Any]
SECONDS = 20
"""How long we wait for an answer of Slack's Web API."""
OURSELVES = {"127.0.0.1", "localhost", "::1"}
"""Where an answer may go without https: to the machine that we run on."""
Tokens = Callable[[], Awaitable[str]]
"""Returns the bot token as it is now. Raises NotConnected where there is none."""


class Calls:
    """Raises what slack_sdk and aiohttp raise: who calls puts `faults.translated` around it."""

    def __init__(self, tokens: Tokens, api: str, pulse: Pulse) -> None:
        """Take the token, the address of the Web API, and what notes that Slack answered."""
        self.seconds: float = SECONDS
        """How long an answer is waited for."""
        self._tokens = tokens
        self._api = api
        self._pulse = pulse
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, body: Json, within: float = SECONDS) -> Any:
        """Return what a method of the Web API answers."""
        token = await self._tokens()
        async with asyncio.timeout(min(within, self.seconds)):
            done = await self._client().api_call(method, json={**body, "token": token})
        self._pulse.answer()
        return done.data

    async def upload(self, content: bytes, name: str, title: str, alt: str) -> str:
        """Return Slack's id of a file, once it has it. In messages it can be shown a few seconds later."""
        done = await self._client().files_upload_v2(
            content=content, filename=name, title=title, alt_txt=alt, token=await self._tokens()
        )
        return str(done["file"]["id"])

    async def answer(self, url: str, body: Json, within: float) -> None:
        """Send an answer to the address that came with a deed: it needs no token, and goes nowhere else."""
        if not _is_slacks(url):
            raise Refusal("response_url")
        async with (
            asyncio.timeout(min(within, self.seconds)),
            self._open_session().post(url, json=body, allow_redirects=False) as response,
        ):
            if response.status >= 500:
                raise Unsure(f"http_{response.status}")
            if response.status >= 300:
                raise Refusal(f"http_{response.status}")
        self._pulse.answer()

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session:
            await self._session.close()

    def _client(self) -> Any:  # its types are partly unknown
        client = AsyncWebClient(base_url=self._api, session=self._open_session(), timeout=SECONDS, retry_handlers=[])
        client.proxy = None  # see _open_session
        return client

    def _open_session(self) -> aiohttp.ClientSession:
        """Return the one session: a new one for each call costs a fifth more."""
        if self._session is None or self._session.closed:
            # It takes the proxy of the environment, and leaves out what no_proxy names, which slack_sdk does not.
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS), trust_env=True)
        return self._session


def _is_slacks(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in OURSELVES)
