"""The pictures of the digests: drawn when somebody first looks, so that publishing a digest waits for no drawing."""

from __future__ import annotations

import asyncio
from typing import Any

from compassbot.conversations.desk import House
from compassbot.conversations.weekly_digest import names_of
from compassbot.model.digest import unpacked
from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.words import Words


class Pictures:
    """Draws each picture once, one at a time, away from the event loop."""

    def __init__(self, database: Database, house: House) -> None:
        """Take where digests are kept, and what things are called."""
        self._database = database
        self._house = house
        self._drawing = asyncio.Lock()

    async def get(self, id: str) -> bytes | None:
        """Return a picture as PNG, or None when no digest has it."""
        async with self._drawing:
            kept = await self._database.run(lambda books: books.digests.picture(id))
            return kept or await self._draw(id)

    async def _draw(self, id: str) -> bytes | None:
        found = await self._database.run(lambda books: _digest_of(books, id))
        if found is None:
            return None
        content, language = found
        from compassbot.reports.picture import draw  # drawing takes a second to load

        names = names_of(self._house, language)
        png = await asyncio.to_thread(draw, unpacked(content), Words(language), names)
        await self._database.run(lambda books: books.digests.keep_picture(id, png))
        return png


def _digest_of(books: Books, id: str) -> tuple[Any, str] | None:
    whose = books.digests.whose_picture(id)
    return (books.digests.get(whose[0]), whose[1]) if whose else None
