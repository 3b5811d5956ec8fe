"""The tables of a database follow from its migrations alone, on each kind of database."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from compassbot.store.engines import engine_for
from compassbot.store.migrate import current, missing_tables, newest, upgrade
from compassbot.store.tables import metadata
from tests.office import sqlite_url
from tests.postgresql import PostgreSQL


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> sa.Engine:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return engine_for(sqlite_url(tmp_path))
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return engine_for(server.new(empty=True))


def test_migrations_make_the_tables_that_the_program_uses(engine: sa.Engine) -> None:
    """Nothing is missing, nothing is left over, and no column differs."""
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_upgrading_twice_does_nothing(engine: sa.Engine) -> None:
    """A second start finds the newest version and leaves what is kept alone."""
    upgrade(engine)
    assert current(engine) == newest()
    with engine.begin() as connection:
        connection.execute(sa.insert(metadata.tables["settings"]).values(name="k", value=7))
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(sa.select(metadata.tables["settings"].c.value)).scalar() == 7
    engine.dispose()


def test_a_missing_table_is_named(engine: sa.Engine) -> None:
    """A start-up check can say which table somebody removed."""
    upgrade(engine)
    assert missing_tables(engine) == []
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE answers")
    assert missing_tables(engine) == ["answers"]
    engine.dispose()
