"""Finds Dutch licence plates in all sidecodes of the RDW."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compassbot.guard.around import before
from compassbot.guard.identifier import Find

SIDECODES = (
    "XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9", "9-XXX-99",
    "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9",
)  # fmt: skip
"""X is a letter, 9 a digit. Source: RDW, "Kentekenformats"."""

_CUE = re.compile(
    r"(?:kenteken|auto|plate|busje|bus|scooter|motor|brommer|wagen|car|licen[cs]e)\w*[ :=(]*(?:is |met |van )?$", re.I
)
_NO_WORD = frozenset("week art lid en of de op in is te uur jan feb mrt apr mei jun jul aug sep okt nov dec".split())


def _pattern(gap: str) -> re.Pattern[str]:
    codes = (gap.join(re.sub("9+", _digits, re.sub("X+", _letters, part)) for part in c.split("-")) for c in SIDECODES)
    return re.compile(rf"(?<![\w-])(?<!\d[./,])(?:{'|'.join(codes)})(?![\w-]|[./,]\d)", re.I)


def _letters(run: re.Match[str]) -> str:
    return f"[a-z]{{{len(run.group())}}}"


def _digits(run: re.Match[str]) -> str:
    return rf"\d{{{len(run.group())}}}"


_HYPHENS, _SPACES, _CLOSED = _pattern(" ?[-.·] ?"), _pattern(" "), _pattern("")


def plates(text: str) -> Iterator[Find]:
    """Yield plates with hyphens in any case, and those with spaces or closed up in capitals or after a cue."""
    for match in _HYPHENS.finditer(text):
        yield Find(*match.span(), "licence_plate", weight=68)
    for pattern, weight in ((_SPACES, 45), (_CLOSED, 46)):
        for match in pattern.finditer(text):
            cued = before(text, match.start(), _CUE)
            if cued or _looks_like_one(match.group()):
                yield Find(*match.span(), "licence_plate", certain=cued or pattern is _CLOSED, weight=weight)


def _looks_like_one(plate: str) -> bool:
    """Return whether the letters are capitals, or small ones that make no syllable."""
    letters = re.findall("[A-Za-z]+", plate)
    if all(run.lower() in _NO_WORD for run in letters):
        return False
    return "".join(letters).isupper() or not re.search("[aeiouyq]", "".join(letters))
