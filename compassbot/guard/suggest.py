"""Proposes what to write instead: the same placeholder for the same person, a decade for a date of birth."""

from __future__ import annotations

import re
from collections.abc import Sequence

from compassbot.guard import lexicon
from compassbot.guard.identifier import Find
from compassbot.guard.tokens import cut

_WORDS = {
    "nl": {
        "bsn": "burgerservicenummer", "iban": "rekeningnummer", "phone": "telefoonnummer", "email": "mailadres", "address": "adres",
        "postcode": "postcode", "date_of_birth": "geboortedatum", "licence_plate": "kenteken", "case_number": "zaaknummer",
        "ip": "IP-adres", "url": "weblink", "username": "gebruikersnaam", "person": "persoon", "decade": "jaren",
    },
    "en": {
        "bsn": "citizen service number", "iban": "account number", "phone": "telephone number", "email": "mail address", "address": "address",
        "postcode": "postcode", "date_of_birth": "date of birth", "licence_plate": "licence plate", "case_number": "case number",
        "ip": "IP address", "url": "web link", "username": "user name", "person": "person", "decade": "the",
    },
}  # fmt: skip
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def suggestions(text: str, found: Sequence[Find], language: str) -> list[str]:
    """Return a placeholder in square brackets for each find, in order; an unknown language gets Dutch."""
    terms = _WORDS.get(language, _WORDS["nl"])
    people = iter(_people(text, [find for find in found if find.kind == "person"], terms["person"]))
    out: list[str] = []
    for find in found:
        if find.kind == "person":
            out.append(next(people))
        elif find.kind == "date_of_birth":
            out.append(_decade(text[find.start : find.end], terms, language))
        else:
            out.append(f"[{terms[find.kind]}]")
    return out


def _decade(date: str, terms: dict[str, str], language: str) -> str:
    year = re.search(r"(?:19|20)\d\d", date)
    if not year:
        return f"[{terms['date_of_birth']}]"
    decade = year.group()[:3] + "0"
    return f"[the {decade}s]" if language == "en" else f"[jaren {decade}]"


def _people(text: str, found: Sequence[Find], person: str) -> list[str]:
    """Return the placeholder of each mention; a part of a name belongs to the first person with that part."""
    names = [_parts(text[find.start : find.end]) for find in found]
    groups: list[set[str]] = []
    labels: list[str] = []
    where: dict[int, int] = {}
    for k in sorted(range(len(found)), key=lambda k: (-len(names[k]), k)):
        group = next((g for g, parts in enumerate(groups) if names[k] and names[k] <= parts), None)
        if group is None:
            group = len(groups)
            groups.append(set(names[k]))
        where[k] = group
    order = list(dict.fromkeys(where[k] for k in range(len(found))))
    roles = {g: next((found[k].role for k in range(len(found)) if where[k] == g and found[k].role), "") for g in order}
    labels = _labels([roles[g] or person for g in order], person)
    by_group = dict(zip(order, labels, strict=True))
    return [by_group[where[k]] for k in range(len(found))]


def _labels(roles: Sequence[str], person: str) -> list[str]:
    """Return "[klant]" for the only klant, "[klant A]" and "[klant B]" for two; "persoon" always has its letter."""
    counts: dict[str, int] = {}
    labels: list[str] = []
    for role in roles:
        number = counts[role] = counts.get(role, 0) + 1
        letter = _LETTERS[number - 1] if number <= 26 else str(number)
        labels.append(f"[{role} {letter}]" if role == person or roles.count(role) > 1 else f"[{role}]")
    return labels


def _parts(name: str) -> frozenset[str]:
    words = (word.plain for word in cut(name))
    return frozenset(w.removesuffix("s") for w in words if len(w) > 1 and w not in lexicon.cues("particles"))
