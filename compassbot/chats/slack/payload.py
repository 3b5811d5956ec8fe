"""What Slack sends, read with care: everything in it may be missing or of another kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any, cast

from compassbot.chats.slack.answers import CHAT, name_of, read
from compassbot.chats.slack.seal import Carried, Seal
from compassbot.talk.chat import Event, Person, Place
from compassbot.talk.typed import command_of, printable
from compassbot.talk.view import Answer

Body = Mapping[str, Any]
LONGEST_ID = 180
_ID = re.compile(r"[A-Z][A-Z0-9]{1,40}")
_STAMP = re.compile(r"[0-9]{1,20}\.[0-9]{1,20}")
_NAME = re.compile(rf"[!-~]{{1,{LONGEST_ID}}}")
"""Other ids of Slack: a trigger, a view."""
_MENTIONED = re.compile(r"<(?:([@#!])|(?=https?:|mailto:|tel:))([^<>|]*)\|?([^<>]*)>")
"""Slack's way to write a mention or a link in the text of a message."""


class Unreadable(ValueError):
    """Not something that Slack sends."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a person is when they do something: what an answer to it needs.

    `trigger` opens one modal within three seconds; `url` takes an answer without a token, "" where there is none.
    `view` is the kind of view in which it happened: "modal", "home" or "", with its id, and in `view_hash` a stamp that
    is another one after each change. `stacked` says that a modal lies below.
    """

    person: Person
    place: Place
    trigger: str
    url: str = ""
    view: str = ""
    view_id: str = ""
    view_hash: str = ""
    stacked: bool = False

    @property
    def origin(self) -> Carried:
        """Return what a form that is asked here carries of where it was asked."""
        return Carried("", "", self.place.id, self.place.thread, self.view == "home")


def at(body: Any, *path: str) -> Any:
    """Return what lies at a path of keys, or None."""
    for key in path:
        if not isinstance(body, dict):  # asked thirty times a press: to look for any mapping takes ten times as long
            return None
        body = cast("dict[str, Any]", body).get(key)
    return body


def text_at(body: Any, *path: str) -> str:
    """Return the text at a path of keys; "" when there is none."""
    found = at(body, *path)
    return found if isinstance(found, str) else ""


def id_at(body: Any, *path: str) -> str:
    """Return Slack's id of a person, place or team at a path. Raises Unreadable when there is none."""
    found = text_at(body, *path)
    if not _ID.fullmatch(found):
        raise Unreadable(".".join(path))
    return found


def team_of(body: Body) -> str:
    """Return the workspace in which the app is to which this is sent. Raises Unreadable when it does not say.

    In a channel that two organisations share, a form that is sent names the workspace of who sends it as well.
    """
    for path in (
        ("view", "app_installed_team_id"),
        ("team_id",),
        ("team", "id"),
        ("user", "team_id"),
        ("view", "team_id"),
    ):
        if text_at(body, *path):
            return id_at(body, *path)
    raise Unreadable("team")


def is_from_elsewhere(body: Body) -> bool:
    """Return whether somebody of another organisation did this, in a channel that theirs and ours share.

    Workspaces of one Enterprise Grid are one organisation.
    """
    own, grid = text_at(body, "user", "team_id"), text_at(body, "enterprise", "id")
    return own not in ("", grid, team_of(body)) and not (grid and grid == text_at(body, "team", "enterprise_id"))


