"""`compassbot check` names each missing scope, token and channel of Slack in words, and shows nothing to anybody."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from compassbot.app.checking_slack import Workspace, slack_findings
from compassbot.app.opening import open_database, open_workspace
from compassbot.grant import Grant
from compassbot.settings import Settings
from tests.serving import free_port
from tests.test_cli import run

BOT, APP, SECRET = "xoxb-1-made-up-bot", "xapp-1-A1-made-up-app", "0123456789abcdef0123456789abcdef"
ALL = "commands,chat:write,files:write"


@dataclass
class FakeSlack:
    """Answers as Slack's Web API does, on loopback. `says` is what it says instead, by method or by channel."""

    scopes: str | None = ALL
    says: dict[str, dict[str, Any] | str | int] = field(default_factory=dict[str, "dict[str, Any] | str | int"])
    heard: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    planned: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    shown: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    port: int = 0

    @property
    def api(self) -> str:
        """Return the address of its Web API."""
        return f"http://127.0.0.1:{self.port}/api/"

    def answer(self, method: str, token: str, sent: dict[str, str]) -> tuple[int, dict[str, Any] | str]:
        """Return a status and a body."""
        self.heard.append((method, token))
        said = self.says.get(sent.get("channel", "")) if method == "chat.scheduleMessage" else None
        said = said or self.says.get(method)
        if isinstance(said, int):
            return said, "<html>something else</html>"
        if isinstance(said, str):
            return 200, {"ok": False, "error": said}
        return 200, said or {"ok": True} | self._done(method, sent)

    def _done(self, method: str, sent: dict[str, str]) -> dict[str, Any]:
        match method:
            case "auth.test":
                return {"team": "Gemeente Voorbeeld", "user": "kompas", "user_id": "UBOT", "team_id": "T1"}
            case "apps.connections.open":
                return {"url": "wss://example.invalid/link/?ticket=secret"}
            case "chat.scheduleMessage":
                self.planned[f"Q{len(self.heard)}"] = sent
                return {"scheduled_message_id": f"Q{len(self.heard)}", "post_at": int(sent["post_at"])}
            case "chat.deleteScheduledMessage":
                del self.planned[sent["scheduled_message_id"]]
            case "chat.postMessage" | "chat.postEphemeral":
                self.shown.append(sent)
            case _:
                pass
        return {}


def served(slack: FakeSlack) -> ThreadingHTTPServer:
    """Return a server on loopback that answers for it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"] or 0)).decode())
            token = (self.headers["Authorization"] or "").removeprefix("Bearer ")
            method = self.path.removeprefix("/api/")
            status, body = slack.answer(method, token, {name: values[0] for name, values in sent.items()})
            self.send_response(status)
            if slack.scopes is not None and method == "auth.test":
                self.send_header("X-OAuth-Scopes", slack.scopes)
            self.end_headers()
            self.wfile.write((body if isinstance(body, str) else json.dumps(body)).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A Slack that takes everything, until a test says otherwise."""
    fake = FakeSlack()
    with served(fake) as server:
        fake.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield fake
        server.shutdown()
        thread.join()


def settings_for(slack: FakeSlack, **changes: Any) -> Settings:
    """Return settings for one workspace by Socket Mode."""
    return Settings(**{"slack_bot_token": BOT, "slack_app_token": APP, "slack_api_url": slack.api} | changes)


def asked(slack: FakeSlack, channels: dict[str, str] | None = None, **changes: Any) -> tuple[Settings, list[Workspace]]:
    """Return what is looked at: the settings, and the one workspace of the bot token."""
    settings = settings_for(slack, **changes)
    return settings, [Workspace(settings.slack_bot_token, channels or {})]


def lines(slack: FakeSlack, channels: dict[str, str] | None = None, **changes: Any) -> list[str]:
    """Return what is said about Slack. No token is ever in it."""
    said = [finding.line for finding in slack_findings(*asked(slack, channels, **changes))]
    for token in (BOT, APP, SECRET, *map(str, changes.values())):
        assert token in ("", "https://bot.example.nl") or len(token) < 6 or token not in "\n".join(said)
    return said


