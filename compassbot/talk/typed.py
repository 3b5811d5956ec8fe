"""What people type, made fit to keep: the same for every chat."""

from __future__ import annotations

import re

BOT_NAMES = ("kompas", "compass")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def printable(text: str) -> str:
    """Return the text with plain line ends, without what no keyboard types and no database keeps."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n"))


def command_of(text: str) -> tuple[str, str]:
    """Return the command and what follows it: "/kompas dilemma" and "dilemma" give "dilemma" and ""."""
    words = text.removeprefix("/").split(maxsplit=1) or [""]
    if words[0].lower() in BOT_NAMES:
        words = (words[1] if len(words) > 1 else "").split(maxsplit=1) or [""]
    return words[0].lower(), words[1] if len(words) > 1 else ""
