"""Asking Slack whether it takes our tokens, and whether the bot can write where it should. Nobody sees anything of it.

What Slack answers comes back as its own error codes: who asks says them in words. No answer holds a token.
"""

from __future__ import annotations

import logging
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, cast

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

SLACK_ANSWERS_IN = 10  # seconds
_DAY = 24 * 60 * 60
_FAR = 100 * _DAY  # Slack takes 120 days at most: https://docs.slack.dev/reference/methods/chat.scheduleMessage
_TRIES = 3
_CODE = re.compile(r"[a-z0-9_]{1,60}")


class NotReached(Exception):
    """Slack did not answer, or something else than Slack did. Its text says how, as far as is known."""


class NotTaken(Exception):
    """Slack answered no. Its text is the error code of Slack, such as `invalid_auth`."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose a bot token is. `scopes` is None when Slack did not say."""

    workspace: str
    bot: str
    scopes: frozenset[str] | None


def reach(api_url: str) -> None:
    """Return when Slack answers, with any answer. Raises NotReached."""
    with suppress(NotTaken):
        _ask(api_url, "", "api.test")


def whose(token: str, api_url: str) -> Account:
    """Return whose a bot token is, by auth.test. Raises NotReached or NotTaken."""
    answer = _ask(api_url, token, "auth.test")
    named = answer.headers.get("x-oauth-scopes")
    scopes = None if named is None else frozenset(scope.strip() for scope in named.split(",") if scope.strip())
    return Account(str(answer.body.get("team", "")), str(answer.body.get("user", "")), scopes)


def try_socket(app_token: str, api_url: str) -> None:
    """Ask for an address for Socket Mode, and do not go there. Raises NotReached or NotTaken."""
    _ask(api_url, app_token, "apps.connections.open")


def try_channel(token: str, channel: str, api_url: str, text: str) -> bool:
    """Try whether the bot can write in a channel, and return whether no trace of it is left.

    With the scopes that we ask for, Slack tells nothing about a channel. So a message is planned for far in the
    future and taken back at once: that shows nothing to anybody. `text` is what people would read in a hundred days
    if taking back failed each time. Raises NotReached, or NotTaken with such as `not_in_channel`.
    """
    planned = _ask(api_url, token, "chat.scheduleMessage", channel=channel, post_at=int(time.time()) + _FAR, text=text)
    message = str(planned.body.get("scheduled_message_id", ""))
    for _ in range(_TRIES):
        with suppress(NotReached, NotTaken):
            _ask(api_url, token, "chat.deleteScheduledMessage", channel=channel, scheduled_message_id=message)
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Answer:
    body: dict[str, Any]
    headers: dict[str, str]


def _ask(api_url: str, token: str, method: str, **params: str | int) -> _Answer:
    client: Any = WebClient(token, base_url=api_url, timeout=SLACK_ANSWERS_IN, logger=_silent(), retry_handlers=[])
    client.proxy = None  # the SDK would send all through HTTPS_PROXY; without it, NO_PROXY counts too
    try:
        answer: Any = client.api_call(method, params=params)  # Any: the SDK has half of its types
    except SlackApiError as refused:
        answer = cast("Any", refused).response
        code = str(answer.get("error", ""))
        if answer.status_code >= 500 or not _CODE.fullmatch(code):
            raise NotReached(f"status {answer.status_code}") from None
        raise NotTaken(code) from None
    except (OSError, HTTPException, SlackClientError, ValueError) as fault:
        raise NotReached(str(getattr(fault, "reason", "")) or type(fault).__name__) from None
    return _Answer(answer.data, {name.lower(): value for name, value in answer.headers.items()})


def _silent() -> logging.Logger:
    """Return a logger that says nothing: what went wrong is told as a finding."""
    logger = logging.getLogger(__name__)
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger
