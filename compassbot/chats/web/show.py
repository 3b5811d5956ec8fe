"""Cards, forms and pages to HTML."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from compassbot.chats.web import answers, markdown, when
from compassbot.chats.web.archive import Kept
from compassbot.chats.web.house import House
from compassbot.chats.web.office import Channel, Colleague, Office, worded
from compassbot.talk.chat import Place
from compassbot.talk.view import Card, Facts, Form, Image, Marked, Part, Text, in_language, unpack
from compassbot.words import LANGUAGES, Words

FOLDER = Path(__file__).parent
MOST_RADIOS = 7
"""A choice among more than this is a drop-down list."""

TONES = 6
"""How many colours the round marks of people have."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message as a reader sees it. `version` changes whenever anything of it does."""

    id: str
    day: str
    when: str
    iso: str
    author: Colleague | None
    text: str
    card: Card | None
    language: str
    private: bool
    changed: bool
    replies: int
    version: str


@dataclass(frozen=True, slots=True)
class Room:
    """A place in the sidebar: its address part, its place id, how it is called and what is new there."""

    slug: str
    place: str
    name: str
    topic: str
    unread: int
    here: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """All that one page shows."""

    me: Colleague
    place: Place
    rooms: Sequence[Room]
    inbox: Room
    lines: Sequence[Line]
    root: Line | None
    thread: Sequence[Line]
    older: int
    now: datetime
    commands: Sequence[tuple[str, str]]
    welcome: bool
    address: str

    @property
    def here(self) -> Room:
        """Return the room that is open."""
        return next((room for room in self.rooms if room.here), self.inbox)

    @property
    def unread(self) -> int:
        """Return how much is new in all rooms together."""
        return self.inbox.unread + sum(room.unread for room in self.rooms)


def nonce() -> str:
    """Return a fresh id for an event that may come."""
    return secrets.token_urlsafe(16)


class Look:
    """Makes HTML in the language of a reader."""

    def __init__(self, office: Office, house: House) -> None:
        """Take the office that is shown and its house style."""
        self.office = office
        self.house = house

    def page(self, scene: Scene, language: str) -> str:
        """Return a whole page."""
        return self._render("page.html", language, scene=scene)

    def asked(self, form: Form, me: Colleague, place: Place, language: str) -> str:
        """Return a form, as it stands in the dialog."""
        return self._render("form.html", language, form=form, me=me, place=place, shape=answers.shape(form.questions))

    def sorry(self, sentence: str, status: int, language: str) -> str:
        """Return the page that says why there is no other."""
        return self._render("sorry.html", language, sentence=sentence, status=status)

    def _render(self, template: str, language: str, **values: object) -> str:
        words = Words(language)
        shared = {
            "w": words,
            "language": words.language,
            "other": next(one for one in LANGUAGES if one != words.language),
            "office": self.office,
            "house": self.house,
            "stamp": stamp(),
            "said": partial(worded, language=words.language),
        }
        return _templates().get_template(template).render(**shared, **values)


def line(kept: Kept, office: Office, replies: int, now: datetime, language: str) -> Line:
    """Return a message as somebody reads it now, in `language`."""
    words = Words(language)
    cards = unpack(kept.told.packed) if kept.told.packed else None
    spoken = language if cards is None or language in cards else next(iter(cards))
    label = when.said_at(kept.at, now, words)
    seen = "|".join((kept.id, kept.told.packed, kept.told.text, spoken, label, str(replies), str(kept.changed)))
    return Line(
        id=kept.id,
        day=when.day(kept.at.astimezone(when.HERE).date(), now.astimezone(when.HERE).date(), words),
        when=label,
        iso=kept.at.isoformat(timespec="seconds"),
        author=office.colleague(kept.told.author),
        text=kept.told.text,
        card=in_language(cards, language) if cards else None,
        language=spoken,
        private=bool(kept.told.only_for),
        changed=kept.changed,
        replies=replies,
        version=hashlib.sha256(seen.encode()).hexdigest()[:12],
    )


def room(where: Channel | Colleague, here: str, unread: Mapping[str, int], language: str) -> Room:
    """Return a channel, or somebody's direct messages, as it stands in the sidebar."""
    if isinstance(where, Channel):
        name, topic = worded(where.name, language), worded(where.topic, language)
        return Room(where.id, where.place, name, topic, unread.get(where.place, 0), where.place == here)
    words = Words(language)
    place = where.inbox
    return Room("@kompas", place, words("web-bot"), words("web-bot-topic"), unread.get(place, 0), place == here)


def tone(colleague: Colleague) -> int:
    """Return which colour a colleague's mark has: one department, one colour."""
    digest = hashlib.sha256(worded(colleague.department, LANGUAGES[0]).encode()).digest()
    return digest[0] % TONES + 1


@cache
def stamp() -> str:
    """Return what changes in an address when a static file does."""
    digest = hashlib.sha256()
    for path in sorted((FOLDER / "static").iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def _kind_of(part: Part) -> str:
    match part:
        case Text():
            return "text"
        case Facts():
            return "facts"
        case Image():
            return "image"
        case Marked():
            return "marked"


@pass_context
def _block(context: Context, text: str) -> Markup:
    return markdown.block(text, _names(context["office"], context["language"]))


@pass_context
def _inline(context: Context, text: str) -> Markup:
    return markdown.inline(text, _names(context["office"], context["language"]))


def _names(office: Office, language: str) -> dict[str, str]:
    people = {one.person: one.name for one in office.colleagues}
    return people | {one.place: f"#{worded(one.name, language)}" for one in office.channels}


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    cast("dict[str, Any]", templates.filters).update(block=_block, inline=_inline, kind=_kind_of, tone=tone)
    cast("dict[str, Any]", templates.globals).update(
        nonce=nonce, most_radios=MOST_RADIOS, field=answers.FIELD, clock=when.office_time
    )
    return templates
