"""Proposes what to write instead: it keeps what matters morally, and is broader in all that points at somebody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from compassbot.guard import broader, lexicon
from compassbot.guard.case import Case
from compassbot.guard.identifier import Find
from compassbot.guard.tokens import cut

WORDS = {
    "nl": {
        "bsn": "burgerservicenummer", "iban": "rekeningnummer", "phone": "telefoonnummer", "email": "mailadres", "address": "adres",
        "postcode": "postcode", "date_of_birth": "geboortedatum", "licence_plate": "kenteken", "case_number": "zaaknummer",
        "ip": "IP-adres", "url": "weblink", "username": "gebruikersnaam", "person": "persoon",
    },
    "en": {
        "bsn": "citizen service number", "iban": "account number", "phone": "telephone number", "email": "mail address", "address": "address",
        "postcode": "postcode", "date_of_birth": "date of birth", "licence_plate": "licence plate", "case_number": "case number",
        "ip": "IP address", "url": "web link", "username": "user name", "person": "person",
    },
}  # fmt: skip
LANGUAGES = frozenset(WORDS)
_CHILDREN = frozenset(
    "zoon zoontje dochter dochtertje kind kleinzoon kleindochter stiefzoon stiefdochter broertje zusje neefje nichtje "
    "jongen meisje leerling jongere jeugdige peuter kleuter son daughter child boy girl pupil student".split()
)
AGE = re.compile(
    r"(?:,? ?\((?:van )?|,? (?:van |aged )|, ?)(\d{1,2})(?: ?(?:jaar|jr|j\.?|years?(?: old)?))?(?:\)|(?![\w\d]|[-:.,/]\d| ?[€%]))",
    re.I,
)
"""How an age stands behind a name: "(8)", " van 8", ", 8 jaar"."""
_OF_AGE = 18


def suggestions(text: str, found: Sequence[Find], language: str, case: Case) -> list[str]:
    """Return a placeholder in square brackets for each find, in order."""
    terms = WORDS[language]
    people = iter(_people(text, [find for find in found if find.kind == "person"], terms["person"], language, case))
    out: list[str] = []
    for find in found:
        if find.instead:
            out.append(f"[{find.instead}]")
        elif find.kind == "person":
            out.append(next(people))
        elif find.kind == "date_of_birth":
            out.append(f"[{broader.birth(text[find.start : find.end], language) or terms['date_of_birth']}]")
        else:
            out.append(f"[{terms[find.kind]}]")
    return out


def _people(text: str, found: Sequence[Find], person: str, language: str, case: Case) -> list[str]:
    """Return the placeholder of each mention; a part of a name belongs to the first person with that part."""
    names = [_parts(text[find.start : find.end]) for find in found]
    groups: list[set[str]] = []
    bearers: dict[str, list[int]] = {}
    where: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for k in sorted(range(len(found)), key=lambda k: (-len(names[k]), k)):
        group = min((g for part in names[k] for g in bearers.get(part, ()) if names[k] <= groups[g]), default=None)
        if group is None:
            group = len(groups)
            groups.append(set(names[k]))
            for part in names[k]:
                bearers.setdefault(part, []).append(group)
        where[k] = group
        members.setdefault(group, []).append(k)
    order = list(dict.fromkeys(where[k] for k in range(len(found))))
    roles = {g: _role(text, [found[k] for k in sorted(members[g])], language) for g in order}
    said = [roles[g] or person for g in order]
    times = Counter(said)
    labels = {
        g: case.placeholder(groups[g], role, lettered=role == person or times[role] > 1)
        for g, role in zip(order, said, strict=True)
    }
    return [labels[where[k]] for k in range(len(found))]


def _role(text: str, mentions: Sequence[Find], language: str) -> str:
    """Return the role of a person, of a child with the band of the age that stands behind the name."""
    find = next((each for each in mentions if each.role), None)
    if find is None:
        return ""
    age = AGE.match(text, find.end) if find.role in _CHILDREN else None
    band = broader.age(int(age.group(1)), language) if age and int(age.group(1)) < _OF_AGE else ""
    return f"{find.role}, {band}" if band else find.role


def _parts(name: str) -> frozenset[str]:
    words = (word.plain for word in cut(name))
    return frozenset(w.removesuffix("s") for w in words if len(w) > 1 and w not in lexicon.cues("particles"))
