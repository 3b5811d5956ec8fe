"""Finds what could identify somebody in a text, and proposes what to write instead.

    from compassbot.guard import read, rewrite

    found = read("Bel mevrouw Jansen op 06-12345678.")
    rewrite(text, found)

It needs nothing else of the bot, and keeps nothing of what it reads: docs/guard.md.
"""

from __future__ import annotations

from compassbot.guard.case import Case, placeholders
from compassbot.guard.identifier import KINDS, REMINDERS, Identifier, Outcome
from compassbot.guard.reading import read
from compassbot.guard.rewriting import edits, rewrite

__all__ = ["KINDS", "REMINDERS", "Case", "Identifier", "Outcome", "edits", "placeholders", "read", "rewrite"]
