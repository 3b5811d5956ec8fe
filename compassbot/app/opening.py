"""Opening the database of the settings: the folder, the key, the tables, and nobody else in it."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO

from cryptography.fernet import Fernet

from compassbot.app.refusing import CannotStart
from compassbot.settings import Settings
from compassbot.store.database import Database
from compassbot.store.engines import can_open, engine_for
from compassbot.store.migrate import current, missing_tables, upgrade
from compassbot.store.tenants import address_of, schema_of
from compassbot.store.vault import a_locked_key, master_key, opens

KEY_FILE = "compassbot.key"


def open_database(settings: Settings) -> Database:
    """Return the database, its tables up to date. Raises CannotStart or what `refusing` knows."""
    key = key_of(settings)
    if not settings.database_url:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)  # for nobody else on the server
    return _opened(settings, _address(settings), key)


def open_workspace(settings: Settings, team: str) -> Database:
    """Return the database of one workspace, its tables up to date, in the room that was made for it.

    Raises ValueError for what is no id of a workspace, OtherSchema where others would see into it, and what
    `open_database` raises.
    """
    address = address_of(_address(settings), settings.data_dir, team)
    return _opened(settings, address, key_of(settings), schema_of(team))


def _opened(settings: Settings, address: str, key: bytes | None, schema: str = "") -> Database:
    engine = engine_for(address, schema=schema)
    try:
        before = current(engine)
        upgrade(engine)
        if missing := missing_tables(engine):
            raise _incomplete(before, missing)
        with engine.connect() as connection:
            locked = a_locked_key(connection)
    finally:
        engine.dispose()
    if locked and not (key and opens(key, locked)):
        raise CannotStart(
            f"the key in {_place_of_key(settings)} does not open this database. Put back the copy of {KEY_FILE}, "
            "or start with another --data-dir (COMPASSBOT_DATA_DIR)."
        )
    return Database(address, key or make_key(settings), schema=schema)


def _incomplete(before: str | None, missing: list[str]) -> CannotStart:
    return CannotStart(
        f"the database says it is at version {before}, but these tables are missing: {', '.join(missing)}. "
        "Put a back-up in its place, or start with another --data-dir (COMPASSBOT_DATA_DIR)."
    )


def _address(settings: Settings) -> str:
    """Return the address of the database. Raises CannotStart, without the address: it may hold a password."""
    if not can_open(settings.url):
        raise CannotStart(
            "COMPASSBOT_DATABASE_URL is no address of a PostgreSQL database. "
            "Write it as postgresql://user:password@host/name, or leave it out for SQLite."
        )
    return settings.url


def key_of(settings: Settings) -> bytes | None:
    """Return the master key: the setting, or the file in the data folder, or None where none was made yet."""
    file = settings.data_dir / KEY_FILE
    key = settings.key.encode() or (file.read_bytes().strip() if file.exists() else None)
    try:
        if key is not None:
            Fernet(key)
    except ValueError as wrong:
        raise CannotStart(
            f"{_place_of_key(settings)} is no key: it must be 32 bytes in urlsafe base64. Put back your copy of it."
        ) from wrong
    return key


def make_key(settings: Settings) -> bytes:
    """Return the master key, made now where there is none: only for a database that holds no keys yet."""
    return key_of(settings) or master_key(settings.data_dir / KEY_FILE)


def _place_of_key(settings: Settings) -> str:
    return "COMPASSBOT_KEY" if settings.key else str(settings.data_dir / KEY_FILE)


def hold(folder: Path) -> IO[str]:
    """Return a lock on a data folder, held until it is closed: SQLite is for one process. Raises CannotStart."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = (folder / "in-use").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        lock.close()
        raise CannotStart(
            f"another compassbot is using {folder}. Stop it, or choose another --data-dir (COMPASSBOT_DATA_DIR)."
        ) from taken
    return lock
