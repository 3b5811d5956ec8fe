"""What is set and what is missing, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from compassbot.app.checking_choices import choices_findings, read_choices
from compassbot.app.checking_slack import how_connected, oauth_is_used
from compassbot.app.finding import Finding, missing, ok
from compassbot.app.opening import KEY_FILE, key_of, open_database
from compassbot.app.parts import methods_of
from compassbot.app.refusing import CANNOT, CannotStart, sentence_for
from compassbot.app.web_office import style_of
from compassbot.model.principles import load_principles
from compassbot.model.taxonomy import load_taxonomy
from compassbot.settings import Settings

_NAMING = "name the first one with `compassbot administrator PERSON`, such as "


def findings(settings: Settings) -> Iterator[Finding]:
    """Look at everything, one line each."""
    yield _tried("principles", lambda: f"{len(load_principles(settings.principles).ids)} leading principles")
    yield _tried("methods", lambda: f"{len(methods_of(settings))} deliberation methods")
    yield _tried("taxonomy", lambda: f"{len(load_taxonomy(settings.taxonomy).themes)} themes")
    database = _tried("database", lambda: _database(settings))
    yield database
    yield _tried("key", lambda: _key(settings))
    if settings.tokens_css:
        yield _tried("design tokens", lambda: _tokens(settings))
    yield from _chats(settings)
    choices = None if database.fault else read_choices(open_database(settings))
    if settings.uses_slack:
        from compassbot.app.checking_workspaces import workspaces_findings

        yield from workspaces_findings(settings, choices)
    if choices and not oauth_is_used(settings):
        yield from choices_findings(choices, _NAMING + ("slack:U0123ABCD" if settings.uses_slack else "web:ilse"))


def _tried(name: str, look: Callable[[], str]) -> Finding:
    try:
        return ok(f"{name}: {look()}")
    except CANNOT as fault:
        return missing(f"{name}: {sentence_for(fault)}")


def _key(settings: Settings) -> str:
    if key_of(settings) is None:
        raise CannotStart(f"there is no {KEY_FILE} in {settings.data_dir}.")
    return (
        "from COMPASSBOT_KEY" if settings.key else f"in {settings.data_dir}; keep a copy of it apart from the database"
    )


def _database(settings: Settings) -> str:
    open_database(settings).close()
    return "PostgreSQL" if settings.database_url else f"SQLite in {settings.data_dir}"


def _tokens(settings: Settings) -> str:
    style = style_of(settings)
    return f"loaded by browsers from {style.elsewhere}" if style.elsewhere else "a file that the bot serves"


def _chats(settings: Settings) -> Iterator[Finding]:
    if settings.web_chat == "office":
        yield ok("chat: the web chat, in which every visitor can be every colleague; not for real cases")
    if settings.uses_slack:
        yield ok(f"chat: {how_connected(settings)}")
    elif settings.web_chat == "off":
        yield missing(
            "chat: nobody can reach the bot. Set COMPASSBOT_SLACK_BOT_TOKEN and what else docs/slack.md names. "
            "To try the bot out without Slack, set COMPASSBOT_WEB_CHAT=office."
        )
