"""What somebody was typing, sealed, so that leaving loses nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from compassbot.store.tables import drafts
from compassbot.store.upsert import put
from compassbot.store.vault import Vault

KEY = "drafts"
Filled = Mapping[str, str | tuple[str, ...]]


class Drafts:
    """One draft per person and form."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        """Take the connection of the transaction, and its vault."""
        self._connection = connection
        self._vault = vault

    def keep(self, person: str, form: str, filled: Filled, now: datetime) -> None:
        """Keep what is filled in so far; what was kept before and is not in it stays."""
        together = {**self.get(person, form, hold=True), **filled}
        sealed = self._vault.seal(KEY, json.dumps(together))
        put(self._connection, drafts, {"who": self._who(person, form), "form": form, "sealed": sealed, "at": now})

    def get(self, person: str, form: str, *, hold: bool = False) -> dict[str, str | tuple[str, ...]]:
        """Return what was filled in; {} when there is no draft. `hold` waits for who is posting it just now."""
        query = sa.select(drafts.c.sealed).where(self._row(person, form))
        sealed = self._connection.execute(query.with_for_update() if hold else query).scalar()
        kept: dict[str, str | list[str]] = json.loads(self._vault.unseal(KEY, sealed)) if sealed else {}
        return {name: value if isinstance(value, str) else tuple(value) for name, value in kept.items()}

    def finish(self, person: str, form: str, now: datetime) -> None:
        """Forget a draft whose form was sent for good, and note when: what still arrives of its typing is late."""
        self.drop(person, form)
        self.keep(person, form, {}, now)

    def finished(self, person: str, form: str, since: datetime) -> bool:
        """Return whether the form was sent for good after that moment, and nothing was kept since."""
        at = self._connection.execute(sa.select(drafts.c.at).where(self._row(person, form))).scalar()
        return at is not None and at > since and not self.get(person, form)

    def mark(self, texts: Sequence[str]) -> str:
        """Return a keyed hash that tells whether texts are still the same."""
        return self._vault.hash(KEY, json.dumps(texts))

    def drop(self, person: str, form: str) -> None:
        """Forget a draft."""
        self._connection.execute(sa.delete(drafts).where(self._row(person, form)))

    def drop_all(self, form: str) -> None:
        """Forget everybody's drafts of a form."""
        self._connection.execute(sa.delete(drafts).where(drafts.c.form == form))

    def forget(self, before: datetime) -> None:
        """Forget the drafts that nobody came back to."""
        self._connection.execute(sa.delete(drafts).where(drafts.c.at < before))

    def _who(self, person: str, form: str) -> str:
        return self._vault.hash(KEY, f"{person} {form}")  # two forms of one person have nothing in common

    def _row(self, person: str, form: str) -> sa.ColumnElement[bool]:
        return sa.and_(drafts.c.who == self._who(person, form), drafts.c.form == form)
