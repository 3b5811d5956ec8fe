"""The card of a dilemma, as everybody sees it: without its author."""

from __future__ import annotations

from compassbot.conversations.desk import Desk, Make
from compassbot.model.dilemmas import Dilemma
from compassbot.talk.view import Button, Card, Facts, Part, Text, plain
from compassbot.words import Words


def card_subject(dilemma: Dilemma) -> str:
    """Return the subject under which the card of a dilemma is posted."""
    return f"dilemma:{dilemma.id}"


def receipt_subject(id: str) -> str:
    """Return the subject of the private card of a dilemma's author."""
    return f"receipt:{id}"


def ask_subject(question: str) -> str:
    """Return the subject under which the case holder was asked a question."""
    return f"ask:{question}"


def told_subject(id: str) -> str:
    """Return the subject under which the case holder was told that the deliberation has ended."""
    return f"told:{id}"


def look_back_subject(id: str) -> str:
    """Return the subject under which the case holder was asked to look back."""
    return f"look-back-own:{id}"


def news_subjects(id: str) -> str:
    """Return how the subjects begin under which the case holder was told of a signal."""
    return f"news:{id}:"


def turn_of(dilemma: Dilemma) -> str:
    """Return what a button about the open round holds: the dilemma and the round."""
    return f"{dilemma.id}:{dilemma.round}"


def make_card(desk: Desk, dilemma: Dilemma, words: Words) -> Card:
    """Return the card as it is now: open, closed, withdrawn, or past its term."""
    match dilemma.status:
        case "withdrawn":
            return Card(words("dilemma-title-plain", number=dilemma.number), (Text(words("dilemma-withdrawn")),))
        case "forgotten":
            return Card(words("dilemma-title-plain", number=dilemma.number), (Text(words("dilemma-forgotten")),))
        case "closed":
            state = words("dilemma-closed")
            return Card(_title(words, dilemma), (*story(words, dilemma), Text(state, quiet=True)))
        case "open":
            return _open(desk, dilemma, words)


def _anew(desk: Desk, id: str) -> Make | None:
    """Return what makes the card as it is when it leaves, whatever became of the dilemma."""
    dilemma = desk.books.dilemmas.get(id)
    return (lambda words: make_card(desk, dilemma, words)) if dilemma else None


def story(words: Words, dilemma: Dilemma) -> tuple[Part, ...]:
    """Return what the case holder told."""
    return (
        Text(plain(dilemma.situation)),
        Text(f"**{words('dilemma-moment')}** {plain(dilemma.moment)}"),
        Facts(
            (
                (words("dilemma-option-a"), _option(words, dilemma.option_a, dilemma.cost_a)),
                (words("dilemma-option-b"), _option(words, dilemma.option_b, dilemma.cost_b)),
            )
        ),
    )


def make_receipt(words: Words, dilemma: Dilemma) -> Card:
    """Return the author's private card: what they can do as case holder."""
    if dilemma.status != "open":
        return Card(words("receipt-title-plain", number=dilemma.number), (Text(words(f"receipt-{dilemma.status}")),))
    return Card(
        words("receipt-title", number=dilemma.number, question=dilemma.question),
        (Text(words("receipt-text")), Text(words("receipt-privacy"), quiet=True)),
        (
            Button(words("receipt-edit"), "edit_dilemma", dilemma.id, form=True),
            Button(words("receipt-withdraw"), "withdraw_dilemma", dilemma.id, confirm=words("receipt-withdraw-sure")),
        ),
    )


def _open(desk: Desk, dilemma: Dilemma, words: Words) -> Card:
    rounds = desk.house.methods[dilemma.method].rounds
    taking_part = desk.books.dilemmas.taking_part(dilemma.id)
    state = words(
        "dilemma-state",
        round=dilemma.round + 1,
        rounds=len(rounds),
        title=rounds[dilemma.round].title(words.language),
        people=taking_part,
    )
    edited = (Text(words("dilemma-edited"), quiet=True),) if dilemma.edited else ()
    return Card(
        _title(words, dilemma),
        (*story(words, dilemma), *edited, Text(state, quiet=True)),
        (Button(words("join"), "take_turn", dilemma.id, form=True),),
    )


def _title(words: Words, dilemma: Dilemma) -> str:
    return words("dilemma-title", number=dilemma.number, question=dilemma.question)


def _option(words: Words, option: str, cost: str) -> str:
    return f"{plain(option)}  \n_{words('dilemma-cost')}_ {plain(cost)}"


ANEW = {"dilemma": _anew}
