"""Slack as the rest of the house knows it: cards are posted, updated, and written to one person."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from compassbot.chats.slack.answers import CHAT
from compassbot.chats.slack.faults import UNSHOWN, code_of, translated
from compassbot.chats.slack.pulse import Pulse
from compassbot.chats.slack.seal import Seal
from compassbot.chats.slack.show import Json, Show, pictured
from compassbot.talk.chat import Message, Pace, Person, Place
from compassbot.talk.view import Card, Cards, Image

log = structlog.get_logger()
SECONDS = 20
"""How long we wait for an answer of Slack's Web API."""
SHOWING = 5
"""Seconds that an answer to who waits for one may take: a form opens within three of them, or not at all."""
KNOWING = 2
"""Seconds that asking for the workspace may take: an event waits for it, and must be answered within three."""
MOST_PICTURES = 50
LETTER = "compassbot_letter"
"""The type of the metadata of each message: it holds the key of the letter, and nothing else."""
QUIET = {"unfurl_links": False, "unfurl_media": False}
Tokens = Callable[[], Awaitable[str]]
"""Returns the bot token as it is now. Raises NotConnected where there is none."""
Picture = Callable[[str], Awaitable[bytes | None]]
"""Returns the PNG at an address on our own server."""


class SlackChat:
    """One workspace. What listening needs beside a Chat: `open`, `push`, `publish`, `answer`."""

    name: str = "slack"
    pace: Pace = Pace(message=1.0, update=1.2)
    """Slack takes one message a second in a channel, and about fifty updates a minute in a workspace."""

    def __init__(self, tokens: Tokens, seal: Seal, picture: Picture, api: str, pulse: Pulse) -> None:
        """Take the token, the seal of this workspace, who draws, the address of the Web API, and what notes answers."""
        self.seal = seal
        self._tokens = tokens
        self._picture = picture
        self._api = api
        self._pulse = pulse
        self.seconds: float = SECONDS
        """How long an answer of Slack's Web API is waited for."""
        self._files: OrderedDict[str, str] = OrderedDict()
        self._uploading = asyncio.Lock()
        self._session: aiohttp.ClientSession | None = None

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
        shown = await self._shown(cards)
        where = {"channel": _bare(message.place.id), "ts": message.id}
        with translated(changing=True):
            await self._with_words(lambda body: self._call("chat.update", where | body), shown)

    async def open(self, trigger: str, view: Json) -> None:
        """Open a modal. Raises as the others do, and Refusal with an expired trigger."""
        with translated():
            await self._call("views.open", {"trigger_id": trigger, "view": view}, SHOWING)

    async def push(self, trigger: str, view: Json) -> None:
        """Put a modal on top of the one that is open."""
        with translated():
            await self._call("views.push", {"trigger_id": trigger, "view": view}, SHOWING)

    async def publish(self, person: Person, view: Json) -> None:
        """Show somebody their App Home."""
        with translated(to_person=True):
            await self._call("views.publish", {"user_id": _bare(person.id), "view": view})

    async def tell(self, person: Person, message: Json) -> None:
        """Tell one person something, in the messages of the app."""
        with translated(to_person=True):
            await self._call("chat.postMessage", {"channel": _bare(person.id), **message, **QUIET}, SHOWING)

    async def answer(self, url: str, message: Json) -> None:
        """Answer a command or a press at the address that came with it: this needs no token and no invitation."""
        body = {"response_type": "ephemeral", "replace_original": False, **message}
        with translated():
            async with (
                asyncio.timeout(min(SHOWING, self.seconds)),
                self._open_session().post(url, json=body) as response,
            ):
                response.raise_for_status()
        self._pulse.answer()

    async def team(self) -> str:
        """Return the id of the workspace that the token belongs to."""
        with translated():
            return str((await self._call("auth.test", {}, KNOWING))["team_id"])

    async def pictures(self, card: Card) -> dict[str, str]:
        """Return Slack's ids of the pictures of a card; each is uploaded once."""
        found: dict[str, str] = {}
        for address in pictured(card):
            async with self._uploading:  # the same picture goes to several places at once
                id = self._files.get(address) or await self._upload(address, card)
            if id:
                found[address] = id
        return found

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session:
            await self._session.close()

    async def _say(self, to: Json, cards: Cards, key: str, errors: AbstractContextManager[None]) -> Any:
        shown = await self._shown(cards)
        known = {"metadata": {"event_type": LETTER, "event_payload": {"key": key}}}
        with errors:
            return await self._with_words(
                lambda body: self._call("chat.postMessage", {**to, **body, **known, **QUIET}), shown
            )

    async def _shown(self, cards: Cards) -> Json:
        """Return the message in the first language of the cards: that of the organisation."""
        language, card = next(iter(cards.items()))
        return Show(self.seal, language).message(card, await self.pictures(card))

    async def _with_words(self, call: Callable[[Json], Awaitable[Any]], shown: Json) -> Any:
        """Send a message; where Slack does not take its blocks, its words alone: better plain than lost."""
        try:
            return await call(shown)
        except SlackApiError as fault:
            if code_of(fault) not in UNSHOWN:
                raise
            log.error("slack does not take these blocks", code=code_of(fault))
            return await call({"text": shown["text"]})

    async def _upload(self, address: str, card: Card) -> str:
        png = await self._picture(address)
        if png is None:
            return ""
        with translated():
            done = await self._client().files_upload_v2(
                content=png,
                filename="kompas.png",
                title=card.title,
                alt_txt=_alt(card, address),
                token=await self._tokens(),
            )
        self._files[address] = str(done["file"]["id"])
        if len(self._files) > MOST_PICTURES:
            self._files.popitem(last=False)
        return self._files[address]

    async def _call(self, method: str, body: Json, within: float = SECONDS) -> Any:
        token = await self._tokens()
        async with asyncio.timeout(min(within, self.seconds)):
            done = await self._client().api_call(method, json={**body, "token": token})
        self._pulse.answer()
        return done.data

    def _client(self) -> Any:  # its types are partly unknown
        client = AsyncWebClient(base_url=self._api, session=self._open_session(), timeout=SECONDS, retry_handlers=[])
        client.proxy = None  # see _open_session
        return client

    def _open_session(self) -> aiohttp.ClientSession:
        """Return the one session: a new one for each call costs a fifth more."""
        if self._session is None or self._session.closed:
            # It takes the proxy of the environment, and leaves out what no_proxy names, which slack_sdk does not.
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS), trust_env=True)
        return self._session


def _bare(id: str) -> str:
    return id.removeprefix(CHAT)


def _alt(card: Card, address: str) -> str:
    return next((part.alt for part in card.parts if isinstance(part, Image) and part.url == address), "")[:1000]
