"""Whose a database is: that of a bot for real, or of an office to try it out in. The two never meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from compassbot.app.refusing import CannotStart
from compassbot.conversations.move_place import PLACES
from compassbot.store.database import Database

SLACK_TEAM = "slack_team"
"""The setting that holds which workspace of Slack a database belongs to."""
ANOTHER = "Take another folder: --data-dir, or COMPASSBOT_DATA_DIR."


def refuse_office(database: Database) -> None:
    """Raise CannotStart where the people and dilemmas in a database are made up: they must not come to Slack."""
    if _talks_in(_kept(database), "web:"):
        raise CannotStart(f"this database holds the made-up office of the demo, and must not come to Slack. {ANOTHER}")


def refuse_real(database: Database) -> None:
    """Raise CannotStart where a database is that of Slack: in the office every visitor could read it as anybody."""
    kept = _kept(database)
    if SLACK_TEAM in kept or _talks_in(kept, "slack:"):
        raise CannotStart(
            f"this database is that of a bot in Slack, and must not be opened to every visitor. {ANOTHER}"
        )


def _kept(database: Database) -> Mapping[str, Any]:
    return database.run_now(lambda books: books.settings.all())


def _talks_in(kept: Mapping[str, Any], chat: str) -> bool:
    return any(str(kept.get(name, "")).startswith(chat) for name in PLACES)