def wrong(said: list[str]) -> list[str]:
    """Return the lines about what is missing or to be done."""
    return [line for line in said if not line.startswith("ok ")]


def test_all_is_well_by_socket_mode(slack: FakeSlack) -> None:
    """The workspace and the bot are named, each token was tried with its own method, and nothing was shown."""
    assert lines(slack, {"C1": "dilemmas"}) == [
        "ok       slack bot token: of workspace Gemeente Voorbeeld, as @kompas",
        "ok       slack scopes: commands, chat:write, files:write",
        "ok       slack channel C1 for dilemmas: the bot can write in it",
        "ok       slack app token: Socket Mode opens",
    ]
    assert slack.heard == [
        ("auth.test", BOT),
        ("chat.scheduleMessage", BOT),
        ("chat.deleteScheduledMessage", BOT),
        ("apps.connections.open", APP),
    ]
    assert (slack.planned, slack.shown) == ({}, [])


def test_all_is_well_over_http(slack: FakeSlack) -> None:
    """With a signing secret instead of an app token the address of the server is looked at."""
    said = lines(slack, slack_app_token="", slack_signing_secret=SECRET, public_url="https://bot.example.nl")

    assert said[:2] == ["ok       slack signing secret", "ok       slack address: https://bot.example.nl"]
    assert wrong(said) == []
    assert "apps.connections.open" not in dict(slack.heard)


def test_each_missing_scope_is_named_with_what_it_is_for(slack: FakeSlack) -> None:
    """Two scopes too few are two lines; the sentence says how to get them."""
    slack.scopes = "commands"

    assert wrong(lines(slack)) == [
        f"missing  slack scope {scope}: it is for {use}. To get it, paste the output of `compassbot slack manifest` "
        "at App Manifest and install the app again"
        for scope, use in {
            "chat:write": "writing in channels that the bot was invited to, and to a person alone",
            "files:write": "the picture of the weekly digest",
        }.items()
    ]


def test_a_scope_too_many_is_named(slack: FakeSlack) -> None:
    """A token that may read is no fault, and is told: the bot should not be able to."""
    slack.scopes = f"{ALL}, channels:history"
    findings = list(slack_findings(*asked(slack)))

    assert [(each.fault, each.line.split(":")[0]) for each in findings if each.line.startswith("to do")] == [
        (False, "to do    slack scope channels")
    ]


def test_scopes_that_slack_does_not_tell_are_no_fault(slack: FakeSlack) -> None:
    """A stand-in between us and Slack may drop the header."""
    slack.scopes = None

    assert wrong(lines(slack)) == ["to do    slack scopes: Slack did not say which scopes this token has"]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("token_revoked", "this token was revoked. Install the app again and copy the new token"),
        ("invalid_auth", "Slack does not know this token. Copy it again, whole"),
        ("account_inactive", "the app was removed from the workspace"),
        ("org_login_required", "Slack does not take it"),
    ],
)
def test_a_token_that_slack_refuses_is_told(code: str, sentence: str, slack: FakeSlack) -> None:
    """The sentence says what to do and where the token is found; Slack's own word follows for who searches."""
    slack.says["auth.test"] = code
    (line,) = wrong(lines(slack, {"C1": "dilemmas"}))

    assert line.startswith(f"missing  slack bot token: {sentence}")
    assert f"Slack says: {code} (api.slack.com/apps > your app > OAuth & Permissions > Bot User OAuth Token)" in line
    assert "chat.scheduleMessage" not in dict(slack.heard)


def test_an_app_token_without_its_scope_is_told(slack: FakeSlack) -> None:
    """The scope connections:write is named."""
    slack.says["apps.connections.open"] = "missing_scope"
    (line,) = wrong(lines(slack))

    assert line.startswith("missing  slack app token: this token lacks the scope connections:write")


