"""Opening the database of the settings: the folder, the key, the tables, and nobody else in it."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO

from cryptography.fernet import Fernet

from compassbot.app.refusing import CannotStart
from compassbot.settings import Settings
from compassbot.store.database import Database, engine_for
from compassbot.store.migrate import current, missing_tables, upgrade
from compassbot.store.vault import master_key

KEY_FILE = "compassbot.key"


def open_database(settings: Settings) -> Database:
    """Return the database, its tables up to date. Raises CannotStart or what `refusing` knows."""
    key = key_of(settings)
    engine = engine_for(settings.url)
    before = current(engine)
    upgrade(engine)
    missing = missing_tables(engine)
    engine.dispose()
    if missing:
        raise CannotStart(
            f"the database says it is at version {before}, but these tables are missing: {', '.join(missing)}. "
            "Put a back-up in its place, or start with another --data-dir."
        )
    return Database(settings.url, key)


def key_of(settings: Settings) -> bytes:
    """Return the master key of the vault: the setting, or the file in the data folder."""
    key = settings.key.encode() or master_key(settings.data_dir / KEY_FILE)
    try:
        Fernet(key)
    except ValueError as wrong:
        where = "COMPASSBOT_KEY" if settings.key else str(settings.data_dir / KEY_FILE)
        raise CannotStart(f"{where} is no key: it must be 32 bytes in urlsafe base64.") from wrong
    return key


def hold(folder: Path) -> IO[str]:
    """Return a lock on a data folder, held until it is closed: SQLite is for one process. Raises CannotStart."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "in-use").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        lock.close()
        raise CannotStart(f"another compassbot is using {folder}. Stop it, or choose another --data-dir.") from taken
    return lock
