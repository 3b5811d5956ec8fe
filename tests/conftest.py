"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import Office, open_office, sqlite_url


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office on a SQLite file of its own."""
    made = open_office(sqlite_url(tmp_path))
    yield made
    made.parts.database.close()
