"""Who writes in PostgreSQL has its turn: others wait for it, not for long, and nothing of what was told is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from compassbot.store.books import Books
from compassbot.store.coming import Coming
from compassbot.store.database import Database
from compassbot.store.ready import Ready
from compassbot.store.tables import seen
from compassbot.store.turn import LONGEST_PAUSE, Seat, Spoilt, Unsettled, settle
from compassbot.store.vault import Locks
from tests.office import KEY
from tests.postgresql import PostgreSQL

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
TWICE = Ready(sa.insert(seen), "event", "at")


@pytest.fixture
def url(postgresql: PostgreSQL) -> str:
    """A new database on PostgreSQL."""
    return postgresql.new()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """That database, as one process has it."""
    made = Database(url, KEY)
    yield made
    made.close()


@pytest.fixture
def other(url: str) -> Iterator[Database]:
    """The same, as another process has it."""
    made = Database(url, KEY)
    yield made
    made.close()


def sets(name: str) -> Callable[[Books], None]:
    """Return work that keeps a setting."""
    return lambda books: books.settings.set(name, 1)


def kept(database: Database) -> set[str]:
    """Return the names of the settings that are there."""
    return set(database.run_now(lambda books: books.settings.all()))


async def test_two_processes_lose_no_change(database: Database, other: Database) -> None:
    """What both read and then change counts for both."""

    def adds(books: Books) -> None:
        books.settings.set("n", int(books.settings.all().get("n", 0)) + 1)

    await asyncio.gather(*(each.run(adds) for _ in range(60) for each in (database, other)))
    assert database.run_now(lambda books: books.settings.all()) == {"n": 120}


async def test_an_event_that_comes_many_times_at_once_is_handled_once(database: Database, other: Database) -> None:
    """Also where both processes get it, where it is done with others, and where one of those fails."""

    def handles(number: int) -> Callable[[Books], bool]:
        def do(books: Books) -> bool:
            first = books.first_time(f"e{number}", NOON)
            if number == 3:
                raise ValueError
            return first

        return do

    came = await asyncio.gather(
        *(
            each.run(handles(number), Coming(f"e{number}", "web:mei", NOON))
            for _ in range(10)
            for number in range(5)
            for each in (database, other)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(each, ValueError) for each in came) == 20
    assert sorted(each for each in came if isinstance(each, bool)) == [False] * 76 + [True] * 4
    assert database.run_now(lambda books: books.first_time("e3", NOON))


async def test_a_form_that_was_not_seen_may_be_asked_for_again(database: Database) -> None:
    """An event that is not to be noted is new again for the next who brings it, in the same transaction too."""

    def asks(books: Books) -> bool:
        first = books.first_time("e1", NOON)
        books.not_seen("e1")
        return first

    came = await asyncio.gather(*(database.run(asks, Coming("e1", "web:mei", NOON)) for _ in range(5)))
    assert came == [True] * 5


async def test_who_stands_still_in_its_turn_loses_it(database: Database, other: Database) -> None:
    """A process that is stopped holds up another one no longer than that, and nothing of its own is kept."""
    with Seat(other.engine).turn() as connection:
        Books(connection, Locks(KEY)).settings.set("stopped", 1)
        begun = time.monotonic()
        await database.run(sets("went on"))
        assert time.monotonic() - begun < LONGEST_PAUSE + 3
        with pytest.raises((DBAPIError, Unsettled, Spoilt)):
            settle(connection)
    assert kept(database) == {"went on"}
    await other.run(sets("again"))
    assert kept(database) == {"went on", "again"}


async def test_an_error_that_was_caught_loses_no_neighbour(database: Database) -> None:
    """Work that goes on after an error of PostgreSQL fails by itself: all it did is undone, as it would be anyway."""

    def catches(books: Books) -> None:
        books.settings.set("spoilt", 1)
        try:
            books.connection.exec_driver_sql("SELECT 1/0")
        except DBAPIError:
            return

    works = [sets("before"), catches, sets("after"), catches]
    came = await asyncio.gather(*(database.run(work) for work in works), return_exceptions=True)
    assert [type(each) for each in came] == [type(None), Spoilt, type(None), Spoilt]
    assert kept(database) == {"before", "after"}


async def test_what_is_told_late_fails_who_asked_for_it(database: Database) -> None:
    """A change without an answer that PostgreSQL refuses is the error of its own work, with its own statement."""

    def refused(books: Books) -> None:
        books.first_time("secret", NOON)
        TWICE.later(books.connection, event="secret", at=NOON)

    works: list[Callable[[Books], Any]] = [sets("before"), refused, sets("after")]
    came = await asyncio.gather(*(database.run(work) for work in works), return_exceptions=True)
    fault = came[1]
    assert came[::2] == [None, None]
    assert isinstance(fault, sa.exc.IntegrityError)
    assert "INSERT INTO seen" in str(fault.statement)
    assert fault.params is None
    assert kept(database) == {"before", "after"}
    assert database.run_now(lambda books: books.first_time("secret", NOON))


async def test_a_connection_that_died_at_rest_is_made_anew(database: Database, other: Database) -> None:
    """After PostgreSQL closed all connections the next work goes on as if nothing had happened."""
    await database.run(sets("before"))
    closes = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"
    )
    await other.run(lambda books: books.connection.exec_driver_sql(closes).all())
    await database.run(sets("after"))
    assert kept(database) == {"before", "after"}


async def test_a_connection_that_is_lost_at_work_fails_that_work_alone(database: Database) -> None:
    """Its neighbours are kept, once, and the next goes on."""

    def dies(books: Books) -> None:
        books.connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    def counts(books: Books) -> None:
        books.settings.count("n")

    works: list[Callable[[Books], None]] = [counts, dies, counts, counts]
    came = await asyncio.gather(*(database.run(work) for work in works), return_exceptions=True)
    assert [isinstance(each, Exception) for each in came] == [False, True, False, False]
    assert database.run_now(lambda books: books.settings.number("n")) == 3


async def test_a_card_is_queued_once_at_the_end(database: Database) -> None:
    """However many changes there are in a transaction, one letter shows them; none for what was taken back."""

    def changes(books: Books) -> None:
        for _ in range(3):
            books.outbox.show_anew("round:1", "web", NOON)
        books.outbox.show_anew("round:2", "web", NOON)
        books.outbox.take_back("round:2")

    await asyncio.gather(*(database.run(changes) for _ in range(5)))
    assert database.run_now(lambda books: books.outbox.subjects("round:")) == ["round:1"]
    assert database.run_now(lambda books: books.outbox.waiting()) == 1
