"""The digest of a week on the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Literal

from compassbot.app.opening import open_database
from compassbot.app.parts import house_of
from compassbot.app.refusing import CannotStart
from compassbot.conversations.desk import Desk
from compassbot.conversations.weekly_digest import digest_of, names_in
from compassbot.model.digest import Digest, unpacked
from compassbot.reports.as_json import as_json
from compassbot.reports.markdown import as_markdown
from compassbot.reports.text import as_text
from compassbot.settings import Settings
from compassbot.words import Words


def digest_text(settings: Settings, week: str, form: Literal["text", "md", "json"], language: str | None) -> str:
    """Return the digest of a week as it was published, or else as it would be now. Nothing is published by it."""
    if not re.fullmatch(r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])", week):
        raise CannotStart(f"'{week}' is no week. Write it as 2026-W47.")
    if not settings.database_url and not (settings.data_dir / "compassbot.sqlite").exists():
        raise CannotStart(
            f"there is no compassbot in {settings.data_dir}. Name its folder with --data-dir (COMPASSBOT_DATA_DIR)."
        )
    chosen = settings.language if "language" in settings.model_fields_set else None
    house = house_of(settings)
    database = open_database(settings)
    try:
        return database.run_now(
            lambda books: _worded(Desk(books, datetime.now(UTC), house), week, form, language or chosen)
        )
    finally:
        database.close()


def _worded(desk: Desk, week: str, form: Literal["text", "md", "json"], language: str | None) -> str:
    record = desk.books.digests.get(week)
    digest: Digest = unpacked(record) if record is not None else digest_of(desk, week)
    words = Words(language or desk.organisation.language)
    names = names_in(desk, words.language)
    if form == "json":
        return as_json(digest)
    return as_markdown(digest, words, names) if form == "md" else as_text(digest, words, names)
