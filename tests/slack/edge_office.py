"""An office whose Slack is tests/slack/edge.py: the app in this process, signed requests in, a Web API that may fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import sqlalchemy as sa

from compassbot.app.asgi import make_app
from compassbot.app.parts import Parts, house_of, put_together
from compassbot.app.slack_office import running_slack
from compassbot.app.slack_workspace import SlackWorkspace
from compassbot.chats.slack.send import SlackChat
from compassbot.conversations.desk import House
from compassbot.courier import Bounds
from compassbot.settings import Settings
from compassbot.store.database import Database
from compassbot.store.tables import metadata
from compassbot.talk.chat import Pace
from tests.office import KEY, TUESDAY, Standing, moment_of
from tests.slack import payloads
from tests.slack.chosen import choose
from tests.slack.edge import Edge, direct
from tests.slack.local import BOT_TOKEN, DILEMMAS, LEARNING, SIGNING_SECRET, TEAM, elements_in, words_in

Found = dict[str, Any]
IN_TIME = 3.0  # seconds in which Slack wants an answer
SOON = 10.0  # seconds: a busy machine is slow
SHORT = 0.3  # seconds that an answer of the Web API is waited for, where a test lets it hang
PATH = "/slack/events"


@dataclass
class EdgeOffice:
    """The organisation in a workspace at the edge of the network, with its clock."""

    edge: Edge
    parts: Parts
    client: httpx.AsyncClient

    @property
    def chat(self) -> SlackChat:
        """Return what sends to Slack."""
        chat = self.parts.chats["slack"]
        assert isinstance(chat, SlackChat)
        return chat

    def person(self, name: str, department: str = "wmo", *roles: str) -> EdgeColleague:
        """Return a colleague, with roles."""
        user = f"U0{name.upper()}"
        for role in roles:
            self.parts.database.run_now(lambda books, role=role: books.people.give(f"slack:{user}", role))
        return EdgeColleague(self, user, department)

    async def send(self, body: Found) -> httpx.Response:
        """Send a payload as Slack does, and expect an answer in time."""
        raw, kind = payloads.packed(body)
        began = asyncio.get_running_loop().time()
        response = await self.client.post(PATH, content=raw, headers=payloads.signed(raw, kind))
        assert asyncio.get_running_loop().time() - began < IN_TIME
        return response

    async def settles(self) -> None:
        """Wait until all that may leave has left, and all that is shown is shown."""
        for _ in range(3):
            others = [task for task in asyncio.all_tasks() if "_quietly" in repr(task.get_coro())]
            if others:
                await asyncio.wait(others, timeout=SOON)
            await self.parts.courier.deliver(self.parts.hours.now())

    async def waits(self, **how: Any) -> None:
        """Let time go by, and all that falls due in it happen."""
        now = self.parts.hours.now()
        await self.parts.clock.live_through(now, moment_of(now, **how), self.parts.hours.set)
        await self.settles()

    async def health(self) -> Found:
        """Return what /healthz tells."""
        return dict((await self.client.get("/healthz")).json())

    async def only(self, team: str) -> SlackWorkspace | None:
        """Return the workspace, for what listens without the app."""
        return SlackWorkspace(self.parts, self.chat) if team == TEAM else None

    async def not_uninstalled(self, team: str, at: datetime) -> None:
        """Hear that a workspace took the app away, and keep it."""

    def said_in(self, channel: str) -> str:
        """Return all that is said in a channel, or to a person."""
        return "\n\n".join(read(one) for one in self.edge.in_channel(channel))

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return len(self.rows(table))

    def kept(self, but: Sequence[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that is kept, in all tables but some."""
        return {name: self.rows(name) for name in metadata.tables if name not in but}

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """Return the rows of a table."""
        found = metadata.tables[table]
        order = list(found.primary_key)
        select = sa.select(found).order_by(*order)
        return self.parts.database.run_now(lambda books: [tuple(row) for row in books.connection.execute(select)])


