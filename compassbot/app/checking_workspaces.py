"""The Slack workspaces that `compassbot check` looks at: the one of the bot token, or all that installed the app."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from compassbot.app.checking_choices import Choices, choices_findings, read_choices
from compassbot.app.checking_slack import Workspace, oauth_is_used, slack_findings
from compassbot.app.finding import Finding, ok, to_do
from compassbot.app.opening import open_database, open_workspace
from compassbot.chats.slack.manifest import INSTALL_PATH
from compassbot.grant import Grant
from compassbot.settings import Settings


def workspaces_findings(settings: Settings, choices: Choices | None) -> Iterator[Finding]:
    """Look at Slack and all its workspaces. `choices` are those of the main database, or None when it is broken."""
    if oauth_is_used(settings):
        yield from _installed(settings) if choices else slack_findings(settings, ())
        return
    channels = choices.channels("slack") if choices else {}
    yield from slack_findings(settings, [Workspace(settings.slack_bot_token, channels)])


def _installed(settings: Settings) -> Iterator[Finding]:
    installations = _installations(settings)
    kept = {each.team: read_choices(open_workspace(settings, each.team)) for each in installations}
    workspaces = [
        Workspace(each.token, kept[each.team].channels("slack"), each.team, expired=_is_expired(each))
        for each in installations
    ]
    yield from slack_findings(settings, workspaces)
    where = f"{settings.public_url.rstrip('/')}{INSTALL_PATH}"
    if not installations:
        yield to_do(f"slack workspaces: none has installed the app yet. Open {where} in a browser")
        return
    yield ok(f"slack workspaces: {len(installations)} with the app")
    for team, choices in kept.items():
        yield from choices_findings(
            choices, f"install the app again at {where}. Who does so becomes the first one", f"{team}: "
        )


def _installations(settings: Settings) -> list[Grant]:
    database = open_database(settings)
    try:
        teams = database.run_now(lambda books: books.installations.since())
        entered = [
            database.run_now(lambda books, team=team: books.installations.enter(team, settings.data_dir))
            for team in teams
        ]
    finally:
        database.close()
    return [there[0] for there in entered if there]


def _is_expired(grant: Grant) -> bool:
    return grant.expires_at is not None and grant.expires_at <= datetime.now(UTC)
