"""Slack's side of Socket Mode, where the network begins: gives addresses, says hello, delivers, and behaves badly.

As Slack does, it delivers an envelope again that was not acknowledged in time, over whatever connection is open then.
Its time is short, so that a test is.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import WSMsgType, web

PATIENCE = 10.0  # seconds: a busy machine is slow


async def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - what is looked at belongs to others, who set no event
            await asyncio.sleep(0.003)


@dataclass(eq=False)
class Line:
    """One connection as Slack sees it."""

    ws: web.WebSocketResponse
    transport: asyncio.Transport
    said: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    reading: asyncio.Task[None] | None = None
    released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def open(self) -> bool:
        """Tell whether the other side still holds it."""
        return not self.transport.is_closing()

    @property
    def acknowledged(self) -> list[str]:
        """Return the ids of what was acknowledged over it."""
        return [said["envelope_id"] for said in self.said]

    async def send(self, message: object) -> None:
        """Send a message; text as it is."""
        await self.ws.send_str(message if isinstance(message, str) else json.dumps(message))

    async def leave(self, reason: str) -> None:
        """Announce that it will be closed."""
        await self.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}})

    def deafen(self) -> None:
        """Read nothing and answer nothing from now on, as a server behind a dead router; TCP stays open."""
        assert self.reading
        self.reading.cancel()

    def drop(self) -> None:
        """Break it off without a word."""
        self.transport.abort()


class FakeSlack:
    """A server on a port of its own."""

    def __init__(self) -> None:
        """Take nothing."""
        self.lines: list[Line] = []
        self.asked = 0
        self.tokens: set[str] = set()
        self.most_open = 0
        self.opens: Callable[[], web.Response] | None = None  # answers apps.connections.open instead of us
        self.may_greet = asyncio.Event()
        self.may_greet.set()
        self.drops_at_once = False
        self._tickets: set[str] = set()
        self._port = 0
        app = web.Application()
        app.add_routes([web.post("/api/apps.connections.open", self._open), web.get("/link/", self._link)])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)

    @property
    def api_url(self) -> str:
        """Return where its Web API is."""
        return f"http://127.0.0.1:{self._port}/api/"

    async def __aenter__(self) -> Self:
        """Start."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.may_greet.set()
        for line in self.lines:
            line.released.set()
        await self._runner.cleanup()

    def refuse(self, code: str, status: int = 200, **headers: str) -> None:
        """Give no address, for this reason, until `opens` is None again."""
        self.opens = lambda: web.json_response({"ok": False, "error": code}, status=status, headers=headers)

    async def line(self, number: int) -> Line:
        """Wait for a connection, counted from 1, and return it."""
        await until(lambda: len(self.lines) >= number)
        return self.lines[number - 1]

    async def deliver(self, id: str, within: float = 0.15, **more: Any) -> int:
        """Deliver an envelope over the newest connection, again until acknowledged. Return how often it took."""
        for attempt in range(100):
            await until(lambda: any(line.open for line in self.lines))
            newest = next(line for line in reversed(self.lines) if line.open)
            again = {"retry_attempt": attempt, "retry_reason": "timeout"} if attempt else {}
            await newest.send(envelope(id, **more) | again)
            try:
                async with asyncio.timeout(within):
                    await until(lambda: any(id in line.acknowledged for line in self.lines))
            except TimeoutError:
                continue
            return attempt + 1
        raise AssertionError("never acknowledged")

    async def _open(self, request: web.Request) -> web.Response:
        self.asked += 1
        self.tokens.add(request.headers.get("Authorization", ""))
        if self.opens:
            return self.opens()
        ticket = str(self.asked)
        self._tickets.add(ticket)
        return web.json_response({"ok": True, "url": f"ws://127.0.0.1:{self._port}/link/?ticket={ticket}"})

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if request.query["ticket"] not in self._tickets:
            return web.Response(status=403)
        self._tickets.remove(request.query["ticket"])  # an address is good for one connection
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        line = Line(ws, request.transport)
        self.lines.append(line)
        self.most_open = max(self.most_open, sum(one.open for one in self.lines))
        line.reading = asyncio.create_task(self._read(line))
        await asyncio.wait({line.reading})
        if line.reading.cancelled():
            await line.released.wait()
            line.drop()
        return ws

    async def _read(self, line: Line) -> None:
        await self.may_greet.wait()
        with contextlib.suppress(ConnectionError):  # the other side may be gone by now
            await line.send({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})
        if self.drops_at_once:
            line.drop()
        async for message in line.ws:
            if message.type is WSMsgType.TEXT:
                line.said.append(json.loads(message.data))


def envelope(id: str, kind: str = "events_api", **more: Any) -> dict[str, Any]:
    """Return an envelope as Slack makes it."""
    event = {"type": "event_callback", "event_id": f"Ev-{id}", "event": {"type": "app_home_opened"}}
    return {"type": kind, "envelope_id": id, "payload": event, "accepts_response_payload": kind != "events_api"} | more
