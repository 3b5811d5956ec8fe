"""Why a Socket Mode connection ended, or was refused, and what an administrator can do about it."""

from __future__ import annotations

from typing import Any, cast

from slack_sdk.errors import SlackApiError

PASSING = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
"""Error codes that go away by themselves. Others are for an administrator to mend."""
SENTENCES = {
    "invalid_auth": "Slack does not know this app token. Make one under Basic Information, App-Level Tokens, "
    "and put it in COMPASSBOT_SLACK_APP_TOKEN.",
    "not_allowed_token_type": "this is not an app token. COMPASSBOT_SLACK_APP_TOKEN starts with xapp-; "
    "it is made under Basic Information, App-Level Tokens.",
    "missing_scope": "the app token may not open connections. Make one with the scope connections:write "
    "under Basic Information, App-Level Tokens.",
    "token_revoked": "the app token was withdrawn. Make a new one under Basic Information, App-Level Tokens, "
    "and put it in COMPASSBOT_SLACK_APP_TOKEN.",
    "link_disabled": "Socket Mode is switched off for this app. Switch it on in the app's settings, under Socket Mode.",
    "account_inactive": "the app was removed from the workspace. Install it again.",
}


def sentence_of(code: str) -> str:
    """Return what an administrator can do about an error code of Slack's, from `state()` after "refused:"."""
    return SENTENCES.get(code, f"Slack refuses a connection with the code {code}. Look at the app's settings at Slack.")


class Ended(Exception):
    """Why a connection ended; `refused` is the code of what an administrator must mend, `wait` what Slack asks."""

    def __init__(self, why: str, refused: str = "", wait: float = 0) -> None:
        """Take why, and what is to be done about it."""
        super().__init__(why)
        self.why = why
        self.refused = refused
        self.wait = wait


def refusal(fault: SlackApiError) -> Ended:
    """Return why Slack gave no address; its answer may be no JSON at all."""
    response: Any = cast("Any", fault).response
    data, headers = getattr(response, "data", None), getattr(response, "headers", {})
    code = str(cast("dict[str, Any]", data).get("error", "")) if isinstance(data, dict) else ""
    if code == "ratelimited":
        asked = str(headers.get("Retry-After", ""))
        return Ended(code, wait=float(asked) if asked.isdecimal() else 30)
    return Ended(code or "Slack is down", refused="" if code in PASSING else code)
