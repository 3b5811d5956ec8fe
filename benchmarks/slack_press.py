"""What a press costs: somebody votes in Slack, and is answered once it is on the disk. Beside bare Bolt, which only nods.

Run it with the Python of the house: `.venv/bin/python -m benchmarks.slack_press [--json] [--rounds 3]`.
The server is `compassbot serve` with Slack over HTTP, the requests are really signed, and they come from another process.
All figures come from one run, in interleaved rounds, as medians of ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hmac
import json
import pickle
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote_plus

import sqlalchemy as sa
from cryptography.fernet import Fernet

from benchmarks.starting import ENVIRONMENT, PATIENCE, PAUSE, free_port
from compassbot.app.parts import house_of, make_bot
from compassbot.app.slack_workspace import SEAL
from compassbot.chats.slack.seal import Carried, Seal
from compassbot.chats.slack.show import Show
from compassbot.clock import Hours
from compassbot.model.deliberations import quarter_of
from compassbot.model.dilemmas import Dilemma
from compassbot.model.findings import Finding
from compassbot.settings import Settings
from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.findings import Agreement
from compassbot.store.migrate import upgrade
from compassbot.store.outbox import Posted
from compassbot.talk.chat import Event, Person, Place
from compassbot.talk.view import Form
from tests.postgresql import PostgreSQL

SECRET, TOKEN, TEAM, CHANNEL = "benchmark", "xoxb-benchmark", "T0BENCHMARK", "C0BENCHMARK"
DILEMMAS, PEOPLE = 40, 100
ROUND = 8
"""Where the group votes on the proposal: no text is typed."""
AT_ONCE = 50
PRESSES = 3000
STEADY = 5.0  # seconds of half load
BURST_RATE, BURST = 400, 10.0  # presses a second, and seconds
LATE = 3.0  # seconds after which Slack tells a person that the app did not answer
WORDS = "Een moeder met twee kinderen krijgt elke week boodschappen van haar zus. Zij heeft bijstand."
Found = dict[str, float]


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description="What a press costs, as ratios to bare Bolt in the same run.")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured, interleaved")
    chosen = parser.parse_args()
    found = measure(max(1, chosen.rounds))
    print(json.dumps(found) if chosen.json else table(found))


def measure(rounds: int = 3) -> Found:
    """Return the ratios to bare Bolt on each database, what a burst brought, and what the generator could do."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="compassbot-press-")))
        server = PostgreSQL()
        stack.callback(server.close)
        slack = stack.enter_context(fake_slack())
        ours = {
            "sqlite": stack.enter_context(office(folder / "sqlite", "", slack)),
            "postgresql": stack.enter_context(office(folder / "postgresql", server.new(), slack)),
        }
        bare = stack.enter_context(bare_bolt(SECRET))
        nothing = stack.enter_context(bare_bolt("nothing"))
        some = next(iter(ours.values()))
        found = {"generator": throughput(nothing, some) / throughput(bare, some)}
        found |= _throughputs(rounds, bare, ours)
        found |= _latencies(rounds, bare, ours, found)
        for name, each in ours.items():
            found |= {f"{name}_{figure}": value for figure, value in burst(each).items()}
        return found


def _throughputs(rounds: int, bare: int, ours: dict[str, Ours]) -> Found:
    """Return presses a second, and the medians of their ratios to bare Bolt's of the same round."""
    for each in ours.values():
        throughput(each.port, each)  # warm
    taken: list[Found] = []
    for _ in range(rounds):
        taken.append({"bolt": throughput(bare, next(iter(ours.values())))})
        taken[-1] |= {name: throughput(each.port, each) for name, each in ours.items()}
    found = {f"{name}_presses_a_second": median(each[name] for each in taken) for name in taken[0]}
    return found | {f"{name}_throughput": median(each[name] / each["bolt"] for each in taken) for name in ours}


