"""Where the history is played: people press and fill in as on a page, and time goes by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeVar

from compassbot.app.parts import Parts
from compassbot.demo.people import DemoOffice
from compassbot.model.dilemmas import Dilemma
from compassbot.model.methods import Round
from compassbot.store.books import Books
from compassbot.talk.chat import Event, Person, Place, Reply
from compassbot.talk.errors import Refused
from compassbot.talk.view import Answer, Card, Form, words_of

T = TypeVar("T")
Kind = Literal["command", "press", "submit"]


class WentWrong(Exception):
    """The bot did not take what a person of the history did: a mistake in a script, or in the bot."""


@dataclass
class Stage:
    """The bot, the office, and the language in which everybody writes."""

    parts: Parts
    office: DemoOffice
    language: str

    @property
    def now(self) -> datetime:
        """Return what time it is in the history."""
        return self.parts.hours.now()

    async def reach(self, moment: datetime) -> None:
        """Let time go by up to that moment, and all that falls due in it happen."""
        moment = max(moment, self.now)
        await self.parts.courier.deliver(self.now)
        due = await self.parts.clock.next_due(self.now)
        if due and due <= moment:
            await self.parts.clock.live_through(self.now, moment, self.parts.hours.set)
        else:
            self.parts.hours.set(moment)

    def pass_by(self, seconds: float) -> None:
        """Let a little time go by, in which nothing falls due."""
        self.parts.hours.set(self.now + timedelta(seconds=seconds))

    async def run(self, work: Callable[[Books], T]) -> T:
        """Return what `work` finds in the store."""
        return await self.parts.database.run(work)

    async def dilemma(self, id: str) -> Dilemma:
        """Return a dilemma as it is now."""
        found = await self.run(lambda books: books.dilemmas.get(id))
        assert found
        return found

    def round(self, dilemma: Dilemma) -> Round:
        """Return the open round of a dilemma."""
        return self.parts.house.methods[dilemma.method].rounds[dilemma.round]

    async def commands(self, person: str, command: str) -> Form:
        """Type a command that asks something."""
        return self._form(await self._does(person, "command", command))

    async def presses(self, person: str, action: str, about: str) -> Form:
        """Press a button that asks something."""
        return self._form(await self._does(person, "press", action, about))

    async def presses_at_once(self, person: str, action: str, about: str) -> None:
        """Press a button that does something at once."""
        self._card(await self._does(person, "press", action, about))

    async def submits(self, person: str, action: str, about: str, answers: Mapping[str, Answer]) -> None:
        """Fill in the last page of a form. Raises WentWrong when the bot asks for something else."""
        self._card(await self._does(person, "submit", action, about, answers))

    async def turns_page(self, person: str, action: str, about: str, answers: Mapping[str, Answer]) -> Form:
        """Fill in a page of a form, and return the next one."""
        return self._form(await self._does(person, "submit", action, about, answers))

    async def _does(
        self, person: str, kind: Kind, action: str, about: str = "", answers: Mapping[str, Answer] | None = None
    ) -> Reply:
        place = Place(self.office.place("deliberation"))
        event = Event("", kind, Person(person), place, action, about, "", answers or {}, self.language)
        try:
            return await self.parts.bot.hear(event)
        except Refused as refused:
            raise WentWrong(f"{action}: {dict(refused.why)}") from refused

    def _form(self, reply: Reply) -> Form:
        if not isinstance(reply, Form):
            raise WentWrong(f"no form, but: {words_of(reply) if reply else reply}")
        return reply

    def _card(self, reply: Reply) -> None:
        if not isinstance(reply, Card):
            raise WentWrong(f"no card, but: {words_of(reply) if reply else reply}")
