"""Concluding: an agreement with an owner and a date to look back, and the finding as codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from compassbot.conversations import guarded
from compassbot.conversations.advance import advance
from compassbot.conversations.conclusion_forms import (
    check_agreement,
    check_codes,
    draft_of,
    first_page,
    second_page,
)
from compassbot.conversations.desk import Desk
from compassbot.conversations.guarded import many_of, text_of
from compassbot.conversations.put_back import SURE
from compassbot.conversations.turns import department_of, department_question, join, open_dilemma
from compassbot.model.dilemmas import Dilemma
from compassbot.model.findings import Finding, week_of
from compassbot.model.quiet_hours import HERE
from compassbot.store.findings import Agreement
from compassbot.talk.chat import Event, Reply
from compassbot.talk.errors import Refused
from compassbot.talk.view import Answer, Card, Text


def keep_draft(event: Event, desk: Desk) -> Reply:
    """Keep what is typed so far, while the dilemma is open."""
    dilemma = desk.books.dilemmas.get(event.about.partition(":")[0])
    if not dilemma or dilemma.status != "open":
        return None
    desk.books.drafts.keep(event.person.id, draft_of(event.about), event.answers, desk.now)
    return None


def agreement_proposed(event: Event, desk: Desk) -> Reply:
    """Keep the first page, and ask for the codes. Raises Refused where something is missing."""
    dilemma = open_dilemma(desk, event.about)
    keep_draft(event, desk)
    form = first_page(event, desk, dilemma, department_question(event, desk))
    answers = guarded.answers_to(desk, form, event.answers)
    check_agreement(desk, answers)
    department_of(event, desk, answers)
    return guarded.review(desk, form, answers, about=dilemma.id) or second_page(event, desk, dilemma)


def finding_proposed(event: Event, desk: Desk) -> Reply:
    """Put agreement and codes before the group. Raises Refused where something is missing."""
    dilemma = open_dilemma(desk, event.about)
    keep_draft(event, desk)
    second = second_page(event, desk, dilemma)
    codes = guarded.answers_to(desk, second, event.answers)
    check_codes(desk, codes)
    proposed = guarded.review(desk, second, codes, about=dilemma.id)
    if proposed:
        return proposed
    typed = desk.books.drafts.get(event.person.id, draft_of(event.about))
    first = first_page(event, desk, dilemma, department_question(event, desk))
    before = guarded.answers_to(desk, first, typed)
    filled = {**before, **codes, SURE: (*many_of(before, SURE), *many_of(codes, SURE))}
    if not _still_stands(desk, filled):
        return first
    changed = guarded.review(desk, first, filled, about=dilemma.id)
    if changed:
        return changed
    join(event, desk, dilemma, department_of(event, desk, filled))
    _keep(desk, dilemma, filled)
    desk.books.drafts.drop(event.person.id, draft_of(event.about))
    advance(desk, dilemma)
    return Card("", (Text(desk.words("finding-thanks")), *guarded.reminder(desk, first, filled)))


def _still_stands(desk: Desk, filled: Mapping[str, Answer]) -> bool:
    """Return whether the first page is whole: it may have been changed after it was sent."""
    try:
        check_agreement(desk, filled)
    except Refused:
        return False
    return True


def _keep(desk: Desk, dilemma: Dilemma, filled: Mapping[str, Answer]) -> None:
    look_back = date.fromisoformat(text_of(filled, "look_back"))
    agreement = Agreement(
        dilemma.id, text_of(filled, "agreement"), text_of(filled, "owner"), look_back, status="proposed"
    )
    finding = Finding(
        id=dilemma.id,
        week=week_of(desk.now.astimezone(HERE).date()),
        theme=text_of(filled, "theme"),
        cause=text_of(filled, "cause"),
        block=text_of(filled, "block"),
        principles=many_of(filled, "principles"),
        structural=text_of(filled, "often") == "structural",
        departments=many_of(filled, "departments"),
        people=frozenset(),
        sentence=text_of(filled, "sentence"),
    )
    desk.books.findings.propose(agreement)
    desk.books.findings.keep(finding, final=False)


HANDLERS = {
    "submit conclude": agreement_proposed,
    "draft conclude": keep_draft,
    "submit finding": finding_proposed,
    "draft finding": keep_draft,
}
