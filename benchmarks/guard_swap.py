"""Writes the texts in other ways: in lower case, names in capitals, every name another one from somewhere in the world.

The names are Faker's (MIT), from a seed. A name is swapped word by word and keeps its form: initials, particles, hyphens
and case stay, a given name becomes a given name, and one word becomes the same other word throughout its text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from faker import Faker

from tests.guard.rows import Row, Span

LOCALES = ("nl_NL", "nl_NL", "nl_BE", "tr_TR", "pl_PL", "en_IN", "fr_FR", "es_ES", "hr_HR", "ro_RO", "en_NG", "de_DE")
_PARTICLE = re.compile(r"(?:van|de|den|der|het|ter|ten|te|la|el|al|ben|bin|von|en|and|vd|'t|aït)", re.I)
_NAME = re.compile(r"[A-Za-zÀ-ž'’]{3,}")
_PIECES = re.compile(r"[\s-]+|[^\s-]+")


def lower(row: Row) -> Row:
    """Return the text in lower case; a letter that would become two stays as it is."""
    small = "".join(char.lower() if len(char.lower()) == 1 else char for char in row["text"])
    spans: list[Span] = [{**span, "text": small[span["start"] : span["end"]]} for span in row["spans"]]
    return {**row, "text": small, "spans": spans}


def upper(row: Row) -> Row:
    """Return the text with the names of people in capitals."""
    return _with_people(row, str.upper)


def swapped(rows: Sequence[Row], seed: int) -> list[Row]:
    """Return the texts with every name of a person swapped for another; each text takes them from one country."""
    chance = random.Random(seed)
    countries = [Faker(locale) for locale in LOCALES]
    for number, country in enumerate(countries):
        country.seed_instance(1000 * seed + number)
    return [_with_people(row, Others(chance.choice(countries), chance)) for row in rows]


class Others:
    """Gives for each name in one text another; the same for the same."""

    def __init__(self, country: Faker, chance: random.Random) -> None:
        """Take where the names come from, and what decides where a single name may be given or inherited."""
        self._country = country
        self._chance = chance
        self._instead: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """Return another name of the same form."""
        pieces: list[str] = _PIECES.findall(name)
        telling = [piece for piece in pieces if _tells(piece)]
        return "".join(self._other(piece, telling) if piece in telling else piece for piece in pieces)

    def _other(self, word: str, telling: Sequence[str]) -> str:
        key = word.lower()
        if key not in self._instead:
            given = word == telling[0] and (len(telling) > 1 or self._chance.random() < 0.5)
            self._instead[key] = self._fresh(self._country.first_name if given else self._country.last_name, key)
        other = self._instead[key]
        return other.upper() if len(word) > 1 and word.isupper() else other.lower() if word.islower() else other

    def _fresh(self, draw: Callable[[], str], old: str) -> str:
        for _ in range(100):
            word = draw().split()[-1]
            if _NAME.fullmatch(word) and word.lower() != old:
                return word
        raise LookupError("no name of three letters or more in a hundred")


def _tells(piece: str) -> bool:
    """Return whether a piece of a name tells who it is: no space, hyphen, particle or initial."""
    return len(piece.strip(" -\n")) > 1 and "." not in piece and not _PARTICLE.fullmatch(piece)


def _with_people(row: Row, rename: Callable[[str], str]) -> Row:
    """Return the text with each person renamed, and all spans where they are then."""
    text, at = "", 0
    spans: list[Span] = []
    for span in sorted(row["spans"], key=lambda span: span["start"]):
        text += row["text"][at : span["start"]]
        said = row["text"][span["start"] : span["end"]]
        now = rename(said) if span["type"] == "person" else said
        spans.append({**span, "start": len(text), "end": len(text) + len(now), "text": now})
        text, at = text + now, span["end"]
    return {**row, "text": text + row["text"][at:], "spans": spans}
