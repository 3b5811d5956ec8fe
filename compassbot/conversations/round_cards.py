"""The card of a round: what is asked and how far it is; once it has closed, what the group said."""

from __future__ import annotations

from dataclasses import replace

from compassbot.conversations.desk import Desk, Make
from compassbot.conversations.dilemma_card import card_subject, turn_of
from compassbot.conversations.round_results import moment_in, proposal, what_was_said
from compassbot.model.dilemmas import Dilemma
from compassbot.model.methods import Round
from compassbot.talk.view import Button, Card, Part, Text, plain
from compassbot.words import Words


def round_of(desk: Desk, dilemma: Dilemma) -> Round:
    """Return the round that is open."""
    return desk.house.methods[dilemma.method].rounds[dilemma.round]


def round_subject(dilemma: Dilemma, number: int) -> str:
    """Return the subject under which the card of a round is posted."""
    return f"round:{dilemma.id}:{number}"


def post_round(desk: Desk, dilemma: Dilemma) -> None:
    """Say in the thread what is asked now."""
    subject = round_subject(dilemma, dilemma.round)
    desk.post(dilemma.place, _open(desk, dilemma), subject=subject, under=card_subject(dilemma))


def refresh_round(desk: Desk, dilemma: Dilemma) -> None:
    """Show how far the open round is, once the card leaves."""
    desk.refresh(round_subject(dilemma, dilemma.round))


def _anew(desk: Desk, about: str) -> Make | None:
    """Return what makes the card of a round as it is when it leaves: open, closed, or of a dilemma whose texts are gone.

    A round that closed meanwhile is shown closed here too: its card may not have been said before.
    """
    id, _, number = about.partition(":")
    dilemma = desk.books.dilemmas.get(id)
    if not dilemma:
        return None
    if dilemma.status == "open" and dilemma.round == int(number):
        return _open(desk, dilemma)
    then = replace(dilemma, round=int(number))
    if dilemma.status in ("withdrawn", "forgotten"):
        return lambda words: emptied_card(desk, then, words)
    return lambda words: closed_card(desk, then, words)


def emptied_card(desk: Desk, dilemma: Dilemma, words: Words) -> Card:
    """Return the card of a round whose texts were deleted."""
    why = "dilemma-withdrawn" if dilemma.status == "withdrawn" else "forgotten"
    return Card(round_of(desk, dilemma).title(words.language), (Text(words(why)),))


def _open(desk: Desk, dilemma: Dilemma) -> Make:
    """Return what makes the card of the open round: who is awaited is a number, never a name."""
    round = round_of(desk, dilemma)
    answers = desk.books.answers
    given = [] if round.hidden else answers.of_round(dilemma.id, round.id)
    answered = answers.how_many(dilemma.id, round.id) if round.hidden else len(given)
    awaited = desk.books.dilemmas.taking_part(dilemma.id) - answered

    def make(words: Words) -> Card:
        parts: list[Part] = [Text(plain(round.prompt(words.language)))]
        if not round.hidden:
            parts += what_was_said(desk, dilemma, words, round, given)
        elif answered:
            parts.append(Text(words("round-hidden"), quiet=True))
        if round.kind == "agree":
            parts += proposal(desk, dilemma, words)
        parts.append(Text(_progress(dilemma, words, answered, awaited), quiet=True))
        return Card(_title(desk, dilemma, words, dilemma.round), tuple(parts), _buttons(dilemma, words, round))

    return make


def closed_card(desk: Desk, dilemma: Dilemma, words: Words) -> Card:
    """Return the card of the round that closes now: what the group said, together."""
    round = round_of(desk, dilemma)
    given = desk.books.answers.of_round(dilemma.id, round.id)
    said = what_was_said(desk, dilemma, words, round, given)
    nothing = Text(words("round-nothing"), quiet=True)
    closed = Text(words("round-closed"), quiet=True)
    return Card(_title(desk, dilemma, words, dilemma.round), (*(said or [nothing]), closed))


def _buttons(dilemma: Dilemma, words: Words, round: Round) -> tuple[Button, ...]:
    label = words(f"turn-{round.kind}")
    return (
        Button(label, "take_turn", turn_of(dilemma), form=True),
        Button(words("close-round"), "close_round", turn_of(dilemma), confirm=words("close-round-sure")),
    )


def _title(desk: Desk, dilemma: Dilemma, words: Words, number: int) -> str:
    rounds = desk.house.methods[dilemma.method].rounds
    return words("round-title", round=number + 1, rounds=len(rounds), title=rounds[number].title(words.language))


def _progress(dilemma: Dilemma, words: Words, answered: int, awaited: int) -> str:
    deadline = moment_in(words, dilemma.closes_at)
    if not answered:
        return words("round-progress-none", until=deadline)
    return words("round-progress", answered=answered, awaited=awaited, until=deadline)


ANEW = {"round": _anew}
