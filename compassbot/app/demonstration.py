"""`compassbot demo`: twelve weeks of history, made once, and the office opened on them."""

from __future__ import annotations

import asyncio
import os
import sys
import webbrowser
from datetime import UTC, datetime, timedelta

from compassbot.app.asgi import make_app
from compassbot.app.opening import hold, make_key, open_database
from compassbot.app.parts import Parts, house_of, put_together
from compassbot.app.serving import run, set_up_log
from compassbot.app.web_office import furnish, open_office, web_chat
from compassbot.clock import Hours
from compassbot.demo.build import build
from compassbot.demo.people import load_office
from compassbot.model.quiet_hours import HERE
from compassbot.settings import Settings
from compassbot.talk.chat import Chat


def show(settings: Settings, *, empty: bool, seed: int, browser: bool) -> None:
    """Serve the office until it is stopped. Raises what `refusing` can say in a sentence."""
    set_up_log("WARNING")
    house = house_of(settings)
    with hold(settings.data_dir):
        start = last_tuesday(datetime.now(UTC))
        new = not (settings.data_dir / "compassbot.sqlite").exists()
        if new and not empty:
            _say("Making twelve weeks of history, this once ...")
            asyncio.run(
                build(
                    settings.data_dir / "compassbot.sqlite",
                    make_key(settings),
                    house,
                    chats=_chats,
                    seed=seed,
                    language=settings.language,
                    until=start,
                    say=_say,
                )
            )
        parts = put_together(open_database(settings), house, Hours())
        if new:
            parts.hours.set(start)
        furnish(parts, settings)
        run(make_app(open_office(parts, settings)), settings, lambda port: _ready(settings, port, browser=browser))


def last_tuesday(now: datetime) -> datetime:
    """Return the last Tuesday at 10:00 local time: a working hour, the day after a digest."""
    local = now.astimezone(HERE)
    day = local.date() - timedelta(days=(local.weekday() - 1) % 7)
    start = datetime(day.year, day.month, day.day, 10, tzinfo=HERE)
    return (start if start <= local else start - timedelta(days=7)).astimezone(UTC)


def _chats(parts: Parts) -> dict[str, Chat]:
    chat = web_chat(parts, load_office())
    return {chat.name: chat}


def _ready(settings: Settings, port: int, *, browser: bool) -> None:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104 - read, not bound
    address = f"http://{host}:{port}/"
    _say(f"Open {address} in your browser. Stop with Ctrl+C. What you do is kept in {settings.data_dir}.")
    if browser and sys.stdout.isatty() and _has_screen():
        webbrowser.open(address)


def _has_screen() -> bool:
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this is the command line talking
