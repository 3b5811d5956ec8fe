"""Writes what is suggested in place of what was found."""

from __future__ import annotations

from collections.abc import Sequence

from compassbot.guard.identifier import Identifier


def rewrite(text: str, found: Sequence[Identifier]) -> str:
    """Return the text with each identifier replaced by its suggestion; `found` is sorted, as read() returns it."""
    out: list[str] = []
    at = 0
    for identifier in found:
        out += [text[at : identifier.start], identifier.suggestion]
        at = identifier.end
    return "".join([*out, text[at:]])
