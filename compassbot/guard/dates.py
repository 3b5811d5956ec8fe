"""Finds dates of birth, and tells them from the dates of letters and laws."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compassbot.guard.around import after, before
from compassbot.guard.identifier import Find

_MONTH = (
    r"(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|maart|march|mrt|apr(?:il)?|mei|may|juni?|june|juli?|july|aug(?:ustus|ust)?|"
    r"sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<![\w/-])(?<!\d\.)(?:\d{{1,2}} ?([./-]) ?(?:\d{{1,2}}|{_MONTH}) ?\1 ?(?:{_YEAR}|\d\d)|{_YEAR}([./-]?)[01]\d\2[0-3]\d|"
    rf"\d{{1,2}} \d{{1,2}} {_YEAR}|[0-3]\d[01]\d{_YEAR}|"
    rf"\d{{1,2}}(?:e|th|st|nd|rd)? ?(?:of )?{_MONTH},? ?'?(?:{_YEAR}|\d\d)|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR})(?![\w]|[/-]\d)",
    re.I,
)
_SHORT = re.compile(
    rf"(?<![\w/.-])(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}|\d{{1,2}}[/-]\d{{1,2}})(?![\w]|[/-]\d)", re.I
)
_CUE = re.compile(
    r"(?:\bgeb\b|geb\.? ?dat(?:um)?|geboren|geboorte ?(?:datum|dag)?|\bgeb\.|\bborn\b|birth(?: ?(?:date|day))?|\bdob\b|\bd\.o\.b|"
    r"\bg\.?d\.?(?=[ :])|verjaart|verjaardag|jarig|°|\*)[ .:=,(]*(?:(?:op|is|on|d\.d\.|te|in|date|of birth|van|\w+ is) ?[ :]*){0,3}(?:de )?$",
    re.I,
)
_BORN_IN = re.compile(r"(?:geb\.?|geboren|born)[^.\n;]{0,30}?(?:op|,|in|on) ?$", re.I)
_BORN_AFTER = re.compile(r"\s*(?:geboren|is ?(?:ze|hij|zij)? ?geboren|jarig|\(?geb)", re.I)
_FULL_YEAR = re.compile(_YEAR)


def born(text: str) -> Iterator[Find]:
    """Yield dates with a word of birth beside them."""
    for match in _DATE.finditer(text):
        start, end = match.span()
        if before(text, start, _CUE, 40) or before(text, start, _BORN_IN, 45) or after(text, end, _BORN_AFTER):
            yield Find(start, end, "date_of_birth", weight=82)
    for match in _SHORT.finditer(text):
        if before(text, match.start(), _CUE, 40):
            yield Find(*match.span(), "date_of_birth", certain=False, weight=65)


def beside_people(text: str, people: Sequence[Find]) -> Iterator[Find]:
    """Yield full dates in brackets or after a comma right after one of the people found."""
    ends = {person.end for person in people}
    for match in _DATE.finditer(text):
        lead = re.search(r"(?: ?[(,] ?| | - )$", text[max(0, match.start() - 3) : match.start()])
        if lead and match.start() - len(lead.group()) in ends and _is_birthday(match.group(), lead.group()):
            yield Find(*match.span(), "date_of_birth", weight=66)


def _is_birthday(date: str, lead: str) -> bool:
    """Return whether it may be one; without a bracket a recent year is rather the date of what happened."""
    year = _FULL_YEAR.search(date)
    return year is not None and ("(" in lead or int(year.group()) < 2015)
