"""The pages that somebody opens: a place with its lines, a thread beside it, and what changes meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse

from compassbot.chats.web import show
from compassbot.chats.web.asks import BOT_ROOM, colleague_of, language_of, place_of
from compassbot.chats.web.fence import Sorry
from compassbot.chats.web.office import Colleague
from compassbot.chats.web.send import WebChat
from compassbot.talk.chat import Place
from compassbot.words import Words

AT_ONCE = 60
"""Messages on a page at first; "older" shows as many again."""

WELCOME_COOKIE = "welcome"

Commands = Callable[[str], list[tuple[str, str]]]


class OfficeClock(Protocol):
    """The clock that the office lives by."""

    def now(self) -> datetime:
        """Return what time it is, in UTC."""
        ...

    async def forward(self, to: str) -> None:
        """Move on: an "hour", a "day", or to "monday" 08:00."""
        ...


@dataclass
class Pages:
    """Everything that somebody can open."""

    chat: WebChat
    clock: OfficeClock
    commands: Commands
    look: show.Look

    async def door(self, request: Request) -> Response:
        """Lead somebody who names no place to one: `/`, `/as/fatma`, `/?as=fatma&in=dilemmas&thread=12`."""
        office, query = self.chat.office, request.query_params
        who = str(request.path_params.get("who") or query.get("as") or office.colleagues[0].id)
        where = query.get("in") or (office.channels[0].id if office.channels else BOT_ROOM)
        colleague_of(self.chat.office, who)
        return RedirectResponse(
            "/" + "/".join(_safe(part) for part in ("as", who, where, query.get("thread", "")) if part), 303
        )

    async def page(self, request: Request) -> Response:
        """Show a place to somebody, with a thread beside it if the address names one."""
        me = colleague_of(self.chat.office, request.path_params["who"])
        place = place_of(self.chat.office, me, request.path_params["where"], request.path_params.get("thread", ""))
        await self.chat.archive.mark_read(me.person, place.id)
        scene = await self._scene(request, me, place)
        return HTMLResponse(self.look.page(scene, language_of(request)))

    async def events(self, request: Request) -> Response:
        """Keep telling a page what changes."""
        me = colleague_of(self.chat.office, request.query_params.get("as", ""))
        headers = {"X-Accel-Buffering": "no"}  # a proxy before us would wait for more
        return StreamingResponse(self.chat.live.stream(me.person), headers=headers, media_type="text/event-stream")

    def sorry(self, request: Request, refusal: Sorry) -> Response:
        """Say in a sentence why a request was not answered: on a page, or to the script of one."""
        language = language_of(request)
        sentence = Words(language)(refusal.key, reference=refusal.reference)
        if request.method == "POST":
            return JSONResponse({"": sentence}, refusal.status)
        return HTMLResponse(self.look.sorry(sentence, refusal.status, language), refusal.status)

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


def _most(request: Request) -> int:
    asked = request.query_params.get("most", "")
    return min(max(int(asked), AT_ONCE), 100 * AT_ONCE) if asked.isdecimal() and len(asked) < 6 else AT_ONCE


def _safe(part: str) -> str:
    return re.sub(r"[^\w@-]", "", part)
