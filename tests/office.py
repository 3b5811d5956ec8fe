"""The driver of the stories: people who say, press and fill in, on the memory chat and a database in a file.

fatma, joost = office.people("Fatma of Werk en Inkomen", "Joost of Wmo")
await fatma.says("/kompas dilemma")
await fatma.fills(situation="...", question="...")
await joost.presses("Doe mee")
assert "hidden" not in office.thread
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from compassbot.app.parts import Parts, house_of, put_together
from compassbot.clock import Hours
from compassbot.conversations.organisation import slug
from compassbot.settings import Settings
from compassbot.store.database import Database
from compassbot.store.migrate import upgrade
from compassbot.talk.chat import Event, Person, Place, Reply
from compassbot.talk.errors import Refused
from compassbot.talk.memory import MemoryChat, Said, inbox
from compassbot.talk.view import Button, Card, Form, words_of

HERE = ZoneInfo("Europe/Amsterdam")
TUESDAY = datetime(2026, 11, 17, 10, 0, tzinfo=HERE)
DILEMMAS, LEARNING = "memory:dilemmas", "memory:learning"
KEY = b"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DEPARTMENTS = (
    "inkomen = Werk en Inkomen | Work and Income\nwmo = Wmo\njeugd = Jeugd | Youth\n"
    "schulden = Schulden | Debts\nbelastingen = Belastingen | Taxes\nwonen = Wonen | Housing"
)


class Standing(Hours):
    """A clock that stands still until somebody moves it."""

    def __init__(self, now: datetime) -> None:
        """Take what time it is."""
        super().__init__()
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        """Return the time at which it stands."""
        return self._now

    def set(self, now: datetime) -> None:
        """Move it."""
        self._now = now.astimezone(UTC)


@dataclass
class Colleague:
    """Somebody in the office: what they did last is in `card`, `form` or `refused`."""

    office: Office
    name: str
    department: str
    person: Person
    language: str = "nl"
    card: Card | None = None
    form: Form | None = None
    refused: dict[str, str] = field(default_factory=dict[str, str])
    last: Event | None = None

    async def says(self, line: str) -> None:
        """Type a command."""
        _, _, rest = line.partition(" ")
        action, _, text = rest.partition(" ")
        await self._does(Event("", "command", self.person, Place(DILEMMAS), action, text=text))

    async def presses(self, label: str, *, about: str = "") -> None:
        """Press the last button that begins with `label`, wherever this person can see it."""
        button = self.office.button(self, label, about)
        await self._does(Event("", "press", self.person, Place(DILEMMAS), button.action, about=button.about))

    async def fills(self, **answers: Any) -> None:
        """Fill in the form that is open and send it; what is not named keeps what stands there already."""
        form = self.form
        assert form, f"{self.name} has no form; the last card: {self.said}"
        unknown = set(answers) - {question.name for question in form.questions}
        assert not unknown, f"the form does not ask {unknown}"
        filled = {question.name: question.initial for question in form.questions} | answers
        await self._does(
            Event("", "submit", self.person, Place(DILEMMAS), form.action, about=form.about, answers=filled)
        )

    async def types(self, **answers: Any) -> None:
        """Type in the form that is open, and leave without sending it."""
        form = self.form
        assert form
        await self._does(Event("", "draft", self.person, Place(DILEMMAS), form.action, form.about, answers=answers))
        self.form = None

    async def again(self) -> None:
        """Let the platform deliver the last event once more."""
        assert self.last
        await self._hears(self.last)

    @property
    def said(self) -> str:
        """Return what this person saw last in private: a card, a form, or what was refused."""
        if self.refused:
            return "\n".join(self.refused.values())
        shown = self.form or self.card
        return words_of(shown) if shown else ""

    @property
    def inbox(self) -> str:
        """Return all direct messages to this person."""
        return "\n\n".join(words_of(said.card(self.language)) for said in self.office.said_in(inbox(self.person).id))

    async def _does(self, event: Event) -> None:
        self.last = Event(
            f"event-{next(self.office.numbers)}",
            event.kind,
            event.person,
            event.place,
            event.action,
            event.about,
            event.text,
            event.answers,
            self.language,
        )
        await self._hears(self.last)

    async def _hears(self, event: Event) -> None:
        self.refused = {}
        try:
            reply: Reply = await self.office.parts.bot.hear(event)
        except Refused as refused:
            self.refused = refused.why
            return
        self.form = reply if isinstance(reply, Form) else None
        self.card = reply if isinstance(reply, Card) else None
        await self.office.parts.courier.deliver(self.office.now)


@dataclass
class Office:
    """The whole organisation, with its clock."""

    parts: Parts
    chat: MemoryChat
    numbers: count[int] = field(default_factory=count)

    @property
    def now(self) -> datetime:
        """Return what time it is."""
        return self.parts.hours.now()

    def people(self, *descriptions: str, language: str = "nl") -> list[Colleague]:
        """Return colleagues from descriptions such as "Fatma of Wmo"; the department is told when it is asked."""
        return [self._colleague(description, language) for description in descriptions]

    def person(self, description: str, *roles: str, language: str = "nl") -> Colleague:
        """Return one colleague, with roles."""
        colleague = self._colleague(description, language)
        for role in roles:
            self.parts.database.run_now(lambda books, role=role: books.people.give(colleague.person.id, role))
        return colleague

    def said_in(self, place: str) -> list[Said]:
        """Return what was said in a place."""
        return [said for said in self.chat.said if said.place.id == place]

    @property
    def channel(self) -> str:
        """Return what everybody sees in the deliberation channel, threads included."""
        return self._all(DILEMMAS)

    thread = channel

    @property
    def learning(self) -> str:
        """Return what everybody sees in the channel of system learning."""
        return self._all(LEARNING)

    def button(self, colleague: Colleague, label: str, about: str) -> Button:
        """Return the last button with a label that a person can see; `about` narrows it down."""
        private = [colleague.card] if colleague.card else []
        places = (DILEMMAS, LEARNING, inbox(colleague.person).id)
        cards = [said.card(colleague.language) for said in self.chat.said if said.place.id in places] + private
        buttons = [button for card in cards for button in card.buttons if button.label.startswith(label)]
        fitting = [button for button in buttons if button.about.startswith(about)]
        assert fitting, f"{colleague.name} sees no button {label!r}"
        return fitting[-1]

    async def waits(self, *, minutes: float = 0, days: float = 0, until: str = "") -> None:
        """Let time go by, and all that falls due in it happen; `until` as "monday 08:00"."""
        end = moment_of(self.now, until=until, minutes=minutes, days=days)
        await self.parts.clock.live_through(self.now, end, self.parts.hours.set)

    async def open_rounds_close(self) -> None:
        """Let time go by until the open round is over."""
        due = self.parts.database.run_now(lambda books: books.dilemmas.next_due())
        assert due
        await self.parts.clock.live_through(self.now, due, self.parts.hours.set)

    def _all(self, place: str) -> str:
        return "\n\n".join(words_of(said.card()) for said in self.said_in(place))

    def _colleague(self, description: str, language: str) -> Colleague:
        name, _, department = description.partition(" of ")
        return Colleague(self, name, department, Person(f"memory:{slug(name)}"), language)


def open_office(url: str, *, settings: Mapping[str, Any] | None = None, now: datetime = TUESDAY) -> Office:
    """Return an office on a new database, with departments, places and a clock that stands at Tuesday 10:00."""
    database = Database(url, KEY, durable=False)  # the stories are not about power cuts: test_killed.py is
    upgrade(database.engine)
    parts = put_together(database, house_of(Settings()), Standing(now))
    chat = MemoryChat()
    parts.chats["memory"] = chat
    chosen = {
        "departments": DEPARTMENTS,
        "deliberation_place": DILEMMAS,
        "learning_place": LEARNING,
        "started_at": (now - timedelta(days=1)).isoformat(),
    } | dict(settings or {})

    def choose(books: Any) -> None:
        for name, value in chosen.items():
            books.settings.set(name, value)

    database.run_now(choose)
    return Office(parts, chat)


def moment_of(now: datetime, *, until: str = "", minutes: float = 0, days: float = 0) -> datetime:
    """Return the moment that comes after so much time, or at the next "monday 08:00"."""
    if not until:
        return now + timedelta(minutes=minutes, days=days)
    day, _, hour = until.lower().partition(" ")
    local = now.astimezone(HERE)
    ahead = (DAYS.index(day) - local.weekday()) % 7
    hours, past = map(int, hour.split(":"))
    moment = (local + timedelta(days=ahead)).replace(hour=hours, minute=past, second=0, microsecond=0)
    return moment if moment > local else moment + timedelta(days=7)


def sqlite_url(folder: Path) -> str:
    """Return the address of a new SQLite file in a folder."""
    return f"sqlite:///{folder / 'office.sqlite'}"
