"""Each event goes to the one function for it; whatever that function does, the person gets a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from compassbot.talk.bot import Bot, Handler
from compassbot.talk.chat import Event, Person, Place, Reply
from compassbot.talk.errors import Closed, NotAllowed, Refused, TalkError
from compassbot.talk.view import Card, Text, words_of

PRESS = Event("1", "press", Person("web:fatma"), Place("web:a"), "join")
SUBMIT = replace(PRESS, kind="submit")


@dataclass
class Kept:
    """What a handler has at hand here: a list, thrown away when the handler raises."""

    lines: list[str] = field(default_factory=list[str])


def bot_of(handlers: Mapping[str, Handler[Kept]], kept: Kept | None = None) -> Bot[Kept]:
    """Return a bot that runs a handler at once."""
    kept = kept or Kept()

    async def once(event: Event, handler: Handler[Kept]) -> Reply:
        trial = Kept(list(kept.lines))
        reply = handler(event, trial)
        kept.lines = trial.lines
        return reply

    return Bot(handlers, once, lambda _, reference: Card("", (Text(f"broke {reference}"),)))


def raising(fault: Exception) -> Handler[Any]:
    """Return a handler that raises."""

    def handler(_event: Event, _kept: Kept) -> Reply:
        raise fault

    return handler


async def test_an_event_goes_to_the_handler_of_its_kind_and_action() -> None:
    """And its reply is what the person sees."""
    card = Card("welcome")
    assert await bot_of({"press join": lambda *_: card, "submit join": raising(KeyError())}).hear(PRESS) is card


async def test_an_unknown_command_has_an_answer_and_an_unknown_press_none() -> None:
    """People type anything; platforms send presses of cards long gone."""
    bot = bot_of({"command ?": lambda *_: Card("?"), "command": lambda *_: Card("home")})
    assert await bot.hear(replace(PRESS, kind="command", action="zzz")) == Card("?")
    assert await bot.hear(replace(PRESS, kind="command", action="")) == Card("home")
    assert await bot.hear(PRESS) is None


@pytest.mark.parametrize("sentence", [NotAllowed("ask *Ria*"), Closed("ask *Ria*"), Refused({"": "ask *Ria*"})])
async def test_a_press_that_may_not_be_gets_its_sentence(sentence: TalkError) -> None:
    """As a card, exactly as worded."""
    reply = await bot_of({"press join": raising(sentence)}).hear(PRESS)
    assert isinstance(reply, Card)
    assert words_of(reply) == "ask *Ria*"


async def test_a_submit_that_is_refused_keeps_its_sentences_beside_the_questions() -> None:
    """The chat shows the form again."""
    with pytest.raises(Refused) as refused:
        await bot_of({"submit join": raising(Refused({"why": "say why"}))}).hear(SUBMIT)
    assert refused.value.why == {"why": "say why"}


@pytest.mark.parametrize("sentence", [NotAllowed("no"), Closed("no")])
async def test_a_submit_that_comes_too_late_keeps_the_form_open(sentence: TalkError) -> None:
    """The sentence stands on the form, and nothing typed is lost."""
    with pytest.raises(Refused) as refused:
        await bot_of({"submit join": raising(sentence)}).hear(SUBMIT)
    assert refused.value.why == {"": "no"}


async def test_a_fault_on_a_submit_keeps_the_form_open_with_a_number() -> None:
    """The person can name the number; the message of the fault is not shown."""
    with pytest.raises(Refused) as refused:
        await bot_of({"submit join": raising(RuntimeError("secret"))}).hear(SUBMIT)
    assert refused.value.why[""].startswith("broke ")
    assert "secret" not in refused.value.why[""]


async def test_a_fault_while_somebody_types_disturbs_nobody() -> None:
    """A draft is kept or not; a person who is typing gets no card for it."""
    assert await bot_of({"draft join": raising(RuntimeError())}).hear(replace(PRESS, kind="draft")) is None


async def test_what_was_refused_is_kept_as_a_draft() -> None:
    """What the refused handler did is undone; what was typed is kept all the same."""
    kept = Kept()

    def submit(_: Event, here: Kept) -> Reply:
        here.lines.append("half")
        raise Refused({"why": "say why"})

    def draft(event: Event, here: Kept) -> Reply:
        here.lines.append(f"{event.id!r} {event.answers['why']}")

    bot = bot_of({"submit join": submit, "draft join": draft}, kept)
    with pytest.raises(Refused):
        await bot.hear(replace(SUBMIT, answers={"why": "because"}))
    assert kept.lines == ["'' because"]


async def test_what_came_too_late_is_no_draft() -> None:
    """A page that was posted already does not come back as the beginning of a new one."""
    kept = Kept()

    def draft(_: Event, here: Kept) -> Reply:
        here.lines.append("kept")

    with pytest.raises(Refused):
        await bot_of({"submit join": raising(Closed("posted already")), "draft join": draft}, kept).hear(SUBMIT)
    assert kept.lines == []
