"""What is set and what is missing for Slack, in words. Tokens are never repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from compassbot.app.finding import Finding, missing, ok, to_do
from compassbot.settings import Settings

_APP = "api.slack.com/apps > your app"
_BOT_TOKEN = f"{_APP} > OAuth & Permissions > Bot User OAuth Token"
_APP_TOKEN = f"{_APP} > Basic Information > App-Level Tokens"
_SECRET = f"{_APP} > Basic Information > App Credentials"
_MANIFEST = "paste the output of `compassbot slack manifest` at App Manifest and install the app again"

_KINDS = {
    "xoxb-": "a bot token",
    "xapp-": "an app-level token",
    "xoxp-": "a user token",
    "xoxe": "a token that rotates, which stops after twelve hours",
}
_REFUSED = {
    "invalid_auth": "Slack does not know this token. Copy it again, whole",
    "not_authed": "Slack does not know this token. Copy it again, whole",
    "token_revoked": "this token was revoked. Install the app again and copy the new token",
    "account_inactive": "the app was removed from the workspace. Install it again and copy the new token",
    "token_expired": "this token has expired: it rotates. Make the app with the manifest of `compassbot slack manifest`",
    "missing_scope": "this token lacks the scope connections:write. Make a new one with that scope",
    "not_allowed_token_type": "this is another kind of token. Copy the right one",
    "ratelimited": "Slack was asked too much in a short time. Try again in a minute",
}
_CLOSED = {
    "not_in_channel": "the bot is not in it. Type /invite @{bot} in that channel",
    "channel_not_found": (
        "it is not in this workspace, or it is private and the bot is not in it. "
        "Type /invite @{bot} in that channel, or choose another one with /kompas beheer"
    ),
    "is_archived": "it is archived. Choose another one with /kompas beheer",
}
_RESTRICTED = "in this channel only some people may write. Let @{bot} write there too, or choose another channel"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace to look at.

    `channels` are those that its administrator chose, by Slack's id, each with what it is for. `team` is Slack's id
    of a workspace that installed the app by OAuth; it is empty for the one of the settings. A token that has
    `expired` is renewed by the running bot alone, since Slack renews it only once.
    """

    token: str
    channels: Mapping[str, str]
    team: str = ""
    expired: bool = False

    @property
    def head(self) -> str:
        """Return how lines about it begin."""
        return f"slack {self.team} " if self.team else "slack "


def oauth_is_used(settings: Settings) -> bool:
    """Return whether workspaces install the app themselves: a bot token in the settings goes before that."""
    return bool(settings.slack_client_id) and not settings.slack_bot_token


def how_connected(settings: Settings) -> str:
    """Return how Slack and the bot reach each other."""
    return "Slack, by Socket Mode" if settings.slack_app_token else "Slack, over HTTP"


def slack_findings(settings: Settings, workspaces: Iterable[Workspace]) -> Iterator[Finding]:
    """Look at the settings of Slack and ask Slack about them, one line each."""
    from compassbot.chats.slack.checkup import NotReached

    yield from _connection(settings)
    yield from _tokens(settings)
    try:
        yield from _asked(settings, workspaces)
    except NotReached as fault:
        yield missing(
            f"slack: Slack cannot be reached from here: {settings.slack_api_url} ({fault}). "
            "Let this server go there, through HTTPS_PROXY if you have a proxy, and try again"
        )


def _oauth(settings: Settings) -> bool:
    return bool(settings.slack_client_id or settings.slack_client_secret)


def _connection(settings: Settings) -> Iterator[Finding]:
    app, secret = settings.slack_app_token, settings.slack_signing_secret
    if not app and not secret:
        yield missing(
            "slack connection: set COMPASSBOT_SLACK_APP_TOKEN for Socket Mode "
            f"({_APP_TOKEN}), or COMPASSBOT_SLACK_SIGNING_SECRET for HTTP ({_SECRET})"
        )
    elif app and secret:
        yield to_do(
            "slack connection: both COMPASSBOT_SLACK_APP_TOKEN and COMPASSBOT_SLACK_SIGNING_SECRET are set. "
            "Socket Mode is used. Leave out the one that you do not want"
        )
    elif secret:
        yield _secret(secret)
    if settings.public_url or _oauth(settings) or not app:
        yield _address(settings)


def _secret(secret: str) -> Finding:
    if re.fullmatch(r"[0-9a-f]{32}", secret):
        return ok("slack signing secret")
    return missing(
        "slack signing secret: COMPASSBOT_SLACK_SIGNING_SECRET must be 32 digits and letters from a to f. "
        f"Copy it again: {_SECRET}"
    )


def _address(settings: Settings) -> Finding:
    url = settings.public_url
    if not url:
        wanted = "slack address: set COMPASSBOT_PUBLIC_URL to the https address at which Slack reaches this server"
        return missing(wanted) if _oauth(settings) else to_do(wanted)
    if not url.startswith("https://"):
        return missing("slack address: COMPASSBOT_PUBLIC_URL must begin with https://. Slack calls nothing else")
    return ok(f"slack address: {url}")


