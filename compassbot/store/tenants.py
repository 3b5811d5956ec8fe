"""Where each workspace is kept apart from all others: a file in a folder of its own, or a schema of its own."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import sqlalchemy as sa

FOLDER = "workspaces"
TEAM = re.compile(r"[TE][A-Z0-9]{1,30}")
"""What Slack names a workspace. Nothing else becomes a path or the name of a schema."""


def is_team(team: str) -> bool:
    """Return whether this can be the id of a workspace."""
    return TEAM.fullmatch(team) is not None


def schema_of(team: str) -> str:
    """Return the name of a workspace's schema. Raises ValueError for what is no id of a workspace."""
    return f"workspace_{_checked(team).lower()}"


def folder_of(data_dir: Path, team: str) -> Path:
    """Return the folder of a workspace's file. Raises ValueError for what is no id of a workspace."""
    return data_dir / FOLDER / _checked(team)


def address_of(main: str, data_dir: Path, team: str) -> str:
    """Return the SQLAlchemy address of a workspace's database, beside the main one at `main`.

    On PostgreSQL each connection starts with that schema, and no other, as the place of its tables: it is the
    session's default, so neither a rollback nor a reset brings it back to the schema of all.
    """
    url = sa.make_url(main)
    if url.get_backend_name() == "sqlite":
        return f"sqlite:///{folder_of(data_dir, team) / 'compassbot.sqlite'}"
    given = url.query.get("options", "")
    options = " ".join(filter(None, (*([given] if isinstance(given, str) else given), _option(team))))
    return url.update_query_dict({"options": options}).render_as_string(hide_password=False)


def make_room(connection: sa.Connection, data_dir: Path, team: str) -> None:
    """Make the folder or the schema of a workspace, where there is none; `connection` as in `clear_room`."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{schema_of(team)}"')
    else:
        folder_of(data_dir, team).mkdir(mode=0o700, parents=True, exist_ok=True)


def clear_room(connection: sa.Connection, data_dir: Path, team: str) -> None:
    """Let all that a workspace kept be gone; `connection` is that of a transaction in the main database."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f'DROP SCHEMA IF EXISTS "{schema_of(team)}" CASCADE')
        return
    folder = folder_of(data_dir, team)
    for file in folder.glob("*"):
        _overwrite(file)
    if folder.exists():
        shutil.rmtree(folder)


def _overwrite(file: Path) -> None:
    """Write nothing over a file before it goes, as SQLite does with each row that is deleted."""
    with file.open("r+b") as opened:
        left = file.stat().st_size
        while left > 0:
            left -= opened.write(bytes(min(left, 1 << 20)))
        opened.flush()
        os.fsync(opened.fileno())


def _option(team: str) -> str:
    return f"-csearch_path={schema_of(team)}"


def _checked(team: str) -> str:
    if not is_team(team):
        raise ValueError("that is no id of a workspace")
    return team
