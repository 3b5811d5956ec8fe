"""What every test may ask for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from compassbot.guard import read
from compassbot.store.engines import engine_for
from compassbot.store.migrate import upgrade
from compassbot.words import LANGUAGES, Words
from tests.office import Office, open_office, sqlite_url
from tests.postgresql import PostgreSQL


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables; made once, and what is read once in a process is read by then."""
    folder = tmp_path_factory.mktemp("empty")
    engine = engine_for(sqlite_url(folder))
    upgrade(engine)
    engine.dispose()
    for language in LANGUAGES:
        Words(language)
        read("Een zin om wakker te worden.", language)
    return folder / "office.sqlite"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server of this test process."""
    server = PostgreSQL()
    yield server
    server.close()


@pytest.fixture
def office(tmp_path: Path, empty_file: Path) -> Iterator[Office]:
    """An office on a SQLite file of its own."""
    shutil.copy(empty_file, tmp_path / "office.sqlite")
    made = open_office(sqlite_url(tmp_path))
    yield made
    made.parts.database.close()


@pytest.fixture
def office_on_postgresql(postgresql: PostgreSQL) -> Iterator[Office]:
    """An office on a PostgreSQL database of its own."""
    made = open_office(postgresql.new())
    yield made
    made.parts.database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_office(request: pytest.FixtureRequest) -> Office:
    """An office on SQLite, and the same test again on PostgreSQL."""
    made: Office = request.getfixturevalue("office" if request.param == "sqlite" else "office_on_postgresql")
    return made