@pytest.mark.parametrize(
    ("setting", "token", "sentence"),
    [
        ("slack_bot_token", "xapp-1-mixed-up", "does not begin with xoxb-, and is an app-level token. Put a bot token"),
        ("slack_bot_token", "xoxp-1-mixed-up", "does not begin with xoxb-, and is a user token. Put a bot token"),
        ("slack_bot_token", "xoxe.xoxb-1-turns", "a token that rotates, which stops after twelve hours"),
        ("slack_app_token", "xoxb-1-mixed-up", "does not begin with xapp-, and is a bot token. Put an app-level token"),
        ("slack_app_token", "'quoted-token'", "does not begin with xapp-. Put an app-level token there"),
    ],
)
def test_tokens_that_changed_places_are_told(setting: str, token: str, sentence: str, slack: FakeSlack) -> None:
    """A token in the wrong setting is told by its beginning, and is not sent to Slack."""
    (line,) = wrong(lines(slack, **{setting: token}))

    assert line.startswith("missing  slack")
    assert f"COMPASSBOT_{setting.upper()} " in line
    assert sentence in line
    assert token not in dict(slack.heard).values()


@pytest.mark.parametrize(
    ("code", "begin", "sentence"),
    [
        ("not_in_channel", "missing", "the bot is not in it. Type /invite @kompas in that channel."),
        ("channel_not_found", "missing", "it is private and the bot is not in it"),
        ("is_archived", "missing", "it is archived. Choose another one with /kompas beheer"),
        ("restricted_action_read_only_channel", "missing", "only some people may write. Let @kompas write there"),
        ("ratelimited", "to do ", "could not see whether the bot can write in it"),
        ("unknown_method", "to do ", "could not see whether the bot can write in it"),
    ],
)
def test_a_channel_without_the_bot_is_told(code: str, begin: str, sentence: str, slack: FakeSlack) -> None:
    """Of two channels the one in which the bot cannot write is named, with the way out."""
    slack.says["C2"] = code
    said = lines(slack, {"C1": "dilemmas", "C2": "the digest"})

    assert "ok       slack channel C1 for dilemmas: the bot can write in it" in said
    (line,) = wrong(said)
    assert line.startswith(f"{begin}  slack channel C2 for the digest: ".replace("to do   ", "to do    "))
    assert sentence in line
    assert line.endswith(f"Slack says: {code}")
    assert (slack.planned, slack.shown) == ({}, [])


def test_a_trial_that_cannot_be_taken_back_is_told(slack: FakeSlack) -> None:
    """It is tried three times; what would be read in a hundred days says where it comes from."""
    slack.says["chat.deleteScheduledMessage"] = "internal_error"
    (line,) = wrong(lines(slack, {"C1": "dilemmas"}))

    assert "could not take back its trial message of 100 days from now" in line
    assert [method for method, _ in slack.heard].count("chat.deleteScheduledMessage") == 3
    assert [sent["text"] for sent in slack.planned.values()] == ["compassbot check"]


@pytest.mark.parametrize("status", [500, 503, 200])
def test_a_slack_that_is_down_is_told_once(status: int, slack: FakeSlack) -> None:
    """A page of a proxy, or an answer of 5xx, is one line with the address; nothing else is asked."""
    slack.says["auth.test"] = status
    (line,) = wrong(lines(slack, {"C1": "dilemmas"}))

    assert line.startswith(f"missing  slack: Slack cannot be reached from here: {slack.api} (status {status})")
    assert slack.heard == [("auth.test", BOT)]


