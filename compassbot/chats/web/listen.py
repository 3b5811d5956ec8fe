"""Turns what a browser sends into Events, and what comes back into an answer for the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from compassbot.chats.web import answers, show
from compassbot.chats.web.asks import LANGUAGE_COOKIE, colleague_of, language_of, place_of
from compassbot.chats.web.fence import Sorry, fenced
from compassbot.chats.web.house import OWN_LINK, House, house
from compassbot.chats.web.pages import Commands, OfficeClock, Pages
from compassbot.chats.web.send import WebChat
from compassbot.chats.web.sent import NONCE, Sent
from compassbot.talk.chat import Event, Hears, Reply
from compassbot.talk.errors import Refused
from compassbot.talk.typed import command_of
from compassbot.talk.view import Card, Form
from compassbot.words import LANGUAGES, Words

LONGEST_LINE = 4000
"""Characters in one typed message."""

YEAR = 365 * 24 * 3600


class Guards(Protocol):
    """What reads each line before anybody else does."""

    def why_not(self, text: str, language: str, *, sure: bool) -> tuple[str, bool]:
        """Return why a line is not sent ("" when it is), and whether sending it once more (`sure`) is enough."""
        ...


def routes(
    chat: WebChat, hear: Hears, clock: OfficeClock, commands: Commands, guards: Guards, tokens_css: str = ""
) -> list[BaseRoute]:
    """Return the pages of the web chat, for the root of a Starlette app.

    `commands` gives each command and what it does, in a language; `guards` reads what people type to each other. `tokens_css` is the path or the
    address of a file with design tokens that go after ours. Raises OSError if the path cannot be read.
    """
    style = house(tokens_css)
    look = show.Look(chat.office, style)
    pages, deeds = Pages(chat, clock, commands, look), Deeds(chat, hear, clock, guards, look)

    def route(path: str, endpoint: Callable[[Request], Awaitable[Response]], method: str = "GET") -> Route:
        return Route(path, fenced(endpoint, pages.sorry, style.elsewhere), methods=[method])

    return [
        route("/", pages.door),
        route("/as/{who}", pages.door),
        route("/as/{who}/{where}", pages.page),
        route("/as/{who}/{where}/{thread}", pages.page),
        route("/events", pages.events),
        route("/do/say", deeds.say, "POST"),
        route("/do/press", deeds.press, "POST"),
        route("/do/submit", deeds.submit, "POST"),
        route("/do/draft", deeds.draft, "POST"),
        route("/do/hide", deeds.hide, "POST"),
        route("/do/forward", deeds.forward, "POST"),
        route("/do/language", deeds.language, "POST"),
        route(OWN_LINK, _style(style)),
        Mount(f"/static/web-{show.stamp()}", StaticFiles(directory=show.FOLDER / "static"), name="web-static"),
    ]


@dataclass
class Deeds:
    """Everything that somebody does on a page."""

    chat: WebChat
    hear: Hears
    clock: OfficeClock
    guards: Guards
    look: show.Look

    async def say(self, request: Request) -> Response:
        """Hear a line: a command if it begins with a slash, or stands in the bot's direct messages."""
        sent = await self._sent(request)
        text = sent.field("text").strip()
        if len(text) > LONGEST_LINE:
            raise Sorry(422, "web-sorry-long")
        if not text:
            return JSONResponse({})
        if not text.startswith("/"):
            why, again = self.guards.why_not(text, sent.language, sure=sent.field("sure").strip() == text)
            if why:
                return JSONResponse({"": why, "again": "yes" if again else ""}, 422)
            await self.chat.say(sent.me, sent.place, text, f"say:{sent.nonce}")
        if not (text.startswith("/") or sent.place.id == sent.me.inbox):
            return JSONResponse({})
        action, rest = command_of(text)
        return await self._ask(sent, sent.event("command", action, text=rest))

    async def press(self, request: Request) -> Response:
        """Hear a press on a button of a card that this person sees."""
        sent = await self._sent(request)
        kept = await self.chat.archive.find(sent.field("message"))
        if kept is None or kept.told.place != sent.place.id or kept.told.only_for not in ("", sent.me.person):
            raise Sorry(404, "web-sorry-gone")
        return await self._ask(sent, sent.event("press", sent.field("action"), sent.field("about")))

    async def submit(self, request: Request) -> Response:
        """Hear a form that was filled in; what cannot stand comes back with a sentence for each question."""
        sent = await self._sent(request)
        asked, filled = sent.answers()
        wrong = answers.faults(asked, filled, Words(sent.language))
        if wrong:
            return JSONResponse(wrong, 422)
        event = sent.event("submit", sent.field("action"), sent.field("about"), answers=filled)
        try:
            return await self._ask(sent, event)
        except Refused as refused:
            return JSONResponse(refused.why, 422)

    async def draft(self, request: Request) -> Response:
        """Hear what is typed so far."""
        sent = await self._sent(request)
        _, filled = sent.answers()
        await self.hear(sent.event("draft", sent.field("action"), sent.field("about"), answers=filled))
        return Response(status_code=204)

    async def hide(self, request: Request) -> Response:
        """Forget a card that only this person sees."""
        sent = await self._sent(request)
        await self.chat.archive.drop(sent.field("message"), sent.me.person)
        return JSONResponse({})

    async def forward(self, request: Request) -> Response:
        """Move the office's clock."""
        form = await request.form()
        to = str(form.get("to", ""))
        if to not in ("hour", "day", "monday"):
            raise Sorry(422, "web-sorry-unreadable")
        await self.clock.forward(to)
        return RedirectResponse(_back(form), 303)

    async def language(self, request: Request) -> Response:
        """Remember which language somebody reads."""
        form = await request.form()
        response = RedirectResponse(_back(form), 303)
        chosen = str(form.get("language", ""))
        if chosen in LANGUAGES:
            response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=YEAR, httponly=True, samesite="lax")
        return response

    async def _ask(self, sent: Sent, event: Event) -> Response:
        return JSONResponse(await self._answered(sent, await self.hear(event)))

    async def _answered(self, sent: Sent, reply: Reply) -> dict[str, str]:
        match reply:
            case Form():
                return {"form": self.look.asked(reply, sent.me, sent.place, sent.language)}
            case Card():
                kept = await self.chat.whisper(sent.me, sent.place, reply, sent.language, f"reply:{sent.nonce}")
                return {"card": kept.id}
            case None:
                return {}

    async def _sent(self, request: Request) -> Sent:
        form = await _form(request)
        me = colleague_of(self.chat.office, str(form.get("as", "")))
        place = place_of(self.chat.office, me, str(form.get("in", "")), str(form.get("thread", "")))
        if not NONCE.fullmatch(str(form.get("event", ""))):
            raise Sorry(422, "web-sorry-unreadable")
        if place.thread:
            root = await self.chat.archive.find(place.thread)
            if root is None or root.told.place != place.id:
                raise Sorry(404, "web-sorry-gone")
        return Sent(form, me, place, language_of(request))


async def _form(request: Request) -> FormData:
    """Return what was sent. Raises Sorry for a picture or a file: nobody can see who is in it."""
    try:
        return await request.form(max_files=0)
    except HTTPException as refused:
        raise Sorry(415, "web-sorry-file") if "files" in refused.detail else refused from None


def _back(form: FormData) -> str:
    path = urlsplit(str(form.get("back", "")))
    return path.path if path.path.startswith("/as/") and not path.netloc else "/"


def _style(style: House) -> Callable[[Request], Awaitable[Response]]:
    async def css(request: Request) -> Response:
        return PlainTextResponse(style.css, media_type="text/css")

    return css