def _latencies(rounds: int, bare: int, ours: dict[str, Ours], found: Found) -> Found:
    """Return percentiles, each at half of its own load, as ratios to bare Bolt's in the same round."""
    taken: list[Found] = []
    for _ in range(rounds):
        taken.append({})
        for name, port in {"bolt": bare, **{name: each.port for name, each in ours.items()}}.items():
            rate = found[f"{name}_presses_a_second"] / 2
            each = ours.get(name, next(iter(ours.values())))
            sent = load(port, each.requests(int(rate * STEADY)), rate=rate)
            taken[-1] |= {f"{name}_p50": percentile(sent.latencies, 50), f"{name}_p99": percentile(sent.latencies, 99)}
    seconds = {f"{name}_seconds": median(each[name] for each in taken) for name in taken[0]}
    ratios = {
        f"{name}_{which}": median(each[f"{name}_{which}"] / each[f"bolt_{which}"] for each in taken)
        for name in ours
        for which in ("p50", "p99")
    }
    return seconds | ratios


def burst(ours: Ours) -> Found:
    """Return how many of a burst from idle took over three seconds, how many were lost, and the 99.9th percentile."""
    time.sleep(2)
    requests = ours.requests(int(BURST_RATE * BURST))
    sent = load(ours.port, requests, rate=BURST_RATE)
    answered = {id for number, id in enumerate(requests.ids) if number not in set(sent.failed)}
    return {
        "burst_late": sum(latency > LATE for latency in sent.latencies),
        "burst_refused": len(sent.failed),
        "burst_lost": len(answered - ours.seen()),
        "burst_p999_seconds": percentile(sent.latencies, 99.9),
    }


def throughput(port: int, ours: Ours) -> float:
    """Return presses a second, with so many at once."""
    sent = load(port, ours.requests(PRESSES), at_once=AT_ONCE)
    if sent.failed:
        raise RuntimeError(f"{len(sent.failed)} presses were not answered with 200")
    return PRESSES / sent.seconds


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value below which so many percent lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


@dataclass
class Requests:
    """Signed requests, and the ids under which the bot notes them."""

    raw: list[bytes]
    ids: list[str]


@dataclass
class Sent:
    """What came of requests: how long all took, each latency in seconds, and which were not answered with 200."""

    seconds: float
    latencies: list[float]
    failed: list[int]


