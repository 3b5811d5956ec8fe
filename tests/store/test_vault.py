"""Seals and keyed hashes: what the database alone cannot read, and nobody once the key is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken

from compassbot.store.database import Database
from compassbot.store.migrate import upgrade
from compassbot.store.vault import MOST_OPEN, Locks, master_key
from tests.office import KEY, sqlite_url


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database of its own."""
    made = Database(sqlite_url(tmp_path), KEY)
    upgrade(made.engine)
    yield made
    made.close()


def test_what_is_sealed_is_read_with_the_same_key_only(database: Database) -> None:
    """Another name is another key."""
    sealed = database.run_now(lambda books: books.vault.seal("author:1", "web:fatma"))
    database.run_now(lambda books: books.vault.seal("author:2", "web:joost"))
    assert b"fatma" not in sealed
    assert database.run_now(lambda books: books.vault.unseal("author:1", sealed)) == "web:fatma"
    with pytest.raises(InvalidToken):
        database.run_now(lambda books: books.vault.unseal("author:2", sealed))


def test_a_destroyed_key_is_gone_for_good(database: Database) -> None:
    """Reading afterwards fails, and makes no new key in its place."""
    sealed = database.run_now(lambda books: books.vault.seal("author:1", "web:fatma"))
    database.run_now(lambda books: books.vault.destroy("author:1"))
    with pytest.raises(InvalidToken):
        database.run_now(lambda books: books.vault.unseal("author:1", sealed))
    count = "SELECT count(*) FROM keys"
    assert database.run_now(lambda books: books.connection.exec_driver_sql(count).scalar()) == 0


def test_a_destroyed_key_is_not_found_in_this_process_either() -> None:
    """It leaves the keys at hand at once, and does not come back when a slower transaction still reads it."""
    locks = Locks(KEY)
    key = Fernet.generate_key()
    wrapped = locks.wrap(key)
    assert locks.unwrap(wrapped) == key
    assert key in locks._opened.values()
    locks.destroy(wrapped)
    assert locks.unwrap(wrapped) == key
    assert not locks._opened


def test_keys_at_hand_are_few_and_for_a_minute() -> None:
    """What another process destroyed is not in the memory of this one for longer, and old keys do not pile up."""
    locks = Locks(KEY)
    for _ in range(MOST_OPEN + 1):
        locks.unwrap(locks.wrap(Fernet.generate_key()))
    assert len(locks._opened) == 1
    locks._since -= 61
    locks.unwrap(locks.wrap(Fernet.generate_key()))
    assert len(locks._opened) == 1


def test_a_key_that_another_process_destroyed_opens_nothing(tmp_path: Path, database: Database) -> None:
    """A key at hand is no way around the database: it is asked each time."""
    sealed = database.run_now(lambda books: books.vault.seal("author:1", "web:fatma"))
    other = Database(sqlite_url(tmp_path), KEY)
    other.run_now(lambda books: books.vault.destroy("author:1"))
    other.close()
    with pytest.raises(InvalidToken):
        database.run_now(lambda books: books.vault.unseal("author:1", sealed))


def test_a_hash_is_the_same_under_one_key_and_differs_under_another(database: Database) -> None:
    """One person answers once in a dilemma, and cannot be followed from one dilemma to the next."""

    def hashes(dilemma: str) -> str:
        return database.run_now(lambda books: books.vault.hash(f"answers:{dilemma}", "web:fatma"))

    assert hashes("1") == hashes("1")
    assert hashes("1") != hashes("2")


def test_after_destroying_its_key_a_hash_cannot_be_made_again(database: Database) -> None:
    """Who has the database and the master key cannot find by trying who a hash stood for."""
    before = database.run_now(lambda books: books.vault.hash("answers:1", "web:fatma"))
    database.run_now(lambda books: books.vault.destroy("answers:1"))
    assert database.run_now(lambda books: books.vault.hash("answers:1", "web:fatma")) != before


def test_the_database_alone_reads_nothing(tmp_path: Path, database: Database) -> None:
    """With another master key the wrapped keys cannot be opened."""
    sealed = database.run_now(lambda books: books.vault.seal("author:1", "web:fatma"))
    thief = Database(sqlite_url(tmp_path), Fernet.generate_key())
    with pytest.raises(InvalidToken):
        thief.run_now(lambda books: books.vault.unseal("author:1", sealed))
    thief.close()


def test_the_master_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    """It lies beside the database, in a file of its own."""
    path = tmp_path / "data" / "master.key"
    made = master_key(path)
    assert master_key(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
    Fernet(made)