def moment_of(body: Body) -> datetime:
    """Return when an event happened. Raises Unreadable when it does not say."""
    at_time = at(body, "event_time")
    try:
        return datetime.fromtimestamp(at_time, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        raise Unreadable("event_time") from None


def spot_of(body: Body) -> Spot:
    """Return where somebody pressed a button or used a shortcut. Raises Unreadable."""
    place = CHAT + id_at(body, "channel", "id") if at(body, "channel") else ""
    return Spot(
        Person(CHAT + id_at(body, "user", "id")),
        Place(place, _thread(body)),
        text_at(body, "trigger_id"),
        text_at(body, "response_url"),
        text_at(body, "view", "type"),
        text_at(body, "view", "id"),
        text_at(body, "view", "hash"),
        bool(at(body, "view", "previous_view_id")),
    )


def _thread(body: Body) -> str:
    """Return the thread in which somebody reads a message; "" when it stands in the channel.

    A message that others hang under names itself as its thread, and is read in the channel all the same. Of one that
    this person alone sees, only the container tells it.
    """
    thread = text_at(body, "message", "thread_ts") or text_at(body, "container", "thread_ts")
    own = text_at(body, "message", "ts") or text_at(body, "container", "message_ts")
    return thread if thread != own and _STAMP.fullmatch(thread) else ""


def command(body: Body) -> tuple[Spot, Event]:
    """Read a slash command. Raises Unreadable."""
    spot = _spot_of_command(body)
    action, rest = command_of(_typed(text_at(body, "text")))
    return spot, Event(_event_id(body), "command", spot.person, spot.place, action, text=rest)


def shortcut(body: Body) -> tuple[Spot, Event]:
    """Read a shortcut: both kinds share a dilemma, the one on a message begins with its words. Raises Unreadable."""
    spot = spot_of(body)
    said = _typed(text_at(body, "message", "text"))
    return spot, Event(_event_id(body), "command", spot.person, spot.place, "dilemma", text=said)


def has_file(body: Body) -> bool:
    """Return whether a picture or a file hangs on the message of a shortcut."""
    return bool(at(body, "message", "files"))


def press(body: Body, seal: Seal) -> tuple[Spot, Event]:
    """Read a press on a button. Raises Unreadable, and ValueError for a button that we did not make."""
    spot = spot_of(body)
    carried = seal.open(text_at(_first_action(body), "value"))
    return spot, Event(_event_id(body), "press", spot.person, spot.place, carried.action, carried.about)


def is_button(body: Body) -> bool:
    """Return whether somebody pressed a button; else they are filling in a form. Raises Unreadable."""
    return text_at(_first_action(body), "type") == "button"


def filled(body: Body, seal: Seal, kind: str) -> tuple[Spot, Carried, Event]:
    """Read a form: sent ("submit"), or while it is typed ("draft"). Raises Unreadable, and ValueError as `press`."""
    spot = spot_of(body)
    carried = seal.open(text_at(body, "view", "private_metadata"))
    place = Place(carried.place, carried.thread)
    id = _view_id(body) if kind == "submit" else ""
    answers = answers_in(body)
    return (
        spot,
        carried,
        Event(
            id,
            "submit" if kind == "submit" else "draft",
            spot.person,
            place,
            carried.action,
            carried.about,
            answers=answers,
        ),
    )


def answers_in(body: Body) -> dict[str, Answer]:
    """Return what was filled in. Raises Unreadable."""
    values = at(body, "view", "state", "values")
    try:
        answers = read(values)
    except (ValueError, TypeError, AttributeError, KeyError, StopIteration, RecursionError):
        raise Unreadable("view.state.values") from None
    return {name: _clean(answer) for name, answer in answers.items()}


def blocks_of(body: Body) -> dict[str, str]:
    """Return the block id of each question of a submitted form, by the question's name."""
    values = at(body, "view", "state", "values")
    return {name_of(block): block for block in cast("Body", values)} if isinstance(values, Mapping) else {}


def _spot_of_command(body: Body) -> Spot:
    """Return where somebody typed a command. Raises Unreadable."""
    place = Place(CHAT + id_at(body, "channel_id"))
    return Spot(
        Person(CHAT + id_at(body, "user_id")), place, text_at(body, "trigger_id"), text_at(body, "response_url")
    )


def _clean(answer: Answer) -> Answer:
    return printable(answer) if isinstance(answer, str) else tuple(printable(one) for one in answer)


def _first_action(body: Body) -> Any:
    actions = at(body, "actions")
    if not isinstance(actions, list) or not actions:
        raise Unreadable("actions")
    return cast("list[Any]", actions)[0]


def _event_id(body: Body) -> str:
    """Return what is the same when Slack sends the same thing again: a trigger is made once for each act."""
    trigger = text_at(body, "trigger_id")
    if not _NAME.fullmatch(trigger):
        raise Unreadable("trigger_id")
    return f"{CHAT}{trigger}"


def _view_id(body: Body) -> str:
    """Return the id of a submission: a form as it stands can be sent once, however often it is pressed."""
    id, stamp = text_at(body, "view", "id"), text_at(body, "view", "hash")
    if not _NAME.fullmatch(id + stamp) or not id:
        raise Unreadable("view.id")
    return f"{CHAT}{id}:{stamp}"


def _typed(text: str) -> str:
    """Return what was typed from how Slack writes it down: nobody who is mentioned in it is named."""
    return printable(unescape(_MENTIONED.sub(_unmarked, text)))


def _unmarked(found: re.Match[str]) -> str:
    sign, what, label = found.groups()
    if sign in ("@", "!"):
        return "…"
    return f"#{label}" if sign == "#" else label or what
