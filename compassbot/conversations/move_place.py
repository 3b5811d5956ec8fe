"""When another channel is chosen, what was not said yet in the old one is said there."""

from __future__ import annotations

from compassbot.conversations.desk import Desk, chat_of
from compassbot.conversations.dilemma_card import card_subject

PLACES = ("deliberation_place", "learning_place")


def move(desk: Desk, old: str, new: str) -> None:
    """Send what waits for one place to another; a dilemma that nobody has read yet goes along."""
    if not old or old == new:
        return
    desk.books.outbox.move((chat_of(old), old), (chat_of(new), new))
    for dilemma in desk.books.dilemmas.with_status("open"):
        if dilemma.place == old and desk.books.outbox.where(card_subject(dilemma)) is None:
            desk.books.dilemmas.change(dilemma.id, place=new)