def load(port: int, requests: Requests, *, at_once: int = 0, rate: float = 0) -> Sent:
    """Send requests from another process: so many at once, or so many a second."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "requests"
        path.write_bytes(pickle.dumps(requests.raw))
        order = json.dumps({"port": port, "requests": str(path), "at_once": at_once, "rate": rate})
        subprocess.run([sys.executable, "-m", "benchmarks.load"], input=order, text=True, check=True)
        return Sent(**json.loads(path.with_suffix(".json").read_bytes()))


@dataclass
class Ours:
    """Our own server, its database as an observer sees it, and the forms that people have open."""

    port: int
    url: str
    forms: list[dict[str, Any]]
    numbers: count[int] = field(default_factory=count)

    def requests(self, many: int) -> Requests:
        """Return so many votes, each by another person or in another dilemma than the one before, signed now."""
        views = [_template(form) for form in self.forms]
        made, run = Requests([], []), secrets.token_hex(4).upper()
        for nth in range(many):
            number = next(self.numbers)
            view, person = views[number % DILEMMAS], number // DILEMMAS % (PEOPLE - 1)
            made.raw.append(signed(view.replace("PRESSID", f"{run}{nth}").replace("PERSONID", f"U{person:08}")))
            made.ids.append(f"slack:V{run}{nth}:1.1")
        return made

    def seen(self) -> set[str]:
        """Return the ids of all that was committed."""
        engine = sa.create_engine(self.url)
        with engine.connect() as connection:
            found = set(connection.exec_driver_sql("SELECT event FROM seen").scalars())
        engine.dispose()
        return found


def _template(form: dict[str, Any]) -> str:
    """Return the body of a submission of a form, with words in place of who sends which."""
    values = {
        block["block_id"]: {block["element"]["action_id"]: _filled(block["element"])}
        for block in form["blocks"]
        if block["type"] == "input"
    }
    view = {
        **{
            name: form[name]
            for name in ("type", "callback_id", "private_metadata", "title", "submit", "close", "blocks")
        },
        "id": "VPRESSID",
        "hash": "1.1",
        "team_id": TEAM,
        "state": {"values": values},
        "root_view_id": "VPRESSID",
        "previous_view_id": None,
        "app_id": "A0BENCHMARK",
        "bot_id": "B0BENCHMARK",
    }
    body = {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "benchmark"},
        "user": {"id": "PERSONID", "username": "person", "name": "person", "team_id": TEAM},
        "api_app_id": "A0BENCHMARK",
        "token": "legacy",
        "trigger_id": "PRESSID.1.1",
        "view": view,
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }
    return "payload=" + quote_plus(json.dumps(body))


def _filled(element: dict[str, Any]) -> dict[str, Any]:
    if element["type"] == "plain_text_input":
        return {"type": element["type"], "value": None}
    return {"type": element["type"], "selected_option": element["options"][0]}


def signed(body: str) -> bytes:
    """Return a request as Slack signs it."""
    stamp = str(int(time.time()))
    mark = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), "sha256").hexdigest()
    return (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={mark}\r\n"
        "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nAccept: application/json,*/*\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


@contextlib.contextmanager
def office(folder: Path, url: str, slack: int) -> Generator[Ours]:
    """Serve an office with open dilemmas and many people, on SQLite in a folder or on a PostgreSQL address."""
    folder.mkdir()
    key = Fernet.generate_key()
    settings = Settings(data_dir=folder, database_url=url)
    forms = asyncio.run(_fill(settings, key))
    chosen = {
        "DATA_DIR": str(folder),
        "DATABASE_URL": url,
        "KEY": key.decode(),
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
        "LOG_LEVEL": "ERROR",
    }
    with _serving(
        ["-m", "compassbot", "serve"], {f"COMPASSBOT_{name}": value for name, value in chosen.items()}
    ) as port:
        yield Ours(port, settings.url, forms)


async def _fill(settings: Settings, key: bytes) -> list[dict[str, Any]]:
    """Fill a new database, and return the form of each dilemma as Slack has it open."""
    database = Database(settings.url, key, durable=False)
    upgrade(database.engine)
    await database.run(_people)
    seal = Seal((await database.run(lambda books: books.vault.hash(SEAL, "buttons"))).encode())
    bot = make_bot(database, house_of(settings), Hours())
    forms: list[dict[str, Any]] = []
    for nth in range(DILEMMAS):
        about = f"d{nth}:{ROUND}"
        person, place = Person("slack:U00000000"), Place(f"slack:{CHANNEL}")
        form = await bot.hear(Event("", "press", person, place, "take_turn", about, language="nl"))
        assert isinstance(form, Form)
        forms.append(Show(seal, "nl").asked(form, Carried("", "", place.id)))
    database.close()
    return forms


def _people(books: Books) -> None:
    now = datetime.now(UTC)
    for name, value in {
        "departments": "inkomen = Werk en Inkomen | Work and Income\nwmo = Wmo\njeugd = Jeugd | Youth",
        "deliberation_place": f"slack:{CHANNEL}",
        "learning_place": f"slack:{CHANNEL}",
        "started_at": now.isoformat(),
    }.items():
        books.settings.set(name, value)
    for person in range(PEOPLE):
        books.people.works_in(f"slack:U{person:08}", "wmo")
    for nth in range(DILEMMAS):
        _open(books, f"d{nth}", nth + 1, now)


def _open(books: Books, id: str, number: int, now: datetime) -> None:
    """Open a dilemma in which all people take part, and let it wait for their votes."""
    texts = dict.fromkeys(("situation", "moment", "option_a", "cost_a", "option_b", "cost_b"), WORDS)
    dilemma = Dilemma(
        id=id,
        number=number,
        status="open",
        department="inkomen",
        method="cura",
        minutes=3000,
        place=f"slack:{CHANNEL}",
        question="Mag ik de boodschappen laten rusten?",
        round=ROUND,
        opened_at=now,
        closes_at=now + timedelta(days=5),
        extended=False,
        edited=False,
        closed_at=None,
        **texts,
    )
    books.dilemmas.add(dilemma, "slack:U0AUTHOR")
    codes = ("2026-W47", "income-gifts", "rule", "weighing", ("responsibility",), True, ("inkomen",), frozenset[Any]())
    books.findings.keep(Finding(id, *codes, WORDS), final=False)
    books.findings.propose(Agreement(id, WORDS, "teamleider", (now + timedelta(days=40)).date(), "proposed"))
    books.outbox.remember(f"dilemma:{id}", Posted("slack", f"slack:{CHANNEL}", "", f"{number}.0"))
    books.outbox.remember(f"round:{id}:{ROUND}", Posted("slack", f"slack:{CHANNEL}", f"{number}.0", f"{number}.1"))
    for person in range(PEOPLE):
        books.dilemmas.join(id, f"slack:U{person:08}", quarter_of(now), "wmo")


@contextlib.contextmanager
def bare_bolt(secret: str) -> Generator[int]:
    """Serve bare Bolt, and return its port."""
    with _serving(["-m", "benchmarks.bare_bolt"], {}, secret) as port:
        yield port


@contextlib.contextmanager
def _serving(command: list[str], settings: dict[str, str], *arguments: str) -> Generator[int]:
    port = free_port()
    more = [str(port), *arguments] if arguments else []
    environment = {**ENVIRONMENT, **settings, "COMPASSBOT_PORT": str(port)}
    process = subprocess.Popen([sys.executable, *command, *more], env=environment)
    try:
        _wait(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when somebody listens. Raises RuntimeError when nobody does."""
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(PAUSE)
        else:
            return
    raise RuntimeError("the server does not start")


