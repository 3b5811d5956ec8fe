"""One line of what `compassbot check` says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line of the report; a `fault` keeps the bot from running."""

    line: str
    fault: bool = False


def ok(what: str) -> Finding:
    """Return that something is there."""
    return Finding(f"ok       {what}")


def missing(what: str) -> Finding:
    """Return that something is missing that the bot cannot run without."""
    return Finding(f"missing  {what}", fault=True)


def to_do(what: str) -> Finding:
    """Return that something is still to be done."""
    return Finding(f"to do    {what}")
