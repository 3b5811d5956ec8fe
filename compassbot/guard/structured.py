"""Everything with a form of its own: numbers, dates, addresses, accounts, each by its own finder."""

from __future__ import annotations

from collections.abc import Sequence

from compassbot.guard import addresses, cases, contact, dates, numbers, plates, spoken
from compassbot.guard.identifier import Find
from compassbot.guard.tokens import Word


def finds(text: str, words: Sequence[Word], people: Sequence[Find]) -> list[Find]:
    """Return what the finders find in a normalised text with these words and people; they may overlap."""
    said = list(spoken.rows_in_words(text))
    citizens = list(numbers.bsns(text, said))
    found = [
        *contact.emails(text),
        *contact.urls(text),
        *contact.spoken_urls(text),
        *contact.usernames(text),
        *contact.phones(text, said),
    ]
    found += [*citizens, *dates.born(text), *dates.beside(text, [*people, *citizens])]
    found += addresses.addresses(text, words)
    if any(map(str.isdigit, text)) or "::" in text:
        found += [*numbers.ibans(text), *contact.ips(text), *plates.plates(text)]
        found += [*cases.cases(text), *addresses.postcodes(text)]
    return found