@contextlib.contextmanager
def fake_slack() -> Generator[int]:
    """Answer what Slack's Web API is asked, in a thread: that all is well. Return its port."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(_well, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.close()


async def _well(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    said = json.dumps({"ok": True, "team_id": TEAM, "channel": CHANNEL, "ts": "1.1"}).encode()
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            _, _, length = head.partition(b"content-length:")
            await reader.readexactly(int(length.split(b"\r\n", 1)[0] or 0))
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            writer.write(answer % (len(said), said))
            await writer.drain()
    writer.close()


def table(found: Found) -> str:
    """Return the figures as lines."""
    speed = f"{found['bolt_presses_a_second']:7.0f} a second"
    head = f"bare Bolt, only acknowledging  {speed}   (the generator can do {found['generator']:.1f} times that)"
    return "\n".join((head, *_lines("sqlite", found), *_lines("postgresql", found)))


def _lines(name: str, found: Found) -> tuple[str, ...]:
    mine = {figure.removeprefix(f"{name}_"): value for figure, value in found.items() if figure.startswith(name)}
    half = f"{mine['p50']:.2f} × and {mine['p99']:.2f} × bare Bolt"
    fate = f"{mine['burst_late']:.0f} over 3 s, {mine['burst_refused']:.0f} refused, {mine['burst_lost']:.0f} lost"
    return (
        f"{name:30} {mine['presses_a_second']:7.0f} a second   {mine['throughput']:.2f} × bare Bolt",
        f"  50th and 99th at half load   {_ms(mine['p50_seconds'])} {_ms(mine['p99_seconds'])}   {half}",
        f"  {BURST_RATE} a second for {BURST:.0f} s        {fate}; 99.9th {_ms(mine['burst_p999_seconds'])}",
    )


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"


if __name__ == "__main__":
    main()