@dataclass
class EdgeColleague:
    """Somebody in the workspace: the answer to what they did last is in `answer`."""

    office: EdgeOffice
    user: str
    department: str
    language: str = "nl"
    answer: httpx.Response | None = None
    refused: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def edge(self) -> Edge:
        """Return Slack."""
        return self.office.edge

    @property
    def url(self) -> str:
        """Return an address for an answer to this person alone."""
        return f"{self.edge.address}/answer/{self.user}/1"

    @property
    def view(self) -> Found:
        """Return the form that is open."""
        assert self.edge.modals[self.user], f"{self.user} has no form open; told: {self.told}"
        return self.edge.modals[self.user][-1]

    @property
    def form(self) -> Any:
        """Return the open form, as stories ask for it."""
        views = self.edge.modals[self.user]
        asked = (
            [one["block_id"].rpartition("~")[0] for one in views[-1]["blocks"] if one["type"] == "input"]
            if views
            else []
        )
        return SimpleNamespace(questions=[SimpleNamespace(name=name) for name in asked]) if asked else None

    @property
    def told(self) -> str:
        """Return all that this person alone was told: at an address that came with a deed, and by ephemeral message."""
        answers = [body for user, body in self.edge.answers if user == self.user]
        return "\n".join(read(one) for one in [*answers, *self.edge.ephemerals])

    said = told

    @property
    def inbox(self) -> str:
        """Return all direct messages to this person."""
        return self.office.said_in(self.user)

    async def says(self, line: str) -> None:
        """Type a command."""
        await self._does(payloads.command(self.user, line, self.url))

    async def presses(self, label: str) -> None:
        """Press the last button that begins with `label`, wherever this person can see it."""
        await self._does(self.press(label))

    def press(self, label: str) -> Found:
        """Return the payload of that press."""
        answers = [{"ts": "", **body} for user, body in self.edge.answers if user == self.user]
        there = [one for one in self.edge.messages if one["channel"] in (DILEMMAS, LEARNING, direct(self.user))]
        found = [(button, one) for one in [*there, *answers] for button in buttons_in(one, label)]
        assert found, f"{self.user} sees no button {label!r}"
        button, message = found[-1]
        if message["ts"]:
            hung = any(one.get("thread_ts") == message["ts"] for one in self.edge.messages)
            return payloads.pressed(
                self.user, button, {**({"thread_ts": message["ts"]} if hung else {}), **message}, self.url
            )
        return payloads.pressed_privately(self.user, button, self.url)

    async def presses_in(self, label: str) -> None:
        """Press a button that begins with `label` in the modal that lies on top."""
        await self._does(payloads.pressed_in(self.user, buttons_in(self.view, label)[0], self.view))

    async def presses_at_home(self, label: str) -> None:
        """Open App Home, and press a button there that begins with `label`."""
        await self._does(payloads.event("app_home_opened", user=self.user, channel=f"D{self.user[1:]}", tab="home"))
        home = self.edge.homes[self.user]
        await self._does(payloads.pressed_in(self.user, buttons_in(home, label)[0], home))

    def submit(self, **answers: Any) -> Found:
        """Return the payload of sending the open form."""
        return payloads.submitted(self.user, self.view, **answers)

    async def fills(self, **answers: Any) -> None:
        """Fill in the open form and send it."""
        await self._does(self.submit(**answers))
        assert self.answer
        self.takes(self.answer)

    def takes(self, answer: httpx.Response) -> None:
        """Let Slack do with the open form what an answer to a submission says."""
        said: Found = answer.json() if answer.content else {}
        views, action = self.edge.modals[self.user], said.get("response_action")
        self.refused = {block.rpartition("~")[0]: why for block, why in said.get("errors", {}).items()}
        if action == "push":
            views.append(self.edge.view({**said["view"], "previous_view_id": views[-1]["id"]}))
        elif action == "update":
            views[-1] = self.edge.view(said["view"], views[-1])
            if "submit" not in views[-1]:
                views.clear()  # it only tells something, and is closed with all that lies below it
        elif action == "clear":
            views.clear()

    async def _does(self, body: Found) -> None:
        self.answer = await self.office.send(body)
        assert self.answer.status_code == httpx.codes.OK, self.answer
        await self.office.settles()


@asynccontextmanager
async def edge_office(edge: Edge, url: str, *, new: bool = True, ready: bool = True) -> AsyncIterator[EdgeOffice]:
    """Open an office on a database with tables, or open one again that was closed. `ready`: it knows its workspace."""
    settings = Settings(
        slack_bot_token=BOT_TOKEN, slack_signing_secret=SIGNING_SECRET, slack_api_url=edge.api_url, slack_app_token=""
    )
    parts = put_together(Database(url, KEY, durable=False), _house(), Standing(TUESDAY))
    parts.courier._bounds = Bounds(under_way=5.0, patience=5.0, grace=0.05)
    if new:
        parts.database.run_now(choose)
    app = make_app(running_slack(parts, settings))
    parts.chats["slack"].pace = Pace()
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://bot") as client,
    ):
        office = EdgeOffice(edge, parts, client)
        if ready:
            await office.send(payloads.event("tokens_revoked", tokens={"oauth": ["U0FATMA"], "bot": []}))
        yield office


def read(message: Found) -> str:
    """Return what a reader reads."""
    return "\n".join(words_in({key: message[key] for key in ("text", "blocks") if key in message}))


def buttons_in(shown: Found, label: str) -> list[Found]:
    """Return the buttons of a message or view that begin with a label."""
    blocks: Sequence[Any] = shown.get("blocks") or []
    found = [
        {**one, "block_id": block.get("block_id", "")}
        for block, one in elements_in(list(blocks))
        if one["type"] == "button"
    ]
    return [one for one in found if one["text"]["text"].startswith(label)]


def copied(empty_file: Path, folder: Path) -> str:
    """Return the address of a database of its own with all tables."""
    (folder / "office.sqlite").write_bytes(empty_file.read_bytes())
    return f"sqlite:///{folder / 'office.sqlite'}"


@cache
def _house() -> House:
    return house_of(Settings())