def test_a_slack_that_is_not_there_is_told() -> None:
    """A closed port, as behind a firewall, is a sentence with the address."""
    nobody = FakeSlack(port=free_port())
    (line,) = wrong(lines(nobody))

    assert f"Slack cannot be reached from here: {nobody.api} (" in line
    assert "refused" in line
    assert "HTTPS_PROXY" in line


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"slack_app_token": ""},
            ["missing  slack connection: set COMPASSBOT_SLACK_APP_TOKEN", "to do    slack address: set"],
        ),
        ({"slack_signing_secret": SECRET}, ["to do    slack connection: both COMPASSBOT_SLACK_APP_TOKEN and"]),
        (
            {"slack_app_token": "", "slack_signing_secret": "ABC"},
            [
                "missing  slack signing secret: COMPASSBOT_SLACK_SIGNING_SECRET must be 32",
                "to do    slack address: set",
            ],
        ),
        ({"public_url": "http://bot.example.nl"}, ["missing  slack address: COMPASSBOT_PUBLIC_URL must begin with"]),
        ({"slack_bot_token": ""}, ["missing  slack bot token: set COMPASSBOT_SLACK_BOT_TOKEN"]),
        (
            {"slack_client_id": "1.2", "slack_bot_token": "", "public_url": "https://bot.example.nl"},
            ["missing  slack oauth: COMPASSBOT_SLACK_CLIENT_SECRET is not set"],
        ),
        (
            {"slack_client_secret": "s3cret", "slack_bot_token": "", "public_url": "https://bot.example.nl"},
            ["missing  slack oauth: COMPASSBOT_SLACK_CLIENT_ID is not set"],
        ),
        (
            {"slack_client_id": "1.2", "slack_client_secret": "s3cret", "slack_bot_token": ""},
            ["missing  slack address: set COMPASSBOT_PUBLIC_URL"],
        ),
        (
            {"slack_client_id": "1.2", "slack_client_secret": "s3cret", "public_url": "https://bot.example.nl"},
            ["to do    slack oauth: both a bot token and a client id are set"],
        ),
    ],
)
def test_settings_that_do_not_go_together_are_told(
    changes: dict[str, str], expected: list[str], slack: FakeSlack
) -> None:
    """Each half of a pair, each thing too many and each wrong form is a line of its own, and there are no others."""
    said = wrong(lines(slack, **changes))

    assert [line[: len(begin)] for line, begin in zip(said, expected, strict=True)] == expected


def test_many_workspaces_need_no_bot_token(slack: FakeSlack) -> None:
    """With OAuth Slack itself is asked whether it is there, without any token."""
    said = lines(
        slack,
        slack_bot_token="",
        slack_app_token="",
        slack_signing_secret=SECRET,
        slack_client_id="1.2",
        slack_client_secret="s3cret",
        public_url="https://bot.example.nl",
    )

    assert wrong(said) == []
    assert "ok       slack oauth: every workspace installs the app itself" in said
    assert slack.heard == [("api.test", "")]


def test_check_looks_at_slack_and_its_channels(slack: FakeSlack, tmp_path: Path) -> None:
    """With Slack alone there is a chat, its chosen channels are tried, and a way to name the administrator is told."""
    database = open_database(Settings(data_dir=tmp_path))
    database.run_now(lambda books: books.settings.set("deliberation_place", "slack:C1"))
    database.run_now(lambda books: books.settings.set("learning_place", "slack:C2"))
    database.close()
    settings = {
        "COMPASSBOT_DATA_DIR": str(tmp_path),
        "COMPASSBOT_SLACK_BOT_TOKEN": BOT,
        "COMPASSBOT_SLACK_APP_TOKEN": APP,
        "COMPASSBOT_SLACK_API_URL": slack.api,
    }
    well = run("check", **settings)
    slack.says["C2"] = "not_in_channel"
    ill = run("check", **settings)

    assert (well.returncode, well.stderr) == (0, "")
    assert "ok       chat: Slack, by Socket Mode" in well.stdout
    assert "ok       slack channel C1 for dilemmas" in well.stdout
    assert "ok       slack channel C2 for the digest" in well.stdout
    assert "such as slack:U0123ABCD" in well.stdout
    assert (ill.returncode, ill.stderr) == (1, "")
    assert "missing  slack channel C2 for the digest: the bot is not in it. Type /invite @kompas" in ill.stdout


def installed(folder: Path, team: str, token: str, channel: str = "", expires_at: datetime | None = None) -> None:
    """Let a workspace have the app, and choose a channel for dilemmas there."""
    settings, now = Settings(data_dir=folder), datetime.now(UTC)
    given = Grant(team, token, "xoxe-1-made-up" if expires_at else "", expires_at, "U1", "nl")
    main = open_database(settings)
    main.run_now(lambda books: books.installations.keep(given, now, folder))
    main.run_now(lambda books: books.installations.enter(team, folder))
    main.close()
    own = open_workspace(settings, team)
    own.run_now(lambda books: books.settings.set("deliberation_place", channel))
    own.run_now(lambda books: books.people.give("slack:U1", "administrator"))
    own.close()


