"""What tests of the store ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from compassbot.store.database import Database
from compassbot.store.migrate import upgrade
from tests.office import KEY, sqlite_url
from tests.postgresql import PostgreSQL


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A new database of each kind."""
    if request.param == "sqlite":
        made = Database(sqlite_url(tmp_path), KEY)
        upgrade(made.engine)
    else:
        server: PostgreSQL = request.getfixturevalue("postgresql")
        made = Database(server.new(), KEY)
    yield made
    made.close()
