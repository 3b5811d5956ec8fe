"""What lies between Slack and the servers, where the power fails at the worst moments; and people who try again.

Slack and its people do what they do when a bot does not answer: a press is made again, a form is sent again as it
stands, and Slack tells of an event again under the same id.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import aiohttp
from aiohttp import web

from tests.serving import free_port
from tests.slack.local import DILEMMAS, LEARNING, Answer, Found, LocalSlack, elements_in, picked
from tests.slack.serve_fast import FastServer

SOON = 30.0  # seconds: after a kill a letter waits until its lease is over
AGAIN = 0.05  # seconds before somebody tries again
SHOWN = 1.5  # seconds that somebody waits for a form after the bot said that it heard
RETRIES = 4  # of an event: docs.slack.dev, "Events API", "Retries", has three
Moment = Literal["before", "during", "unheard", "after"]
"""When the power fails: before a request is passed on, while the other side is at it, or once the answer is passed on.

"Unheard" is after the other side did what was asked, and before it can be heard that it did: who asked asks again.
"""
MOMENTS: tuple[Moment, ...] = ("before", "during", "unheard", "after")
PICTURE = ("files.getUploadURLExternal", "files.completeUploadExternal")


@dataclass
class Edge:
    """Passes on what Slack and the servers say to each other, and kills servers meanwhile, up to `allowed` times.

    The path of what a server asks of Slack begins with its number: so it is known who asks. `surely` is when the
    power fails at the next thing that somebody does, and `pictures` when it failed while a picture was handed to Slack.
    """

    slack: LocalSlack
    luck: random.Random
    servers: list[FastServer] = field(default_factory=list[FastServer])
    allowed: int = 0
    kills: int = 0
    surely: Moment | None = None
    pictures: set[tuple[str, Moment]] = field(default_factory=set[tuple[str, Moment]])
    port: int = field(default_factory=free_port)
    _starting: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    _session: aiohttp.ClientSession | None = None

    @property
    def address(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def api_url(self, number: int) -> str:
        """Return where the server with this number finds Slack's Web API."""
        return f"{self.address}/{number}/api/"

    async def run(self, living: Callable[[], Awaitable[None]]) -> None:
        """Be there while something is lived through, and kill what is left of the servers."""
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/slack/events", self._to_bot)
        app.router.add_route("*", "/{number:[0-9]}/{path:.*}", self._to_slack)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        try:
            async with aiohttp.ClientSession(auto_decompress=False) as self._session:
                for server in self.servers:
                    await asyncio.to_thread(server.start)
                await living()
        finally:
            await asyncio.gather(*self._starting, return_exceptions=True)
            for server in self.servers:
                if server.process:
                    server.kill()
            await runner.cleanup()

    async def all_live(self) -> None:
        """Wait until every server is there again."""
        while self._starting:
            await asyncio.gather(*self._starting)

    async def minute(self) -> None:
        """Let all servers that live do what is due, at the same time; a server that is killed meanwhile does it later."""
        await asyncio.gather(*(self._minute_of(server) for server in self.servers))

    async def health(self) -> Found:
        """Return what a server tells of itself, once it is there."""
        while True:
            await self.all_live()
            with suppress(aiohttp.ClientError, OSError):  # it was killed meanwhile
                assert self._session
                async with self._session.get(f"{self.servers[0].address}/healthz") as response:
                    return dict(await response.json())

    async def _minute_of(self, server: FastServer) -> None:
        assert self._session
        try:
            async with self._session.post(f"{server.address}/minute"):
                return
        except (aiohttp.ClientError, OSError):
            return

    # From Slack to the bot

    async def _to_bot(self, request: web.Request) -> web.Response:
        """Do what a balancer does: where nobody is, the next one is asked; what was heard is never sent again.

        Only events come again, by Slack itself.
        """
        raw = await request.read()
        headers = {
            name: value for name, value in request.headers.items() if name.lower() not in ("host", "content-length")
        }
        event = request.content_type == "application/json"
        for _ in range(RETRIES if event else 1):
            status, body, kind = await self._passed_to_bot(raw, headers)
            if status == 200:
                return web.Response(body=body, headers={"Content-Type": kind})
            await asyncio.sleep(AGAIN)
        return web.Response(status=status)

    async def _passed_to_bot(self, raw: bytes, headers: Mapping[str, str]) -> tuple[int, bytes, str]:
        assert self._session
        for server in self.luck.sample(self.servers, len(self.servers)):
            moment, victims = self.surely or self._fate("what people do", 0.13), self._victims(server)
            self.surely = None
            if moment == "before":
                self._fall(*victims)
            if moment == "during":
                self._fall_later(*victims)
            try:
                async with self._session.post(f"{server.address}/slack/events", data=raw, headers=headers) as response:
                    answer = response.status, await response.read(), response.headers.get("Content-Type", "text/plain")
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, OSError):
                return 502, b"", ""
            if moment == "unheard":
                self._fall(server)
                return 502, b"", ""
            if moment == "after":
                self._fall_later(*victims)
            return answer
        return 503, b"", ""

    # From the bot to Slack

    async def _to_slack(self, request: web.Request) -> web.StreamResponse:
        assert self._session
        number, path = int(request.match_info["number"]), request.match_info["path"]
        server = self.servers[number]
        moment = self._fate(path.removeprefix("api/"), 0.2)
        if moment == "before":
            self._fall(server)
            return web.Response(status=502)
        if moment == "during":
            self._fall_later(server)
        headers = {
            name: value for name, value in request.headers.items() if name.lower() not in ("host", "content-length")
        }
        url = f"{self.slack.address}/{path}?{request.query_string}".rstrip("?")
        async with self._session.request(request.method, url, data=await request.read(), headers=headers) as response:
            body, kind = await response.read(), response.headers.get("Content-Type", "text/plain")
        if moment == "unheard":
            self._fall(server)
            return web.Response(status=502)
        if moment == "after":
            self._fall_later(server)
        body = body.replace(self.slack.address.encode(), f"{self.address}/{number}".encode())
        return web.Response(status=response.status, body=body, headers={"Content-Type": kind})

    # The power

    def _fate(self, what: str, chance: float) -> Moment | None:
        """Return when the power fails, or None. It fails at every moment of the first pictures."""
        if self.kills >= self.allowed:
            return None
        if what in PICTURE:
            left = [moment for moment in MOMENTS if (what, moment) not in self.pictures]
            if left:
                self.pictures.add((what, left[0]))
                return left[0]
        return self.luck.choice(MOMENTS) if self.luck.random() < chance else None

    def _victims(self, server: FastServer) -> list[FastServer]:
        """Return this server, and of two sometimes both, or the other one."""
        others = [other for other in self.servers if other is not server]
        return self.luck.choice([[server], [server], [server, *others], others or [server]])

    def _fall_later(self, *servers: FastServer) -> None:
        after = self.luck.uniform(0, 0.03)  # seconds: some come before the commit, some after, some while letters leave
        asyncio.get_running_loop().call_later(after, self._fall, *servers)

    def _fall(self, *servers: FastServer) -> None:
        """Kill servers; each is started again at once."""
        for server in servers:
            if server.process and self.kills < self.allowed:
                server.kill()
                self.kills += 1
                task = asyncio.create_task(asyncio.to_thread(server.start))
                self._starting.add(task)
                task.add_done_callback(self._starting.discard)


