"""Servers that are killed at any moment lose nothing that Slack was told is done, and do nothing twice."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from compassbot.app.parts import house_of
from compassbot.conversations.share_dilemma import METHOD
from compassbot.settings import Settings
from compassbot.store import tables
from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.migrate import upgrade
from tests.conversations.stories import AGREEMENT, CODES, DILEMMA, TAPS, TURNS
from tests.office import KEY, TUESDAY, moment_of
from tests.postgresql import PostgreSQL
from tests.serving import free_port
from tests.slack.chosen import choose
from tests.slack.local import BOT_TOKEN, DILEMMAS, LEARNING, SIGNING_SECRET, Found, local_slack
from tests.slack.serve_fast import FastServer, SharedHours
from tests.slack.unlucky import MOMENTS, PICTURE, Edge, Person, buttons_in, posted_in

KILLS = 100
UNTIL_MONDAY = 80  # kills in the deliberation, at most: the others are for the digest, its picture and what follows
WEEK = re.compile(r"Wat wij leerden · week (\d+)")
LOOK_BACK = "Terugkijken: is de afspraak nagekomen?"
WEEKS = ["47", "48", "49", "50", "51", "52", "53", "1"]
PATIENCE = 60.0  # seconds
PEOPLE = {f"U0{name.upper()}": name for name in ("Fatma", "Joost", "Mei", "Sanne", "Daan", "Noor", "Ilse")}
GROUP = {"U0JOOST": "wmo", "U0MEI": "belastingen", "U0SANNE": "jeugd", "U0DAAN": "wmo", "U0NOOR": "jeugd"}
COLOURS = dict(zip(GROUP, ("rood", "groen", "blauw", "geel", "paars"), strict=True))
TYPED = ("why", "matters", "option", "same")
"""What is typed in answers, and kept as typed: each person says it in words of their own."""


async def test_a_hundred_kills_in_a_week_in_slack_lose_nothing(tmp_path: Path) -> None:
    """One process on SQLite: all that was acknowledged is there once, and what may be there twice is counted."""
    folder = tmp_path / "data"
    folder.mkdir()
    await _killed_for_a_week(tmp_path, f"sqlite:///{folder / 'compassbot.sqlite'}", seed=7)


async def test_a_hundred_kills_of_two_processes_lose_nothing(tmp_path: Path, postgresql: PostgreSQL) -> None:
    """Two processes on PostgreSQL, of which either is killed, or both: the same, and the other one goes on."""
    await _killed_for_a_week(tmp_path, postgresql.new(), seed=11)


async def _killed_for_a_week(folder: Path, url: str, seed: int) -> None:
    database = Database(url, KEY)
    upgrade(database.engine)
    database.run_now(_choose)
    database.close()
    hours = SharedHours(folder / "clock")
    hours.set(TUESDAY)
    port = free_port()
    there = f"http://127.0.0.1:{port}/slack/events"
    async with local_slack(folder, people=PEOPLE, strict=False, request_url=there) as slack:
        edge = Edge(slack, random.Random(seed), port=port)
        edge.servers = _servers(edge, folder, url)
        week = Week(edge, hours, url)
        await edge.run(week.is_lived)


def _choose(books: Books) -> None:
    choose(books)
    books.people.give("slack:U0ILSE", "manager")


def _servers(edge: Edge, folder: Path, url: str) -> list[FastServer]:
    """Return one server for SQLite, which is for one, and two for PostgreSQL."""
    alone = url.startswith("sqlite")
    where = {"data_dir": folder / "data"} if alone else {"database_url": url}
    common = {"key": KEY.decode(), "slack_bot_token": BOT_TOKEN, "slack_signing_secret": SIGNING_SECRET}
    return [
        FastServer(
            common | where | {"slack_api_url": edge.api_url(number)}, folder / "clock", folder / f"server-{number}.log"
        )
        for number in range(1 if alone else 2)
    ]


class Week:
    """The week of the stories, lived by people who try again, and what must be there after each part of it."""

    def __init__(self, edge: Edge, hours: SharedHours, url: str) -> None:
        """Take what lies between Slack and the servers, the clock, and the database."""
        self.edge = edge
        self.hours = hours
        self.url = url
        self.fatma, self.ilse = Person(edge, "U0FATMA"), Person(edge, "U0ILSE")
        self.group = [Person(edge, user, department) for user, department in GROUP.items()]

    async def is_lived(self) -> None:
        """Live it, with a hundred kills, at every moment of a picture too."""
        self.edge.allowed = UNTIL_MONDAY
        await self._deliberates()
        await self._settles()
        await self._deliberation_is_there_once()
        self.edge.allowed = KILLS
        await self._reads_the_digest()
        await self._looks_back()
        while self.edge.kills < KILLS:
            await self.fatma.looks_home()
            assert "Kompas" in await self.fatma.asks("/kompas")
        await self._settles()
        assert self.edge.kills == KILLS
        assert self.edge.pictures == {(call, moment) for call in PICTURE for moment in MOMENTS}
        await self._nothing_is_lost()
        await self._nothing_is_there_twice()

    async def _deliberates(self) -> None:
        await self.fatma.says("/kompas dilemma")
        await self.fatma.fills(**DILEMMA)
        await self._unheard(self.fatma)
        for person in self.group:
            await self._takes_turn(person, {"question": "Hoe lang al?" if person is self.group[0] else ""})
        await self.fatma.presses("Geef antwoord")
        await self._unheard(self.fatma, answer="Sinds een half jaar.")
        for turn in TURNS[1:]:
            for person in self.group:
                await self._takes_turn(person, turn)
        await self._takes_turn(self.group[0], AGREEMENT)
        await self._unheard(self.group[0], **CODES)
        for person in self.group:
            await self._takes_turn(person, {"agree": "yes", "share": "yes"})
        for person in self.group:
            await self._takes_turn(person, TAPS)

    async def _takes_turn(self, person: Person, turn: dict[str, object]) -> None:
        await person.presses("Doe mee")
        own = {name: f"{text} ({COLOURS[person.user]})" if name in TYPED else text for name, text in turn.items()}
        await person.fills(**own)

    async def _unheard(self, person: Person, **answers: object) -> None:
        """Let somebody send what must be done once, while the power fails between the commit and the answer."""
        self.edge.surely = "unheard"
        await person.fills(**answers)

    async def _reads_the_digest(self) -> None:
        await self._goes_to(moment_of(self.hours.now(), until="monday 08:00") + timedelta(minutes=5))
        await self.ilse.presses("Volgende stap")
        await self._unheard(self.ilse, state="decided", reason="Giften tellen niet meer mee.", owner="teamleider")
        await self._settles()
        for place in (LEARNING, DILEMMAS, "U0FATMA"):
            assert any("Er is een besluit" in line for _, text in await self._said(place) for line in text), place

    async def _looks_back(self) -> None:
        for _ in range(7):  # weeks; a Monday morning is no quiet hour
            await self._goes_to(self.hours.now() + timedelta(days=7))

    async def _goes_to(self, moment: datetime) -> None:
        """Move the clock, once nothing is on its way: a jump of days would look like a lease that is long over."""
        await self._settles()
        self.hours.set(moment)
        await self.edge.minute()
        await self._settles()

    async def _settles(self) -> None:
        """Wait until all that must be sent has been sent."""
        end = time.monotonic() + PATIENCE
        while (health := await self.edge.health())["letters_waiting"]:
            assert time.monotonic() < end, health
            await self.edge.minute()
            await asyncio.sleep(0.05)

    # What must be there

    async def _deliberation_is_there_once(self) -> None:
        """Every answer was acknowledged, and is there as it was typed; every card shows how its round ended."""
        rounds = house_of(Settings()).methods[METHOD].rounds
        titles = [f"Ronde {number} van {len(rounds)}: {round.title('nl')}" for number, round in enumerate(rounds, 1)]
        typed = [
            f"{turn[name]} ({own})" for turn in TURNS for name in TYPED if name in turn for own in COLOURS.values()
        ]
        kept = self._kept()
        assert (kept.dilemmas, kept.questions, kept.findings) == (1, 1, 1)
        assert len(kept.answers) == len(titles) - 1  # an agreement is no answer
        assert set(kept.answers.values()) == {len(GROUP)}
        assert kept.typed == Counter(typed)
        cards = {text[0]: buttons_in(message, "") for message, text in await self._said(DILEMMAS)}
        assert [title for title in titles if cards.get(title) != []] == []  # the last card of each is closed
        assert [title for title in cards if title in titles] == titles

    async def _nothing_is_lost(self) -> None:
        kept = self._kept()
        assert (kept.dilemmas, kept.findings, kept.decisions) == (1, 1, 1)
        for place in (LEARNING, "U0ILSE"):
            titles = [WEEK.match(text[0]) for _, text in await self._said(place)]
            assert list(dict.fromkeys(title[1] for title in titles if title)) == WEEKS, place
        assert any(text[0] == LOOK_BACK for _, text in await self._said(DILEMMAS))

    async def _nothing_is_there_twice(self) -> None:
        """Each letter was posted once, but for those that perhaps arrived: and those are counted."""
        letters = posted_in(await self.edge.slack.calls("chat.postMessage"))
        said = Counter((found[0]["channel"], found[0].get("thread_ts"), found[0]["text"]) for found in letters.values())
        assert max(said.values()) == 1, said.most_common(3)
        doubled = sum(len(found) - 1 for found in letters.values())
        health = await self.edge.health()
        assert doubled <= health["letters_unsure"], health
        assert health["letters_given_up"] == 0

    async def _said(self, place: str) -> list[tuple[Found, list[str]]]:
        """Return the messages in a channel or to a person, each with the lines of its text."""
        return [(message, message["text"].splitlines()) for message in await self.edge.slack.messages(place)]

    def _kept(self) -> Kept:
        database = Database(self.url, KEY)
        try:
            return database.run_now(Kept)
        finally:
            database.close()


class Kept:
    """What is in the database: how many of what must be there once, and the answers."""

    def __init__(self, books: Books) -> None:
        """Read it."""
        self._connection = books.connection
        self.dilemmas, self.questions, self.findings = map(
            self._many, (tables.dilemmas, tables.questions, tables.findings)
        )
        self.decisions = self._many(tables.signal_steps, tables.signal_steps.c.state == "decided")
        answers = self._connection.execute(sa.select(tables.answers.c.round, tables.answers.c.content)).all()
        self.answers = Counter(round for round, _ in answers)
        self.typed = Counter(text for _, content in answers for text in content.values() if str(text).endswith(")"))

    def _many(self, table: sa.Table, where: sa.ColumnElement[bool] | None = None) -> int:
        counting = sa.select(sa.func.count()).select_from(table)
        return self._connection.execute(counting if where is None else counting.where(where)).scalar_one()
