"""The web chat as an office: the people of the demonstration, a clock that can be moved on."""

from __future__ import annotations

import re
from datetime import datetime

from starlette.routing import BaseRoute

from compassbot.app.archive import StoredArchive
from compassbot.app.asgi import Running
from compassbot.app.belonging import refuse_real
from compassbot.app.parts import Parts
from compassbot.app.refusing import CannotStart
from compassbot.chats.web.house import House, house
from compassbot.chats.web.listen import routes
from compassbot.chats.web.office import Channel, Colleague, Office
from compassbot.chats.web.send import WebChat
from compassbot.clock import OfficeTime
from compassbot.conversations.home import commands
from compassbot.conversations.lines import Lines
from compassbot.demo.build import settle
from compassbot.demo.people import DemoOffice, load_office
from compassbot.settings import Settings


def web_chat(parts: Parts, office: DemoOffice) -> WebChat:
    """Return the web chat of an office, kept in our store."""
    rooms = Office(
        name=office.name,
        colleagues=tuple(Colleague(one.id, one.name, one.role, one.department_name) for one in office.people),
        channels=tuple(Channel(one.id, one.name, one.topic) for one in office.channels),
    )
    return WebChat(StoredArchive(parts.database, rooms, parts.hours.now), rooms)


def furnish(parts: Parts, settings: Settings) -> None:
    """Choose departments, places and roles, unless somebody chose before; and set the office's clock."""
    refuse_real(parts.database)
    kept = parts.database.run_now(lambda books: books.settings.all())
    if "started_at" not in kept:
        now = parts.hours.now()
        parts.database.run_now(lambda books: settle(books, load_office(), settings.language, now))
    if "office_time" in kept:
        parts.hours.set(datetime.fromisoformat(kept["office_time"]))


def open_office(parts: Parts, settings: Settings) -> Running:
    """Return the running office: the chat joined to the bot, and its pages."""
    chat = web_chat(parts, load_office())
    parts.chats[chat.name] = chat
    time = OfficeTime(parts.clock, parts.hours, parts.database)
    return Running(parts, _pages(chat, parts, time, settings), time.keep)


def _pages(chat: WebChat, parts: Parts, time: OfficeTime, settings: Settings) -> list[BaseRoute]:
    style_of(settings)
    guards = Lines(tuple(one.name for one in chat.office.colleagues))
    return routes(chat, parts.hear, time, commands, guards, settings.tokens_css)


def style_of(settings: Settings) -> House:
    """Return the house style of the settings. Raises CannotStart when its file cannot be read."""
    tokens = settings.tokens_css
    try:
        return house(tokens)
    except (OSError, UnicodeDecodeError) as missing:
        named = re.sub(r"[^ -~]", "?", tokens)
        raise CannotStart(f"the design tokens {named} cannot be read. Change COMPASSBOT_TOKENS_CSS.") from missing
