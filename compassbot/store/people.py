"""Roles and preferences of people: nothing here knows of any dilemma."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from compassbot.store import tables
from compassbot.store.ready import Ready
from compassbot.store.upsert import put, put_new

_THEIRS = tables.people.c.person == sa.bindparam("person")
_TOLD = Ready(sa.select(tables.people.c.department, tables.people.c.language).where(_THEIRS))
_TOLD_BY = Ready(
    sa.select(tables.people.c.person, tables.people.c.department, tables.people.c.language).where(
        tables.people.c.person == sa.func.any(sa.bindparam("people", type_=postgresql.ARRAY(sa.String)))
    )
)
_ROLES = Ready(sa.select(tables.roles.c.role).where(tables.roles.c.person == sa.bindparam("person")))


def ask(connection: sa.Connection, people: Collection[str]) -> Callable[[], dict[str, tuple[str, str]]]:
    """Ask along with the next question to PostgreSQL what these people told. Return what returns it, for each of them."""
    rows = _TOLD_BY.soon(connection, people=list(people))

    def told() -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = dict.fromkeys(people, ("", ""))
        found.update({person: (department, language) for person, department, language in rows()})
        return found

    return told


class People:
    """Who has which role, and what they told about themselves."""

    def __init__(self, connection: sa.Connection) -> None:
        """Take the connection of the transaction."""
        self._connection = connection
        self._told: dict[str, tuple[str, str]] = {}

    def told(self, by: Mapping[str, tuple[str, str]]) -> None:
        """Take in what people told, department and language, as it was just read."""
        self._told.update(by)

    def department(self, person: str) -> str:
        """Return the department somebody named, or ""."""
        return self._who(person)[0]

    def works_in(self, person: str, department: str) -> None:
        """Remember the department somebody named."""
        self._told.pop(person, None)
        put(self._connection, tables.people, {"person": person, "department": department})

    def language(self, person: str) -> str:
        """Return the language somebody chose, or ""."""
        return self._who(person)[1]

    def speaks(self, person: str, language: str) -> None:
        """Remember the language somebody chose."""
        self._told.pop(person, None)
        put(self._connection, tables.people, {"person": person, "language": language})

    def roles(self, person: str) -> set[str]:
        """Return the roles of somebody."""
        return set(_ROLES.scalars(self._connection, person=person))

    def with_role(self, role: str) -> list[str]:
        """Return the people who have a role, in order of their id."""
        rows = self._connection.execute(
            sa.select(tables.roles.c.person).where(tables.roles.c.role == role).order_by(tables.roles.c.person)
        )
        return list(rows.scalars())

    def give(self, person: str, role: str) -> None:
        """Give somebody a role."""
        put_new(self._connection, tables.roles, {"person": person, "role": role})

    def assign(self, role: str, people: set[str]) -> None:
        """Let exactly these people have a role."""
        self._connection.execute(sa.delete(tables.roles).where(tables.roles.c.role == role))
        for person in people:
            self.give(person, role)

    def _who(self, person: str) -> tuple[str, str]:
        """Return what somebody told, department and language: asked once in a transaction."""
        if person not in self._told:
            found = _TOLD.first(self._connection, person=person)
            self._told[person] = (found[0], found[1]) if found else ("", "")
        return self._told[person]
