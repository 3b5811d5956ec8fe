"""Each piece of work is one transaction: all of it is there afterwards, or none."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.migrate import upgrade
from tests.office import KEY, sqlite_url


def kept(database: Database) -> dict[str, Any]:
    """Return the settings that are there."""
    return database.run_now(lambda books: books.settings.all())


async def test_what_fails_leaves_nothing_behind(database: Database) -> None:
    """A piece of work that raises undoes all it did, and its error goes to who asked for it."""

    def work(books: Books) -> None:
        books.settings.set("half", 1)
        raise RuntimeError("broke")

    with pytest.raises(RuntimeError, match="broke"):
        await database.run(work)
    assert kept(database) == {}


async def test_one_that_fails_does_not_fail_its_neighbours(database: Database) -> None:
    """Of fifty pieces of work at once the seven that raise fail, and the others are kept."""

    def work(number: int) -> Any:
        def do(books: Books) -> None:
            books.settings.set(str(number), number)
            if number % 7 == 0:
                raise RuntimeError(str(number))

        return do

    outcomes = await asyncio.gather(*(database.run(work(n)) for n in range(1, 51)), return_exceptions=True)
    failed = [number for number, outcome in enumerate(outcomes, start=1) if outcome]
    assert failed == [7, 14, 21, 28, 35, 42, 49]
    assert set(kept(database)) == {str(n) for n in range(1, 51) if n % 7}


async def test_an_event_is_new_once_however_many_deliver_it(database: Database) -> None:
    """Of twenty deliveries at the same time one is the first."""
    from datetime import UTC, datetime

    at = datetime(2026, 11, 17, tzinfo=UTC)
    first = await asyncio.gather(*(database.run(lambda books: books.first_time("e1", at)) for _ in range(20)))
    assert sorted(first) == [False] * 19 + [True]


async def test_what_was_answered_is_on_the_disk(tmp_path: Path) -> None:
    """After the answer another process reads it, also when this one never closes."""
    database = Database(sqlite_url(tmp_path), KEY)
    upgrade(database.engine)
    await database.run(lambda books: books.settings.set("said", "yes"))
    other = Database(sqlite_url(tmp_path), KEY)
    assert kept(other) == {"said": "yes"}
    other.close()
    database.close()


async def test_sqlite_is_durable_and_overwrites_what_it_deletes(tmp_path: Path) -> None:
    """The settings that promise so are on in the connection that writes."""
    database = Database(sqlite_url(tmp_path), KEY)

    def pragma(name: str) -> Any:
        return database.run_now(lambda books: books.connection.exec_driver_sql(f"PRAGMA {name}").scalar())

    assert (pragma("journal_mode"), pragma("synchronous"), pragma("secure_delete")) == ("wal", 2, 1)
    database.close()


async def test_a_full_disk_fails_the_work_and_the_next_goes_on_when_there_is_room(tmp_path: Path) -> None:
    """The error reaches who asked; the connection is fit for use again at once."""
    database = Database(sqlite_url(tmp_path), KEY)
    upgrade(database.engine)

    def limit(pages: int) -> None:
        database.run_now(lambda books: books.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}"))

    limit(1)
    with pytest.raises(sa.exc.OperationalError, match="full"):
        await database.run(lambda books: books.settings.set("large", "x" * 1_000_000))
    limit(1_000_000)
    await database.run(lambda books: books.settings.set("small", "x"))
    assert kept(database) == {"small": "x"}
    database.close()
