"""What an organisation chose in the chat and what it still has to choose, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compassbot.app.finding import Finding, ok, to_do
from compassbot.conversations.organisation import Organisation, read_organisation
from compassbot.store.database import Database

_IN_CHAT = "the administrator chooses it in the chat with /kompas beheer"


@dataclass(frozen=True)
class Choices:
    """What was chosen, and whether there is anybody who can choose."""

    organisation: Organisation
    administered: bool

    def channels(self, chat: str) -> dict[str, str]:
        """Return the places in one chat that were chosen, by their id there, each with what it is for."""
        chosen = self.organisation
        places = {chosen.deliberation_place: "dilemmas"}
        places[chosen.learning_place] = "dilemmas and the digest" if chosen.learning_place in places else "the digest"
        head = f"{chat}:"
        return {place.removeprefix(head): use for place, use in places.items() if place.startswith(head)}


def read_choices(database: Database) -> Choices:
    """Read what was chosen, and close the database."""
    try:
        chosen = database.run_now(lambda books: read_organisation(books.settings.all()))
        return Choices(chosen, bool(database.run_now(lambda books: books.people.with_role("administrator"))))
    finally:
        database.close()


def choices_findings(choices: Choices, naming: str, of: str = "") -> Iterator[Finding]:
    """Look at each choice, one line each. `naming` says how to get a first administrator, `of` whose choices."""
    chosen = choices.organisation
    needed = {
        "departments": (len(chosen.departments) > 1, _IN_CHAT),
        "a place for dilemmas": (bool(chosen.deliberation_place), _IN_CHAT),
        "a place for the digest": (bool(chosen.learning_place), _IN_CHAT),
        "an administrator": (choices.administered, naming),
    }
    for what, (there, how) in needed.items():
        yield ok(of + what) if there else to_do(f"{of}{what}: {how}")
