"""What we ask of Slack, in one place: names, scopes, events and addresses, and the app manifest made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from compassbot.words import LANGUAGES, Words

COMMANDS = ("/kompas", "/compass")
"""One for each language, in the order of LANGUAGES; each is explained in its own."""
SHARE_SHORTCUT = "share_dilemma"
MESSAGE_SHORTCUT = "dilemma_from_message"
EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked")
SCOPES = {
    "commands": "the commands and shortcuts by which people ask for something",
    "chat:write": "writing in channels that the bot was invited to, and to a person alone",
    "files:write": "the picture of the weekly digest",
}
"""Each scope, and what it is for. None reads what people write, nor who they are."""
PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

_COLOUR = "#12494b"  # the head of our pages: Slack wants a dark one, its own letters on it are white


@dataclass(frozen=True, slots=True)
class Connection:
    """How Slack and the bot reach each other.

    `url` is the https address of the server, or empty. With `socket` the bot calls Slack, and Slack needs no
    address; without it `url` must be there. `many` workspaces are installed by OAuth, which needs `url` too.
    """

    url: str = ""
    socket: bool = False
    many: bool = False

    @property
    def requests(self) -> dict[str, str]:
        """Return where Slack sends requests to, as a manifest names it; nothing for Socket Mode."""
        return {} if self.socket else {"request_url": self.url + PATH}


def manifest(words: Words, connection: Connection, name: str = "") -> dict[str, Any]:
    """Return the app manifest of Slack, in one language; `name` is what the bot is called (35 characters at most)."""
    name = name or words("slack-manifest-name")
    return {
        "display_information": {
            "name": name,
            "description": words("slack-manifest-description"),
            "long_description": words("slack-manifest-about"),
            "background_color": _COLOUR,
        },
        "features": {
            # We do not read messages to the bot, so there is nothing to type them into.
            "app_home": dict.fromkeys(
                ("home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"), True
            ),
            "bot_user": {"display_name": name, "always_online": True},
            "shortcuts": [
                _shortcut(words, "global", SHARE_SHORTCUT, "share"),
                _shortcut(words, "message", MESSAGE_SHORTCUT, "message"),
            ],
            "slash_commands": [
                _command(Words(language), connection, command)
                for command, language in zip(COMMANDS, LANGUAGES, strict=True)
            ],
        },
        "oauth_config": _oauth(connection),
        "settings": {
            "event_subscriptions": connection.requests | {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True} | connection.requests,
            "org_deploy_enabled": False,
            "socket_mode_enabled": connection.socket,
            # Only who keeps tokens can renew them: one that an administrator pasted would stop after twelve hours.
            "token_rotation_enabled": connection.many,
        },
    }


def _shortcut(words: Words, kind: str, callback: str, key: str) -> dict[str, str]:
    return {
        "name": words(f"slack-manifest-{key}"),
        "type": kind,
        "callback_id": callback,
        "description": words(f"slack-manifest-{key}-about"),
    }


def _command(words: Words, connection: Connection, command: str) -> dict[str, Any]:
    address = {} if connection.socket else {"url": connection.url + PATH}
    return {
        "command": command,
        **address,
        "description": words("slack-manifest-command"),
        "usage_hint": words("slack-manifest-usage"),
        "should_escape": False,
    }


def _oauth(connection: Connection) -> dict[str, Any]:
    scopes = {"scopes": {"bot": list(SCOPES)}}
    if not connection.many:
        return scopes
    return {"redirect_urls": [connection.url + REDIRECT_PATH]} | scopes
