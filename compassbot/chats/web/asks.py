"""Who asks, about which place, and in which language: as an address or a form says it."""

from __future__ import annotations

import re

from starlette.requests import Request

from compassbot.chats.web.fence import Sorry
from compassbot.chats.web.office import Colleague, Office
from compassbot.talk.chat import Place
from compassbot.words import LANGUAGES

BOT_ROOM = "@kompas"
LANGUAGE_COOKIE = "language"


def colleague_of(office: Office, who: str) -> Colleague:
    """Return who has this id. Raises Sorry when nobody has."""
    found = next((one for one in office.colleagues if one.id == who), None)
    if found is None:
        raise Sorry(404, "web-sorry-who")
    return found


def place_of(office: Office, me: Colleague, where: str, thread: str) -> Place:
    """Return the channel with this id, or the bot's direct messages to somebody. Raises Sorry for no such channel."""
    if where == BOT_ROOM:
        return Place(me.inbox, thread)
    found = next((one for one in office.channels if one.id == where), None)
    if found is None:
        raise Sorry(404, "web-sorry-where")
    return Place(found.place, thread)


def language_of(request: Request) -> str:
    """Return the language that somebody chose, else that their browser asks for, else Dutch."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    wanted = re.findall(r"\b(nl|en)\b", request.headers.get("accept-language", "").lower())
    return wanted[0] if wanted else LANGUAGES[0]
