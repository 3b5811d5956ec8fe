"""A manager says what becomes of a signal, and everybody who raised it hears."""

from __future__ import annotations

import secrets
from typing import Any

from compassbot.conversations import guarded
from compassbot.conversations.desk import MANAGER, Desk, gone
from compassbot.conversations.dilemma_card import card_subject, news_subjects
from compassbot.conversations.weekly_digest import names_in
from compassbot.model.dilemmas import says_something
from compassbot.model.findings import week_of
from compassbot.model.quiet_hours import HERE
from compassbot.talk.chat import Event, Reply
from compassbot.talk.errors import Closed, Refused
from compassbot.talk.view import Card, Form, Question, Text, choices, plain, quoted
from compassbot.words import Words

STEPS = ("taken-up", "decided", "done", "declined")
LONGEST = {"reason": 400, "owner": 100}


def ask(event: Event, desk: Desk) -> Reply:
    """Ask a manager what the next step is, why, and who sees to it."""
    desk.require(event.person, MANAGER)
    return _form(desk, _signal(event, desk))


def settled(event: Event, desk: Desk) -> Reply:
    """Keep the step, and tell it where the signal came from. Raises Refused where something is missing."""
    desk.require(event.person, MANAGER)
    signal = _signal(event, desk)
    form = _form(desk, signal)
    answers = guarded.answers_to(desk, form, event.answers)
    state, reason, owner = (guarded.text_of(answers, name) for name in ("state", "reason", "owner"))
    _check(desk, state, {"reason": reason, "owner": owner})
    proposed = guarded.review(desk, form, answers)
    if proposed:
        return proposed
    if (state, reason, owner) == (signal["state"], signal["reason"], signal["owner"]):
        raise Closed(desk.words("settle-same"))
    week = week_of(desk.now.astimezone(HERE).date())
    desk.books.signals.step(signal["id"], state, reason, owner, week, desk.now)
    desk.books.audit.note(desk.now, MANAGER, "settle_signal", str(signal["theme"]), state)
    _tell(desk, str(signal["theme"]), state, reason, owner)
    return Card("", (Text(desk.words("settle-thanks")), *guarded.reminder(desk, form, answers)))


def _tell(desk: Desk, theme: str, state: str, reason: str, owner: str) -> None:
    def card(words: Words) -> Card:
        name = names_in(desk, words.language)("theme", theme)
        lines = (
            Text(words(f"settled-{state}", theme=plain(name))),
            Text(quoted(reason)),
            Text(words("settled-owner", owner=plain(owner)), quiet=True),
        )
        return Card(words("settled-title", theme=name), lines)

    if desk.organisation.learning_place:
        desk.post(desk.organisation.learning_place, card)
    for id in desk.books.findings.on_theme(theme):
        dilemma = desk.books.dilemmas.get(id)
        if dilemma and desk.books.outbox.where(card_subject(dilemma)):
            desk.post(dilemma.place, card, under=card_subject(dilemma))
    authors = {desk.books.dilemmas.author(id): id for id in desk.books.findings.on_theme(theme)}
    for author, id in authors.items():  # once, also who raised several
        if author:
            desk.write_to(author, card, subject=news_subjects(id) + secrets.token_hex(4))


def _check(desk: Desk, state: str, texts: dict[str, str]) -> None:
    words = desk.words
    why = {name: words("says-nothing") for name, text in texts.items() if not says_something(text)}
    for name, text in texts.items():
        if len(text) > LONGEST[name]:
            why[name] = words("too-long", longest=LONGEST[name], length=len(text))
    if state not in STEPS:
        why["state"] = words("choose-one")
    if why:
        raise Refused(why)


def _signal(event: Event, desk: Desk) -> dict[str, Any]:
    signal = desk.books.signals.get(event.about)
    if signal is None:
        raise gone(desk)
    return signal


def _form(desk: Desk, signal: dict[str, Any]) -> Form:
    words = desk.words
    theme = names_in(desk, words.language)("theme", signal["theme"])
    steps = choices([(step, words(f"digest-signal-{step}")) for step in STEPS])
    state = "" if signal["state"] == "received" else signal["state"]
    return Form(
        words("settle-title", theme=theme),
        "settle_signal",
        (Text(words("settle-intro")),),
        (
            Question("state", words("settle-state"), kind="one_of", choices=steps, initial=state),
            Question(
                "reason",
                words("settle-reason"),
                words("settle-reason-hint"),
                kind="text",
                initial=signal["reason"],
                longest=LONGEST["reason"],
            ),
            Question(
                "owner",
                words("ask-owner"),
                words("ask-owner-hint"),
                initial=signal["owner"],
                longest=LONGEST["owner"],
            ),
        ),
        str(signal["id"]),
        words("settle-submit"),
    )


HANDLERS = {"press settle_signal": ask, "submit settle_signal": settled}
