"""The app manifest that we print is one that Slack takes, and asks for no more than we use."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from typing import Any

import pytest
import yaml

from compassbot.chats.slack.manifest import COMMANDS, SCOPES, Connection, manifest
from compassbot.conversations.home import commands
from compassbot.words import LANGUAGES, Words
from tests.test_cli import run

ADDRESS = "https://bot.example.nl"
HTTP, SOCKET = Connection(ADDRESS), Connection(socket=True)
CONNECTIONS = [HTTP, SOCKET, Connection(ADDRESS, many=True), Connection(ADDRESS, socket=True, many=True)]

SHAPE: dict[str, Any] = {
    "display_information": {
        "name": (1, 35),
        "description": (1, 140),
        "long_description": (175, 4000),
        "background_color": (4, 7),
    },
    "features": {
        "app_home": {
            "home_tab_enabled": bool,
            "messages_tab_enabled": bool,
            "messages_tab_read_only_enabled": bool,
        },
        "bot_user": {"display_name": (1, 80), "always_online": bool},
        "shortcuts": [{"name": (1, 24), "type": (6, 7), "callback_id": (1, 255), "description": (1, 150)}],
        "slash_commands": [
            {
                "command": (2, 32),
                "url": (8, 3000),
                "description": (1, 2000),
                "usage_hint": (1, 1000),
                "should_escape": bool,
            }
        ],
    },
    "oauth_config": {"redirect_urls": [(8, 2500)], "scopes": {"bot": [(1, 50)]}},
    "settings": {
        "event_subscriptions": {"request_url": (8, 3500), "bot_events": [(1, 50)]},
        "interactivity": {"is_enabled": bool, "request_url": (8, 3500)},
        "org_deploy_enabled": bool,
        "socket_mode_enabled": bool,
        "token_rotation_enabled": bool,
    },
}
"""What Slack's own schema of a manifest allows (github.com/slackapi/manifest-schema): a text is fewest to most."""
ONLY_WITH_AN_ADDRESS = {"url", "request_url", "redirect_urls"}


def faults(value: Any, shape: Any, path: str = "") -> list[str]:
    """Return where a value is not of the shape."""
    if isinstance(shape, dict):
        wrong = value.keys() ^ shape.keys()
        found = [f"{path}.{key}" for key in wrong if not (key in ONLY_WITH_AN_ADDRESS and key not in value)]
        return found + [
            fault for key in value if key in shape for fault in faults(value[key], shape[key], f"{path}.{key}")
        ]
    if isinstance(shape, list):
        return [fault for at, each in enumerate(value) for fault in faults(each, shape[0], f"{path}[{at}]")]
    if shape is bool:
        return [] if isinstance(value, bool) else [path]
    fewest, most = shape
    return [] if isinstance(value, str) and fewest <= len(value) <= most else [f"{path}: {value!r}"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("connection", CONNECTIONS)
def test_a_manifest_fits_what_slack_takes(language: str, connection: Connection) -> None:
    """In both languages and each way of connecting every key is known, and every text is as long as it may be."""
    made = manifest(Words(language), connection)

    assert faults(made, SHAPE) == []
    assert made["display_information"]["background_color"].startswith("#")


def test_the_ruler_itself_sees_what_is_wrong() -> None:
    """A name that is too long, a key that Slack does not know and one that is missing are found."""
    made = manifest(Words("nl"), HTTP, "x" * 36)
    made["features"]["shortcuts"][0]["name"] = "y" * 25
    made["settings"]["surprise"] = True
    del made["features"]["bot_user"]["always_online"]

    assert {fault.split(":")[0] for fault in faults(made, SHAPE)} == {
        ".display_information.name",
        ".features.shortcuts[0].name",
        ".settings.surprise",
        ".features.bot_user.always_online",
    }


def test_with_socket_mode_slack_needs_no_address() -> None:
    """A manifest for Socket Mode names no address at all; one for HTTP names the same for all that comes in."""
    assert "http" not in json.dumps(manifest(Words("nl"), SOCKET))
    made = manifest(Words("nl"), HTTP)

    assert {one["url"] for one in made["features"]["slash_commands"]} == {f"{ADDRESS}/slack/events"}
    assert made["settings"]["interactivity"]["request_url"] == f"{ADDRESS}/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == f"{ADDRESS}/slack/events"
    assert "redirect_urls" not in made["oauth_config"]
    many = manifest(Words("nl"), replace(HTTP, many=True))
    assert many["oauth_config"]["redirect_urls"] == [f"{ADDRESS}/slack/oauth_redirect"]
    assert (made["settings"]["socket_mode_enabled"], SOCKET.requests) == (False, {})


def test_the_bot_asks_to_read_nothing() -> None:
    """The scopes are those three that write; none reads messages, members or lists of channels."""
    made = manifest(Words("nl"), SOCKET)

    assert made["oauth_config"]["scopes"] == {"bot": ["commands", "chat:write", "files:write"]}
    assert [scope for scope in SCOPES if "read" in scope or "history" in scope] == []


def test_only_a_bot_that_keeps_its_tokens_lets_them_rotate() -> None:
    """A token that an administrator pasted would stop after twelve hours."""
    assert [manifest(Words("nl"), each)["settings"]["token_rotation_enabled"] for each in CONNECTIONS] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(("at", "language"), list(enumerate(LANGUAGES)))
def test_the_hint_beside_a_command_is_what_one_can_type(at: int, language: str) -> None:
    """Slack completes the commands of a language with the words that the bot knows in it."""
    hint = manifest(Words("nl"), SOCKET)["features"]["slash_commands"][at]["usage_hint"]
    typed = [f"{COMMANDS[at]} {word}" for word in hint.strip("[]").split(" | ")]

    assert [COMMANDS[at], *typed] == [command for command, _ in commands(language)]


def printed(*arguments: str, **settings: str) -> dict[str, Any]:
    """Return the manifest that the command line prints."""
    said = run("slack", "manifest", *arguments, **settings)
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout) if "yaml" not in arguments else yaml.safe_load(said.stdout)


