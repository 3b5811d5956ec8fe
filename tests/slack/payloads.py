"""What Slack sends to an app, with all that a real payload has: docs.slack.dev, "Interaction payloads", "Events API"."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Mapping
from hashlib import sha256
from itertools import count
from typing import Any
from urllib.parse import urlencode

from tests.slack.local import APP, BOT, DILEMMAS, SIGNING_SECRET, TEAM

Found = dict[str, Any]
FORM = "application/x-www-form-urlencoded"
_numbers = count(1)
_AT_FIRST = {
    "plain_text_input": ("value", "initial_value", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "static_select": ("selected_option", "initial_option", None),
    "checkboxes": ("selected_options", "initial_options", []),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_users_select": ("selected_users", "initial_users", []),
    "datepicker": ("selected_date", "initial_date", None),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
}
"""For each kind of element: where its answer stands in the state, what it is at first, and what it is without that."""


def trigger(user: str) -> str:
    """Return the id of something a person did; it ends with who, so that whoever opens a form for it knows."""
    return f"{next(_numbers)}.1764000000.{user}"


def who(user: str, team: str = TEAM) -> Found:
    """Return a person, and what stands around everything that people do."""
    return {
        "team": {"id": team, "domain": "gemeente"},
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": team},
        "api_app_id": APP,
        "token": "a-token-that-means-nothing",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def command(user: str, line: str, url: str, channel: str = DILEMMAS, team: str = TEAM) -> Found:
    """A slash command."""
    name, _, text = line.partition(" ")
    return {
        "token": "a-token-that-means-nothing",
        "team_id": team,
        "team_domain": "gemeente",
        "channel_id": channel,
        "channel_name": "dilemmas",
        "user_id": user,
        "user_name": user.lower(),
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": trigger(user),
    }


def pressed(user: str, button: Found, message: Found, url: str, team: str = TEAM) -> Found:
    """A press on a button of a message."""
    channel = str(message.get("channel", DILEMMAS))
    thread = {"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}
    place = {"message_ts": message["ts"], "channel_id": channel, "is_ephemeral": False}
    shown = {"type": "message", "user": BOT, "bot_id": "B0KOMPAS", "app_id": APP, "team": team}
    return {
        "type": "block_actions",
        **who(user, team),
        "container": {"type": "message", **place, **thread},
        "trigger_id": trigger(user),
        "channel": {"id": channel, "name": "dilemmas"},
        "message": {**shown, **{key: message[key] for key in ("text", "ts", "blocks") if key in message}, **thread},
        "state": {"values": {}},
        "response_url": url,
        "actions": [_action(button)],
    }


def pressed_privately(user: str, button: Found, url: str) -> Found:
    """A press on a button of a message that this person alone sees: Slack keeps nothing of that to send along."""
    made = pressed(user, button, {"ts": "1764000000.000900"}, url)
    made["container"]["is_ephemeral"] = True
    del made["message"]
    return made


def pressed_in(user: str, button: Found, view: Found, **answers: Any) -> Found:
    """A press on a button of a form that is open, or of App Home."""
    return {
        "type": "block_actions",
        **who(user),
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": trigger(user),
        "view": {**view, "state": {"values": state_of(view, answers)}},
        "actions": [_action(button)],
    }


def typed(user: str, view: Found, question: str, text: str) -> Found:
    """A letter typed in a question that tells what is typed."""
    [block] = [one for one in view["blocks"] if one.get("block_id", "").startswith(f"{question}~")]
    return pressed_in(
        user, {**block["element"], "block_id": block["block_id"], "value": text}, view, **{question: text}
    )


def submitted(user: str, view: Found, **answers: Any) -> Found:
    """A form that is sent; what is not named stays as it was."""
    return {
        "type": "view_submission",
        **who(user),
        "trigger_id": trigger(user),
        "view": {**view, "state": {"values": state_of(view, answers)}},
        "response_urls": [],
    }


def shortcut(user: str, callback_id: str) -> Found:
    """A global shortcut."""
    return {
        "type": "shortcut",
        **who(user),
        "callback_id": callback_id,
        "trigger_id": trigger(user),
        "action_ts": "1764000000.000100",
    }


def message_shortcut(user: str, callback_id: str, text: str, url: str) -> Found:
    """A shortcut of a message."""
    said = {"type": "message", "user": "U0MEI", "ts": "1764000000.000200", "text": text, "team": TEAM, "blocks": []}
    return {
        **shortcut(user, callback_id),
        "type": "message_action",
        "message_ts": said["ts"],
        "channel": {"id": DILEMMAS, "name": "dilemmas"},
        "message": said,
        "response_url": url,
    }


def event(kind: str, team: str = TEAM, **more: Any) -> Found:
    """Something that Slack tells of."""
    authorization = {"enterprise_id": None, "team_id": team, "user_id": BOT, "is_bot": True}
    return {
        "token": "a-token-that-means-nothing",
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": {"type": kind, "event_ts": "1764000000.000300", **more},
        "type": "event_callback",
        "event_id": f"Ev{next(_numbers)}",
        "event_time": int(time.time()),
        "authorizations": [{**authorization, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": "4-eyJldCI6ImFwcF9ob21lX29wZW5lZCJ9",
    }


def state_of(view: Found, answers: Mapping[str, Any]) -> Found:
    """Return `view.state.values`: what was filled in by the names of questions, or else what stood there."""
    return {block["block_id"]: _state(block, answers) for block in view["blocks"] if block["type"] == "input"}


def packed(body: Found) -> tuple[bytes, str]:
    """Return a payload as Slack sends it over HTTP, and its content type."""
    if body.get("type") in ("event_callback", "url_verification", "app_rate_limited"):
        return json.dumps(body).encode(), "application/json"
    form = body if "command" in body and "type" not in body else {"payload": json.dumps(body)}
    return urlencode(form, errors="surrogatepass").encode(), FORM


def signed(raw: bytes, kind: str, *, secret: str = SIGNING_SECRET, ago: float = 0) -> dict[str, str]:
    """Return the headers that Slack sends along with a body."""
    stamp = str(int(time.time() - ago))
    signature = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + raw, sha256).hexdigest()
    return {
        "content-type": kind,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={signature}",
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    }


def _action(element: Found) -> Found:
    more = {key: element[key] for key in ("action_id", "type", "text", "value") if key in element}
    return {"block_id": element.get("block_id", "b1"), **more, "action_ts": "1764000000.000400"}


def _state(block: Found, answers: Mapping[str, Any]) -> Found:
    element, name = block["element"], block["block_id"].rpartition("~")[0]
    key, initial, nothing = _AT_FIRST[element["type"]]
    found = _answer(element, answers[name]) if name in answers else element.get(initial, nothing)
    return {element["action_id"]: {"type": element["type"], key: found}}


def _answer(element: Found, answer: Any) -> Any:
    options = {option["value"]: option for option in element.get("options", [])}
    if element["type"] in ("radio_buttons", "static_select"):
        return options[f"={answer}"] if answer else None
    if element["type"] in ("checkboxes", "multi_static_select"):
        return [options[f"={one}"] for one in answer]
    return answer or None if isinstance(answer, str) else list(answer)
