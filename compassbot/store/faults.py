"""What a database can refuse, in a sentence that says what to do; never with what was stored."""

from __future__ import annotations

from alembic.util.exc import CommandError
from sqlalchemy.exc import ArgumentError, DBAPIError

STORE_FAULTS = (DBAPIError, ArgumentError, CommandError)
"""What opening or asking a database may raise. NoSuchModuleError, for an address of no known kind, is one of them."""


def store_sentence(fault: BaseException) -> str:
    """Return what to tell a person who can mend one of the faults above."""
    if isinstance(fault, CommandError):
        return (
            "the database was made by a newer compassbot than this one. Update compassbot, or use another data folder."
        )
    if isinstance(fault, DBAPIError):
        return _refused(str(fault.orig).lower(), type(fault.orig).__name__)
    return "COMPASSBOT_DATABASE_URL is no address of a database. Write it as postgresql://user@host/name."


def _refused(what: str, kind: str) -> str:
    if "full" in what:
        return "the disk is full. Make room and start again; nothing that was confirmed is lost."
    if "readonly" in what or "unable to open" in what:
        return "the database cannot be opened for writing. Check the data folder and who owns it, or use another one."
    if "not a database" in what or "malformed" in what:
        return "the database file is damaged or no database. Put a back-up in its place, or use another data folder."
    return f"the database does not answer as it should ({kind}). Check COMPASSBOT_DATABASE_URL."
