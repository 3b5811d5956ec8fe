"""What must not be known any more is forgotten: authors, texts past their term, drafts, the log of administrators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from compassbot.conversations.desk import Desk, Duty
from compassbot.conversations.dilemma_card import (
    ask_subject,
    card_subject,
    look_back_subject,
    make_card,
    make_receipt,
    news_subjects,
    receipt_subject,
    told_subject,
)
from compassbot.conversations.round_cards import emptied_card, round_subject
from compassbot.model.dilemmas import Dilemma
from compassbot.talk.view import Card, Text

DRAFTS_FOR = timedelta(days=14)
SEEN_FOR = timedelta(days=7)
PRIVATE_FOR = timedelta(days=1)
"""How long the web chat keeps an answer that only one person sees: it may say which dilemma they just posted."""


def forget_dilemma(desk: Desk, id: str) -> None:
    """Delete the texts of a dilemma and its answers, here and in the chat; its codes stay."""
    books = desk.books
    dilemma = books.dilemmas.get(id)
    if not dilemma or dilemma.status not in ("closed", "withdrawn"):
        return
    now = replace(dilemma, status="forgotten" if dilemma.status == "closed" else "withdrawn", question="")
    clear(desk, now)
    books.dilemmas.change(id, closed_at=None)


def clear(desk: Desk, now: Dilemma) -> None:
    """Delete the texts of a dilemma and its answers, in its status as it is now, here and wherever they were said."""
    books = desk.books
    for number in range(len(desk.house.methods[now.method].rounds)):
        then = replace(now, round=number)
        subject = round_subject(now, number)
        if books.outbox.known(subject):
            desk.update(subject, lambda words, then=then: emptied_card(desk, then, words))
    if books.outbox.known(card_subject(now)):
        desk.update(card_subject(now), lambda words: make_card(desk, now, words))
    if books.outbox.known(receipt_subject(now.id)):
        desk.update(receipt_subject(now.id), lambda words: make_receipt(words, now))
    forget_questions(desk, now)
    books.answers.forget(now.id)
    books.findings.forget_agreement(now.id, standing=now.status == "withdrawn")
    books.dilemmas.forget_texts(now.id, now.status)


def forget_questions(desk: Desk, dilemma: Dilemma) -> None:
    """Wipe what the case holder was asked."""
    _wipe(desk, [ask_subject(asked.id) for asked in desk.books.answers.asked(dilemma.id)])


def forget_author(desk: Desk, id: str) -> None:
    """Let nobody be able to know who raised a dilemma: the seal goes, and all that its author was written about it."""
    dilemma = desk.books.dilemmas.get(id)
    if dilemma:
        forget_questions(desk, dilemma)
    news = desk.books.outbox.subjects(news_subjects(id))
    _wipe(desk, [receipt_subject(id), told_subject(id), look_back_subject(id), *news])
    desk.books.dilemmas.forget_author(id)


def _wipe(desk: Desk, subjects: Sequence[str]) -> None:
    """Put a sentence that names nothing in the place of private messages, and forget where they are.

    What was not sent yet is never said.
    """
    outbox = desk.books.outbox
    for subject in subjects:
        if outbox.where(subject):
            desk.update(subject, lambda words: Card("", (Text(words("letter-wiped")),)))
        else:
            outbox.take_back(subject)
        outbox.forget(subject)


def _past_term(desk: Desk) -> list[str]:
    term = timedelta(days=desk.organisation.text_days)
    return desk.books.dilemmas.past_term(desk.now - term)


def forget_small_things(desk: Desk, _: str) -> None:
    """Delete what is left lying: drafts nobody came back to, old event ids and answers, the log past its term."""
    desk.books.drafts.forget(desk.now - DRAFTS_FOR)
    desk.books.forget_seen(desk.now - SEEN_FOR)
    desk.books.web.forget_private(desk.now - PRIVATE_FOR)
    desk.books.audit.forget(desk.now - timedelta(days=desk.organisation.audit_days))


DUTIES = (
    Duty("texts past their term", _past_term, forget_dilemma, lambda _: None),
    Duty("small things", lambda _: ["all"], forget_small_things, lambda _: None),
)
