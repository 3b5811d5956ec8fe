"""What people answered: one row for each person and round, under a hash."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from compassbot.store.ready import Ready, Row
from compassbot.store.tables import answers, participants, questions
from compassbot.store.upsert import put
from compassbot.store.vault import Vault

Content = Mapping[str, Any]
_OF_ROUND = sa.and_(answers.c.dilemma == sa.bindparam("dilemma"), answers.c.round == sa.bindparam("round"))
_HERS = sa.and_(_OF_ROUND, answers.c.who == sa.bindparam("who"))
_MINE = Ready(sa.select(answers.c.content).where(_HERS))
_ANSWERED = Ready(sa.select(answers.c.who).where(_HERS))
_GIVEN = Ready(sa.select(answers.c.who, answers.c.content).where(_OF_ROUND).order_by(answers.c.who))
_COUNTED = Ready(sa.select(sa.func.count()).select_from(answers).where(_OF_ROUND))
_AWAITED = Ready(
    sa.select(participants.c.who)
    .where(
        participants.c.dilemma == sa.bindparam("dilemma"),
        participants.c.who != sa.bindparam("but"),
        ~sa.exists().where(_OF_ROUND, answers.c.who == participants.c.who),
    )
    .limit(1)
)
_UNANSWERED = Ready(
    sa.select(questions.c.id).where(questions.c.dilemma == sa.bindparam("dilemma"), questions.c.answer == "").limit(1)
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A clarifying question to the case holder; `answer` is "" until there is one."""

    id: str
    dilemma: str
    question: str
    answer: str


class Answers:
    """The answers of a deliberation, and the questions to its case holder."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        """Take the connection of the transaction, and its vault."""
        self._connection = connection
        self._vault = vault
        self._awaited: dict[tuple[str, str], str] = {}
        self._asked: dict[tuple[str, str], tuple[str, Callable[[], list[Row]]]] = {}

    def give(self, dilemma: str, round: str, who: str, content: Content) -> None:
        """Keep an answer; a second one of the same person in the same round takes its place."""
        if self._awaited.get((dilemma, round)) == who:
            del self._awaited[dilemma, round]
        if self._asked.get((dilemma, round), (who,))[0] != who:
            del self._asked[dilemma, round]
        put(self._connection, answers, {"dilemma": dilemma, "round": round, "who": who, "content": dict(content)})

    def mine(self, dilemma: str, round: str, who: str) -> Content:
        """Return what somebody answered in a round, or {}."""
        return _MINE.scalar(self._connection, dilemma=dilemma, round=round, who=who) or {}

    def answered(self, dilemma: str, round: str, who: str) -> bool:
        """Return whether somebody answered in a round."""
        return _ANSWERED.first(self._connection, dilemma=dilemma, round=round, who=who) is not None

    def expect(self, dilemma: str, round: str, who: str) -> None:
        """Ask along with the next question who is awaited besides somebody who gives an answer now."""
        if (dilemma, round) not in self._awaited:
            rows = _AWAITED.soon(self._connection, dilemma=dilemma, round=round, but=who)
            self._asked[dilemma, round] = who, rows

    def awaited(self, dilemma: str, round: str) -> bool:
        """Return whether somebody who takes part has not answered in a round."""
        if (dilemma, round) not in self._awaited:  # else one of them has still not answered
            _, rows = self._asked.pop((dilemma, round), ("", list[Row]))
            found = rows()
            found = found or _AWAITED.rows(self._connection, dilemma=dilemma, round=round, but="")
            if not found:
                return False
            self._awaited[dilemma, round] = found[0][0]
        return True

    def of_round(self, dilemma: str, round: str) -> list[tuple[str, Content]]:
        """Return who answered what in a round, in the order of the hashes: not of time, nor of names."""
        return [(who, content) for who, content in _GIVEN.rows(self._connection, dilemma=dilemma, round=round)]

    def how_many(self, dilemma: str, round: str) -> int:
        """Return how many people answered in a round."""
        return int(_COUNTED.scalar(self._connection, dilemma=dilemma, round=round))

    def forget(self, dilemma: str) -> None:
        """Delete all answers and questions of a dilemma."""
        self._awaited.clear()
        self._asked.clear()
        self._connection.execute(sa.delete(answers).where(answers.c.dilemma == dilemma))
        self._connection.execute(sa.delete(questions).where(questions.c.dilemma == dilemma))

    def forget_who(self, dilemma: str) -> None:
        """Replace the hashes by numbers: who answered twice in a round is settled, who it was is gone."""
        self._awaited.clear()
        self._asked.clear()
        for place, who in enumerate(self._everybody(dilemma), start=1):
            mine = sa.and_(answers.c.dilemma == dilemma, answers.c.who == who)
            self._connection.execute(sa.update(answers).where(mine).values(who=str(place)))
        self._connection.execute(sa.update(questions).where(questions.c.dilemma == dilemma).values(who=""))

    def ask(self, dilemma: str, who: str, question: str) -> tuple[str, bool]:
        """Keep a question to the case holder. Return its id, and whether it is new.

        It takes the place of an earlier one of the same person that has no answer yet.
        """
        mine = sa.and_(questions.c.dilemma == dilemma, questions.c.who == who, questions.c.answer == "")
        earlier = self._connection.execute(sa.select(questions.c.id).where(mine)).scalar()
        if earlier:
            self._connection.execute(sa.update(questions).where(mine).values(question=question))
            return earlier, False
        id = secrets.token_hex(6)
        row = {"id": id, "dilemma": dilemma, "who": who, "question": question, "answer": ""}
        self._connection.execute(sa.insert(questions).values(**row))
        return id, True

    def asked(self, dilemma: str) -> list[Asked]:
        """Return the questions to a case holder, in the order of their (random) ids."""
        query = sa.select(questions.c.id, questions.c.dilemma, questions.c.question, questions.c.answer)
        rows = self._connection.execute(query.where(questions.c.dilemma == dilemma).order_by(questions.c.id))
        return [Asked(**row) for row in rows.mappings()]

    def unanswered(self, dilemma: str) -> bool:
        """Return whether a question to a case holder has no answer yet."""
        return _UNANSWERED.first(self._connection, dilemma=dilemma) is not None

    def question(self, id: str) -> Asked | None:
        """Return one question, or None."""
        query = sa.select(questions.c.id, questions.c.dilemma, questions.c.question, questions.c.answer)
        row = self._connection.execute(query.where(questions.c.id == id)).mappings().first()
        return Asked(**row) if row else None

    def reply(self, question: str, answer: str) -> None:
        """Keep the case holder's answer to a question."""
        self._connection.execute(sa.update(questions).where(questions.c.id == question).values(answer=answer))

    def _everybody(self, dilemma: str) -> list[str]:
        query = sa.select(answers.c.who).where(answers.c.dilemma == dilemma).distinct().order_by(answers.c.who)
        return list(self._connection.execute(query).scalars())
