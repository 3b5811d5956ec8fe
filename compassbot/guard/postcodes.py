"""Finds Dutch postcodes, and tells them from a year or a number with a word after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compassbot.guard import lexicon, streets
from compassbot.guard.around import before
from compassbot.guard.caseless import Caseless
from compassbot.guard.identifier import Find
from compassbot.guard.streets import ADDITION, ROOM

_POSTCODE = re.compile(r"(?<![\w.,-])(?<!\d/)(?:nl[- ])?([1-9]\d{3})([ -]{0,2})([a-z]{2})(?![\w'-]|\.\w)", re.I)
_SPACED = re.compile(
    r"(?<![\w.,/-])(?<!\b\w )[1-9](?:(?:[ .-]\d){3}[ .-]{0,3}[a-z][ .-]?[a-z]|\d \d\d ?[a-z]{2}|\d{3} [a-z] [a-z])(?![\w'-]|\.\w| \w(?!\w))",
    re.I,
)
_CUE = Caseless(r"(?:\bpc|\bp\.c\.|postcode(?:gebied)?|postal code|zip(?: ?code)?)(?: is)?[ :=.(]*$")
_HOUSE_BEFORE = re.compile(
    rf"[^\W\d_][ ,.]{{1,2}}(?:nr\.? ?|nummer |no\.? )?\d{{1,4}}{ADDITION}{{0,3}}{ROOM}{{0,2}} ?[,;(|/\n-]{{0,2}}[ \n]?\(?$",
    re.I,
)
_TOWN = re.compile(r"[ ,]{1,3}(?:te |in )?([^\W\d_]{3,24})")
_ABBREVIATED = frozenset(
    "wk eu ha mb gb kb kw mw st dd jl nr pp vs jr mg ml km kg mm cm gr pm pj pw pk tb bv nv ca ed ev bt pl dg mn hz db pc ct cc ps us uk ml cl dl fl gl"
    " mn fr ex vr ma di wo do za zo am mt vz zn bg nl be de fa ms sr jp".split()
)
_PLACED = Caseless(r"(?:(?<!\w)(?:in|te|naar|uit),? |, ?)$")
_FIELD, _FIELD_AFTER = re.compile(r"[;|/\t] ?$"), re.compile(r" ?[;|/\t]")
_NEVER = ("SA", "SD", "SS")


def postcodes(text: str) -> Iterator[Find]:
    """Yield Dutch postcodes with their letters; "2024 EN" and "1200 km" are none."""
    for match in _POSTCODE.finditer(text):
        digits, gap, letters = match.groups()
        start, end = match.span()
        speaks = letters.lower() in lexicon.cues("function") and not (letters.isupper() and not _shouted(text, start))
        cued = before(text, start, _CUE, 24)
        housed = before(text, start, _HOUSE_BEFORE, 48) and not (speaks and gap)
        if letters.upper() in _NEVER and not (cued or housed):
            continue
        if not cued and before(text, start, streets.PUBLIC, 70) and not _private(text, start):
            continue
        if (cued and not (speaks and gap)) or housed or _is_postcode(text, digits, letters, match):
            yield Find(start, end, "postcode", weight=79 if cued or housed else 62)
    yield from _spaced(text)


def _private(text: str, at: int) -> bool:
    """Return whether somebody lives there, though a public building is spoken of too."""
    return before(text, at, streets.PRIVATE, 70)


def _spaced(text: str) -> Iterator[Find]:
    """Yield "1 8 1 1 N B": in capitals, or behind its word; "1 2 3 4 A B" only counts."""
    for match in _SPACED.finditer(text):
        start, shown = match.start(), match.group()
        letters = re.sub(r"[^A-Z]", "", shown.upper())
        single = shown[1] in " .-"
        spoken = letters.lower() in lexicon.words() and shown[-2] not in " .-"
        counts = ord(letters[1]) - ord(letters[0]) == 1 or spoken
        counts = counts or _COUNTING.match(shown) is not None
        if before(text, start, _CUE, 24) or (
            not counts and (single or (shown.isupper() and _in_town(text, match.end()) and not _shouted(text, start)))
        ):
            yield Find(*match.span(), "postcode", weight=79)


_COUNTING = re.compile(r"1\W2\W3|2\W3\W4|3\W4\W5|4\W5\W6|5\W6\W7|6\W7\W8|7\W8\W9")


def _shouted(text: str, at: int) -> bool:
    """Return whether all around is in capitals, so that capitals say nothing."""
    around = text[max(0, at - 40) : at + 40]
    return sum(map(str.isupper, around)) > 3 * sum(map(str.islower, around))


def _is_postcode(text: str, digits: str, letters: str, match: re.Match[str]) -> bool:
    word = letters.lower()
    unit = word in lexicon.cues("units") or word in _ABBREVIATED
    speaks = unit or word in lexicon.cues("function")
    year = 1900 <= int(digits) <= 2099
    closed = match.group().endswith(digits + letters)
    if unit and not year and not digits.endswith("00") and word not in lexicon.cues("function"):
        plain = letters.isupper() and not _shouted(text, match.start())
        if _in_town(text, match.end()) and (plain or before(text, match.start(), _PLACED, 8)):
            return True
    if before(text, match.start(), _FIELD, 3) and _FIELD_AFTER.match(text, match.end()):
        return True
    if letters.isupper() and not _shouted(text, match.start()):
        known = word in lexicon.known() or speaks or word in lexicon.words()
        if word in lexicon.cues("function") and not closed and not _in_town(text, match.end()):
            return False
        return closed or not ((year and known) or (unit and word not in ("ca", "kw", "vs", "pc", "db", "gr")))
    if speaks and (unit or year or not closed):
        return False
    if _in_town(text, match.end()):
        return True
    if not closed:
        return not year and word not in lexicon.words() and not digits.endswith("00")
    return True


def _in_town(text: str, at: int) -> bool:
    """Return whether the name of a place follows."""
    town = _TOWN.match(text, at)
    return town is not None and lexicon.plain(town.group(1)) in lexicon.places()
