"""Keeps a Socket Mode connection with Slack open, and acknowledges what came over it once that is safely kept.

Slack's side of it is at https://docs.slack.dev/apis/events-api/using-socket-mode. Why this is not slack_sdk's own client
is decision 16.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from compassbot.chats.slack.ended import Ended, refusal, sentence_of
from compassbot.chats.slack.pulse import Pulse
from compassbot.talk.bot import reference_for, where

log = structlog.get_logger()
Answer = Mapping[str, Any] | str
Hears = Callable[[dict[str, Any]], Awaitable[Answer]]
"""Given the payload of an envelope; returns what Slack gets back, "" for nothing more than that it was heard.

It must raise for whatever Slack should deliver again or show to the person as failed, also when Bolt's status is not 200.
"""

IN_TIME = 3
"""Seconds that Slack waits for an acknowledgement: a person sees an error after that, and events come again."""
SOON = ("warning", "refresh_requested")
"""Slack will close this connection within seconds, and lets us open the next one first."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """How long things may take, in seconds.

    After `ping` of silence the server is asked for a sign of life, and must give it within half of that. After `deaf`
    of silence the connection is given up in any case. `hello` is the longest from asking for an address until Slack
    says hello. `linger` is how long a connection that Slack will close is still heard after the next one said hello.
    On closing, what is under way gets `finish`, and saying goodbye to the server takes `goodbye` at most.
    Pauses between attempts double from `first_pause` to `longest_pause`, each cut by up to a half by chance, and are
    `refused_pause` while Slack does not want us. A connection that lived for `steady` makes them short again.
    """

    ping: float = 10
    deaf: float = 30
    hello: float = 20
    linger: float = 30
    finish: float = 3
    goodbye: float = 1
    first_pause: float = 1
    longest_pause: float = 60
    refused_pause: float = 60
    steady: float = 60


@dataclass(eq=False, slots=True)
class _Line:
    """One connection. `life` ends it; `over` is set when it is time for the next one."""

    life: asyncio.Timeout = field(default_factory=lambda: asyncio.timeout(None))
    over: asyncio.Event = field(default_factory=asyncio.Event)
    welcomed: float | None = None
    ended: Ended | None = None

    def may_live(self, seconds: float | None) -> None:
        """End it after so many seconds; None is: as long as it holds."""
        when = None if seconds is None else asyncio.get_running_loop().time() + seconds
        with contextlib.suppress(RuntimeError):  # it is ending already
            self.life.reschedule(when)

    def age(self) -> float:
        return 0 if self.welcomed is None else asyncio.get_running_loop().time() - self.welcomed


class Socket:
    """The connection of this process: one at a time, two for a moment when Slack asks for a fresh one."""

    def __init__(self, app_token: str, api_url: str, hears: Hears, pulse: Pulse, intervals: Intervals | None = None):
        """Take the app token, where Slack's Web API is, who handles a payload, and where to note how it goes."""
        self._app_token = app_token
        self._hears = hears
        self._pulse = pulse
        self._intervals = intervals or Intervals()
        self._web = AsyncWebClient(base_url=api_url, retry_handlers=[])
        self._web.proxy = _proxy_for(api_url)  # the client would take it from the environment, without no_proxy
        self._keeper: asyncio.Task[None] | None = None
        self._living: dict[asyncio.Task[None], _Line] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._refused = ""

    def start(self) -> None:
        """Begin to connect, and stay connected until stop(). Returns at once; needs a running loop."""
        if self._keeper is None:
            self._pulse.disconnected()
            self._keeper = asyncio.create_task(self._keep_connected())

    async def stop(self) -> None:
        """Take nothing new, finish and acknowledge what is under way within bounds, and close. May be called again."""
        if self._keeper is None:
            return
        keeper, self._keeper = self._keeper, None
        await _end({keeper})
        for line in self._living.values():
            line.may_live(0)
        bound = self._intervals.finish + self._intervals.goodbye
        await asyncio.gather(_end(set(self._working), within=bound), _end(set(self._living), within=bound + 1))

    def state(self) -> str:
        """Return "connected", "connecting", "refused:" and Slack's code for it, or "stopped"."""
        if self._keeper is None:
            return "stopped"
        if self._is_connected():
            return "connected"
        return f"refused:{self._refused}" if self._refused else "connecting"

    def _is_connected(self) -> bool:
        return any(line.welcomed is not None for line in self._living.values())

    async def _keep_connected(self) -> None:
        failures = 0
        while True:
            line = self._open()
            await line.over.wait()
            failures = 0 if line.age() >= self._intervals.steady else failures + 1
            await asyncio.sleep(self._pause(line.ended, failures))

    def _open(self) -> _Line:
        line = _Line()
        task = asyncio.create_task(self._live(line))
        self._living[task] = line
        return line

    def _pause(self, ended: Ended | None, failures: int) -> float:
        """Return the seconds until the next attempt; by chance, so that many bots do not come back at once."""
        times, chance = self._intervals, random.uniform(0.5, 1)  # noqa: S311 - nothing secret
        if ended and ended.refused:
            return times.refused_pause * chance
        grown = times.first_pause * 2 ** min(failures - 1, 20) if failures else 0
        return max(min(grown, times.longest_pause) * chance, ended.wait if ended else 0)

    async def _live(self, line: _Line) -> None:
        """Hold one connection from beginning to end. Whatever ends it, the next one is opened."""
        try:
            await self._connect(line)
        except Ended as ended:
            line.ended = ended
        except TimeoutError:
            line.ended = Ended("its time was over" if line.welcomed else "no hello")
        except Exception as fault:  # noqa: BLE001 - a connection may break in any way: there is a next one
            line.ended = Ended(where(fault))
        finally:
            self._gone(line)

    def _gone(self, line: _Line) -> None:
        """Tell of a connection that is closed: an expected end is worth no warning."""
        self._living = {task: other for task, other in self._living.items() if other is not line}
        if not self._is_connected():
            self._pulse.disconnected()
        if line.ended and line.ended.refused != self._refused:
            self._refused = line.ended.refused
            if self._refused:
                log.error("slack refuses a connection", code=self._refused, do=sentence_of(self._refused))
        elif line.ended and not line.ended.refused and not line.over.is_set() and self._keeper:
            log.warning("slack connection lost", why=line.ended.why, lived=round(line.age()))
        line.over.set()

    async def _connect(self, line: _Line) -> None:
        async with aiohttp.ClientSession() as session, line.life:  # a session each: a closed one spoils no next one
            line.may_live(self._intervals.hello)
            url = await self._invitation()
            ws = await session.ws_connect(url, heartbeat=self._intervals.ping, proxy=_proxy_for(url))
            try:
                await self._read(line, ws)
            finally:
                await self._say_goodbye(line, ws)

    async def _invitation(self) -> str:
        """Return a fresh address: each is good for one connection."""
        try:
            opened = self._web.apps_connections_open(app_token=self._app_token)  # pyright: ignore[reportUnknownMemberType]
            answer = cast("Any", await opened)
        except SlackApiError as fault:
            raise refusal(fault) from None
        self._pulse.answer()
        return str(answer["url"])

    async def _read(self, line: _Line, ws: aiohttp.ClientWebSocketResponse) -> None:
        """Take what comes until the connection ends. Pings and pongs count as signs of life, see `receive`."""
        while True:
            try:
                message = await ws.receive(timeout=self._intervals.deaf)
            except TimeoutError:
                raise Ended("deaf") from None
            if message.type is aiohttp.WSMsgType.ERROR:
                raise Ended("deaf" if isinstance(message.data, TimeoutError) else "broken")
            if message.type is not aiohttp.WSMsgType.TEXT:
                raise Ended("dropped")
            self._take(line, ws, _parsed(message.data))

    def _take(self, line: _Line, ws: aiohttp.ClientWebSocketResponse, message: dict[str, Any]) -> None:
        kind, payload = message.get("type"), message.get("payload")
        if kind == "hello":
            self._welcome(line)
        elif kind == "disconnect":
            _leave(line, str(message.get("reason")))
        elif "envelope_id" in message and isinstance(payload, dict):
            self._pulse.event()
            if message.get("retry_attempt"):
                log.info("slack delivers again", attempt=message["retry_attempt"], why=message.get("retry_reason"))
            self._work(self._answer(ws, message, cast("dict[str, Any]", payload)))
        else:
            log.warning("slack sent what we do not know")

    def _welcome(self, line: _Line) -> None:
        line.welcomed, self._refused = asyncio.get_running_loop().time(), ""
        line.may_live(None)
        for other in self._living.values():
            if other is not line:
                other.may_live(self._intervals.linger)
        self._pulse.connected()
        log.info("slack connected")

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._working.add(task)  # the loop itself holds a task only weakly
        task.add_done_callback(self._working.discard)

    async def _answer(self, ws: aiohttp.ClientWebSocketResponse, envelope: dict[str, Any], payload: Any) -> None:
        """Have it handled, then acknowledge it where it came from. A fault is left for Slack to deliver again."""
        kind, began = str(envelope.get("type")), asyncio.get_running_loop().time()
        try:
            answer = await self._hears(payload)
        except Exception as fault:  # noqa: BLE001 - a handler may break in any way: the others go on
            reference_for("slack envelope failed", fault, kind=kind)
            return
        try:
            await ws.send_str(_acknowledgement(envelope, answer))
            self._pulse.answer()
        except Exception as fault:  # noqa: BLE001 - the connection is gone: Slack delivers events again
            log.warning("slack acknowledgement lost", kind=kind, fault=where(fault))
        if (took := asyncio.get_running_loop().time() - began) > IN_TIME:
            log.warning("slack answered late", kind=kind, seconds=round(took, 1))

    async def _say_goodbye(self, line: _Line, ws: aiohttp.ClientWebSocketResponse) -> None:
        """Close; when we are the one who ends it, what is under way is finished and acknowledged first."""
        if line.welcomed is not None and line.life.expired() and self._working:
            await asyncio.wait(self._working, timeout=self._intervals.finish)
        with contextlib.suppress(TimeoutError):  # the server need not answer, and Slack sometimes does not
            async with asyncio.timeout(self._intervals.goodbye):
                await ws.close()


async def _end(tasks: set[asyncio.Task[None]], within: float = 0) -> None:
    """Let tasks end by themselves for so many seconds, then end them."""
    if within and tasks:
        await asyncio.wait(tasks, timeout=within)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _leave(line: _Line, reason: str) -> None:
    """Do as a `disconnect` says. Raises Ended when nothing more comes over this connection."""
    if reason in SOON:
        line.over.set()
        return
    raise Ended(reason, refused=reason if reason == "link_disabled" else "")


def _acknowledgement(envelope: Mapping[str, Any], answer: Answer) -> str:
    said: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
    if answer and envelope.get("accepts_response_payload", True):
        said["payload"] = {"text": answer} if isinstance(answer, str) else answer
    return json.dumps(said)


def _parsed(text: str) -> dict[str, Any]:
    """Return a message as a dictionary, an empty one for anything else."""
    try:
        message: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", message) if isinstance(message, dict) else {}


def _proxy_for(url: str) -> str | None:
    """Return the proxy that the environment names for an address: wss goes where https goes."""
    there = urlsplit(url)
    if proxy_bypass(there.hostname or ""):
        return None
    return getproxies().get("https" if there.scheme in {"https", "wss"} else "http")
