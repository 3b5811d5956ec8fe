"""Slack as the rest of the house knows it: cards are posted, updated, and written to one person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from compassbot.chats.slack.answers import CHAT
from compassbot.chats.slack.calls import Calls, Tokens
from compassbot.chats.slack.faults import UNSHOWN, code_of, translated
from compassbot.chats.slack.pictures import NOT_SHOWN_YET, Picture, Pictures
from compassbot.chats.slack.pulse import Pulse
from compassbot.chats.slack.seal import Seal
from compassbot.chats.slack.show import Json, Show
from compassbot.talk.chat import Message, Pace, Person, Place
from compassbot.talk.errors import Wait
from compassbot.talk.view import Card, Cards

log = structlog.get_logger()
SHOWING = 5
"""Seconds that an answer to who waits for one may take: a form opens within three of them, or not at all."""
KNOWING = 2
"""Seconds that asking for the workspace may take: an event waits for it, and must be answered within three."""
LETTER = "compassbot_letter"
"""The type of the metadata of each message: it holds a name of the letter that tells nothing, and nothing else."""
QUIET = {"unfurl_links": False, "unfurl_media": False}
Sends = Callable[[Json], Awaitable[Any]]


class SlackChat:
    """One workspace. What listening needs beside a Chat: `open`, `push`, `replace`, `publish`, `tell`, `answer`."""

    name: str = "slack"
    pace: Pace = Pace(message=1.0, update=1.2)
    """Slack takes one message a second in a channel, and about fifty updates a minute in a workspace."""
    many_languages: bool = False

    def __init__(self, tokens: Tokens, seal: Seal, picture: Picture, api: str, pulse: Pulse) -> None:
        """Take the token, the seal of this workspace, who draws, the address of the Web API, and what notes answers."""
        self.seal = seal
        self.calls = Calls(tokens, api, pulse)
        self.pictures = Pictures(self.calls, picture)

    async def post(self, place: Place, cards: Cards, key: str) -> Message:
        """Send a card that everybody in the place sees. Raises as talk.chat.Chat says."""
        thread = {"thread_ts": place.thread} if place.thread else {}
        said = await self._say({"channel": _bare(place.id), **thread}, cards, key, translated())
        return Message(place, str(said["ts"]))

    async def write_to(self, person: Person, cards: Cards, key: str) -> Message:
        """Send a card to one person, in the messages of the app."""
        said = await self._say({"channel": _bare(person.id)}, cards, key, translated(to_person=True))
        return Message(Place(f"{CHAT}{said['channel']}"), str(said["ts"]))

    async def update(self, message: Message, cards: Cards, key: str) -> None:
        """Put another card in the place of one that was sent."""
        channel = _bare(message.place.id)
        where = {"channel": channel, "ts": message.id}
        # Without any blocks Slack keeps the old ones, and shows nothing of the new words.
        await self._shown(
            lambda body: self.calls.call("chat.update", {**where, "blocks": [], **body}),
            cards,
            key,
            translated(to_person=_is_direct(channel)),
        )

    async def open(self, trigger: str, view: Json) -> Json:
        """Open a modal, and return it as Slack keeps it. Raises as the others do, and Refusal with an old trigger."""
        with translated():
            return _view(await self.calls.call("views.open", {"trigger_id": trigger, "view": view}, SHOWING))

    async def push(self, trigger: str, view: Json) -> Json:
        """Put a modal on top of the one that is open, and return it. Slack takes three of them."""
        with translated():
            return _view(await self.calls.call("views.push", {"trigger_id": trigger, "view": view}, SHOWING))

    async def replace(self, id: str, stamp: str, view: Json) -> Json:
        """Put a modal in the place of one, unless that changed since it had this stamp. Return it."""
        which = {"view_id": id, **({"hash": stamp} if stamp else {})}
        with translated():
            return _view(await self.calls.call("views.update", {**which, "view": view}, SHOWING))

    async def publish(self, person: Person, view: Json) -> None:
        """Show somebody their App Home."""
        with translated(to_person=True):
            await self.calls.call("views.publish", {"user_id": _bare(person.id), "view": view})

    async def tell(self, person: Person, message: Json) -> None:
        """Tell one person something, in the messages of the app."""
        with translated(to_person=True):
            await self.calls.call("chat.postMessage", {"channel": _bare(person.id), **message, **QUIET}, SHOWING)

    async def answer(self, url: str, message: Json) -> None:
        """Answer a command or a press at the address that came with it: this needs no token and no invitation."""
        with translated():
            await self.calls.answer(url, {"response_type": "ephemeral", "replace_original": False, **message}, SHOWING)

    async def team(self) -> str:
        """Return the id of the workspace that the token belongs to."""
        with translated():
            return str((await self.calls.call("auth.test", {}, KNOWING))["team_id"])

    async def close(self) -> None:
        """Let go of the connections."""
        await self.calls.close()

    async def _say(self, to: Json, cards: Cards, key: str, errors: AbstractContextManager[None]) -> Any:
        known = {"metadata": {"event_type": LETTER, "event_payload": {"key": self.seal.name(key)}}}
        return await self._shown(
            lambda body: self.calls.call("chat.postMessage", {**to, **body, **known, **QUIET}), cards, key, errors
        )

    async def _shown(self, send: Sends, cards: Cards, key: str, errors: AbstractContextManager[None]) -> Any:
        """Send a card in the first language that it has: that of the organisation."""
        language, card = next(iter(cards.items()))
        show, pictures = Show(self.seal, language), await self.pictures.of(card)
        with errors:
            if pictures:
                try:
                    return await send(show.message(card, pictures))
                except SlackApiError as fault:
                    self._not_taken(fault, card, key)
            return await _with_words(send, show.message(card))

    def _not_taken(self, fault: SlackApiError, card: Card, key: str) -> None:
        """Return when a card is sent without its pictures. Raises Wait while they may be too new to be shown."""
        code = code_of(fault)
        if code not in UNSHOWN:
            raise fault
        pause = self.pictures.pause(key) if code == NOT_SHOWN_YET else None
        if pause:
            raise Wait(pause)
        log.error("slack does not take these pictures", code=code)
        self.pictures.forget(card)


async def _with_words(send: Sends, message: Json) -> Any:
    """Send a message; where Slack does not take its blocks, its words alone: better plain than lost."""
    try:
        return await send(message)
    except SlackApiError as fault:
        if code_of(fault) not in UNSHOWN:
            raise
        log.error("slack does not take these blocks", code=code_of(fault))
        return await send({"text": message["text"]})


def _bare(id: str) -> str:
    return id.removeprefix(CHAT)


def _is_direct(channel: str) -> bool:
    """Return whether it is the place of the messages to one person."""
    return channel.startswith("D")


def _view(answer: Json) -> Json:
    found: Json = answer.get("view") or {}
    return found
