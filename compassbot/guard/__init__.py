"""Finds what could identify somebody in a text, and proposes what to write instead.

    from compassbot.guard import read, rewrite

    text = "Bel mevrouw Jansen op 06-12345678."
    found = read(text)
    rewrite(text, [each for each in found if each.outcome != "reminder"])

`rewrite` replaces all that it is given; without that condition reminders, such as a village, too. It needs nothing else of the bot, and keeps nothing of what it reads: docs/guard.md.
"""

from __future__ import annotations

from compassbot.guard.case import Case, placeholders
from compassbot.guard.identifier import KINDS, REMINDERS, Identifier, Outcome
from compassbot.guard.reading import read
from compassbot.guard.rewriting import edits, rewrite
from compassbot.guard.translate import in_language

__all__ = [
    "KINDS",
    "REMINDERS",
    "Case",
    "Identifier",
    "Outcome",
    "edits",
    "in_language",
    "placeholders",
    "read",
    "rewrite",
]
