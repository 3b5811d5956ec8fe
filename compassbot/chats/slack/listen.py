"""Turns what Slack sends into Events, and what comes back into modals, messages and answers.

Four listeners of Bolt that take everything of their kind, and App Home; no feature is known here.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from datetime import datetime
from typing import Any, Protocol

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from compassbot.chats.slack import payload
from compassbot.chats.slack.payload import Body, Spot, Unreadable
from compassbot.chats.slack.pulse import Pulse
from compassbot.chats.slack.send import SlackChat
from compassbot.chats.slack.sent import Sent
from compassbot.chats.slack.show import Json, Show, pictured
from compassbot.chats.slack.tell import Telling
from compassbot.talk.bot import reference_for, where
from compassbot.talk.chat import Event, Hears, Person, Place, Reply
from compassbot.talk.errors import NotSent, Refused
from compassbot.talk.view import Card, Form, Text, plain
from compassbot.words import LANGUAGES, Words

log = structlog.get_logger()
EVERYTHING = re.compile("")
PATIENCE = 10.0
"""Seconds that answers under way get when the bot stops."""


class Workspace(Protocol):
    """One Slack workspace, as listening needs it."""

    @property
    def chat(self) -> SlackChat:
        """Return what sends to it."""
        ...

    @property
    def hear(self) -> Hears:
        """Return what its events are handed to."""
        ...

    async def language(self) -> str:
        """Return the language of its channels."""
        ...


Context = MutableMapping[str, Any]
"""What Bolt hands on to a listener: the workspace is in it."""
Workspaces = Callable[[str], Awaitable[Workspace | None]]
"""Returns the workspace with a team id, or None when it is not one of ours. Raises Broken."""
Uninstalled = Callable[[str, datetime], Awaitable[None]]
"""Is told the team id of a workspace that took the app away, or its token back, and when it did."""


class Broken(Exception):
    """A workspace of ours cannot be opened now; `reference` is the number of it in the log."""

    def __init__(self, reference: str) -> None:
        """Take the number."""
        super().__init__(reference)
        self.reference = reference


class Listener:
    """Hears all that Slack sends, over HTTP or Socket Mode: `hears` takes one payload and returns the answer."""

    def __init__(
        self, workspaces: Workspaces, uninstalled: Uninstalled, pulse: Pulse, taken_back: Uninstalled | None = None
    ) -> None:
        """Take where workspaces are found, what is told when one is gone, and what notes that Slack was heard.

        `taken_back` is told when only the token is gone: the app is there, and works again with a new token.
        """
        self._workspaces = workspaces
        self._farewells = {"app_uninstalled": uninstalled} | ({"tokens_revoked": taken_back} if taken_back else {})
        self._pulse = pulse
        self._showing: set[asyncio.Task[None]] = set()
        self._sent = Sent()
        self._bolt: AsyncApp = self._listen()

    async def hears(self, body: dict[str, Any]) -> BoltResponse:
        """Return what Slack is told: 200, 403 for a workspace that is not ours, 400 for what is not Slack's.

        503 when a workspace of ours cannot be opened now: an event is then delivered again.
        """
        try:
            team = payload.team_of(body)
            if farewell := _farewell(body):  # before it is opened: one that is damaged can be forgotten too
                if farewell in self._farewells:
                    await self._farewells[farewell](team, payload.moment_of(body))
                return _nothing()
            workspace = await self._workspaces(team)
            if workspace is None:
                return BoltResponse(status=403, body="", headers={"x-slack-no-retry": "1"})
            if payload.text_at(body, "type") == "app_rate_limited":
                log.error("slack holds events back", do="there were more than 30,000 in an hour")
                return _nothing()
            request = _request(body, workspace)
        except (Unreadable, RecursionError):
            return BoltResponse(status=400, body="")
        except Broken as broken:
            return _sorry(body, broken.reference)
        except (NotSent, OSError) as fault:
            return _sorry(body, reference_for("workspace not known", fault))
        self._pulse.event()
        try:
            return await self._bolt.async_dispatch(request)
        except Exception as fault:  # noqa: BLE001 - Bolt reads the payload once more to tell of what it stumbled over
            return await _broke(fault, request.context)

    async def close(self) -> None:
        """Let the answers under way be shown, and break off what takes too long."""
        if self._showing:
            _, late = await asyncio.wait(self._showing, timeout=PATIENCE)
            for task in late:
                task.cancel()

    def _listen(self) -> AsyncApp:
        bolt: Any = AsyncApp(
            name="compassbot",
            logger=_nowhere(),
            authorize=_authorize,
            process_before_response=True,
            request_verification_enabled=False,  # door.py has checked it, before anything was read
            ssl_check_enabled=False,
            ignoring_self_events_enabled=False,
            attaching_function_token_enabled=False,
        )
        bolt.view(EVERYTHING)(self._view)
        bolt.action(EVERYTHING)(self._action)
        bolt.command(EVERYTHING)(self._command)
        bolt.shortcut(EVERYTHING)(self._shortcut)
        bolt.event(EVERYTHING)(self._event)
        bolt.error(_broke)
        return bolt

    async def _command(self, body: Body, context: Context) -> BoltResponse:
        workspace = _reached(context)
        spot, event = payload.command(body)
        reply = await workspace.hear(event)
        if isinstance(reply, Card) and not pictured(reply):
            said = Show(workspace.chat.seal, await workspace.language()).message(reply)
            return _json({"response_type": "ephemeral", **said})
        self._later(self._show(workspace, spot, event, reply))
        return _nothing()

    async def _shortcut(self, body: Body, context: Context) -> BoltResponse:
        workspace = _reached(context)
        spot, event = payload.shortcut(body)
        if payload.is_from_elsewhere(body):
            self._later(self._say(workspace, spot, "slack-outsider"))
            return _nothing()
        if payload.has_file(body):
            self._later(self._say(workspace, spot, "slack-file"))
            return _nothing()
        self._later(self._show(workspace, spot, event, await workspace.hear(event)))
        return _nothing()

    async def _action(self, body: Body, context: Context) -> BoltResponse:
        workspace = _reached(context)
        try:
            if not payload.is_button(body):
                _, _, draft = payload.filled(body, workspace.chat.seal, "draft")
                if not self._sent.just(payload.text_at(body, "view", "id")):
                    await workspace.hear(draft)
                return _nothing()
            spot, event = payload.press(body, workspace.chat.seal)
        except Unreadable:
            raise
        except ValueError:  # not sealed by us: from before a change of key, or made up
            self._later(self._say(workspace, payload.spot_of(body), "slack-unreadable"))
            return _nothing()
        if payload.is_from_elsewhere(body):
            self._later(self._say(workspace, spot, "slack-outsider"))
            return _nothing()
        self._later(self._show(workspace, spot, event, await workspace.hear(event)))
        return _nothing()

    async def _view(self, body: Body, context: Context) -> BoltResponse:
        workspace = _reached(context)
        if payload.text_at(body, "type") != "view_submission":
            return _nothing()
        show = Show(workspace.chat.seal, await workspace.language())
        try:
            spot, carried, event = payload.filled(body, workspace.chat.seal, "submit")
        except Unreadable:
            raise
        except ValueError:
            return _json({"response_action": "update", "view": show.told(_sentence(show.words, "slack-unreadable"))})
        if payload.is_from_elsewhere(body):
            return _json({"response_action": "update", "view": show.told(_sentence(show.words, "slack-outsider"))})
        self._sent.note(payload.text_at(body, "view", "id"))
        try:
            reply = await workspace.hear(event)
        except Refused as refused:
            return _json(_refused(refused, body, show))
        if carried.home:
            self._later(self._home(workspace, spot.person))
        match reply:
            case Form():
                deeper = reply.action != carried.action and not spot.stacked
                return _json({"response_action": "push" if deeper else "update", "view": show.asked(reply, carried)})
            case Card():
                return _json({"response_action": "update", "view": show.told(reply)})
            case None:
                return _json({"response_action": "clear"})

    async def _event(self, body: Body, context: Context) -> BoltResponse:
        workspace = _reached(context)
        kind = payload.text_at(body, "event", "type")
        if kind == "app_home_opened" and payload.text_at(body, "event", "tab") in ("home", ""):
            person = Person(f"{workspace.chat.name}:{payload.id_at(body, 'event', 'user')}")
            self._later(self._home(workspace, person))
        return _nothing()

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


async def _authorize() -> AuthorizeResult:
    """Tell Bolt that all is well: `hears` has found the workspace, and sending has its own token."""
    return _SOMEBODY


_SOMEBODY = AuthorizeResult(enterprise_id=None, team_id=None, bot_token="-")  # noqa: S106 - no token at all


def _reached(context: Context) -> Workspace:
    """Return the workspace, and note that one of our listeners was reached: what breaks from here on is a fault of ours."""
    context["reached"] = True
    return context["workspace"]


async def _broke(error: Exception, context: Context) -> BoltResponse:
    """Answer what nobody else caught; never with a traceback, which may quote what people typed."""
    if isinstance(error, Unreadable) or "reached" not in context:  # Bolt takes for granted what lies in a payload
        return BoltResponse(status=400, body="")
    reference_for("request failed", error)
    return BoltResponse(status=500, body="")


def _farewell(body: Body) -> str:
    """Return the kind of event with which Slack tells that a workspace took the app away, or the bot's token back.

    Nothing for any other event: a token of a person that was taken back is none of ours.
    """
    kind = payload.text_at(body, "event", "type")
    ours = kind == "app_uninstalled" or (kind == "tokens_revoked" and payload.at(body, "event", "tokens", "bot"))
    return kind if ours else ""


def _sorry(body: Body, reference: str) -> BoltResponse:
    """Return a sentence where it can be shown with nothing but the answer: after a command.

    In each language: the one that its people read is in the database that does not open.
    """
    if "command" not in body:
        return BoltResponse(status=503, body="")
    said = "\n\n".join(Words(language)("broke", reference=reference) for language in LANGUAGES)
    return _json({"response_type": "ephemeral", "text": said})


def _request(body: dict[str, Any], workspace: Workspace) -> AsyncBoltRequest:
    """Return what Bolt listens to. Raises Unreadable where it stumbles: it takes for granted what lies in a payload."""
    try:
        return AsyncBoltRequest(mode="socket_mode", body=body, context={"workspace": workspace})
    except (AttributeError, TypeError, LookupError, ValueError):
        raise Unreadable("context") from None


def _nowhere() -> logging.Logger:
    """Return a log that nobody reads: Bolt would write parts of what it has no listener for."""
    quiet = logging.getLogger("compassbot.slack_bolt")
    quiet.disabled = True
    quiet.setLevel(logging.CRITICAL)
    return quiet


def _json(body: Json) -> BoltResponse:
    return BoltResponse(status=200, body=body)  # pyright: ignore[reportArgumentType]  (it takes dicts too)


def _nothing() -> BoltResponse:
    return BoltResponse(status=200, body="")