def test_each_workspace_that_installed_the_app_is_looked_at(slack: FakeSlack, tmp_path: Path) -> None:
    """Each with its own token and its own channels. One that expired the bot renews; one taken back is named."""
    settings = {
        "COMPASSBOT_DATA_DIR": str(tmp_path),
        "COMPASSBOT_SLACK_CLIENT_ID": "1.2",
        "COMPASSBOT_SLACK_CLIENT_SECRET": "s3cret",
        "COMPASSBOT_SLACK_SIGNING_SECRET": SECRET,
        "COMPASSBOT_PUBLIC_URL": "https://bot.example.nl",
        "COMPASSBOT_SLACK_API_URL": slack.api,
    }
    none = run("check", **settings)
    installed(tmp_path, "T1", "xoxb-first", "slack:C1")
    installed(tmp_path, "T2", "xoxb-second", "slack:C2")
    installed(tmp_path, "T3", "xoxe.xoxb-third", expires_at=datetime.now(UTC) - timedelta(hours=1))
    installed(tmp_path, "T4", "")
    slack.says["C2"] = "not_in_channel"
    slack.heard.clear()
    said = run("check", **settings)

    way_in = "to do    slack workspaces: none has installed the app yet. Open https://bot.example.nl/slack/install"
    assert (none.returncode, none.stderr) == (0, "")
    assert way_in in none.stdout
    assert "an administrator" not in none.stdout
    assert (said.returncode, said.stderr) == (1, "")
    assert "ok       slack T1 channel C1 for dilemmas: the bot can write in it" in said.stdout
    assert "missing  slack T2 channel C2 for dilemmas: the bot is not in it" in said.stdout
    assert "to do    slack T3 bot token: it has expired. The bot renews it as soon as it runs" in said.stdout
    taken_back = "to do    slack T4 bot token: install the app again at https://bot.example.nl/slack/install"
    assert f"{taken_back}. Slack says: token_revoked" in said.stdout
    assert "ok       slack workspaces: 4 with the app" in said.stdout
    assert "ok       T1: an administrator" in said.stdout
    assert "to do    T3: a place for dilemmas" in said.stdout
    tried = [(method, token) for method, token in slack.heard if method == "chat.scheduleMessage"]
    assert tried == [("chat.scheduleMessage", "xoxb-first"), ("chat.scheduleMessage", "xoxb-second")]
    assert "xox" not in said.stdout


def test_a_workspace_whose_token_was_revoked_is_told(slack: FakeSlack, tmp_path: Path) -> None:
    """The others go on: it is to be done, and no fault of the whole."""
    installed(tmp_path, "T1", "xoxb-first")
    slack.says["auth.test"] = "token_revoked"
    said = run(
        "check",
        COMPASSBOT_DATA_DIR=str(tmp_path),
        COMPASSBOT_SLACK_CLIENT_ID="1.2",
        COMPASSBOT_SLACK_CLIENT_SECRET="s3cret",
        COMPASSBOT_SLACK_APP_TOKEN=APP,
        COMPASSBOT_PUBLIC_URL="https://bot.example.nl",
        COMPASSBOT_SLACK_API_URL=slack.api,
    )

    again = "install the app again at https://bot.example.nl/slack/install. Slack says: token_revoked"
    assert (said.returncode, said.stderr) == (0, "")
    assert f"to do    slack T1 bot token: {again}" in said.stdout


def test_one_channel_for_both_is_tried_once(slack: FakeSlack, tmp_path: Path) -> None:
    """A channel that serves for dilemmas and the digest is one line."""
    database = open_database(Settings(data_dir=tmp_path))
    for name in ("deliberation_place", "learning_place"):
        database.run_now(lambda books, name=name: books.settings.set(name, "slack:C1"))
    database.close()
    said = run(
        "check",
        COMPASSBOT_DATA_DIR=str(tmp_path),
        COMPASSBOT_SLACK_BOT_TOKEN=BOT,
        COMPASSBOT_SLACK_APP_TOKEN=APP,
        COMPASSBOT_SLACK_API_URL=slack.api,
    )

    assert "ok       slack channel C1 for dilemmas and the digest: the bot can write in it" in said.stdout
    assert [method for method, _ in slack.heard].count("chat.scheduleMessage") == 1
