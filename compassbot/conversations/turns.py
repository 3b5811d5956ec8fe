"""Taking part: which dilemma a press is about, and who is behind an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from compassbot.conversations.desk import Desk, gone
from compassbot.conversations.guarded import text_of
from compassbot.conversations.round_cards import round_of
from compassbot.model.deliberations import quarter_of
from compassbot.model.dilemmas import Dilemma
from compassbot.talk.chat import Event
from compassbot.talk.errors import Closed, Refused
from compassbot.talk.view import Answer, Question, choices


def open_dilemma(desk: Desk, about: str) -> Dilemma:
    """Return the dilemma of a turn, held for this transaction. Raises Closed when its round is over.

    `about` is a dilemma and a round (`turn_of`), or a dilemma alone: then whichever round is open.
    """
    id, _, number = about.partition(":")
    desk.books.findings.expect(id)  # the last rounds speak of it
    dilemma = desk.books.dilemmas.get(id)
    if not dilemma:
        raise gone(desk)
    if dilemma.status != "open":
        raise Closed(desk.words(f"over-{dilemma.status}"))
    if number not in ("", str(dilemma.round)):
        raise Closed(desk.words("round-over", title=round_of(desk, dilemma).title(desk.words.language)))
    return dilemma


def join(event: Event, desk: Desk, dilemma: Dilemma, department: str) -> tuple[str, Callable[[], bool]]:
    """Let somebody take part. Return the hash that stands for them in this dilemma, and what says if they are new."""
    books = desk.books
    if books.people.department(event.person.id) != department:
        books.people.works_in(event.person.id, department)
    new = books.dilemmas.join_soon(dilemma.id, event.person.id, quarter_of(desk.now), department)
    return books.dilemmas.who(dilemma.id, event.person.id), new


def department_of(event: Event, desk: Desk, answers: Mapping[str, Answer]) -> str:
    """Return where somebody works: as told now, or before. Raises Refused where they were asked and did not say."""
    if not department_question(event, desk):
        return desk.books.people.department(event.person.id)
    told = text_of(answers, "department")
    if told not in dict(desk.departments()):
        raise Refused({"department": desk.words("choose-one")})
    return told


def department_question(event: Event, desk: Desk) -> tuple[Question, ...]:
    """Return the question where somebody works, for who never told, or told a department that is no more; () else."""
    if desk.books.people.department(event.person.id) in dict(desk.departments()):
        return ()
    words = desk.words
    return (
        Question(
            "department",
            words("ask-department"),
            words("ask-department-hint"),
            kind="one_of",
            choices=choices(desk.departments()),
        ),
    )
