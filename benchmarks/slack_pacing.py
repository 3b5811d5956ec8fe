"""How a burst leaves for Slack: 200 messages to 40 channels, where one a second in a channel is allowed.

Run it with the Python of the house: `.venv/bin/python -m benchmarks.slack_pacing [--json]`.
The courier, the outbox and the Slack chat are the real ones. Slack is a small server on this machine, which refuses what
comes too fast, as Slack does: 429, and how long to wait.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from aiohttp import web
from cryptography.fernet import Fernet

from compassbot.chats.slack.pulse import Pulse
from compassbot.chats.slack.seal import Seal
from compassbot.chats.slack.send import SlackChat
from compassbot.courier import Courier
from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.migrate import upgrade
from compassbot.store.outbox import Letter
from compassbot.talk.chat import Place
from compassbot.talk.view import Card, Text, pack

CHANNELS, EACH = 40, 5
ALLOWED = 1.0  # seconds between two messages in one channel
NUMBER = re.compile(r"Number (\d+)")


@dataclass
class Slack:
    """Keeps what arrives, by channel, and when; refuses what comes too fast."""

    refused: int = 0
    arrived: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    last: dict[str, float] = field(default_factory=dict[str, float])

    async def post(self, request: web.Request) -> web.Response:
        """Answer chat.postMessage."""
        now = asyncio.get_running_loop().time()
        said = await request.json()
        channel = said["channel"]
        if now < self.last.get(channel, 0.0) + ALLOWED:
            self.refused += 1
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"})
        self.last[channel] = now
        number = NUMBER.search(json.dumps(said))
        self.arrived.setdefault(channel, []).append(int(number[1]) if number else -1)
        return web.json_response({"ok": True, "channel": channel, "ts": f"{now:.6f}"})


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description="How a burst leaves for Slack.")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    found = measure()
    print(json.dumps(found) if parser.parse_args().json else table(found))


def measure(rounds: int = 3) -> dict[str, float]:
    """Return how many were refused and out of order, and the time until the last as a ratio to the best possible.

    Of the rounds the sums of the first two, and the median of the third.
    """
    found = [_one_round() for _ in range(rounds)]
    return {
        "refused": sum(each["refused"] for each in found),
        "out_of_order": sum(each["out_of_order"] for each in found),
        "time_to_best": median(each["time_to_best"] for each in found),
    }


def _one_round() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'office.sqlite'}", Fernet.generate_key())
        upgrade(database.engine)
        try:
            return asyncio.run(_measure(database))
        finally:
            database.close()


async def _measure(database: Database) -> dict[str, float]:
    slack = Slack()
    async with _served(slack) as address, _chat(address) as chat:
        courier = Courier(database, {"slack": chat}, time=_now)
        await chat.post(Place("slack:C"), {"nl": Card("Number 0")}, "warm")  # what is imported at the first message
        await database.run(_write)
        begun = asyncio.get_running_loop().time()
        left = await courier.deliver(_now())
        await courier.close()
    assert left == CHANNELS * EACH, f"only {left} left"
    del slack.arrived["C"]
    took = max(slack.last.values()) - begun
    return {
        "refused": slack.refused,
        "out_of_order": sum(numbers != list(range(EACH)) for numbers in slack.arrived.values()),
        "time_to_best": took / ((EACH - 1) * ALLOWED),
    }


@asynccontextmanager
async def _served(slack: Slack) -> AsyncGenerator[str]:
    app = web.Application()
    app.router.add_post("/api/chat.postMessage", slack.post)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    yield f"http://127.0.0.1:{port}/api/"
    await runner.cleanup()


@asynccontextmanager
async def _chat(address: str) -> AsyncGenerator[SlackChat]:
    async def token() -> str:
        return "xoxb-benchmark"

    async def picture(_: str) -> bytes | None:
        return None

    chat = SlackChat(token, Seal(b"benchmark"), picture, address, Pulse())
    yield chat
    await chat.close()


def _write(books: Books) -> None:
    for number in range(EACH):
        for channel in range(CHANNELS):
            cards = {"nl": Card(f"Number {number}", (Text("What is said."),))}
            books.outbox.put(Letter("post", "slack", f"slack:C{channel:04}", pack(cards)), _now())


def _now() -> datetime:
    return datetime.now(UTC)


def table(found: dict[str, float]) -> str:
    """Return the figures as lines."""
    return (
        f"{CHANNELS * EACH} messages to {CHANNELS} channels\n"
        f"refused by Slack (429)             {found['refused']:7.0f}\n"
        f"channels out of order              {found['out_of_order']:7.0f}\n"
        f"time to the best possible          {found['time_to_best']:7.3f}"
    )


if __name__ == "__main__":
    main()
