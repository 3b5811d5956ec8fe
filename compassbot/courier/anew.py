"""Makes the cards that are made when they leave, from what the database holds then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.outbox import TO_BE_MADE, Letter

Anew = Callable[[Books, str, datetime, bool], str | None]
"""Makes the card of a subject as it is now, packed, in all languages or in the first alone; None when there is nothing to
show any more."""


class NothingToShow(Exception):
    """What the letter was about is gone."""


class NotMade(Exception):
    """A fault of ours keeps a card from being made; it is the cause of this."""


async def made(database: Database, anew: Anew | None, letter: Letter, now: datetime, all_languages: bool) -> Letter:
    """Return the letter with its card. Raises NothingToShow, NotMade, or OSError when the database does not answer."""
    if letter.packed != TO_BE_MADE or anew is None:
        return letter
    try:
        packed = await database.read(lambda books: anew(books, letter.subject, now, all_languages))
    except OSError:
        raise
    except Exception as fault:
        raise NotMade from fault
    if packed is None:
        raise NothingToShow
    return replace(letter, packed=packed)
