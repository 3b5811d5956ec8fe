"""What keeps the bot from starting, in a sentence that says what to do."""

from __future__ import annotations

import errno

from alembic.util.exc import CommandError
from sqlalchemy.exc import DBAPIError

from compassbot.model.yaml_file import YamlFault


class CannotStart(Exception):
    """The sentence says why, and what to do."""


CANNOT = (CannotStart, YamlFault, OSError, DBAPIError, CommandError, UnicodeDecodeError, ValueError)


def sentence_for(fault: BaseException) -> str:
    """Return what to tell a person who can mend it."""
    if isinstance(fault, OSError):
        return _file(fault)
    if isinstance(fault, DBAPIError):
        return _database(fault)
    if isinstance(fault, CommandError):
        return (
            "the database was made by a newer compassbot than this one. Update compassbot, or use another --data-dir."
        )
    if isinstance(fault, UnicodeDecodeError):
        return "that file is no text in UTF-8."
    return str(fault)


def _file(fault: OSError) -> str:
    name = f" ({fault.filename})" if fault.filename else ""
    if fault.errno == errno.EADDRINUSE:
        return "that port is in use. Choose another one with --port, or PORT= for make."
    if fault.errno == errno.ENOSPC:
        return f"the disk is full{name}. Make room and start again; nothing that was confirmed is lost."
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"this user may not write there{name}. Choose another folder with --data-dir."
    return f"{fault.strerror or fault}{name}."


def _database(fault: DBAPIError) -> str:
    what = str(fault.orig).lower()
    if "full" in what:
        return "the disk is full. Make room and start again; nothing that was confirmed is lost."
    if "readonly" in what or "unable to open" in what:
        return "the database cannot be opened for writing. Check the folder and who owns it, or use another --data-dir."
    if "not a database" in what or "malformed" in what:
        return "the database file is damaged or no database. Put a back-up in its place, or use another --data-dir."
    return f"the database does not answer as it should ({type(fault.orig).__name__}). Check COMPASSBOT_DATABASE_URL."
