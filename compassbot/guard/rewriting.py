"""Writes what is suggested in place of what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compassbot.guard import lexicon
from compassbot.guard.identifier import Identifier
from compassbot.guard.suggest import AGE

_ROLE = re.compile(r"\[([^\W\d_][^\s,\]]*)")
_BEFORE = re.compile(r"([^\W\d_]+)([.,]?)[ ]+$")
_MOST_TITLES = 2


def rewrite(text: str, found: Sequence[Identifier]) -> str:
    """Return the text with each identifier in `found` replaced by its suggestion, reminders too: leave out what may stay.

    Raises ValueError when `found` is not of this text: out of its bounds, or overlapping. A role that stands before a name and in its placeholder is written once: "klant Jan" becomes "[klant]".
    """
    out: list[str] = []
    at = 0
    for start, end, instead in edits(text, found):
        out += [text[at:start], instead]
        at = end
    return "".join([*out, text[at:]])


def edits(text: str, found: Sequence[Identifier]) -> Iterator[tuple[int, int, str]]:
    """Return the stretches that `rewrite` replaces, in order, each with what takes its place. Raises ValueError as it."""
    ordered = sorted(found, key=lambda each: each.start)
    at = 0
    for each in ordered:
        if not at <= each.start < each.end <= len(text):
            raise ValueError(
                f"what was found does not fit this text: {each.start} to {each.end}, after {at} and of {len(text)} "
                "characters. Give what read() returned for this very text."
            )
        at = each.end
    return _edits(text, ordered)


def _edits(text: str, found: Sequence[Identifier]) -> Iterator[tuple[int, int, str]]:
    at = 0
    for nth, each in enumerate(found):
        until = found[nth + 1].start if nth + 1 < len(found) else len(text)
        start, end = each.start, each.end
        if each.kind == "person":
            start, end = max(at, _with_role(text, each)), min(until, _with_age(text, each))
        yield start, end, each.suggestion
        at = end


def _with_role(text: str, person: Identifier) -> int:
    """Return where the role before a name begins, over titles between them; where the name begins, without one.

    A comma may stand behind the role: "haar zus, Samira" becomes "haar [zus]".
    """
    role = _ROLE.match(person.suggestion)
    at = person.start
    for _ in range(_MOST_TITLES + 1):
        before = _BEFORE.search(text, max(0, at - 30), at)
        if not before or not role:
            break
        word = before.group(1)
        if word.lower() == role.group(1).lower():
            return before.start()
        if before.group(2) == "," or lexicon.plain(word) not in lexicon.cues("titles"):
            break
        at = before.start()
    return person.start


def _with_age(text: str, person: Identifier) -> int:
    """Return where the age behind a name ends, when its placeholder tells the age in broader words."""
    age = AGE.match(text, person.end) if "," in person.suggestion else None
    return age.end() if age else person.end
