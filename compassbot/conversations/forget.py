"""What is past its term is forgotten: texts, drafts, the log of administrators, the ids of old events."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from compassbot.conversations.desk import Desk, Duty
from compassbot.conversations.dilemma_card import card_subject, make_card
from compassbot.conversations.round_cards import round_subject
from compassbot.talk.view import Card, Text

DRAFTS_FOR = timedelta(days=14)
SEEN_FOR = timedelta(days=7)


def forget_dilemma(desk: Desk, id: str) -> None:
    """Delete the texts of a dilemma and its answers, here and in the chat; its codes stay."""
    books = desk.books
    dilemma = books.dilemmas.get(id, hold=True)
    if not dilemma or dilemma.status not in ("closed", "withdrawn"):
        return
    status = "forgotten" if dilemma.status == "closed" else "withdrawn"
    for number, round in enumerate(desk.house.methods[dilemma.method].rounds):
        title = round.title
        subject = round_subject(dilemma, number)
        if books.outbox.where(subject):
            desk.update(subject, lambda words, title=title: Card(title(words.language), (Text(words("forgotten")),)))
    books.answers.forget(id)
    books.dilemmas.forget_texts(id, status)
    books.dilemmas.change(id, closed_at=None)
    now = replace(dilemma, status=status, question="")
    desk.update(card_subject(dilemma), lambda words: make_card(desk, now, words))


def _past_term(desk: Desk) -> list[str]:
    term = timedelta(days=desk.organisation.text_days)
    return desk.books.dilemmas.past_term(desk.now - term)


def forget_small_things(desk: Desk, _: str) -> None:
    """Delete what is left lying: drafts nobody came back to, old event ids, the log past its term."""
    desk.books.drafts.forget(desk.now - DRAFTS_FOR)
    desk.books.forget_seen(desk.now - SEEN_FOR)
    desk.books.audit.forget(desk.now - timedelta(days=desk.organisation.audit_days))


DUTIES = (
    Duty("texts past their term", _past_term, forget_dilemma, lambda _: None),
    Duty("small things", lambda _: ["all"], forget_small_things, lambda _: None),
)
