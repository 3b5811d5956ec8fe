"""What one turn read may serve the next, and is never wrong, nor kept longer than that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from sqlalchemy.exc import DBAPIError, OperationalError

from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.memory import REMEMBERED
from compassbot.store.migrate import upgrade
from compassbot.store.outbox import Letter
from tests.office import KEY
from tests.postgresql import PostgreSQL
from tests.store.test_turn import NOON


@pytest.fixture(params=["sqlite", "postgresql"])
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """One database, as two processes have it."""
    if request.param == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql")
        url = server.new()
    else:
        url = f"sqlite:///{tmp_path / 'office.db'}"
    ours, theirs = Database(url, KEY), Database(url, KEY)
    upgrade(ours.engine)
    yield ours, theirs
    ours.close()
    theirs.close()


def sets(value: int) -> Callable[[Books], None]:
    """Return work that keeps a setting."""
    return lambda books: books.settings.set("n", value)


def reads(books: Books) -> int:
    """Return the setting."""
    return int(books.settings.all().get("n", 0))


def same(books: Books) -> Books:
    """Return the books themselves."""
    return books


def test_what_was_read_serves_the_next_turn(two: tuple[Database, Database]) -> None:
    """While nobody else writes, a second piece of work goes on with what the first one read."""
    ours, _ = two
    ours.run_now(sets(1))
    assert ours.run_now(same) is ours.run_now(same)
    assert ours.run_now(reads) == 1


def test_what_another_process_wrote_is_seen_at_once(two: tuple[Database, Database]) -> None:
    """Nothing is remembered past a turn of somebody else, however soon after it we look."""
    ours, theirs = two
    for value in range(20):
        ours.run_now(reads)
        theirs.run_now(sets(value))
        assert ours.run_now(reads) == value


def test_what_failed_is_not_remembered(two: tuple[Database, Database]) -> None:
    """Work that is undone leaves nothing in what the next one reads."""
    ours, _ = two
    ours.run_now(sets(1))

    def fails(books: Books) -> None:
        books.settings.set("n", 2)
        assert reads(books) == 2
        raise ValueError

    with pytest.raises(ValueError):
        ours.run_now(fails)
    assert ours.run_now(reads) == 1


def test_a_key_that_was_destroyed_opens_nothing_any_more(two: tuple[Database, Database]) -> None:
    """Also where the turn before had it open, here or in another process."""
    ours, theirs = two
    sealed = ours.run_now(lambda books: books.vault.seal("author", "Fatma"))
    assert ours.run_now(lambda books: books.vault.unseal("author", sealed)) == "Fatma"
    theirs.run_now(lambda books: books.vault.destroy("author"))
    with pytest.raises(InvalidToken):
        ours.run_now(lambda books: books.vault.unseal("author", sealed))
    again = ours.run_now(lambda books: books.vault.seal("author", "Fatma"))
    before = ours.run_now(same)
    ours.run_now(lambda books: books.vault.destroy("author"))
    assert ours.run_now(same) is not before
    with pytest.raises(InvalidToken):
        ours.run_now(lambda books: books.vault.unseal("author", again))


def test_nothing_is_remembered_for_long(two: tuple[Database, Database]) -> None:
    """What was read lies in the clear in memory for a second at most: also while one piece of work follows another."""
    ours, _ = two
    first = ours.run_now(same)
    until = time.monotonic() + 2 * REMEMBERED
    while time.monotonic() < until:
        ours.run_now(reads)
    assert ours.run_now(same) is not first


async def test_who_only_reads_sees_one_moment_and_changes_nothing(two: tuple[Database, Database]) -> None:
    """Reading goes on while others write, sees all as it was when it began, and cannot write itself."""
    ours, _ = two
    ours.run_now(sets(1))

    def twice(books: Books) -> tuple[int, int]:
        first = reads(books)
        ours.run_now(sets(2))
        return first, reads(books.anew())

    assert await ours.read(twice) == (1, 1)
    assert ours.run_now(reads) == 2

    def writes(books: Books) -> None:
        books.settings.set("n", 3)
        books.settings.begin("m", 1)

    with pytest.raises((DBAPIError, OSError)):
        await ours.read(writes)
    ours.run_now(sets(4))
    assert ours.run_now(reads) == 4


def test_who_looks_in_the_outbox_hears_only_of_what_may_leave(two: tuple[Database, Database]) -> None:
    """A card that waits to be made anew already stirs nobody when it changes once more; a letter does."""
    ours, _ = two

    def changes(books: Books) -> None:
        books.outbox.show_anew("round:1", "web", NOON)

    def writes(books: Books) -> None:
        books.outbox.put(Letter("write", "web", "web:mei", "{}"), NOON)

    seen = [ours.stirred]
    for work in (changes, changes, reads, writes, sets(1)):
        ours.run_now(work)
        seen.append(ours.stirred)
    assert [after - before for before, after in pairwise(seen)] == [1, 0, 0, 1, 0]


def test_a_card_that_left_meanwhile_is_queued_again(two: tuple[Database, Database]) -> None:
    """What is known of the outbox does not outlive a claim, here or by another process."""
    ours, theirs = two

    def changes(books: Books) -> None:
        books.outbox.show_anew("round:1", "web", NOON)

    for taker in (ours, theirs):
        ours.run_now(changes)
        [letter] = taker.run_now(lambda books: books.outbox.claim(NOON))
        ours.run_now(changes)
        assert ours.run_now(lambda books: books.outbox.waiting()) == 2
        taker.run_now(lambda books, letter=letter: books.outbox.sent(letter, None))
        [letter] = taker.run_now(lambda books: books.outbox.claim(NOON))
        taker.run_now(lambda books, letter=letter: books.outbox.sent(letter, None))
    assert ours.run_now(lambda books: books.outbox.waiting()) == 0


async def test_a_read_whose_connection_is_lost_says_that_nobody_is_there(two: tuple[Database, Database]) -> None:
    """Whoever reads hears of an OSError, as with any database that does not answer, and can read again."""
    ours, _ = two

    def lost(books: Books) -> None:
        books.connection.invalidate()
        raise OperationalError("", {}, Exception())

    with pytest.raises(OSError, match=r"^$"):
        await ours.read(lost)
    assert await ours.read(reads) == 0
