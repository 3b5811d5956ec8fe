"""What is done with each kind of thing that a person does in Slack, and where its answer is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, MutableMapping
from typing import Any

import structlog
from slack_bolt.response import BoltResponse

from compassbot.chats.slack import payload
from compassbot.chats.slack.payload import Body, Spot, Unreadable
from compassbot.chats.slack.sent import Sent
from compassbot.chats.slack.show import Json, Show, pictured
from compassbot.chats.slack.tell import Telling
from compassbot.chats.slack.workspace import Workspace
from compassbot.talk.bot import where
from compassbot.talk.chat import Event, Person, Place, Reply
from compassbot.talk.errors import NotSent, Refused
from compassbot.talk.view import Card, Form, Text, plain
from compassbot.words import Words

log = structlog.get_logger()
PATIENCE = 10.0
"""Seconds that answers under way get when the bot stops."""
Context = MutableMapping[str, Any]
"""What Bolt hands on to a listener: the workspace is in it."""


class Handlers:
    """One function for each kind of payload; no feature is known here."""

    def __init__(self) -> None:
        """Begin with nothing under way."""
        self._showing: set[asyncio.Task[None]] = set()
        self._sent = Sent()

    async def close(self) -> None:
        """Let the answers under way be shown, and break off what takes too long."""
        if self._showing:
            _, late = await asyncio.wait(self._showing, timeout=PATIENCE)
            for task in late:
                task.cancel()

    async def command(self, body: Body, context: Context) -> BoltResponse:
        """Hear a command; a card without a picture is the answer itself."""
        workspace = _reached(context)
        spot, event = payload.command(body)
        reply = await workspace.hear(event)
        if isinstance(reply, Card) and not pictured(reply):
            said = Show(workspace.chat.seal, await workspace.language()).message(reply)
            return answer({"response_type": "ephemeral", **said})
        self._later(self._show(workspace, spot, event, reply))
        return heard()

    async def shortcut(self, body: Body, context: Context) -> BoltResponse:
        """Hear a shortcut, from anywhere or on a message."""
        workspace = _reached(context)
        spot, event = payload.shortcut(body)
        if payload.is_from_elsewhere(body):
            self._later(self._say(workspace, spot, "slack-outsider"))
            return heard()
        if payload.has_file(body):
            self._later(self._say(workspace, spot, "slack-file"))
            return heard()
        self._later(self._show(workspace, spot, event, await workspace.hear(event)))
        return heard()

    async def action(self, body: Body, context: Context) -> BoltResponse:
        """Hear a press on a button, or what is typed in a form so far."""
        workspace = _reached(context)
        try:
            if not payload.is_button(body):
                _, _, draft = payload.filled(body, workspace.chat.seal, "draft")
                if not self._sent.just(payload.text_at(body, "view", "id")):
                    await workspace.hear(draft)
                return heard()
            spot, event = payload.press(body, workspace.chat.seal)
        except Unreadable:
            raise
        except ValueError:  # not sealed by us: from before a change of key, or made up
            self._later(self._say(workspace, payload.spot_of(body), "slack-unreadable"))
            return heard()
        if payload.is_from_elsewhere(body):
            self._later(self._say(workspace, spot, "slack-outsider"))
            return heard()
        self._later(self._show(workspace, spot, event, await workspace.hear(event)))
        return heard()

    async def view(self, body: Body, context: Context) -> BoltResponse:
        """Hear a form that was sent; the answer is what the modal shows next."""
        workspace = _reached(context)
        if payload.text_at(body, "type") != "view_submission":
            return heard()
        show = Show(workspace.chat.seal, await workspace.language())
        try:
            spot, carried, event = payload.filled(body, workspace.chat.seal, "submit")
        except Unreadable:
            raise
        except ValueError:
            return answer({"response_action": "update", "view": show.told(_sentence(show.words, "slack-unreadable"))})
        if payload.is_from_elsewhere(body):
            return answer({"response_action": "update", "view": show.told(_sentence(show.words, "slack-outsider"))})
        self._sent.note(payload.text_at(body, "view", "id"))
        try:
            reply = await workspace.hear(event)
        except Refused as refused:
            return answer(_refused(refused, body, show))
        if carried.home:
            self._later(self._home(workspace, spot.person))
        match reply:
            case Form():
                deeper = reply.action != carried.action and not spot.stacked
                return answer({"response_action": "push" if deeper else "update", "view": show.asked(reply, carried)})
            case Card():
                return answer({"response_action": "update", "view": show.told(reply)})
            case None:
                return answer({"response_action": "clear"})

    async def event(self, body: Body, context: Context) -> BoltResponse:
        """Hear that somebody opened App Home; no other event is of use to us."""
        workspace = _reached(context)
        kind = payload.text_at(body, "event", "type")
        if kind == "app_home_opened" and payload.text_at(body, "event", "tab") in ("home", ""):
            person = Person(f"{workspace.chat.name}:{payload.id_at(body, 'event', 'user')}")
            self._later(self._home(workspace, person))
        return heard()

    async def _home(self, workspace: Workspace, person: Person) -> None:
        """Show somebody their App Home: what `/kompas` alone shows."""
        reply = await workspace.hear(Event("", "command", person, Place(""), "", text=""))
        if isinstance(reply, Card):
            show = Show(workspace.chat.seal, await workspace.language())
            await workspace.chat.publish(person, show.home(reply))

    async def _show(self, workspace: Workspace, spot: Spot, event: Event, reply: Reply) -> None:
        """Show a reply where the person is."""
        show = Show(workspace.chat.seal, await workspace.language())
        await Telling(workspace.chat, spot, show).reply(event, reply)
        if spot.view == "home" and isinstance(reply, Card):
            await self._home(workspace, spot.person)

    async def _say(self, workspace: Workspace, spot: Spot, sentence: str) -> None:
        """Say a sentence of Slack's own, which tells nothing of any dilemma."""
        show = Show(workspace.chat.seal, await workspace.language())
        card = _sentence(show.words, sentence)
        await Telling(workspace.chat, spot, show).card(card, card)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_quietly(work))
        self._showing.add(task)
        task.add_done_callback(self._showing.discard)


def _sentence(words: Words, key: str) -> Card:
    return Card("", (Text(words(key)),))


def _refused(refused: Refused, body: Body, show: Show) -> Json:
    """Return each sentence beside its question; what is about the whole form goes beside the first one.

    Slack has no other place for it: docs.slack.dev, "Modals", "Displaying errors in views".
    """
    blocks = payload.blocks_of(body)
    errors = {blocks[name]: why for name, why in refused.why.items() if name in blocks}
    rest = " ".join(why for name, why in refused.why.items() if name not in blocks)
    if not blocks:
        return {"response_action": "update", "view": show.told(Card("", (Text(plain(rest)),)))}
    if rest:
        first = next(iter(blocks.values()))
        errors[first] = f"{rest} {errors.get(first, '')}".strip()
    return {"response_action": "errors", "errors": errors}


async def _quietly(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except (NotSent, OSError) as fault:
        log.warning("answer not shown", why=where(fault))
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is logged without content
        log.error("answer not shown", fault=where(fault))


def _reached(context: Context) -> Workspace:
    """Return the workspace, and note that one of our listeners was reached: what breaks from here on is a fault of ours."""
    context["reached"] = True
    return context["workspace"]


def answer(body: Json) -> BoltResponse:
    """Return an answer that Slack shows."""
    return BoltResponse(status=200, body=body)  # pyright: ignore[reportArgumentType]  (it takes dicts too)


def heard() -> BoltResponse:
    """Return the answer that only acknowledges."""
    return BoltResponse(status=200, body="")
