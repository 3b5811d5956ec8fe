"""Colleagues take their turns: one press, one short form; each for themselves first, then together."""

from __future__ import annotations

from compassbot.conversations import guarded, round_forms
from compassbot.conversations.advance import advance
from compassbot.conversations.conclusion_forms import first_page
from compassbot.conversations.desk import Desk
from compassbot.conversations.dilemma_card import ask_subject, card_subject, turn_of
from compassbot.conversations.round_cards import refresh_round, round_of
from compassbot.conversations.turns import department_of, department_question, join, open_dilemma
from compassbot.model.deliberations import enough_take_part
from compassbot.model.dilemmas import Dilemma
from compassbot.model.methods import Round
from compassbot.talk.chat import Event, Reply
from compassbot.talk.view import Button, Card, Form, Text, plain, quoted
from compassbot.words import Words


def take_turn(event: Event, desk: Desk) -> Reply:
    """Ask what the open round asks, with what this person answered before."""
    dilemma = open_dilemma(desk, event.about)
    round = round_of(desk, dilemma)
    mine = desk.books.answers.mine(dilemma.id, round.id, desk.books.dilemmas.who(dilemma.id, event.person.id))
    return _form(event, desk, dilemma, mine)


def turn_taken(event: Event, desk: Desk) -> Reply:
    """Keep the answer, and show how far the round is. Raises Closed when the round closed meanwhile."""
    dilemma = open_dilemma(desk, event.about)
    round = round_of(desk, dilemma)
    form = _form(event, desk, dilemma, {})
    answers = guarded.answers_to(desk, form, event.answers)
    department = department_of(event, desk, answers)
    content = round_forms.read(desk.words, round.kind, answers)
    proposed = guarded.review(desk, form, answers, about=dilemma.id)
    if proposed:
        return proposed
    over = _keep(event, desk, dilemma, round, content, department)
    thanks = _thanks_for_last(desk, dilemma) if over else desk.words("turn-thanks")
    return Card("", (Text(thanks), *guarded.reminder(desk, form, answers)))


def _form(event: Event, desk: Desk, dilemma: Dilemma, mine: round_forms.Content) -> Form:
    round = round_of(desk, dilemma)
    department = department_question(event, desk)
    if round.kind == "conclude":
        return first_page(event, desk, dilemma, department)
    words = desk.words
    parts = (Text(f"**{plain(dilemma.question)}**"), Text(plain(round.prompt(words.language))))
    questions = (*department, *round_forms.ask(desk, dilemma, round, mine))
    title = round.title(words.language)
    return Form(title, "take_turn", parts, questions, turn_of(dilemma), words("turn-submit"))


def _keep(event: Event, desk: Desk, dilemma: Dilemma, round: Round, content: round_forms.Content, where: str) -> bool:
    """Keep an answer. Return whether it was the last of its round."""
    books = desk.books
    books.answers.expect(dilemma.id, round.id, books.dilemmas.who(dilemma.id, event.person.id))
    who, new = join(event, desk, dilemma, where)
    if round.kind == "clarify":
        content = _ask_case_holder(desk, dilemma, who, str(content["question"]))
    books.answers.give(dilemma.id, round.id, who, content)
    if everyone_may_go_on(desk, dilemma):
        advance(desk, dilemma)
        return True
    refresh_round(desk, dilemma)
    books.at_end(lambda: desk.refresh(card_subject(dilemma)) if new() else None)
    return False


def everyone_may_go_on(desk: Desk, dilemma: Dilemma) -> bool:
    """Return whether the open round may close because everyone, and the case holder, has answered."""
    round, answers = round_of(desk, dilemma), desk.books.answers
    if round.closes_when != "everyone" or answers.awaited(dilemma.id, round.id):
        return False
    if round.kind == "clarify" and answers.unanswered(dilemma.id):
        return False
    return enough_take_part(desk.books.dilemmas.taking_part(dilemma.id), first=dilemma.round == 0)


def _ask_case_holder(desk: Desk, dilemma: Dilemma, who: str, question: str) -> round_forms.Content:
    if not question:
        return {}
    asked, new = desk.books.answers.ask(dilemma.id, who, question)
    author = desk.books.dilemmas.author(dilemma.id)
    if author and new:
        desk.write_to(author, lambda words: _question_card(words, dilemma, asked, question), subject=ask_subject(asked))
    elif author:
        desk.update(ask_subject(asked), lambda words: _question_card(words, dilemma, asked, question))
    return {}


def _question_card(words: Words, dilemma: Dilemma, asked: str, question: str) -> Card:
    return Card(
        words("asked-title", number=dilemma.number),
        (Text(quoted(question)), Text(words("asked-text"), quiet=True)),
        (Button(words("asked-reply"), "reply", asked, form=True),),
    )


def _thanks_for_last(desk: Desk, dilemma: Dilemma) -> str:
    now = desk.books.dilemmas.get(dilemma.id)
    assert now is not None
    if now.status != "open":
        return desk.words("turn-thanks-last")
    return desk.words("turn-thanks-next", title=round_of(desk, now).title(desk.words.language))


HANDLERS = {"press take_turn": take_turn, "submit take_turn": turn_taken}
