"""What is set and what is missing, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from compassbot.app.opening import KEY_FILE, key_of, open_database
from compassbot.app.parts import methods_of
from compassbot.app.refusing import CANNOT, CannotStart, sentence_for
from compassbot.app.web_office import style_of
from compassbot.conversations.organisation import read_organisation
from compassbot.model.principles import load_principles
from compassbot.model.taxonomy import load_taxonomy
from compassbot.settings import Settings


@dataclass(frozen=True)
class Finding:
    """One line of the report; a `fault` keeps the bot from running."""

    line: str
    fault: bool = False


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
    yield _chats(settings)
    if not database.fault:
        yield from _organisation(settings)


def _tried(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(f"ok       {name}: {look()}")
    except CANNOT as fault:
        return Finding(f"missing  {name}: {sentence_for(fault)}", fault=True)


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


def _chats(settings: Settings) -> Finding:
    if settings.web_chat == "office":
        return Finding("ok       chat: the web chat, in which every visitor can be every colleague; not for real cases")
    return Finding(
        "missing  chat: nobody can reach the bot. To try it out, set COMPASSBOT_WEB_CHAT=office.", fault=True
    )


_IN_CHAT = "the administrator chooses it in the chat with /kompas beheer"
_TO_DO = {"an administrator": "name the first one with `compassbot administrator PERSON`, such as web:ilse"}


def _organisation(settings: Settings) -> Iterator[Finding]:
    database = open_database(settings)
    try:
        chosen = database.run_now(lambda books: read_organisation(books.settings.all()))
        administrators = database.run_now(lambda books: books.people.with_role("administrator"))
    finally:
        database.close()
    needed = {
        "departments": len(chosen.departments) > 1,
        "a place for dilemmas": bool(chosen.deliberation_place),
        "a place for the digest": bool(chosen.learning_place),
        "an administrator": bool(administrators),
    }
    for what, there in needed.items():
        if there:
            yield Finding(f"ok       {what}")
        else:
            yield Finding(f"to do    {what}: {_TO_DO.get(what, _IN_CHAT)}")
