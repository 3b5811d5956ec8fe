"""A facilitator closes a round before its time."""

from __future__ import annotations

from compassbot.conversations.advance import advance
from compassbot.conversations.desk import FACILITATOR, Desk
from compassbot.conversations.turns import open_dilemma
from compassbot.talk.chat import Event, Reply
from compassbot.talk.view import Card, Text


def close_round(event: Event, desk: Desk) -> Reply:
    """Close the open round now."""
    desk.require(event.person, FACILITATOR)
    dilemma = open_dilemma(desk, event.about)
    advance(desk, dilemma)
    desk.books.audit.note(desk.now, FACILITATOR, "close_round", f"dilemma {dilemma.number}")
    return Card("", (Text(desk.words("round-closed-by-you")),))


HANDLERS = {"press close_round": close_round}