def test_json_and_yaml_say_the_same_in_the_same_order() -> None:
    """Slack takes both; what is first in one is first in the other."""
    as_json, as_yaml = printed("--language", "en"), printed("--format", "yaml", "--language", "en")

    assert json.dumps(as_json) == json.dumps(as_yaml)
    assert list(as_yaml) == ["display_information", "features", "oauth_config", "settings"]
    assert as_json["features"]["shortcuts"][0]["name"] == "Share a dilemma"


def test_how_to_connect_follows_from_the_settings() -> None:
    """With an address it is HTTP, with an app token or without an address Socket Mode; an option goes before both."""
    address, token = {"COMPASSBOT_PUBLIC_URL": f"{ADDRESS}/"}, {"COMPASSBOT_SLACK_APP_TOKEN": "xapp-1-A-1-x"}

    def socket(*arguments: str, **settings: str) -> bool:
        return printed(*arguments, **settings)["settings"]["socket_mode_enabled"]

    assert (socket(), socket(**token, **address), socket(**address)) == (True, True, False)
    assert (socket("--url", ADDRESS, **token), socket("--socket", **address)) == (False, True)
    assert printed("--http", **address) == printed("--url", ADDRESS)


def test_a_client_id_means_many_workspaces() -> None:
    """With the settings of OAuth, or with --many before there are any, tokens rotate."""
    address = {"COMPASSBOT_PUBLIC_URL": ADDRESS}
    many = printed("--many", **address)

    assert many["settings"]["token_rotation_enabled"]
    assert printed(COMPASSBOT_SLACK_CLIENT_ID="1.2", **address) == many


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--http",), "Without Socket Mode Slack needs the address of this server. Set COMPASSBOT_PUBLIC_URL"),
        (("--many",), "Many workspaces need the address of this server. Set COMPASSBOT_PUBLIC_URL"),
        (("--url", "http://bot.example.nl"), "Slack calls https addresses only"),
        (("--url", "https://bot.example.nl/?a=b"), "Slack calls https addresses only"),
        (("--name", "x" * 36), "that name is 36 characters; Slack takes 35 at most"),
    ],
)
def test_what_cannot_be_a_manifest_is_told(arguments: tuple[str, ...], sentence: str) -> None:
    """What is missing or wrong is a sentence, and nothing is printed that could be pasted."""
    said: subprocess.CompletedProcess[str] = run("slack", "manifest", *arguments)

    assert (said.returncode, said.stdout) == (1, "")
    assert sentence in said.stderr
    assert "Traceback" not in said.stderr
