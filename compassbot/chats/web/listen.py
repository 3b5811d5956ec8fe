"""Turns what a browser sends into Events, and what comes back into an answer for the page."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from compassbot.chats.web import answers, show
from compassbot.chats.web.fence import Sorry, fenced
from compassbot.chats.web.house import OWN_LINK, House, house
from compassbot.chats.web.office import Colleague
from compassbot.chats.web.send import WebChat
from compassbot.chats.web.sent import NONCE, Sent
from compassbot.talk.chat import Event, Hears, Place, Reply
from compassbot.talk.errors import Refused
from compassbot.talk.typed import command_of
from compassbot.talk.view import Card, Form
from compassbot.words import LANGUAGES, Words

BOT_ROOM = "@kompas"
LONGEST_LINE = 4000
"""Characters in one typed message."""

AT_ONCE = 60
"""Messages on a page at first; "older" shows as many again."""

LANGUAGE_COOKIE = "language"
WELCOME_COOKIE = "welcome"
YEAR = 365 * 24 * 3600


Commands = Callable[[str], list[tuple[str, str]]]


class OfficeClock(Protocol):
    """The clock that the office lives by."""

    def now(self) -> datetime:
        """Return what time it is, in UTC."""
        ...

    async def forward(self, to: str) -> None:
        """Move on: an "hour", a "day", or to "monday" 08:00."""
        ...


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
    pages = Pages(chat, hear, clock, commands, guards, show.Look(chat.office, style))

    def route(path: str, endpoint: Callable[[Request], Awaitable[Response]], method: str = "GET") -> Route:
        return Route(path, fenced(endpoint, pages.sorry, style.elsewhere), methods=[method])

    return [
        route("/", pages.door),
        route("/as/{who}", pages.door),
        route("/as/{who}/{where}", pages.page),
        route("/as/{who}/{where}/{thread}", pages.page),
        route("/events", pages.events),
        route("/do/say", pages.say, "POST"),
        route("/do/press", pages.press, "POST"),
        route("/do/submit", pages.submit, "POST"),
        route("/do/draft", pages.draft, "POST"),
        route("/do/hide", pages.hide, "POST"),
        route("/do/forward", pages.forward, "POST"),
        route("/do/language", pages.language, "POST"),
        route(OWN_LINK, _style(style)),
        Mount(f"/static/web-{show.stamp()}", StaticFiles(directory=show.FOLDER / "static"), name="web-static"),
    ]


@dataclass
class Pages:
    """Everything that a page asks for or sends."""

    chat: WebChat
    hear: Hears
    clock: OfficeClock
    commands: Commands
    guards: Guards
    look: show.Look

    async def door(self, request: Request) -> Response:
        """Lead somebody who names no place to one: `/`, `/as/fatma`, `/?as=fatma&in=dilemmas&thread=12`."""
        office, query = self.chat.office, request.query_params
        who = str(request.path_params.get("who") or query.get("as") or office.colleagues[0].id)
        where = query.get("in") or (office.channels[0].id if office.channels else BOT_ROOM)
        self._colleague(who)
        return RedirectResponse(
            "/" + "/".join(_safe(part) for part in ("as", who, where, query.get("thread", "")) if part), 303
        )

    async def page(self, request: Request) -> Response:
        """Show a place to somebody, with a thread beside it if the address names one."""
        me = self._colleague(request.path_params["who"])
        place = self._place(me, request.path_params["where"], request.path_params.get("thread", ""))
        await self.chat.archive.mark_read(me.person, place.id)
        scene = await self._scene(request, me, place)
        return HTMLResponse(self.look.page(scene, language_of(request)))

    async def events(self, request: Request) -> Response:
        """Keep telling a page what changes."""
        me = self._colleague(request.query_params.get("as", ""))
        headers = {"X-Accel-Buffering": "no"}  # a proxy before us would wait for more
        return StreamingResponse(self.chat.live.stream(me.person), headers=headers, media_type="text/event-stream")

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

    def sorry(self, request: Request, refusal: Sorry) -> Response:
        """Say in a sentence why a request was not answered: on a page, or to the script of one."""
        language = language_of(request)
        sentence = Words(language)(refusal.key, reference=refusal.reference)
        if request.method == "POST":
            return JSONResponse({"": sentence}, refusal.status)
        return HTMLResponse(self.look.sorry(sentence, refusal.status, language), refusal.status)

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

    async def _scene(self, request: Request, me: Colleague, place: Place) -> show.Scene:
        archive, office, language = self.chat.archive, self.chat.office, language_of(request)
        now, most = self.clock.now(), _most(request)
        replies = await archive.replies(place.id, me.person)
        unread = await archive.unread(me.person, office.places(me))
        kept = await archive.in_place(place.id, me.person, most + 1)
        root = await archive.find(place.thread) if place.thread else None
        if place.thread and (root is None or root.told.place != place.id or root.told.only_for not in ("", me.person)):
            raise Sorry(404, "web-sorry-gone")
        hung = await archive.in_thread(place.id, place.thread, me.person) if root else ()

        def seen(those: list[show.Kept]) -> list[show.Line]:
            return [show.line(one, office, replies.get(one.id, 0), now, language) for one in those]

        return show.Scene(
            me=me,
            place=place,
            rooms=[show.room(channel, place.id, unread, language) for channel in office.channels],
            inbox=show.room(me, place.id, unread, language),
            lines=seen(list(kept[-most:])),
            root=seen([root])[0] if root else None,
            thread=seen(list(hung)),
            older=most + AT_ONCE if len(kept) > most else 0,
            now=now,
            commands=self.commands(language),
            welcome=request.cookies.get(WELCOME_COOKIE) != "read",
            address=request.url.path,
        )

    def _colleague(self, who: str) -> Colleague:
        found = next((one for one in self.chat.office.colleagues if one.id == who), None)
        if found is None:
            raise Sorry(404, "web-sorry-who")
        return found

    def _place(self, me: Colleague, where: str, thread: str) -> Place:
        if where == BOT_ROOM:
            return Place(me.inbox, thread)
        found = next((one for one in self.chat.office.channels if one.id == where), None)
        if found is None:
            raise Sorry(404, "web-sorry-where")
        return Place(found.place, thread)

    async def _sent(self, request: Request) -> Sent:
        form = await _form(request)
        me = self._colleague(str(form.get("as", "")))
        place = self._place(me, str(form.get("in", "")), str(form.get("thread", "")))
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


def language_of(request: Request) -> str:
    """Return the language that somebody chose, else that their browser asks for, else Dutch."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    wanted = re.findall(r"\b(nl|en)\b", request.headers.get("accept-language", "").lower())
    return wanted[0] if wanted else LANGUAGES[0]


def _most(request: Request) -> int:
    asked = request.query_params.get("most", "")
    return min(max(int(asked), AT_ONCE), 100 * AT_ONCE) if asked.isdecimal() and len(asked) < 6 else AT_ONCE


def _back(form: FormData) -> str:
    path = urlsplit(str(form.get("back", "")))
    return path.path if path.path.startswith("/as/") and not path.netloc else "/"


def _safe(part: str) -> str:
    return re.sub(r"[^\w@-]", "", part)


def _style(style: House) -> Callable[[Request], Awaitable[Response]]:
    async def css(request: Request) -> Response:
        return PlainTextResponse(style.css, media_type="text/css")

    return css


__all__ = ["OfficeClock", "Pages", "routes"]
