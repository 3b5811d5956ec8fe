"""What was learned, who stands behind it as hashes, and what was agreed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from compassbot.model.findings import Finding, Stander
from compassbot.store.ready import Ready, Row
from compassbot.store.tables import agreements, findings, kept, standing
from compassbot.store.upsert import put
from compassbot.store.vault import Vault

_CODES = sa.select(
    *(findings.c[name] for name in ("id", "week", "theme", "cause", "block", "principles")),
    *(findings.c[name] for name in ("structural", "departments", "sentence")),
)
_CODED = Ready(_CODES.where(findings.c.id == sa.bindparam("id")))
_AGREEMENT = Ready(sa.select(agreements).where(agreements.c.dilemma == sa.bindparam("dilemma")))
_SENTENCE = Ready(sa.select(findings.c.sentence).where(findings.c.id == sa.bindparam("id")))


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a group agreed, who sees to it (a role), and when to look back. Status as in the table."""

    dilemma: str
    agreement: str
    owner: str
    look_back: date
    status: str
    asked_at: datetime | None = None


class Findings:
    """Findings have the id of their dilemma."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        """Take the connection of the transaction, and its vault."""
        self._connection = connection
        self._vault = vault
        self._sentences: dict[str, str] = {}
        self._coded: dict[str, Finding | None] = {}
        self._asked: dict[str, Callable[[], list[Row]]] = {}

    def keep(self, finding: Finding, *, final: bool) -> None:
        """Keep a finding, proposed or final; who stands behind it is kept with the dilemma."""
        row = {
            "id": finding.id,
            "week": finding.week,
            "theme": finding.theme,
            "cause": finding.cause,
            "block": finding.block,
            "principles": list(finding.principles),
            "structural": finding.structural,
            "departments": list(finding.departments),
            "sentence": finding.sentence,
            "final": final,
        }
        self._changed(finding.id)
        put(self._connection, findings, row)

    def drop(self, id: str) -> None:
        """Delete a finding that was only proposed."""
        self._changed(id)
        self._connection.execute(sa.delete(findings).where(findings.c.id == id))

    def get(self, id: str) -> Finding | None:
        """Return a finding, proposed or final, or None."""
        return next(iter(self._read(findings.c.id == id)), None)

    def coded(self, id: str) -> Finding | None:
        """Return a finding without the people who stand behind it: asked once in a transaction."""
        if id not in self._coded:
            found = _CODED.first(self._connection, id=id)
            self._coded[id] = _finding(found, frozenset()) if found else None
        return self._coded[id]

    def sentence(self, id: str) -> str:
        """Return the sentence of a finding, proposed or final, or "": asked once in a transaction."""
        if id not in self._sentences:
            self.expect(id)
            found = self._asked.pop(id)()
            self._sentences[id] = found[0][0] if found else ""
        return self._sentences[id]

    def expect(self, id: str) -> None:
        """Ask for a sentence along with the next question: it will be wanted."""
        if id not in self._sentences and id not in self._asked:
            self._asked[id] = _SENTENCE.soon(self._connection, id=id)

    def _changed(self, id: str) -> None:
        for remembered in (self._sentences, self._asked, self._coded):
            remembered.pop(id, None)

    def in_weeks(self, weeks: Sequence[str]) -> list[Finding]:
        """Return the final findings of these weeks, in the order of their (random) ids."""
        return self._read(sa.and_(findings.c.final, findings.c.week.in_(weeks)))

    def on_theme(self, theme: str) -> list[str]:
        """Return the ids of the final findings on a theme."""
        query = sa.select(findings.c.id).where(findings.c.final, findings.c.theme == theme)
        return list(self._connection.execute(query).scalars())

    def propose(self, agreement: Agreement) -> None:
        """Keep an agreement, in place of an earlier one on the same dilemma."""
        row = {
            "dilemma": agreement.dilemma,
            "agreement": agreement.agreement,
            "owner": agreement.owner,
            "look_back": agreement.look_back,
            "status": agreement.status,
        }
        put(self._connection, agreements, row)

    def agreement(self, dilemma: str, *, hold: bool = False) -> Agreement | None:
        """Return what was agreed or proposed, or None; `hold` lets nobody else change it meanwhile."""
        if hold:
            return next(iter(self._agreements(agreements.c.dilemma == dilemma, hold=True)), None)
        row = _AGREEMENT.first(self._connection, dilemma=dilemma)
        return Agreement(*row) if row else None

    def forget_agreement(self, dilemma: str, *, standing: bool = False) -> None:
        """Delete an agreement that was only proposed, or dropped: one that stands is needed to look back.

        `standing` deletes that one too: what was withdrawn leaves nothing to look back on.
        """
        which = agreements.c.dilemma == dilemma
        if not standing:
            which = sa.and_(which, agreements.c.status.in_(("proposed", "dropped")))
        self._connection.execute(sa.delete(agreements).where(which))

    def agreements_between(self, first: date, last: date) -> list[Agreement]:
        """Return what was agreed with a date to look back in these days, both included."""
        days = agreements.c.look_back.between(first, last)
        return self._agreements(sa.and_(days, agreements.c.status == "agreed"))

    def asked_before(self, moment: datetime) -> list[Agreement]:
        """Return the agreements on which people were asked to look back at or before that moment."""
        return self._agreements(sa.and_(agreements.c.status == "asked", agreements.c.asked_at <= moment))

    def looked_back_before(self, moment: datetime) -> list[str]:
        """Return the dilemmas whose outcome is still in the chat, on which people were asked before that moment."""
        query = sa.select(agreements.c.dilemma).where(agreements.c.status == "done", agreements.c.asked_at < moment)
        return list(self._connection.execute(query).scalars())

    def forget_outcome(self, dilemma: str) -> None:
        """Note that the outcome is not in the chat any more."""
        self._connection.execute(sa.update(agreements).where(agreements.c.dilemma == dilemma).values(asked_at=None))

    def next_look_back(self) -> date | None:
        """Return the first date to look back."""
        query = sa.select(sa.func.min(agreements.c.look_back)).where(agreements.c.status == "agreed")
        return self._connection.execute(query).scalar()

    def next_asked(self) -> datetime | None:
        """Return when the first of the agreements that are being looked back on was asked about."""
        query = sa.select(sa.func.min(agreements.c.asked_at)).where(agreements.c.status == "asked")
        return self._connection.execute(query).scalar()

    def mark(self, dilemma: str, status: str, asked_at: datetime | None = None) -> None:
        """Change the status of an agreement."""
        change = {"status": status} | ({"asked_at": asked_at} if asked_at else {})
        self._connection.execute(sa.update(agreements).where(agreements.c.dilemma == dilemma).values(**change))

    def look_back(self, dilemma: str, person: str, answer: str, why: str) -> None:
        """Keep whether an agreement was kept, in the eyes of one person; a second answer replaces the first."""
        who = self._vault.hash(f"kept:{dilemma}", person)
        put(self._connection, kept, {"dilemma": dilemma, "who": who, "answer": answer, "why": why})

    def looked_back(self, dilemma: str) -> list[tuple[str, str]]:
        """Return the answers and reasons on an agreement."""
        query = sa.select(kept.c.answer, kept.c.why).where(kept.c.dilemma == dilemma).order_by(kept.c.who)
        return [(answer, why) for answer, why in self._connection.execute(query)]

    def finish_look_back(self, dilemma: str) -> None:
        """Close the looking back: the text of the agreement, who sees to it, and the hashes go."""
        self.mark(dilemma, "done")
        mine = agreements.c.dilemma == dilemma
        self._connection.execute(sa.update(agreements).where(mine).values(agreement="", owner=""))
        self._connection.execute(sa.delete(kept).where(kept.c.dilemma == dilemma))
        self._vault.destroy(f"kept:{dilemma}")

    def _agreements(self, which: sa.ColumnElement[bool], *, hold: bool = False) -> list[Agreement]:
        query = sa.select(agreements).where(which).order_by(agreements.c.look_back)
        rows = self._connection.execute(query.with_for_update() if hold else query)
        return [Agreement(**row) for row in rows.mappings()]

    def _read(self, which: sa.ColumnElement[bool]) -> list[Finding]:
        rows = self._connection.execute(_CODES.where(which).order_by(findings.c.id)).all()
        people = self._people([row[0] for row in rows])
        return [_finding(row, frozenset(people[row[0]])) for row in rows]

    def _people(self, ids: Sequence[str]) -> dict[str, set[Stander]]:
        found: dict[str, set[Stander]] = defaultdict(set)
        query = sa.select(standing).where(standing.c.dilemma.in_(ids))
        for row in self._connection.execute(query).mappings():
            found[row["dilemma"]].add(Stander(row["quarter"], row["who"], row["department"]))
        return found


def _finding(row: Sequence[Any], people: frozenset[Stander]) -> Finding:
    id, week, theme, cause, block, principles, structural, departments, sentence = row
    codes = (theme, cause, block, tuple(principles), structural, tuple(departments))
    return Finding(id, week, *codes, people, sentence)
