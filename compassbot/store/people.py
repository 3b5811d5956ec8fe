"""Roles and preferences of people: nothing here knows of any dilemma."""

from __future__ import annotations

import sqlalchemy as sa

from compassbot.store import tables
from compassbot.store.upsert import put, put_new


class People:
    """Who has which role, and what they told about themselves."""

    def __init__(self, connection: sa.Connection) -> None:
        """Take the connection of the transaction."""
        self._connection = connection

    def department(self, person: str) -> str:
        """Return the department somebody named, or ""."""
        found = self._connection.execute(
            sa.select(tables.people.c.department).where(tables.people.c.person == person)
        ).scalar()
        return found or ""

    def works_in(self, person: str, department: str) -> None:
        """Remember the department somebody named."""
        put(self._connection, tables.people, {"person": person, "department": department})

    def language(self, person: str) -> str:
        """Return the language somebody chose, or ""."""
        found = self._connection.execute(
            sa.select(tables.people.c.language).where(tables.people.c.person == person)
        ).scalar()
        return found or ""

    def speaks(self, person: str, language: str) -> None:
        """Remember the language somebody chose."""
        put(self._connection, tables.people, {"person": person, "language": language})

    def roles(self, person: str) -> set[str]:
        """Return the roles of somebody."""
        found = self._connection.execute(sa.select(tables.roles.c.role).where(tables.roles.c.person == person))
        return set(found.scalars())

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
