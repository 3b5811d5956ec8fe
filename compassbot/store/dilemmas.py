"""Dilemmas, with their author sealed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from compassbot.model.dilemmas import TEXTS, Dilemma
from compassbot.store.ready import Ready
from compassbot.store.tables import dilemmas, keys, participants, standing
from compassbot.store.upsert import put_new_soon, put_once
from compassbot.store.vault import Vault

_COLUMNS = [dilemmas.c[field.name] for field in fields(Dilemma)]
_KEY = sa.select(keys.c.wrapped).where(keys.c.name == sa.bindparam("key")).scalar_subquery()
_GET = Ready(sa.select(*_COLUMNS, _KEY).where(dilemmas.c.id == sa.bindparam("id")))
_PARTICIPANTS = Ready(sa.select(participants.c.who).where(participants.c.dilemma == sa.bindparam("dilemma")))
_HOW_MANY = Ready(
    sa.select(sa.func.count()).select_from(participants).where(participants.c.dilemma == sa.bindparam("dilemma"))
)


class Dilemmas:
    """What was put to colleagues, who takes part, and who stands behind it."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        """Take the connection of the transaction, and its vault."""
        self._connection = connection
        self._vault = vault
        self._hashes: dict[tuple[str, str], str] = {}
        self._read: dict[str, Dilemma] = {}

    def add(self, dilemma: Dilemma, author: str) -> None:
        """Keep a new dilemma, and its author sealed."""
        row = {field.name: getattr(dilemma, field.name) for field in fields(Dilemma)}
        sealed = self._vault.seal(f"author:{dilemma.id}", author)
        self._connection.execute(sa.insert(dilemmas).values(**row, sealed_author=sealed))

    def next_number(self) -> int:
        """Return the number for a new dilemma."""
        return (self._connection.execute(sa.select(sa.func.max(dilemmas.c.number))).scalar() or 0) + 1

    def get(self, id: str) -> Dilemma | None:
        """Return a dilemma, or None: asked once in a transaction."""
        if id not in self._read:
            row = _GET.first(self._connection, id=id, key=_key_of(id))
            if row is None:
                return None
            *columns, wrapped = row
            self._vault.found(_key_of(id), wrapped)  # who answers is nearly always asked next
            self._read[id] = Dilemma(*columns)
        return self._read[id]

    def change(self, id: str, **changes: Any) -> None:
        """Change columns of a dilemma."""
        self._read.pop(id, None)
        self._connection.execute(sa.update(dilemmas).where(dilemmas.c.id == id).values(**changes))

    def with_status(self, status: str) -> list[Dilemma]:
        """Return the dilemmas in a status, oldest first."""
        query = sa.select(*_COLUMNS).where(dilemmas.c.status == status).order_by(dilemmas.c.number)
        return [Dilemma(**row) for row in self._connection.execute(query).mappings()]

    def due(self, now: datetime) -> list[str]:
        """Return the ids of open dilemmas whose round is over."""
        query = sa.select(dilemmas.c.id).where(dilemmas.c.status == "open", dilemmas.c.closes_at <= now)
        return list(self._connection.execute(query.order_by(dilemmas.c.closes_at)).scalars())

    def next_due(self) -> datetime | None:
        """Return when the next round closes."""
        query = sa.select(sa.func.min(dilemmas.c.closes_at)).where(dilemmas.c.status == "open")
        return self._connection.execute(query).scalar()

    def past_term(self, closed_before: datetime) -> list[str]:
        """Return the ids of dilemmas that were closed so long ago that their texts must go."""
        over = dilemmas.c.status.in_(("closed", "withdrawn"))
        query = sa.select(dilemmas.c.id).where(over, dilemmas.c.closed_at < closed_before)
        return list(self._connection.execute(query).scalars())

    def forget_texts(self, id: str, status: str) -> None:
        """Delete all that was told, and keep only that there was a dilemma."""
        self.change(id, status=status, **dict.fromkeys(TEXTS, ""))

    def author(self, id: str) -> str | None:
        """Return the author, or None once nobody can know any more."""
        sealed = self._connection.execute(sa.select(dilemmas.c.sealed_author).where(dilemmas.c.id == id)).scalar()
        return self._vault.unseal(f"author:{id}", sealed) if sealed else None

    def forget_author(self, id: str) -> None:
        """Throw away the seal and its key."""
        self.change(id, sealed_author=None)
        self._vault.destroy(f"author:{id}")

    def authored_by(self, person: str) -> list[Dilemma]:
        """Return the dilemmas of one author that they can still follow, newest first."""
        query = sa.select(*_COLUMNS).where(dilemmas.c.sealed_author.is_not(None)).order_by(dilemmas.c.number.desc())
        followed = [Dilemma(**row) for row in self._connection.execute(query).mappings()]
        return [dilemma for dilemma in followed if self.author(dilemma.id) == person]

    def who(self, id: str, person: str) -> str:
        """Return the hash that stands for a person in one dilemma."""
        if (id, person) not in self._hashes:
            self._hashes[id, person] = self._vault.hash(_key_of(id), person)
        return self._hashes[id, person]

    def join(self, id: str, person: str, quarter: str, department: str) -> bool:
        """Let somebody take part, and stand behind what is found. Return whether they are new."""
        return self.join_soon(id, person, quarter, department)()

    def join_soon(self, id: str, person: str, quarter: str, department: str) -> Callable[[], bool]:
        """Do the same, and return what says whether they are new: asked at the end, it takes no trip of its own."""
        new = put_new_soon(self._connection, participants, {"dilemma": id, "who": self.who(id, person)})
        self.stand(id, person, quarter, department)
        return new

    def stand(self, id: str, person: str, quarter: str, department: str) -> None:
        """Let somebody stand behind what is found, once a quarter."""
        who = self._vault.hash(f"quarter:{quarter}", person)
        put_once(self._connection, standing, {"dilemma": id, "quarter": quarter, "who": who, "department": department})

    def stand_anew(self, id: str) -> None:
        """Write all who stand behind what is found anew, by their hashes: their order tells not who came when."""
        mine = standing.c.dilemma == id
        query = sa.select(standing).where(mine).order_by(standing.c.who, standing.c.quarter)
        rows = [dict(row) for row in self._connection.execute(query).mappings()]
        self._connection.execute(sa.delete(standing).where(mine))
        for row in rows:
            self._connection.execute(sa.insert(standing).values(**row))

    def participants(self, id: str) -> set[str]:
        """Return who takes part, as hashes; empty after closing."""
        return set(_PARTICIPANTS.scalars(self._connection, dilemma=id))

    def taking_part(self, id: str) -> int:
        """Return how many take part; 0 after closing."""
        return int(_HOW_MANY.scalar(self._connection, dilemma=id))

    def forget_participants(self, id: str) -> None:
        """Delete who takes part, and the key of their hashes."""
        self._connection.execute(sa.delete(participants).where(participants.c.dilemma == id))
        self._vault.destroy(_key_of(id))
        self._hashes.clear()

    def forget_standing(self, id: str) -> None:
        """Delete who would stand behind a finding: there is none."""
        self._connection.execute(sa.delete(standing).where(standing.c.dilemma == id))

    def freeze(self, quarter: str) -> None:
        """Delete who stood behind findings in a quarter, and the key: only what was published is left."""
        self._connection.execute(sa.delete(standing).where(standing.c.quarter == quarter))
        self._vault.destroy(f"quarter:{quarter}")

    def quarters(self) -> Sequence[str]:
        """Return the quarters that are not frozen, oldest first."""
        query = sa.select(standing.c.quarter).distinct().order_by(standing.c.quarter)
        return self._connection.execute(query).scalars().all()


def _key_of(id: str) -> str:
    """Return the name of the key of the hashes of who takes part in a dilemma."""
    return f"answers:{id}"
