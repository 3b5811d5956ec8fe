"""What was published, and who stood behind it when it was."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from compassbot.model.findings import Stander
from compassbot.model.suppression import Published, forgotten
from compassbot.store.tables import digests, pictures, published
from compassbot.store.upsert import put, put_new


class Digests:
    """Digests by week, their pictures, and the memory that keeps differences from telling more."""

    def __init__(self, connection: sa.Connection) -> None:
        """Take the connection of the transaction."""
        self._connection = connection

    def publish(self, week: str, content: Any, pictured: Iterable[str], now: datetime) -> bool:
        """Keep a digest as a record, to be pictured in these languages. Return False if it was there."""
        ids = {language: secrets.token_urlsafe(18) for language in pictured}  # which cannot be guessed
        return put_new(self._connection, digests, {"week": week, "content": content, "pictures": ids, "at": now})

    def get(self, week: str) -> Any:
        """Return the content of a digest, or None."""
        return self._connection.execute(sa.select(digests.c.content).where(digests.c.week == week)).scalar()

    def pictures(self, week: str) -> dict[str, str]:
        """Return the ids of the pictures of a digest, by language."""
        query = sa.select(digests.c.pictures).where(digests.c.week == week)
        return self._connection.execute(query).scalar() or {}

    def latest(self) -> str | None:
        """Return the last week that has a digest."""
        return self._connection.execute(sa.select(sa.func.max(digests.c.week))).scalar()

    def whose_picture(self, id: str) -> tuple[str, str] | None:
        """Return the week and the language of a picture, or None."""
        for row in self._connection.execute(sa.select(digests.c.week, digests.c.pictures)):
            for language, picture in row.pictures.items():
                if picture == id:
                    return row.week, language
        return None

    def keep_picture(self, id: str, png: bytes) -> None:
        """Keep a picture that was drawn."""
        put_new(self._connection, pictures, {"id": id, "png": png})

    def picture(self, id: str) -> bytes | None:
        """Return a picture as PNG, or None when it was not drawn yet."""
        return self._connection.execute(sa.select(pictures.c.png).where(pictures.c.id == id)).scalar()

    def said(self) -> list[Published]:
        """Return all that was published of lines, oldest first."""
        rows = self._connection.execute(sa.select(published.c.content).order_by(published.c.week, published.c.line))
        return [_published(row.content) for row in rows]

    def remember(self, said: Iterable[Published]) -> None:
        """Remember what is published, and who stands behind it."""
        for one in said:
            content = _packed(one)
            put(self._connection, published, {"line": one.line, "week": one.week, "content": content})

    def forget_compared(self, week: str) -> None:
        """Forget who stood behind figures so old that nothing in `week` or later is compared with them."""
        said = self.said()
        self.remember(after for before, after in zip(said, forgotten(said, week), strict=True) if after != before)


def _packed(one: Published) -> dict[str, Any]:
    return {
        "line": one.line,
        "week": one.week,
        "people": sorted([each.quarter, each.who, each.department] for each in one.people),
        "band": one.band,
        "cause": one.cause,
        "tendency": one.tendency,
        "sentences": list(one.sentences),
    }


def _published(content: Mapping[str, Any]) -> Published:
    people = frozenset(Stander(*each) for each in content["people"])
    rest: dict[str, Any] = {**content, "people": people, "sentences": tuple(content["sentences"])}
    return Published(**rest)
