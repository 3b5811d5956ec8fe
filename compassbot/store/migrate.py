"""Brings the tables of a database up to date, whatever version it comes from."""

from __future__ import annotations

import threading
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

FOLDER = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps what it works on in its module: two databases at once would get each other's tables."""


def upgrade(engine: sa.Engine) -> None:
    """Make what is missing and change what is old; nothing when all is up to date."""
    if current(engine) == newest():
        return
    with _ONE_AT_A_TIME, engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # two processes may start at once
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7266768)")
        command.upgrade(_config(connection), "head")


def current(engine: sa.Engine) -> str | None:
    """Return the version of the tables that are there, or None."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the version that this program needs."""
    return ScriptDirectory(str(FOLDER)).get_current_head()


def missing_tables(engine: sa.Engine) -> list[str]:
    """Return the names of tables that should be there and are not."""
    from compassbot.store.tables import metadata

    there = set(sa.inspect(engine).get_table_names())
    return sorted(set(metadata.tables) - there)


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config
