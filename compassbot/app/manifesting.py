"""The app manifest that an administrator gives to Slack, printed from the settings."""

from __future__ import annotations

import json
import re
from typing import Literal

import yaml

from compassbot.app.refusing import CannotStart
from compassbot.chats.slack.manifest import Connection, manifest
from compassbot.settings import Settings
from compassbot.words import Words

LONGEST_NAME = 35  # https://docs.slack.dev/reference/app-manifest
LONGEST_URL = 2000


def manifest_text(
    settings: Settings, form: Literal["json", "yaml"], *, socket: bool | None, many: bool, url: str, name: str
) -> str:
    """Return the manifest as text.

    Without `socket` (None) it is Socket Mode when an app token is set or no address is known. `many` is for OAuth,
    as a client id in the settings is. `url` goes before the address of the settings. Raises CannotStart with a
    sentence about what is missing or wrong.
    """
    if len(name) > LONGEST_NAME:
        raise CannotStart(f"that name is {len(name)} characters; Slack takes {LONGEST_NAME} at most.")
    connection = _connection(settings, socket, many or bool(settings.slack_client_id), url)
    made = manifest(Words(settings.language), connection, name.strip())
    if form == "yaml":
        return yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=100).rstrip()
    return json.dumps(made, indent=2, ensure_ascii=False)


def _connection(settings: Settings, socket: bool | None, many: bool, given: str) -> Connection:
    url = _address(given or settings.public_url)
    if socket is None:
        socket = not given and bool(settings.slack_app_token or not url)
    if not url and (many or not socket):
        what = "Many workspaces need" if many else "Without Socket Mode Slack needs"
        raise CannotStart(
            f"{what} the address of this server. Set COMPASSBOT_PUBLIC_URL, or give it as --url https://bot.example.nl"
        )
    return Connection(url, socket, many)


def _address(url: str) -> str:
    """Return an address without the stroke at its end. Raises CannotStart for what Slack cannot call."""
    url = url.strip().rstrip("/")
    if url and (len(url) > LONGEST_URL or not re.fullmatch(r"https://[^\s/?#]+(/[^\s?#]*)?", url)):
        raise CannotStart("Slack calls https addresses only. Write the address as https://bot.example.nl")
    return url
