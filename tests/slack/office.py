"""The driver of stories in Slack: the same people as in tests/office.py, in a real workspace of local-slack.

The server runs in this process, on a clock that stands still until somebody moves it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import uvicorn

from compassbot.app.asgi import make_app
from compassbot.app.parts import Parts, house_of, put_together
from compassbot.app.slack_office import running_slack
from compassbot.settings import Settings
from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.migrate import upgrade
from compassbot.talk.chat import Pace
from tests.office import KEY, TUESDAY, Standing, moment_of
from tests.serving import free_port
from tests.slack.chosen import choose
from tests.slack.local import (
    APP_TOKEN,
    BOT_TOKEN,
    DILEMMAS,
    LEARNING,
    SIGNING_SECRET,
    Found,
    LocalSlack,
    elements_in,
    local_slack,
    picked,
    words_in,
)

PEOPLE = {f"U0{name.upper()}": name for name in ("Fatma", "Joost", "Mei", "Sanne", "Daan", "Noor", "Ilse", "Hanna")}
PATIENCE = 10.0


@dataclass
class SlackColleague:
    """Somebody in the workspace: what they saw last in private is in `said`, an open form in `form`."""

    office: SlackOffice
    user: str
    department: str
    language: str = "nl"
    form: Any = None
    said: str = ""
    refused: dict[str, str] = field(default_factory=dict[str, str])

    async def says(self, line: str) -> None:
        """Type a command."""
        command, _, rest = line.partition(" ")
        await self._does(self.office.slack.command(self.user, DILEMMAS, command, rest))

    async def presses(self, label: str) -> None:
        """Press the last button that begins with `label`, wherever this person can see it."""
        channel, message, button = await self.office.button(self, label)
        await self._does(self.office.slack.press(self.user, channel, message["ts"], button))

    async def fills(self, **answers: Any) -> None:
        """Fill in the form that is open and send it; what is not named keeps what stands there already."""
        view = await self.office.slack.modal(self.user)
        assert view, f"{self.user} has no form; the last thing they saw: {self.said}"
        inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
        names = {id.partition("~")[0]: id for id in inputs}
        unknown = set(answers) - set(names)
        assert not unknown, f"the form does not ask {unknown}"
        values = {names[name]: picked(inputs[names[name]]["element"], answer) for name, answer in answers.items()}
        await self._does(self.office.slack.submit(self.user, **values))

    @property
    def inbox(self) -> str:
        """Return all direct messages to this person, as they were when `look` was last called."""
        return self.office.seen.get(self.user, "")

    async def _does(self, act: Any) -> None:
        self.refused, self.said = {}, ""
        before = {message["ts"] for message in await self._ephemerals()}
        await act
        await self.office.settles()
        slack = self.office.slack
        errors = await slack.modal_errors()
        view = await slack.modal(self.user)
        if view and errors:
            self.refused = {block.partition("~")[0]: why for block, why in errors.items()}
            self.said = "\n".join(errors.values())
            return
        fresh = [message for message in await self._ephemerals() if message["ts"] not in before]
        self.form = None
        if view and view.get("submit"):
            asked = [block["block_id"].partition("~")[0] for block in view["blocks"] if block["type"] == "input"]
            self.form = SimpleNamespace(questions=[SimpleNamespace(name=name) for name in asked])
        if view:
            self.said = "\n".join(words_in(view))
            if not view.get("submit"):
                await slack.close_modal(self.user)
        elif fresh:
            self.said = "\n".join(words_in(fresh[-1]))

    async def _ephemerals(self) -> list[Found]:
        return [
            message for message in await self.office.slack.messages(DILEMMAS, self.user) if "ephemeral_to" in message
        ]


@dataclass
class SlackOffice:
    """The organisation in a workspace, with its clock."""

    slack: LocalSlack
    parts: Parts
    seen: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def now(self) -> datetime:
        """Return what time it is."""
        return self.parts.hours.now()

    def people(self, *descriptions: str, language: str = "nl") -> list[SlackColleague]:
        """Return colleagues from descriptions such as "Fatma of wmo"."""
        return [self._colleague(description, language) for description in descriptions]

    def person(self, description: str, *roles: str, language: str = "nl") -> SlackColleague:
        """Return one colleague, with roles."""
        colleague = self._colleague(description, language)
        for role in roles:
            self.parts.database.run_now(lambda books, role=role: books.people.give(f"slack:{colleague.user}", role))
        return colleague

    async def button(self, colleague: SlackColleague, label: str) -> tuple[str, Found, str]:
        """Return the last button with a label that a person can see: its channel, message and action id."""
        found: list[tuple[str, Found, str]] = []
        for place in (DILEMMAS, LEARNING, colleague.user):
            for message in await self.messages(place, colleague.user):
                found += [(place, message, id) for id in _buttons(message, label)]
        assert found, f"{colleague.user} sees no button {label!r}"
        place, message, id = max(found, key=lambda one: float(one[1]["ts"]))
        return (await self.slack.direct(place) if place == colleague.user else place), message, id

    async def settles(self) -> None:
        """Wait until all that was queued has left, and all that was opened is open."""
        await asyncio.sleep(0.02)
        await self.parts.courier.deliver(self.now)
        for _ in range(3):
            others = [task for task in asyncio.all_tasks() if "_quietly" in repr(task.get_coro())]
            if others:
                await asyncio.wait(others, timeout=PATIENCE)
            await self.parts.courier.deliver(self.now)
        await self.look()

    async def messages(self, place: str, reader: str | None = None) -> list[Found]:
        """Return what is said in a channel, or to a person: nothing where nothing was said yet."""
        if place.startswith("U") and not await self.slack.direct(place):
            return []
        return await self.slack.messages(place, reader)

    async def look(self) -> None:
        """Read all that can be read now: channels, and direct messages."""
        for place in (DILEMMAS, LEARNING, *PEOPLE):
            told = [message for message in await self.messages(place) if "ephemeral_to" not in message]
            self.seen[place] = "\n\n".join("\n".join(_read(message)) for message in told)

    @property
    def channel(self) -> str:
        """Return what everybody sees in the deliberation channel, threads included."""
        return self.seen.get(DILEMMAS, "")

    thread = channel

    @property
    def learning(self) -> str:
        """Return what everybody sees in the channel of system learning."""
        return self.seen.get(LEARNING, "")

    @property
    def chat(self) -> Any:
        """Return what stories ask of the memory chat: the titles of what was said."""
        titles = [line for line in self.channel.splitlines() if line]
        return SimpleNamespace(
            said=[SimpleNamespace(card=lambda line=line: SimpleNamespace(title=line)) for line in titles]
        )

    async def waits(self, *, minutes: float = 0, days: float = 0, until: str = "") -> None:
        """Let time go by, and all that falls due in it happen."""
        await self.parts.clock.live_through(
            self.now, moment_of(self.now, until=until, minutes=minutes, days=days), self.parts.hours.set
        )
        await self.settles()

    async def open_rounds_close(self) -> None:
        """Let time go by until the open round is over."""
        due = self.parts.database.run_now(lambda books: books.dilemmas.next_due())
        assert due
        await self.parts.clock.live_through(self.now, due, self.parts.hours.set)
        await self.settles()

    def _colleague(self, description: str, language: str) -> SlackColleague:
        name, _, department = description.partition(" of ")
        user = next(id for id, known in PEOPLE.items() if known == name)
        return SlackColleague(self, user, department, language)


@asynccontextmanager
async def slack_office(
    folder: Path, url: str, *, socket: bool = False, language: str = "nl"
) -> AsyncIterator[SlackOffice]:
    """Open an office in a workspace of its own, over HTTP or Socket Mode, on a new database."""
    port = free_port()
    how = {"mode": "socket"} if socket else {"request_url": f"http://127.0.0.1:{port}/slack/events"}
    async with local_slack(folder, people=PEOPLE, **how) as slack:
        settings = Settings(
            slack_bot_token=BOT_TOKEN,
            slack_app_token=APP_TOKEN if socket else "",
            slack_signing_secret="" if socket else SIGNING_SECRET,
            slack_api_url=slack.api_url,
        )
        database = Database(url, KEY, durable=False)
        upgrade(database.engine)
        parts = put_together(database, house_of(settings), Standing(TUESDAY))
        database.run_now(lambda books: _choose(books, language))
        running = running_slack(parts, settings)
        parts.chats["slack"].pace = Pace()  # the pace is the courier's promise, and tested there
        server = uvicorn.Server(uvicorn.Config(make_app(running), port=port, log_config=None, access_log=False))
        serving = asyncio.create_task(server.serve())
        await _started(server)
        if socket:
            await slack.connected()
        try:
            yield SlackOffice(slack, parts)
        finally:
            server.should_exit = True
            await serving


async def _started(server: uvicorn.Server) -> None:
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)


def _choose(books: Books, language: str) -> None:
    choose(books)
    books.settings.set("language", language)


def _buttons(message: Found, label: str) -> Iterable[str]:
    for _, element in elements_in(message.get("blocks") or []):
        if element["type"] == "button" and element["text"]["text"].startswith(label):
            yield element["action_id"]


def _read(message: Found) -> Iterable[str]:
    """Yield what a reader reads: rich text as whole lines, else the plain text."""
    for block in message.get("blocks") or []:
        if block["type"] == "rich_text":
            yield from ("".join(words_in(element)) for element in _leaves(block))
        else:
            yield from words_in(block)


def _leaves(element: Found) -> Iterable[Found]:
    for inner in element["elements"]:
        if inner["type"] in ("rich_text_list", "rich_text"):
            yield from _leaves(inner)
        else:
            yield inner
