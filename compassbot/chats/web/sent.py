"""What a page sent, read into an Event."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from starlette.datastructures import FormData

from compassbot.chats.web import answers
from compassbot.chats.web.fence import Sorry
from compassbot.chats.web.office import CHAT, Colleague
from compassbot.talk.chat import Event, Person, Place
from compassbot.talk.typed import printable
from compassbot.talk.view import Answer

NONCE = re.compile(r"[\w-]{16,64}")
"""What the id of an event looks like, from our pages or renewed by their script."""

Kind = Literal["command", "press", "submit", "draft"]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sent: by whom, from where."""

    form: FormData
    me: Colleague
    place: Place
    language: str

    @property
    def nonce(self) -> str:
        """Return what is the same when the page sends the same thing again."""
        return self.field("event")

    def field(self, name: str) -> str:
        """Return one input, or "" if it was not sent."""
        value = self.form.get(name)
        return printable(value) if isinstance(value, str) else ""

    def answers(self) -> tuple[tuple[answers.Asked, ...], dict[str, Answer]]:
        """Return what was asked, and what was filled in. Raises Sorry when the two cannot be read."""
        try:
            asked = answers.shaped(self.field("shape"))
        except ValueError:
            raise Sorry(422, "web-sorry-unreadable") from None
        filled = [(name, printable(value)) for name, value in self.form.multi_items() if isinstance(value, str)]
        return asked, answers.read(asked, filled)

    def event(
        self, kind: Kind, action: str, about: str = "", text: str = "", answers: dict[str, Answer] | None = None
    ) -> Event:
        """Return what the person did."""
        id, person = f"{CHAT}:{self.nonce}", Person(self.me.person)
        return Event(id, kind, person, self.place, action, about, text, answers or {}, self.language)
