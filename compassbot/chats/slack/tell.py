"""Shows a reply to one person where they are: beside what they pressed, in a modal, or in the messages of the app."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog

from compassbot.chats.slack.faults import CHANGED, LATE, UNKNOWN_CHOICE, USED, Refusal
from compassbot.chats.slack.payload import Spot
from compassbot.chats.slack.pictures import NOT_SHOWN_YET, PAUSES
from compassbot.chats.slack.send import SlackChat
from compassbot.chats.slack.show import Json, Pictures, Show, pictured
from compassbot.talk.bot import where
from compassbot.talk.chat import Event, Reply
from compassbot.talk.errors import NotConnected, NotSent
from compassbot.talk.view import Button, Card, Form, Text, plain
from compassbot.words import Words

log = structlog.get_logger()
NOT_THERE_YET = {NOT_SHOWN_YET, "http_400"}
"""What Slack says of a new picture: in the Web API, and at the address that came with a deed."""
LISTED = ("people", "place")
"""Questions whose answers Slack knows: it opens no form with a channel or a person that is no more."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells one person one thing, at a spot, in the language of the channels."""

    chat: SlackChat
    spot: Spot
    show: Show

    async def reply(self, event: Event, reply: Reply) -> None:
        """Show what came of an event."""
        match reply:
            case Form():
                await self._form(event, reply)
            case Card():
                await self.card(reply, Card("", (Text(self.show.words("slack-elsewhere")),)))
            case None:
                pass

    async def card(self, card: Card, elsewhere: Card) -> None:
        """Show a card where the person is. When it cannot be there, `elsewhere` comes in the messages of the app.

        Those stay: so what stands in it must not tell whose a dilemma is.
        """
        try:
            if self.spot.url:
                await self._beside(card)
            else:
                await self._in_modal(card)
        except (NotSent, OSError) as fault:
            log.warning("answer not shown in its place", why=where(fault))
            if not _is(fault, CHANGED):
                await self.chat.tell(self.spot.person, self.show.message(elsewhere))

    async def _form(self, event: Event, form: Form) -> None:
        """Open a form: nothing slow stands before it."""
        try:
            await self._opened(form)
        except (NotSent, OSError) as fault:
            log.warning("form not opened", why=where(fault))
            if not _is(fault, USED | CHANGED):
                card = _why(fault, event, self.show.words)
                await self.card(card, replace(card, buttons=tuple(one for one in card.buttons if not one.about)))

    async def _opened(self, form: Form) -> None:
        try:
            await self._put(self._asked(form), deeper=True)
        except Refusal as fault:
            anew = _not_chosen(form)
            if not _is(fault, UNKNOWN_CHOICE) or anew == form:
                raise
            await self._put(self._asked(anew, self.show.words("slack-choose-anew")), deeper=True)

    def _asked(self, form: Form, sentence: str = "") -> Json:
        view = self.show.asked(form, self.spot.origin, sentence)
        return view | {"clear_on_close": True} if self.spot.stacked else view

    async def _put(self, view: Json, *, deeper: bool = False) -> Json:
        """Show a modal: a form on top of what is open, and all else in its place, for Slack takes three of them."""
        if self.spot.view != "modal":
            return await self.chat.open(self.spot.trigger, view)
        if deeper and not self.spot.stacked:
            return await self.chat.push(self.spot.trigger, view)
        return await self.chat.replace(self.spot.view_id, self.spot.view_hash, view)

    async def _beside(self, card: Card) -> None:
        pictures = await self._pictures(card)
        if not (pictures and await _patiently(lambda: self._answer(card, pictures))):
            await self._answer(card)

    async def _answer(self, card: Card, pictures: Pictures | None = None) -> None:
        thread = {"thread_ts": self.spot.place.thread} if self.spot.place.thread else {}
        await self.chat.answer(self.spot.url, self.show.message(card, pictures) | thread)

    async def _in_modal(self, card: Card) -> None:
        """Show what the pictures say at once, and the pictures as soon as Slack has them."""
        shown = await self._put(self.show.told(card))
        try:
            await self._add_pictures(card, shown)
        except (NotSent, OSError) as fault:
            log.warning("picture not shown", why=where(fault))

    async def _add_pictures(self, card: Card, shown: Json) -> None:
        pictures = await self._pictures(card)
        if pictures:
            view = self.show.told(card, pictures)
            await _patiently(lambda: self.chat.replace(shown["id"], shown["hash"], view))

    async def _pictures(self, card: Card) -> Pictures:
        """Return the pictures of a card; none when Slack does not take them now: what they say stands there then."""
        try:
            return await self.chat.pictures.of(card) if pictured(card) else {}
        except (NotSent, OSError) as fault:
            log.warning("picture not shown", why=where(fault))
            return {}


async def _patiently(show: Callable[[], Awaitable[object]]) -> bool:
    """Show something with a new picture; return whether Slack takes it, now or after some seconds."""
    for pause in (0, *PAUSES):
        await asyncio.sleep(pause)
        try:
            await show()
        except Refusal as fault:
            if not _is(fault, NOT_THERE_YET):
                raise
        else:
            return True
    return False


def _is(fault: Exception, codes: set[str]) -> bool:
    return isinstance(fault, Refusal) and fault.code in codes


def _not_chosen(form: Form) -> Form:
    """Return a form in which no channel and nobody is chosen."""
    asked = (replace(one, initial="") if one.kind in LISTED else one for one in form.questions)
    return replace(form, questions=tuple(asked))


def _why(fault: Exception, event: Event, words: Words) -> Card:
    """Return the sentence for who got no form, with what they can do."""
    if _is(fault, LATE):
        again = (Button(words("slack-again"), event.action, event.about, form=True),) if event.action else ()
        return Card("", (Text(words("slack-form-late")),), again)
    if isinstance(fault, NotConnected):
        return Card("", (Text(words("slack-form-broken", code=plain(fault.why))),))
    return Card("", (Text(words("slack-form-down")),))
