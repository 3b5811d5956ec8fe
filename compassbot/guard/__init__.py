"""Finds what could identify somebody in a text, and proposes what to write instead."""

from __future__ import annotations

from compassbot.guard.identifier import KINDS, Identifier
from compassbot.guard.reading import read
from compassbot.guard.rewriting import rewrite

__all__ = ["KINDS", "Identifier", "read", "rewrite"]
