"""What one turn read may serve the next, for a moment."""

from __future__ import annotations

import time

import sqlalchemy as sa

from compassbot.store.books import Books
from compassbot.store.vault import Locks

REMEMBERED = 1.0
"""Seconds for which what one turn read may serve the next, as long as nobody else wrote: no longer, since it is in the clear."""


class Memory:
    """The books of the turn before: what they have read serves the next turn too, when nobody else wrote between."""

    def __init__(self, locks: Locks) -> None:
        """Take what opens the keys of the vault."""
        self._locks = locks
        self._kept: Books | None = None
        self._since = 0.0
        self._destroyed = 0

    def books(self, connection: sa.Connection, undisturbed: bool) -> Books:
        """Return the books for a turn. They are not remembered unless they are kept at its end."""
        kept, self._kept = self._kept, None
        if kept and undisturbed and kept.connection is connection and time.monotonic() < self._since + REMEMBERED:
            return kept
        self._since, self._destroyed = time.monotonic(), self._locks.destroyed
        return Books(connection, self._locks)

    def keep(self, books: Books) -> None:
        """Remember the books of a turn that was settled, unless a key was destroyed in it: nothing it opened may stay."""
        if self._locks.destroyed == self._destroyed:
            self._kept = books

    def forget(self) -> None:
        """Remember nothing."""
        self._kept = None
