"""What an organisation chose: departments, places, rhythm, terms. Kept as settings, changed with /kompas beheer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from functools import lru_cache
from typing import Any

from compassbot.model.quiet_hours import QuietHours

SMALLEST_K = 3
_NAMES = (
    "language",
    "departments",
    "deliberation_place",
    "learning_place",
    "digest_day",
    "digest_time",
    "quiet_begin",
    "quiet_end",
    "quiet_weekends",
    "k",
    "text_days",
    "audit_days",
)
"""The settings that say what an organisation chose; each is a text, a number, or yes or no."""


@dataclass(frozen=True, slots=True)
class Department:
    """A department, by its name in Dutch and English (the same where only one was given)."""

    id: str
    nl: str
    en: str

    def name(self, language: str) -> str:
        """Return the name in "nl" or "en"."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True, slots=True)
class Organisation:
    """All choices of an organisation, with the defaults.

    `digest_day` counts from Monday = 0. `k` is how many people stand behind each line of a digest, at
    least. `text_days` is how long texts are kept after closing, `audit_days` how long the log of what
    administrators did.
    """

    language: str = "nl"
    departments: tuple[Department, ...] = ()
    deliberation_place: str = ""
    learning_place: str = ""
    digest_day: int = 0
    digest_time: time = time(8)
    quiet: QuietHours = field(default_factory=QuietHours)
    k: int = 5
    text_days: int = 30
    audit_days: int = 365

    def department(self, id: str, language: str) -> str:
        """Return the name of a department; its id when it is no longer one of ours."""
        return next((each.name(language) for each in self.departments if each.id == id), id)


def read_organisation(kept: Mapping[str, Any]) -> Organisation:
    """Return the choices that were kept, over the defaults."""
    return _organisation(tuple((name, kept[name]) for name in _NAMES if name in kept))


@lru_cache(maxsize=64)
def _organisation(chosen: tuple[tuple[str, Any], ...]) -> Organisation:
    """Return the organisation of these choices: read at each event, and changed once a year."""
    kept = dict(chosen)
    base = Organisation()
    quiet = QuietHours(
        begin=time.fromisoformat(kept.get("quiet_begin", "18:00")),
        end=time.fromisoformat(kept.get("quiet_end", "08:00")),
        weekends=kept.get("quiet_weekends", True),
    )
    return Organisation(
        language=kept.get("language", base.language),
        departments=departments_of(kept.get("departments", "")),
        deliberation_place=kept.get("deliberation_place", ""),
        learning_place=kept.get("learning_place", ""),
        digest_day=kept.get("digest_day", base.digest_day),
        digest_time=time.fromisoformat(kept.get("digest_time", "08:00")),
        quiet=quiet,
        k=max(SMALLEST_K, kept.get("k", base.k)),
        text_days=kept.get("text_days", base.text_days),
        audit_days=kept.get("audit_days", base.audit_days),
    )


@lru_cache(maxsize=8)
def departments_of(lines: str) -> tuple[Department, ...]:
    """Return the departments of a text: one a line, as `Werk en Inkomen` or `Werk en Inkomen | Work and Income`.

    An id may stand in front, as `inkomen = Werk en Inkomen`; else it is made from the name.
    """
    found: dict[str, Department] = {}
    for line in filter(None, map(str.strip, lines.splitlines())):
        given, _, names = line.rpartition("=")
        dutch, _, english = (part.strip() for part in names.partition("|"))
        id = slug(given or dutch)
        if id:
            found[id] = Department(id, dutch, english or dutch)
    return tuple(found.values())


def lines_of(departments: tuple[Department, ...]) -> str:
    """Return the departments as the text that `departments_of` reads."""
    return "\n".join(f"{each.id} = {each.nl}" + (f" | {each.en}" if each.en != each.nl else "") for each in departments)


def slug(name: str) -> str:
    """Return a name as an id: small letters, digits and hyphens."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")[:40]
