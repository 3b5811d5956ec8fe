"""What goes wrong at Slack's Web API, in our own words: see the tree in talk/errors.py.

The codes are those of docs.slack.dev, "chat.postMessage" and its neighbours, "Errors".
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError

from compassbot.talk.errors import NotConnected, NotInvited, NotSent, Unreachable, Unsure, Wait

NOT_INVITED = {
    "not_in_channel",
    "channel_not_found",
    "is_archived",
    "restricted_action",
    "restricted_action_thread_only_channel",
    "restricted_action_thread_locked",
    "restricted_action_non_threadable_channel",
}
"""A channel that the bot cannot write in as things are: channel_not_found is also a private one without the bot."""
NOT_CONNECTED = {
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "missing_scope",
    "not_allowed_token_type",
    "no_permission",
    "org_login_required",
    "access_denied",
    "ekm_access_denied",
    "team_access_not_granted",
    "team_not_found",
    "accesslimited",
}
GONE = {
    "message_not_found",
    "cant_update_message",
    "edit_window_closed",
    "thread_not_found",
    "user_not_found",
    "users_not_found",
    "user_disabled",
    "user_is_bot",
    "cannot_dm_bot",
    "invalid_users",
    "invalid_user_id",
    "messages_tab_disabled",
}
UNSURE = {"internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org"}
LATE = {"expired_trigger_id", "invalid_trigger_id", "trigger_expired"}
USED = {"exchanged_trigger_id", "trigger_exchanged"}
"""A form was opened with this trigger: the same deed was delivered twice."""
CHANGED = {"hash_conflict", "not_found", "view_not_found"}
"""A modal that shows something else by now, or was closed: whoever was to read the answer went on."""
UNKNOWN_CHOICE = {"invalid_arguments"}
"""Said of all that is wrong with a form, and so of one in which a channel is chosen that is no more."""
UNSHOWN = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "invalid_attachments"}
LONGEST_WAIT = 30.0
"""Seconds to wait when Slack asks to wait and does not say how long."""


class Refusal(NotSent):
    """Slack refused what we asked, by its own `code`: a fault of ours."""

    def __init__(self, code: str) -> None:
        """Take Slack's code."""
        super().__init__(code)
        self.code = code


@contextmanager
def translated(*, to_person: bool = False) -> Generator[None]:
    """Turn what slack_sdk raises into our own errors. `to_person`: nobody can invite the bot there."""
    try:
        yield
    except SlackApiError as fault:
        raise _meaning(fault, gone=to_person) from None
    except aiohttp.ClientConnectorError as fault:  # nobody was there: it did not leave
        raise ConnectionError(type(fault).__name__) from None
    except (TimeoutError, aiohttp.ClientError, SlackRequestError) as fault:
        raise Unsure(type(fault).__name__) from None


def code_of(fault: SlackApiError) -> str:
    """Return Slack's code for what went wrong, or the HTTP status where it gave none."""
    data = _data(fault)
    return str(data.get("error") or f"http_{_status(fault)}")


def _meaning(fault: SlackApiError, *, gone: bool) -> NotSent:
    code, status = code_of(fault), _status(fault)
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return Wait(_seconds(fault))
    if status >= 500 or code in UNSURE or code.startswith("http_2"):
        return Unsure(code)
    if code in NOT_CONNECTED:
        return NotConnected(code)
    if code in GONE or (gone and code in NOT_INVITED):
        return Unreachable(code)
    return NotInvited(code) if code in NOT_INVITED else Refusal(code)


def _data(fault: SlackApiError) -> Mapping[str, Any]:
    response: Any = fault.response
    data = getattr(response, "data", response)
    return cast("Mapping[str, Any]", data) if isinstance(data, Mapping) else {}


def _status(fault: SlackApiError) -> int:
    response: Any = fault.response
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)


def _seconds(fault: SlackApiError) -> float:
    response: Any = fault.response
    headers = cast("Mapping[str, str]", getattr(response, "headers", {}))
    asked = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(asked) if asked.replace(".", "", 1).isdecimal() else LONGEST_WAIT