@dataclass
class Person:
    """Somebody in the workspace who tries again until it works."""

    edge: Edge
    user: str
    department: str = ""

    @property
    def slack(self) -> LocalSlack:
        """Return the workspace."""
        return self.edge.slack

    async def says(self, line: str) -> None:
        """Type a command until its form is there."""
        command, _, rest = line.partition(" ")
        await self._until_asked(lambda: self.slack.command(self.user, DILEMMAS, command, rest))

    async def asks(self, line: str) -> str:
        """Type a command until it is answered, and return the answer."""
        command, _, rest = line.partition(" ")
        return (await self._until_heard(lambda: self.slack.command(self.user, DILEMMAS, command, rest))).body

    async def presses(self, label: str) -> None:
        """Press the last button that begins with `label` until its form is there."""

        async def press() -> Answer:
            channel, ts, button = await self._button(label)
            return await self.slack.press(self.user, channel, ts, button)

        await self._until_asked(press)

    async def fills(self, **answers: Any) -> None:
        """Fill in the form that is open, and send it until it is taken: the same form, as it stands."""
        view = await self.slack.modal(self.user)
        assert view, f"{self.user} has no form"
        inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
        names = {id.partition("~")[0]: id for id in inputs}
        if "department" in names and self.department:
            answers = {"department": self.department} | answers
        values = {names[name]: picked(inputs[names[name]]["element"], answer) for name, answer in answers.items()}
        await self._until_heard(lambda: self.slack.submit(self.user, **values))
        assert not await self.slack.modal_errors(), await self.slack.modal_errors()
        told = await self.slack.modal(self.user)
        if told and not told.get("submit"):
            await self.slack.close_modal(self.user)

    async def looks_home(self) -> None:
        """Look at App Home; Slack itself tells of it again until the bot has heard."""
        await self.slack.open_home(self.user)

    async def _until_heard(self, act: Callable[[], Awaitable[Answer]]) -> Answer:
        end = time.monotonic() + SOON
        while (answer := await act()).status != 200:
            assert time.monotonic() < end, answer
            await asyncio.sleep(AGAIN)
        return answer

    async def _until_asked(self, act: Callable[[], Awaitable[Answer]]) -> None:
        end = time.monotonic() + SOON
        while True:
            await self._until_heard(act)
            if await self._asked():
                return
            assert time.monotonic() < end, f"{self.user} gets no form"

    async def _asked(self) -> bool:
        """Return whether a form opens, before somebody would try again."""
        kills, begun = self.edge.kills, time.monotonic()
        while time.monotonic() < begun + (SHOWN if self.edge.kills == kills else 0.2):
            view = await self.slack.modal(self.user)
            if view and view.get("submit"):
                return True
            await asyncio.sleep(0.01)
        return False

    async def _button(self, label: str) -> tuple[str, str, str]:
        """Wait for a button, and return the channel, the message and the id of the last one."""
        end = time.monotonic() + SOON
        while True:
            direct = await self.slack.direct(self.user)
            found = [
                (message["ts"], channel, button)
                for channel in (DILEMMAS, LEARNING, *([direct] if direct else []))
                for message in await self.slack.messages(channel, self.user)
                for button in buttons_in(message, label)
            ]
            if found:
                ts, channel, button = max(found, key=lambda one: float(one[0]))
                return channel, ts, button
            assert time.monotonic() < end, f"{self.user} sees no button {label!r}"
            await self.edge.minute()
            await asyncio.sleep(0.1)


def buttons_in(message: Found, label: str) -> list[str]:
    """Return the ids of the buttons of a message that begin with these words."""
    there = [one for _, one in elements_in(message.get("blocks") or []) if one["type"] == "button"]
    return [one["action_id"] for one in there if one["text"]["text"].startswith(label)]


def posted_in(calls: Sequence[tuple[str, Found]]) -> dict[str, list[Found]]:
    """Return the messages that reached Slack, by the key of their letter."""
    found: dict[str, list[Found]] = {}
    for _, message in calls:
        found.setdefault(message["metadata"]["event_payload"]["key"], []).append(message)
    return found
