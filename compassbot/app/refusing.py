"""What keeps the bot from starting, in a sentence that says what to do."""

from __future__ import annotations

import errno

from compassbot.model.yaml_file import YamlFault
from compassbot.store.faults import STORE_FAULTS, store_sentence


class CannotStart(Exception):
    """The sentence says why, and what to do."""


CANNOT = (CannotStart, YamlFault, OSError, *STORE_FAULTS, UnicodeDecodeError, ValueError)


def sentence_for(fault: BaseException) -> str:
    """Return what to tell a person who can mend it."""
    if isinstance(fault, OSError):
        return _file(fault)
    if isinstance(fault, STORE_FAULTS):
        return store_sentence(fault)
    if isinstance(fault, UnicodeDecodeError):
        return "that file is no text in UTF-8."
    return str(fault)


def _file(fault: OSError) -> str:
    name = f" ({fault.filename})" if fault.filename else ""
    if fault.errno == errno.EADDRINUSE:
        return "that port is in use. Choose another one: `make demo PORT=9000`, --port 9000 or COMPASSBOT_PORT=9000."
    if fault.errno == errno.ENOSPC:
        return f"the disk is full{name}. Make room and start again; nothing that was confirmed is lost."
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"this user may not write there{name}. Choose another folder: --data-dir or COMPASSBOT_DATA_DIR."
    return f"{fault.strerror or fault}{name}."
