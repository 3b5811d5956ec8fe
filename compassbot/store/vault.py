"""Seals and keyed hashes: what the database alone cannot read."""

from __future__ import annotations

import hmac
import os
import threading
import time
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken

from compassbot.store.ready import Ready
from compassbot.store.tables import keys
from compassbot.store.upsert import put_new

_WRAPPED = Ready(sa.select(keys.c.wrapped).where(keys.c.name == sa.bindparam("name")))
MOST_OPEN = 256
LONGEST_OPEN = 60.0  # seconds


class Locks:
    """The master key, and for a minute at most the keys that it opened: opening one takes longer than using it.

    A key is kept by what lies in the database, which is read in each turn. So a key that is destroyed, here or by another
    process, opens nothing from its commit on. Yet nobody who looks into this process should find it either. That is why
    `destroy` takes it out at once and for good, also when another transaction still reads it before that commit; and
    why what another process destroyed is gone within the minute.
    """

    def __init__(self, master: bytes) -> None:
        """Take the master key (urlsafe base64 of 32 bytes)."""
        self._master = Fernet(master)
        self._opened: dict[bytes, bytes] = {}
        self._since = time.monotonic()
        self._destroyed: set[bytes] = set()
        self._one_at_a_time = threading.Lock()

    def wrap(self, key: bytes) -> bytes:
        """Return a key as it lies in the database."""
        return self._master.encrypt(key)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Return the key that lies in the database so. Raises InvalidToken when another master key wrapped it."""
        with self._one_at_a_time:
            if len(self._opened) >= MOST_OPEN or time.monotonic() > self._since + LONGEST_OPEN:
                self._opened.clear()
                self._since = time.monotonic()
            key = self._opened.get(wrapped)
            if key is None:
                key = self._master.decrypt(wrapped)
                if sha256(wrapped).digest() not in self._destroyed:
                    self._opened[wrapped] = key
            return key

    @property
    def destroyed(self) -> int:
        """Return how many keys were destroyed."""
        return len(self._destroyed)

    def destroy(self, wrapped: bytes) -> None:
        """Keep this key no longer, nor ever again."""
        with self._one_at_a_time:
            self._opened.pop(wrapped, None)
            self._destroyed.add(sha256(wrapped).digest())


class Vault:
    """Keys by name, each made when it is first needed and gone for good when it is destroyed.

    Every key lies in the database wrapped by the master key, which lies elsewhere. So who has the
    database has nothing, and who has both has nothing of what was destroyed.
    """

    def __init__(self, connection: sa.Connection, locks: Locks) -> None:
        """Take the connection of the transaction, and what opens the keys in it."""
        self._connection = connection
        self._locks = locks
        self._open: dict[str, bytes] = {}

    def hash(self, name: str, text: str) -> str:
        """Return the keyed hash of a text under the key of that name: 32 hexadecimal digits."""
        return hmac.digest(self._key(name), text.encode(), "sha256").hex()[:32]

    def seal(self, name: str, text: str) -> bytes:
        """Return the text, encrypted with the key of that name."""
        return Fernet(self._key(name)).encrypt(text.encode())

    def unseal(self, name: str, sealed: bytes) -> str:
        """Return the text that was sealed. Raises InvalidToken when the key was destroyed."""
        key = self._open.get(name) or self._read(name)
        if key is None:
            raise InvalidToken
        self._open[name] = key
        return Fernet(key).decrypt(sealed).decode()

    def found(self, name: str, wrapped: bytes | None) -> None:
        """Take a key as it was just read, in this transaction, along with something else."""
        if wrapped and name not in self._open:
            self._open[name] = self._locks.unwrap(wrapped)

    def destroy(self, name: str) -> None:
        """Throw a key away: what it sealed cannot be read again, what it hashed not compared."""
        self._open.pop(name, None)
        wrapped = _WRAPPED.scalar(self._connection, name=name)
        if wrapped:
            self._locks.destroy(wrapped)
        self._connection.execute(sa.delete(keys).where(keys.c.name == name))

    def _key(self, name: str) -> bytes:
        if name not in self._open:
            self._open[name] = self._read(name) or self._make(name)
        return self._open[name]

    def _read(self, name: str) -> bytes | None:
        wrapped = _WRAPPED.scalar(self._connection, name=name)
        return self._locks.unwrap(wrapped) if wrapped else None

    def _make(self, name: str) -> bytes:
        wrapped = self._locks.wrap(Fernet.generate_key())
        put_new(self._connection, keys, {"name": name, "wrapped": wrapped})
        made = self._read(name)  # perhaps another process made it first
        assert made is not None
        return made


def a_locked_key(connection: sa.Connection) -> bytes | None:
    """Return one of the keys as it lies in the database, wrapped by the master key, or None when there is none."""
    return connection.execute(sa.select(keys.c.wrapped).order_by(keys.c.name).limit(1)).scalar()


def opens(master: bytes, wrapped: bytes) -> bool:
    """Return whether this master key unwraps that key."""
    try:
        Fernet(master).decrypt(wrapped)
    except InvalidToken:
        return False
    return True


def master_key(path: Path) -> bytes:
    """Return the master key in a file, made at the first call and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key())
            file.flush()
            os.fsync(file.fileno())
    return path.read_bytes().strip()
