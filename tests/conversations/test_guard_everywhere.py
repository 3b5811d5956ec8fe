"""No way around the guard: wherever people can type, a citizen service number is refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from compassbot.conversations.everything import HANDLERS
from compassbot.conversations.guarded import TYPED
from compassbot.model.dilemmas import TEXTS
from compassbot.talk.bot import Bot
from compassbot.talk.chat import Event, Reply
from compassbot.talk.errors import Refused
from compassbot.talk.view import Card, Form, words_of
from compassbot.words import Words
from tests.conversations.stories import deliberate, group_of, lives_the_week, shares
from tests.office import Colleague, Office

BSN = "111222333"


@dataclass
class Careless:
    """Hears all that people do, and before each form that they send, sends it with a BSN in each text that it asks."""

    bot: Bot[object]
    forms: dict[tuple[str, str], Form] = field(default_factory=dict[tuple[str, str], Form])
    tried: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    offered: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    async def hear(self, event: Event) -> Reply:
        """Try everything careless first, then let the person do what they do."""
        form = self.forms.get((event.person.id, event.action))
        if event.kind == "submit" and form:
            for question in form.questions:
                if question.kind in TYPED:
                    await self._slips(event, question.name)
                    self.tried.add((event.action, question.name))
        reply = await self.bot.hear(event)
        if isinstance(reply, Form):
            self.forms[event.person.id, reply.action] = reply
            self.offered |= {(reply.action, question.name) for question in reply.questions if question.kind in TYPED}
        return reply

    async def _slips(self, event: Event, name: str) -> None:
        """Send the form with a BSN in one text; it must come back, with a sentence or with our proposal."""
        answers = {**event.answers, name: f"Het gaat om de inwoner met BSN {BSN}."}
        try:
            reply = await self.bot.hear(replace(event, id=f"{event.id}-{name}", answers=answers))
        except Refused:
            return
        assert isinstance(reply, Form), f"{event.action} took a BSN in {name}"
        proposed = {question.name: question.initial for question in reply.questions}
        assert BSN not in str(proposed), f"{event.action} proposes a BSN in {name}"
        if name in proposed:
            assert "burgerservicenummer" in words_of(reply)


async def _manages(office: Office) -> None:
    """Change every group of settings, and a dilemma of one's own."""
    admin = office.person("Anna of wmo", "administrator")
    await admin.says("/kompas beheer")
    assert isinstance(admin.card, Card)
    for button in admin.card.buttons:
        await admin.presses(button.label, about=button.about)
        await admin.fills()
        assert not admin.refused, button.label


async def _looks_back(office: Office) -> None:
    joost, *_ = group = group_of(office)
    await shares(office.person("Greet of wonen"))
    await deliberate(office.person("Greet of wonen"), group)
    await office.waits(days=44)
    await joost.presses(Words("nl")("look-back-answer"))
    await joost.fills(kept="yes", why="Het is gelukt.")


async def _changes_mind(fatma: Colleague) -> None:
    """Share a dilemma whose second page asks for every text again, and change one."""
    await shares(fatma, **dict.fromkeys(TEXTS, "Zij is de enige huisarts in het dorp."))
    await fatma.presses("Pas de tekst aan")
    await fatma.fills(moment="Zij vraagt mij om raad.")


async def test_a_bsn_is_refused_in_every_text_that_any_form_asks(office: Office) -> None:
    """A week is lived by people who first type a BSN into each text of each form: nothing of it gets anywhere.

    Nothing is listed here that could be forgotten: which forms there are is read from the table of handlers, which
    texts they ask from the forms themselves.
    """
    careless = Careless(office.parts.bot)
    office.parts.bot = careless  # type: ignore[assignment]
    await lives_the_week(office)
    await _looks_back(office)
    await _changes_mind(office.person("Hugo of wonen"))
    await _manages(office)

    submits = {name.removeprefix("submit ") for name in HANDLERS if name.startswith("submit ")}
    assert {action for action, _ in careless.tried} == submits
    assert careless.offered - careless.tried == set()
    assert BSN not in "\n".join(words_of(card) for said in office.chat.said for card in said.cards.values())


@pytest.mark.parametrize("line", [f"/kompas principes {BSN}", f"/kompas hulpp {BSN} belde mij"])
async def test_what_follows_a_command_is_not_said_back_with_a_bsn(office: Office, line: str) -> None:
    """A command that is not understood is repeated to who typed it, without what could identify somebody."""
    joost = office.person("Joost of wmo")
    await joost.says(line)
    assert BSN not in joost.said
    assert "[burgerservicenummer]" in joost.said
