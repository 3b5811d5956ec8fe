"""Lets in what Slack sends for a workspace of ours, and hands it on by its kind.

Four listeners of Bolt that take everything of their kind, and App Home.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from compassbot.chats.slack import payload
from compassbot.chats.slack.handlers import Context, Handlers, answer, heard
from compassbot.chats.slack.payload import Body, Unreadable
from compassbot.chats.slack.pulse import Pulse
from compassbot.chats.slack.workspace import Broken, Uninstalled, Workspace, Workspaces
from compassbot.talk.bot import reference_for
from compassbot.talk.errors import NotSent
from compassbot.words import LANGUAGES, Words

log = structlog.get_logger()
EVERYTHING = re.compile("")


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
        self._handlers = Handlers()
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
                return heard()
            workspace = await self._workspaces(team)
            if workspace is None:
                return BoltResponse(status=403, body="", headers={"x-slack-no-retry": "1"})
            if payload.text_at(body, "type") == "app_rate_limited":
                log.error("slack holds events back", do="there were more than 30,000 in an hour")
                return heard()
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
        await self._handlers.close()

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
        bolt.view(EVERYTHING)(self._handlers.view)
        bolt.action(EVERYTHING)(self._handlers.action)
        bolt.command(EVERYTHING)(self._handlers.command)
        bolt.shortcut(EVERYTHING)(self._handlers.shortcut)
        bolt.event(EVERYTHING)(self._handlers.event)
        bolt.error(_broke)
        return bolt


async def _authorize() -> AuthorizeResult:
    """Tell Bolt that all is well: `hears` has found the workspace, and sending has its own token."""
    return _SOMEBODY


_SOMEBODY = AuthorizeResult(enterprise_id=None, team_id=None, bot_token="-")  # noqa: S106 - no token at all


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
    return answer({"response_type": "ephemeral", "text": said})


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
