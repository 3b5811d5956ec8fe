"""What an organisation chose that has its two channels in Slack, and begins on a Tuesday."""

from __future__ import annotations

from compassbot.store.books import Books
from tests.office import DEPARTMENTS, TUESDAY
from tests.slack.local import DILEMMAS, LEARNING


def choose(books: Books) -> None:
    """Keep what it chose."""
    chosen = {
        "departments": DEPARTMENTS,
        "deliberation_place": f"slack:{DILEMMAS}",
        "learning_place": f"slack:{LEARNING}",
        "started_at": TUESDAY.isoformat(),
    }
    for name, value in chosen.items():
        books.settings.set(name, value)
