"""What colleagues type to each other in a chat of our own: the guard reads it before anybody else does."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from compassbot.conversations.desk import Reads
from compassbot.conversations.reading import read_or_refuse, reason
from compassbot.guard import Identifier, read
from compassbot.talk.errors import Refused
from compassbot.words import Words


class Lines:
    """Reads lines. First names of the `colleagues` are no residents' as long as nothing else says so."""

    def __init__(self, colleagues: Collection[str] = (), reads: Reads = read) -> None:
        """Take how colleagues are called, and the guard."""
        self._names = {part.lower() for name in colleagues for part in name.split()}
        self._reads = reads

    def why_not(self, text: str, language: str, *, sure: bool) -> tuple[str, bool]:
        """Return why a line is not sent ("" when it is), and whether sending it once more is enough.

        `sure` says that it is sent once more: its author says that what was probable is no such thing.
        """
        words = Words(language)
        try:
            found = read_or_refuse(self._reads, text, words)
        except Refused as refused:
            return refused.why[""], False
        certain = [each for each in found if each.outcome == "certain"]
        probable = [each for each in found if each.outcome == "probable" and not self._colleague(text, each)]
        if certain:
            return words("guard-line-certain", why=_why(words, text, certain)), False
        if probable and not sure:
            return words("guard-line-probable", why=_why(words, text, probable)), True
        return "", False

    def _colleague(self, text: str, each: Identifier) -> bool:
        said = text[each.start : each.end].lower().split()
        return each.kind == "person" and self._names.issuperset(said)


def _why(words: Words, text: str, found: Sequence[Identifier]) -> str:
    said = {text[each.start : each.end]: reason(words, each) for each in found}
    return " ".join(f"{why.removesuffix('.')}: “{typed}”." for typed, why in said.items())
