"""A text with the places of its names, how one is put together, and the annotated texts as such."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MASK = "\ufffc"


@dataclass(frozen=True, slots=True)
class Example:
    """A text and where in it people are named; `other` are the places of other identifiers."""

    text: str
    people: tuple[tuple[int, int], ...]
    other: tuple[tuple[int, int], ...] = ()


class Builder:
    """Puts a text together and remembers where the names are."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.people: list[tuple[int, int]] = []
        self.other: list[tuple[int, int]] = []

    def add(self, text: str, kind: str = "") -> None:
        """Add a piece; kind "person" or "other" marks it."""
        if text and kind == "person":
            self.people.append((self.at, self.at + len(text)))
        elif text and kind == "other":
            self.other.append((self.at, self.at + len(text)))
        self.parts.append(text)
        self.at += len(text)

    def done(self) -> Example:
        """Return what was put together."""
        return Example("".join(self.parts), tuple(self.people), tuple(self.other))


def seeds(paths: Iterable[Path]) -> tuple[list[str], list[Example]]:
    """Return the annotated texts of the files and, for each, the letter of the pen that wrote it."""
    pens: list[str] = []
    made: list[Example] = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            hard = [span for span in row["spans"] if not span.get("soft")]
            people = tuple(sorted((s["start"], s["end"]) for s in hard if s["type"] == "person"))
            other = tuple(sorted((s["start"], s["end"]) for s in hard if s["type"] != "person"))
            pens.append(row["id"][0])
            made.append(Example(row["text"], people, other))
    return pens, made
