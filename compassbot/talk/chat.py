"""The seam between a chat platform and us: Events come in, Cards go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from compassbot.talk.view import Answer, Card, Cards, Form


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a chat. `id` is the chat's name, a colon, and the chat's own id: `web:fatma`."""

    id: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said: `web:dilemmas`, and `thread` the message it hangs under, if any."""

    id: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A card that was sent: the chat finds it again by its place and its own id for it."""

    place: Place
    id: str


@dataclass(frozen=True, slots=True)
class Event:
    """A person did something.

    `id` is the same when the platform delivers the same event again. By kind:

    - command: `action` is the command's first word ("" for `/kompas` alone), `text` what follows it;
    - press: `action` and `about` are the button's;
    - submit: `action` and `about` are the form's, `answers` what was filled in, by question name;
    - draft: as submit, while the person is still typing: nothing is shown for it.

    `language` is the person's own, where the chat knows it ("nl" or "en"), else "".
    """

    id: str
    kind: Literal["command", "press", "submit", "draft"]
    person: Person
    place: Place
    action: str
    about: str = ""
    text: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    language: str = ""


Reply = Form | Card | None
"""A Form is asked of that person; a Card is shown to that person alone; None only acknowledges."""


class Hears(Protocol):
    """What a chat hands its events to: `Bot.hear`."""

    async def __call__(self, event: Event) -> Reply:
        """Return what to show that person. Raises Refused after a submit that cannot stand."""
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform takes what we send, in seconds; 0 where it sets no limit.

    `message` lies between two messages in one place, `update` between two changes of cards anywhere in the chat.
    """

    message: float = 0.0
    update: float = 0.0


class Chat(Protocol):
    """What every platform can do. Each raises NotSent (see errors.py) when the message did not leave.

    `key` is the same when a message is tried again: a chat that can tells by it that the first
    attempt did arrive, and does not send twice. An OSError says that nobody was there, and a
    TimeoutError that nobody knows. Messages in different places are sent side by side.
    """

    name: str
    pace: Pace
    many_languages: bool
    """Whether people in one place read a card each in their own language; else all read the first that it has."""

    async def post(self, place: Place, cards: Cards, key: str) -> Message:
        """Send a card that everybody in the place sees."""
        ...

    async def update(self, message: Message, cards: Cards, key: str) -> None:
        """Put another card in the place of one that was sent."""
        ...

    async def write_to(self, person: Person, cards: Cards, key: str) -> Message:
        """Send a card to one person, as a direct message."""
        ...
