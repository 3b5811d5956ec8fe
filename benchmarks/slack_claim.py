"""What a claim of ten letters costs once 600,000 have gone through the outbox, beside one that is new.

Run it with the Python of the house: `.venv/bin/python -m benchmarks.slack_claim [--json] [--rounds 60]`.
On SQLite and on PostgreSQL, in interleaved rounds, as medians of ratios. Also: with 10,000 letters that wait in 100
lanes, and with 100,000 that are held in one lane for the morning.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from cryptography.fernet import Fernet

from compassbot.courier import TIDY_AFTER
from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.lanes import tidy
from compassbot.store.migrate import upgrade
from compassbot.store.outbox import Letter
from compassbot.store.tables import outbox
from compassbot.talk.view import Card, pack
from tests.postgresql import PostgreSQL

GONE = 600_000
WAITING, LANES, HELD = 10_000, 100, 100_000
CLAIMED = 10
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
TOMORROW = NOW + timedelta(hours=23)
PACKED = pack({"nl": Card("A message of an ordinary length, as a reminder is.")})


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description="What a claim costs in an outbox that was used much.")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--rounds", type=int, default=60, help="how often each is measured, interleaved")
    chosen = parser.parse_args()
    found = measure(max(3, chosen.rounds))
    print(json.dumps(found) if chosen.json else table(found))


def measure(rounds: int = 60) -> dict[str, float]:
    """Return the ratios of a claim of ten to one from an empty outbox, by database and by what is in the outbox."""
    key = Fernet.generate_key()
    with tempfile.TemporaryDirectory() as folder:
        found = _of("sqlite", [f"sqlite:///{Path(folder) / f'{name}.sqlite'}" for name in "abcd"], key, rounds)
    server = PostgreSQL()
    try:
        return found | _of("postgresql", [server.new() for _ in "abcd"], key, rounds)
    finally:
        server.close()


def _of(kind: str, addresses: list[str], key: bytes, rounds: int) -> dict[str, float]:
    databases = [Database(address, key) for address in addresses]
    try:
        for database, prepare in zip(databases, (lambda _: None, _use, _fill, _hold), strict=True):
            upgrade(database.engine)
            prepare(database)
        taken = [[_claim(database) for database in databases] for _ in range(rounds + 3)][3:]  # the first warm up
    finally:
        for database in databases:
            database.close()
    names = ("used", "waiting", "held")
    ratios = {
        f"{kind}_{name}_to_empty": median(row[place] / row[0] for row in taken)
        for place, name in enumerate(names, start=1)
    }
    return {f"{kind}_empty_seconds": median(row[0] for row in taken)} | ratios


def _claim(database: Database) -> float:
    """Return how many seconds a claim of ten takes, of letters that were put in just now, and let them leave."""
    database.run_now(_put_ten)
    begun = time.perf_counter()
    letters = database.run_now(lambda books: books.outbox.claim(NOW, CLAIMED))
    took = time.perf_counter() - begun
    assert len(letters) == CLAIMED
    database.run_now(lambda books: [books.outbox.sent(letter, None) for letter in letters])
    return took


def _put_ten(books: Books) -> None:
    for number in range(CLAIMED):
        books.outbox.put(Letter("post", "slack", f"slack:C{number}", PACKED), NOW)


def _use(database: Database) -> None:
    """Let 600,000 letters go through it: each is put in, and deleted when it has left."""
    for _ in range(GONE // TIDY_AFTER):
        _insert(database, TIDY_AFTER, LANES, NOW)
        _delete(database)
        tidy(database.engine)  # as the courier does


def _fill(database: Database) -> None:
    _insert(database, WAITING, LANES, NOW)


def _hold(database: Database) -> None:
    _insert(database, HELD, 1, TOMORROW)


def _insert(database: Database, many: int, lanes: int, due_at: datetime) -> None:
    def work(books: Books) -> None:
        row = {
            "kind": "post",
            "chat": "slack",
            "address": books.vault.seal("letters", "slack:C"),
            "subject": "",
            "under": "",
            "packed": PACKED,
            "due_at": due_at,
            "attempts": 0,
        }
        names = [books.vault.hash("letters", f"slack lane {number}") for number in range(lanes)]
        rows = [row | {"lane": names[number % lanes]} for number in range(many)]
        books.connection.execute(sa.insert(outbox), rows)

    database.run_now(work)


def _delete(database: Database) -> None:
    database.run_now(lambda books: books.connection.execute(sa.delete(outbox)))


def table(found: dict[str, float]) -> str:
    """Return the figures as lines."""
    lines = [f"a claim of {CLAIMED}, to one from an outbox that is empty but for those"]
    for kind in ("sqlite", "postgresql"):
        lines += [
            f"{kind}: empty                    {found[f'{kind}_empty_seconds'] * 1000:8.2f} ms",
            f"  after {GONE:,} letters         {found[f'{kind}_used_to_empty']:8.2f}",
            f"  with {WAITING:,} in {LANES} lanes      {found[f'{kind}_waiting_to_empty']:8.2f}",
            f"  with {HELD:,} held in one lane {found[f'{kind}_held_to_empty']:8.2f}",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
