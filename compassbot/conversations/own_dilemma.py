"""What only the case holder can do, without a name: answer questions, edit, withdraw."""

from __future__ import annotations

from dataclasses import replace

from compassbot.conversations import guarded
from compassbot.conversations.advance import advance
from compassbot.conversations.case_memory import forget_case
from compassbot.conversations.conclusion_forms import draft_of
from compassbot.conversations.deliberate import everyone_may_go_on
from compassbot.conversations.desk import Desk, gone
from compassbot.conversations.dilemma_card import (
    ask_subject,
    card_subject,
    make_card,
    make_receipt,
    receipt_subject,
)
from compassbot.conversations.forget import clear, forget_author
from compassbot.conversations.round_cards import closed_card, refresh_round, round_of, round_subject
from compassbot.conversations.share_dilemma import refuse_nonsense, texts_form
from compassbot.model.dilemmas import TEXTS, Dilemma, says_something
from compassbot.store.answers import Asked
from compassbot.talk.chat import Event, Person, Reply
from compassbot.talk.errors import Closed, NotAllowed, Refused
from compassbot.talk.view import Card, Form, Question, Text, quoted
from compassbot.words import Words

LONGEST_REPLY = 500


def ask_reply(event: Event, desk: Desk) -> Reply:
    """Ask the case holder for an answer to a question."""
    dilemma, asked = _asked(event, desk)
    return _reply_form(desk, dilemma, asked)


def replied(event: Event, desk: Desk) -> Reply:
    """Show the answer to everybody as the case holder's. Raises Refused when it says nothing."""
    dilemma, asked = _asked(event, desk)
    form = _reply_form(desk, dilemma, asked)
    answers = guarded.answers_to(desk, form, event.answers)
    answer = guarded.text_of(answers, "answer")
    if not says_something(answer):
        raise Refused({"answer": desk.words("says-nothing")})
    if len(answer) > LONGEST_REPLY:
        raise Refused({"answer": desk.words("too-long", longest=LONGEST_REPLY, length=len(answer))})
    proposed = guarded.review(desk, form, answers, about=dilemma.id)
    if proposed:
        return proposed
    desk.books.answers.reply(asked.id, answer)
    desk.update(ask_subject(asked.id), lambda words: _replied_card(words, dilemma, asked, answer))
    if round_of(desk, dilemma).kind == "clarify" and everyone_may_go_on(desk, dilemma):
        advance(desk, dilemma)
    else:
        _refresh_facts(desk, dilemma)
    return Card("", (Text(desk.words("reply-thanks")), *guarded.reminder(desk, form, answers)))


def ask_edit(event: Event, desk: Desk) -> Reply:
    """Show the case holder the texts of their dilemma to change."""
    return _edit_form(desk, _own(desk, event.about, event.person))


def edited(event: Event, desk: Desk) -> Reply:
    """Change the texts, for everybody to see that they were changed."""
    dilemma = _own(desk, event.about, event.person)
    form = _edit_form(desk, dilemma)
    answers = guarded.answers_to(desk, form, event.answers)
    refuse_nonsense(desk.words, answers)
    proposed = guarded.review(desk, form, answers, about=dilemma.id)
    if proposed:
        return proposed
    texts = {name: guarded.text_of(answers, name) for name in TEXTS}
    desk.books.dilemmas.change(dilemma.id, **texts, edited=True)
    now = replace(dilemma, **texts, edited=True)
    desk.update(card_subject(now), lambda words: make_card(desk, now, words))
    desk.update(receipt_subject(now.id), lambda words: make_receipt(words, now))
    return Card("", (Text(desk.words("edit-thanks")), *guarded.reminder(desk, form, answers)))


def withdraw(event: Event, desk: Desk) -> Reply:
    """Take the dilemma back: its texts and all answers are deleted at once."""
    dilemma = _own(desk, event.about, event.person)
    books = desk.books
    books.outbox.take_back(card_subject(dilemma))  # what is held for the morning is never said
    clear(desk, replace(dilemma, status="withdrawn", question=""))
    books.dilemmas.change(dilemma.id, closed_at=desk.now)
    books.findings.drop(dilemma.id)
    books.drafts.drop_all(draft_of(dilemma.id))
    forget_case(desk, dilemma.id)
    books.dilemmas.forget_participants(dilemma.id)
    books.dilemmas.forget_standing(dilemma.id)
    forget_author(desk, dilemma.id)
    return Card("", (Text(desk.words("withdraw-thanks")),))


def _own(desk: Desk, id: str, person: Person) -> Dilemma:
    dilemma = desk.books.dilemmas.get(id)
    if not dilemma:
        raise gone(desk)
    if dilemma.status != "open":
        raise Closed(desk.words(f"over-{dilemma.status}"))
    if desk.books.dilemmas.author(dilemma.id) != person.id:
        raise NotAllowed(desk.words("only-case-holder"))
    return dilemma


def _asked(event: Event, desk: Desk) -> tuple[Dilemma, Asked]:
    asked = desk.books.answers.question(event.about)
    if not asked:
        raise gone(desk)
    return _own(desk, asked.dilemma, event.person), asked


def _refresh_facts(desk: Desk, dilemma: Dilemma) -> None:
    """Show the answer in the round of the facts, open or closed."""
    rounds = desk.house.methods[dilemma.method].rounds
    number = next(number for number, round in enumerate(rounds) if round.kind == "clarify")
    if number == dilemma.round:
        refresh_round(desk, dilemma)
        return
    then = replace(dilemma, round=number)
    desk.update(round_subject(dilemma, number), lambda words: closed_card(desk, then, words))


def _reply_form(desk: Desk, dilemma: Dilemma, asked: Asked) -> Form:
    words = desk.words
    return Form(
        words("asked-title", number=dilemma.number),
        "reply",
        (Text(quoted(asked.question)),),
        (
            Question(
                "answer",
                words("ask-answer"),
                words("ask-answer-hint"),
                kind="text",
                initial=asked.answer,
                longest=LONGEST_REPLY,
            ),
        ),
        asked.id,
        words("reply-submit"),
    )


def _replied_card(words: Words, dilemma: Dilemma, asked: Asked, answer: str) -> Card:
    question, said = (quoted(text) for text in (asked.question, answer))
    return Card(words("asked-title", number=dilemma.number), (Text(question), Text(words("replied")), Text(said)))


def _edit_form(desk: Desk, dilemma: Dilemma) -> Form:
    words = desk.words
    form = texts_form(words, words("edit-title"), "edit_dilemma", {name: getattr(dilemma, name) for name in TEXTS})
    return replace(form, about=dilemma.id, submit=words("edit-submit"), keep=False)


HANDLERS = {
    "press reply": ask_reply,
    "submit reply": replied,
    "press edit_dilemma": ask_edit,
    "submit edit_dilemma": edited,
    "press withdraw_dilemma": withdraw,
}