def _tokens(settings: Settings) -> Iterator[Finding]:
    if bool(settings.slack_client_id) != bool(settings.slack_client_secret):
        lacking = "SECRET" if settings.slack_client_id else "ID"
        yield missing(f"slack oauth: COMPASSBOT_SLACK_CLIENT_{lacking} is not set, and the other is ({_SECRET})")
    elif _oauth(settings) and settings.slack_bot_token:
        yield to_do(
            "slack oauth: both a bot token and a client id are set. Leave one out: "
            "COMPASSBOT_SLACK_BOT_TOKEN is for one workspace, COMPASSBOT_SLACK_CLIENT_ID for many"
        )
    elif _oauth(settings):
        yield ok("slack oauth: every workspace installs the app itself")
    elif not settings.slack_bot_token:
        yield missing(f"slack bot token: set COMPASSBOT_SLACK_BOT_TOKEN ({_BOT_TOKEN})")


def _asked(settings: Settings, workspaces: Iterable[Workspace]) -> Iterator[Finding]:
    from compassbot.chats.slack.checkup import reach

    for workspace in workspaces:
        if workspace.token or workspace.team:
            yield from _workspace(settings, workspace)
    if settings.slack_app_token:
        yield _app(settings)
    elif oauth_is_used(settings):
        reach(settings.slack_api_url)


def _workspace(settings: Settings, workspace: Workspace) -> Iterator[Finding]:
    from compassbot.chats.slack.checkup import NotTaken, whose

    if not workspace.token:
        yield _bot_refused(settings, workspace, "token_revoked")
        return
    if workspace.expired:
        yield to_do(f"{workspace.head}bot token: it has expired. The bot renews it as soon as it runs")
        return
    if not workspace.team and (wrong := _another_kind("COMPASSBOT_SLACK_BOT_TOKEN", workspace.token, "xoxb-")):
        yield missing(f"slack bot token: {wrong} ({_BOT_TOKEN})")
        return
    try:
        account = whose(workspace.token, settings.slack_api_url)
    except NotTaken as refused:
        yield _bot_refused(settings, workspace, str(refused))
        return
    yield ok(f"{workspace.head}bot token: of workspace {account.workspace}, as @{account.bot}")
    yield from _scopes(workspace, account.scopes)
    for channel, use in workspace.channels.items():
        yield _channel(settings, workspace, channel, use, account.bot)


def _bot_refused(settings: Settings, workspace: Workspace, code: str) -> Finding:
    if not workspace.team:
        return missing(f"slack bot token: {_sentence(code)} ({_BOT_TOKEN})")
    where = f"{settings.public_url.rstrip('/')}/slack/install"
    return to_do(f"{workspace.head}bot token: install the app again at {where}. Slack says: {code}")


def _another_kind(setting: str, token: str, wanted: str) -> str:
    """Return what is wrong with the beginning of a token, or nothing."""
    if token.startswith(wanted):
        return ""
    kind = next((f", and is {kind}" for begin, kind in _KINDS.items() if token.startswith(begin)), "")
    return f"{setting} does not begin with {wanted}{kind}. Put {_KINDS[wanted]} there"


def _sentence(code: str) -> str:
    return _REFUSED.get(code, "Slack does not take it") + f". Slack says: {code}"


def _scopes(workspace: Workspace, granted: frozenset[str] | None) -> Iterator[Finding]:
    from compassbot.chats.slack.manifest import SCOPES

    if granted is None:
        yield to_do(f"{workspace.head}scopes: Slack did not say which scopes this token has")
        return
    for scope, use in SCOPES.items():
        if scope not in granted:
            yield missing(f"{workspace.head}scope {scope}: it is for {use}. To get it, {_MANIFEST}")
    for scope in sorted(granted - SCOPES.keys()):
        yield to_do(f"{workspace.head}scope {scope}: the bot does not need it. To be rid of it, {_MANIFEST}")
    if granted >= SCOPES.keys():
        yield ok(f"{workspace.head}scopes: {', '.join(SCOPES)}")


def _channel(settings: Settings, workspace: Workspace, channel: str, use: str, bot: str) -> Finding:
    from compassbot.chats.slack.checkup import NotTaken, try_channel

    name = f"{workspace.head}channel {channel} for {use}"
    try:
        clean = try_channel(workspace.token, channel, settings.slack_api_url, "compassbot check")
    except NotTaken as refused:
        return _closed(name, str(refused), bot)
    if clean:
        return ok(f"{name}: the bot can write in it")
    return to_do(f"{name}: the bot can write in it, but could not take back its trial message of 100 days from now")


def _closed(name: str, code: str, bot: str) -> Finding:
    sentence = _RESTRICTED if code.startswith("restricted_action") else _CLOSED.get(code)
    if sentence:
        return missing(f"{name}: {sentence.format(bot=bot)}. Slack says: {code}")
    return to_do(f"{name}: could not see whether the bot can write in it. Slack says: {code}")


def _app(settings: Settings) -> Finding:
    from compassbot.chats.slack.checkup import NotTaken, try_socket

    token = settings.slack_app_token
    if wrong := _another_kind("COMPASSBOT_SLACK_APP_TOKEN", token, "xapp-"):
        return missing(f"slack app token: {wrong} ({_APP_TOKEN})")
    try:
        try_socket(token, settings.slack_api_url)
    except NotTaken as refused:
        return missing(f"slack app token: {_sentence(str(refused))} ({_APP_TOKEN})")
    return ok("slack app token: Socket Mode opens")
