"""The command line: what it takes is said here, what it does is imported when it is needed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassbot.settings import Settings

app = typer.Typer(
    help="Moral case deliberation in chat, for public service.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)

slack = typer.Typer(help="What Slack asks of an administrator.", no_args_is_help=True)
app.add_typer(slack, name="slack")

Data = Annotated[Path | None, typer.Option("--data-dir", help="The folder for the database and the key.")]
Language = Annotated[Literal["nl", "en"] | None, typer.Option("--language", help="nl or en.")]

UNREAD = 2
"""The exit code of the guard when it could not read: 1 is for what it found."""


def main() -> None:
    """Run the command line."""
    app()


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
    data_dir: Data = None,
    empty: Annotated[bool, typer.Option("--empty", help="Start without twelve weeks of history.")] = False,
    seed: Annotated[int, typer.Option(help="Another number makes another history.")] = 1,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    language: Language = None,
) -> None:
    """Open a web chat with an office of colleagues, to live a week with the bot. Needs no settings."""
    from compassbot.app.demonstration import show

    own = None if "COMPASSBOT_DATA_DIR" in os.environ else Path("compassbot-demo")  # never that of a bot for real
    changes = {"web_chat": "office", "port": port, "language": language, "data_dir": data_dir or own}
    settings = _settings(**changes)
    _or_say(lambda: show(settings, empty=empty, seed=seed, browser=not no_browser))


@app.command()
def serve() -> None:
    """Run the bot, with the settings of the environment: see `compassbot check`."""
    from compassbot.app.serving import serve as run

    settings = _settings()
    _or_say(lambda: run(settings))


@app.command()
def check() -> None:
    """Say what is set and what is missing. Exit 1 if the bot could not run."""
    from compassbot.app.checking import findings

    settings = _settings()
    faults = 0
    for finding in findings(settings):
        print(finding.line)
        faults += finding.fault
    sys.exit(1 if faults else 0)


@app.command()
def administrator(
    person: Annotated[str, typer.Argument(help="Somebody by their name in a chat, such as web:ilse.")],
    data_dir: Data = None,
) -> None:
    """Make somebody an administrator: the first one, who can name others in the chat."""
    from compassbot.app.naming import make_administrator

    settings = _settings(data_dir=data_dir)
    _or_say(lambda: print(make_administrator(settings, person)))


@app.command()
def principles(
    name: Annotated[str, typer.Argument(help="A principle; without it, all of them.")] = "",
    language: Language = None,
) -> None:
    """Look up a leading principle, forgiving of typos and of language."""
    from compassbot.app.looking_up import principle_text

    settings = _settings(language=language)
    _or_say(lambda: print(principle_text(settings, name)))


@app.command()
def guard(
    file: Annotated[Path | None, typer.Argument(help="A text file; without it, or with -, what comes in.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
    as_jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines of {"id","text"}, print a line for each.')
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit 1 when something certain was found.")] = False,
    language: Language = None,
) -> None:
    """Show what in a text could identify somebody, and what to write instead. Exit 2 if it could not be read."""
    from compassbot.app.guarding import lines_of

    certain = unread = False
    spoken = _settings(UNREAD, language=language).language

    def work() -> None:
        nonlocal certain, unread
        for line in lines_of(file, spoken, as_json=as_json, as_jsonl=as_jsonl):
            if line.unread:
                print(f"compassbot: {line.text}", file=sys.stderr)
            else:
                sys.stdout.buffer.write(line.text.encode("utf-8", "backslashreplace"))
            certain, unread = certain or line.certain, unread or line.unread

    _or_say(work, UNREAD)
    sys.exit(UNREAD if unread else 1 if check and certain else 0)


@app.command()
def digest(
    week: Annotated[str, typer.Option(help="An ISO week, such as 2026-W47.")],
    form: Annotated[Literal["text", "md", "json"], typer.Option("--format", help="text, md or json.")] = "text",
    data_dir: Data = None,
    language: Language = None,
) -> None:
    """Print the digest of a week: as published, or as it would be published now."""
    from compassbot.app.digesting import digest_text

    settings = _settings(data_dir=data_dir)
    _or_say(lambda: print(digest_text(settings, week, form, language)))


@slack.command()
def manifest(
    form: Annotated[Literal["json", "yaml"], typer.Option("--format", help="json or yaml.")] = "json",
    socket: Annotated[
        bool | None, typer.Option("--socket/--http", help="The bot calls Slack (Socket Mode), or Slack calls the bot.")
    ] = None,
    many: Annotated[bool, typer.Option("--many", help="For many workspaces, each installing by OAuth.")] = False,
    url: Annotated[str, typer.Option(help="The https address of this server.")] = "",
    name: Annotated[str, typer.Option(help="What the bot is called.")] = "",
    language: Language = None,
) -> None:
    """Print the app manifest, to paste at api.slack.com/apps > Create New App > From a manifest."""
    from compassbot.app.manifesting import manifest_text

    settings = _settings(language=language)
    _or_say(lambda: print(manifest_text(settings, form, socket=socket, many=many, url=url, name=name)))


def _settings(code: int = 1, /, **changes: object) -> Settings:
    from pydantic import ValidationError

    from compassbot.settings import Settings

    try:
        return Settings(**{name: value for name, value in changes.items() if value is not None})  # pyright: ignore[reportArgumentType]
    except ValidationError as invalid:
        _stop(
            "; ".join(f"COMPASSBOT_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in invalid.errors()), code
        )


def _or_say(work: Callable[[], None], code: int = 1) -> None:
    """Do it; what a person can mend is told in a sentence, and the exit code is this one."""
    from compassbot.app.refusing import CANNOT, sentence_for

    try:
        work()
        sys.stdout.flush()
    except BrokenPipeError:  # who read along has stopped reading, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(code)
    except CANNOT as fault:
        _stop(sentence_for(fault), code)


def _stop(sentence: str, code: int = 1) -> NoReturn:
    print(f"compassbot: {sentence}", file=sys.stderr)
    sys.exit(code)
