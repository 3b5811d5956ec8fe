"""What the guard finds: an identifier, where it stands and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

KINDS = (
    "person", "bsn", "iban", "phone", "email", "address", "postcode",
    "date_of_birth", "licence_plate", "case_number", "ip", "url", "username",
)  # fmt: skip
"""What points at one person."""
REMINDERS = ("small_place", "small_organisation", "rare_fact")
"""What only together with other things, or only for who lives nearby, points at one person."""

Outcome = Literal["certain", "probable", "reminder"]


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something in a text that could point at somebody.

    `start` and `end` are offsets in the text as it was given, in characters: text[start:end]. `kind` is one of KINDS or
    REMINDERS. When `certain`, it cannot be posted; `outcome` says more. `suggestion` is what to write instead, in square brackets. `why` is the key of the sentence shown, in
    words/*/guard.ftl.
    """

    start: int
    end: int
    kind: str
    certain: bool
    suggestion: str
    why: str

    @property
    def outcome(self) -> Outcome:
        """Return what becomes of it.

        "certain" cannot be posted, "probable" only after the author says that it is no such thing, and a "reminder" is
        shown and stops nobody.
        """
        if self.kind in REMINDERS:
            return "reminder"
        return "certain" if self.certain else "probable"


@dataclass(frozen=True, slots=True)
class Find:
    """A find in the normalised text, before overlaps are settled; the higher `weight` wins, `role` is a person's.

    `instead` is what to write in its place, where that is known already.
    """

    start: int
    end: int
    kind: str
    certain: bool = True
    weight: int = 50
    role: str = ""
    instead: str = ""
