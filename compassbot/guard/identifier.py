"""What the guard finds: an identifier, where it stands and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    "person", "bsn", "iban", "phone", "email", "address", "postcode",
    "date_of_birth", "licence_plate", "case_number", "ip", "url", "username",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something in a text that could point at somebody.

    `start` and `end` are offsets in the text as typed. `kind` is one of KINDS. When `certain`, it cannot be
    posted; otherwise only after the author says that it is no such thing. `suggestion` is what to write
    instead, in square brackets. `why` is the key of the sentence shown, in words/*/guard.ftl.
    """

    start: int
    end: int
    kind: str
    certain: bool
    suggestion: str
    why: str


@dataclass(frozen=True, slots=True)
class Find:
    """A find in the normalised text, before overlaps are settled; the higher `weight` wins, `role` is a person's."""

    start: int
    end: int
    kind: str
    certain: bool = True
    weight: int = 50
    role: str = ""
