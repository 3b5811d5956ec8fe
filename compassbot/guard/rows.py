"""Cuts the rows of digits out of a text, for all that look at them: "06 - 12 34 56 78", "(0341) 27 88 03"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROW = re.compile(r"(?:\+|\(\+?)?\d(?:(?:[.·]|[ /()\n_-]{0,3})\d)*")
_GROUP = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Row:
    """Digits with nothing but signs between them; `groups` says where each run of digits begins and ends."""

    text: str
    start: int
    end: int
    groups: list[tuple[int, int]]

    def digits(self, first: int, last: int) -> str:
        """Return the digits of the groups from `first` to `last`."""
        return "".join(self.text[start:end] for start, end in self.groups[first : last + 1])

    def gaps(self, first: int, last: int) -> list[str]:
        """Return what stands between the groups from `first` to `last`."""
        inside = zip(self.groups[first:last], self.groups[first + 1 : last + 1], strict=True)
        return [self.text[left[1] : right[0]] for left, right in inside]

    def gap_before(self, first: int) -> str:
        """Return what stands between a group and the one before it; nothing before the first."""
        return self.text[self.groups[first - 1][1] : self.groups[first][0]] if first else ""

    def gap_after(self, last: int) -> str:
        """Return what stands between a group and the next one; nothing after the last."""
        more = last + 1 < len(self.groups)
        return self.text[self.groups[last][1] : self.groups[last + 1][0]] if more else ""


@dataclass(frozen=True, slots=True)
class Window:
    """Whole groups of one row that together have the number of digits asked for."""

    row: Row
    first: int
    last: int
    digits: str

    @property
    def start(self) -> int:
        """Where its first digit stands in the text."""
        return self.row.groups[self.first][0]

    @property
    def end(self) -> int:
        """Where its last digit ends in the text."""
        return self.row.groups[self.last][1]


LEAST = 6
"""Characters of a row that anybody looks at."""


def rows(text: str) -> Iterator[Row]:
    """Yield each longest row of digits, but for those of fewer than six characters."""
    for match in _ROW.finditer(text):
        start, end = match.span()
        if end - start >= LEAST:
            yield Row(text, start, end, [found.span() for found in _GROUP.finditer(text, start, end)])


def windows(row: Row, least: int, most: int) -> Iterator[Window]:
    """Yield each run of whole groups with `least` to `most` digits; six groups or more only as a whole row."""
    sizes = [end - start for start, end in row.groups]
    for first, size in enumerate(sizes):
        total, last = size, first
        while total <= most:
            if total >= least and (last - first < 5 or last + 1 == len(sizes)):
                yield Window(row, first, last, row.digits(first, last))
            last += 1
            if last == len(sizes) or (last - first > 4 and (first or len(sizes) > most)):
                break
            total += sizes[last]
