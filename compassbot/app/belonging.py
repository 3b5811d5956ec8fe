"""Whose a database is: that of a bot for real, or of an office to try it out in. The two never meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from compassbot.app.refusing import CannotStart
from compassbot.store.database import Database

PLACES = ("deliberation_place", "learning_place")
OFFICE, ANOTHER = "web:", "Take another folder: --data-dir, or COMPASSBOT_DATA_DIR."


def refuse_office(database: Database) -> None:
    """Raise CannotStart where the people and dilemmas in a database are made up: they must not come to Slack."""
    if any(place.startswith(OFFICE) for place in _places(database)):
        raise CannotStart(f"this database holds the made-up office of the demo, and must not come to Slack. {ANOTHER}")


def refuse_real(database: Database) -> None:
    """Raise CannotStart where a database is that of Slack: in the office every visitor could read it as anybody."""
    kept = database.run_now(lambda books: books.settings.all())
    if "slack_team" in kept or any(place.startswith("slack:") for place in _places(database)):
        raise CannotStart(
            f"this database is that of a bot in Slack, and must not be opened to every visitor. {ANOTHER}"
        )


def _places(database: Database) -> list[str]:
    kept: Mapping[str, Any] = database.run_now(lambda books: books.settings.all())
    return [str(kept.get(name, "")) for name in PLACES]
