"""Finds telephone numbers of the whole world; those of public desks are nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compassbot.guard.around import MONEY, MONEY_AFTER, after, before
from compassbot.guard.caseless import Caseless
from compassbot.guard.desks import is_desk
from compassbot.guard.identifier import Find
from compassbot.guard.rows import Row, rows
from compassbot.guard.spoken import Said

_CUE = Caseless(
    r"(?:\btel\b|telefoon(?:nummer|nr)?|\btelnr|mobiel(?:tje)?(?:nummer|nr)?|\bmob\b|gsm|what'?s?app|\b(?:geb|ge)?app(?:t|te|en|je)?\b|\bsms(?:'?t|te|en|je)?|"
    r"\b(?:terug|op)?ge?bel(?:len|t|d|de)?\b|bellen\b|\bbereikbaar|\bbereiken|\bphone\w*|\bmobile|\bcall(?:s|ed|ing)?\b|\bcell|\btext(?:s|ed)?\b|\bfax|"
    r"(?:prive|privé|nood|haar|zijn|mijn|her|his|my|vast|06)[- ]?(?:nummers?|nr|number)|\bnummers\b|\bt:)\.?"
    r"(?: ?[:.=]|,? (?:is|op|via|naar|vanaf|van|hem|haar|mij|me|mw|mevr|mevrouw|dhr|on|at|from|them|him|her|nr|nummer|number|moeder|vader|thuis|werk|privé|prive|ook|nu|terug|back|altijd|het|met|zijn|a|een|his)){0,4}[ :=(,]*$",
)
_CALL = Caseless(
    r"\b(?:bel|belt|bellen|ring)(?: (?:me|mij|hem|haar|ons|even|maar|dan|graag|terug|op|naar)){0,3}[ :=(,]*$"
)
_LOCAL = re.compile(
    r"\b(?:tel|telefoon|telefoonnummer|telnr|telefoonnr|(?:terug)?belnummer)\b\.?(?: (?:is|van|thuis|werk|moeder|vader|buurvrouw|buurman|haar|zijn)){0,2}[ :]{1,3}$",
    re.I,
)
"""What stands before a number without its area code."""
_NUMBER_CUE = Caseless(r"\b(?:nummer|nr|number)\.?(?: (?:is|was|van|of))?[ :=(]*$")
_AFTER = Caseless(r"\s*\(?(?:tel|mobiel|telefoon|thuis|werk|whatsapp|gsm|phone|mobile|bellen|appen)\b")
_DATE = re.compile(r"[0-3]?\d[ ./-][01]?\d[ ./-](?:19|20)\d\d(?!\d)|0{4}")
_LETTERED = re.compile(r"(?<![\w+@.,/-])[0o][1-9oli](?:[ ./-]{0,3}[\doli]){8}(?![\w@]|[.,/-]\w)", re.I)
_ODD = re.compile(r"(?<![\w.,+/:-])06(?:[ .,:;*_|/\\-]{0,3}[\dx*?]){8}(?:/\d{1,2})?(?![\w*]|[.,:/-]\d)", re.I)
"""A mobile number with any sign between its digits, with a few that were left out, or with another end: 06:12345678/79."""


def phones(text: str, said: Sequence[Said] = ()) -> Iterator[Find]:
    """Yield telephone numbers in any grouping, also with a letter O for a nought; `said` are the rows of digits in words.

    14 0xx, 0800, 0900 and 088 are nobody's.
    """
    for row in rows(text):
        yield from _in_row(text, row)
    for start, end, digits in said:
        abroad = digits.startswith(("31", "0031")) and 11 <= len(digits) <= 13
        if _national(digits) or abroad or (len(digits) == 9 and digits[0] == "6" and text[start].isalpha()):
            yield Find(start, end, "phone", weight=83)
    for match in _LETTERED.finditer(text):
        digits = re.sub(r"\D", "", match.group().lower().translate(_LETTERS))
        if _national(digits) and sum(map(str.isdigit, match.group())) >= 6 and not is_desk(digits):
            yield Find(*match.span(), "phone", weight=80)
    for match in _ODD.finditer(text) if "06" in text else ():
        if sum(map(str.isdigit, match.group())) >= 7:
            yield Find(*match.span(), "phone", weight=79)


_LETTERS = str.maketrans("oli", "011")


def _in_row(text: str, row: Row) -> Iterator[Find]:
    first = 0
    while first < len(row.groups):
        found = _at(text, row, first)
        if found:
            last, weight = found
            start = _opening(text, row.groups[first][0], row.groups[last][1])
            yield Find(start, row.groups[last][1], "phone", weight=weight)
            first = last
        first += 1


def _opening(text: str, start: int, end: int) -> int:
    """Return where a number begins, with its plus and its bracket; a bracket that closes after it stays outside."""
    while start and text[start - 1] in "+(":
        if text[start - 1] == "(" and ")" not in text[start:end]:
            break
        start -= 1
    return start


def _at(text: str, row: Row, first: int) -> tuple[int, int] | None:
    """Return the last group of the number that begins at this group, and how much it weighs."""
    start = row.groups[first][0]
    lead = text[max(0, start - 2) : start]
    if start and (text[start - 1].isalnum() or text[start - 1] in "_@"):
        return None
    if lead[-1:] in (".", "/", "-", ",") and lead[:1].isdigit():
        return None
    if lead.endswith(("+", "+(")) or text.startswith("00", start) or text.startswith("+", start):
        last = _foreign(row, first)
        if last is not None:
            return None if is_desk(row.digits(first, last)) else (last, 81)
    last = _dutch(text, row, first) if text[start] == "0" else None
    if last is not None:
        return None if is_desk(row.digits(first, last)) else (last, 80)
    last = _without_plus(text, row) if first == 0 else None
    if last is not None:
        return last, 79
    return _by_cue(text, row, first) if first == 0 or text.startswith("06", start) else None


_CODES = re.compile(
    r"31|32|33|34|39|40|44|48|49|90|212|213|216|234|251|252|291|297|351|359|370|380|48|597|599|961|963|964"
)
_ABROAD = re.compile(
    r"(?:belg|duit|pool|pole|pola|turk|marok|moroc|roem|roma|bulg|syri|engel|brit|frans|fran|spa|ital|surina|cura|oekra|ukrai|eritre|somal|litou|portug|irak|iraq|arub|antil)"
    r"[a-zë]{0,10}[ ,:(]{0,3}(?:(?:mobiel|mobile|mobieltje|nummer|number|nr|telefoon|gsm|vast|phone)[a-z]{0,8}\.?[ ,:(]{0,3})?(?:(?:is|op|on|at|van|nu)[ :]){0,2}$",
    re.I,
)
"""A country before a number, which tells that it is one of telephones without its + or in its national form."""


def _without_plus(text: str, row: Row) -> int | None:
    """Return the last group of a number that misses its +: "31 6 12345678", "Marokko, 212 661 408 819"."""
    last, start = len(row.groups) - 1, row.groups[0][0]
    digits = row.digits(0, last)
    if not (10 <= len(digits) <= 13 and _CODES.match(digits)) or "\n" in row.text[start : row.end]:
        return None
    if before(text, start, MONEY) or after(text, row.end, MONEY_AFTER):
        return None
    mobile = re.match(r"316[1-5]\d{7}$", digits) is not None
    told = before(text, start, _CUE, 48) or before(text, start, _ABROAD, 40)
    return last if mobile or (told and _valid(digits)) else None


def _valid(digits: str) -> bool:
    """Return whether a number with its country before it exists."""
    import phonenumbers  # imported here: `import compassbot.guard` stays cheap

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse("+" + digits))
    except phonenumbers.NumberParseException:
        return False


def _reach(row: Row, first: int, least: int, most: int) -> list[int]:
    """Return the groups that a number of `least` to `most` digits may end with, the longest first."""
    total, ends = 0, list[int]()
    text, before = row.text, 0
    for last in range(first, len(row.groups)):
        start, end = row.groups[last]
        if total and (text.find("_", before, start) >= 0 or (total >= least and text.find("\n", before, start) >= 0)):
            break
        before = end
        total += end - start
        if total > most:
            break
        if total >= least:
            ends.append(last)
    return ends[::-1]


def _dutch(text: str, row: Row, first: int) -> int | None:
    if row.digits(first, min(first + 1, len(row.groups) - 1)).startswith("00"):
        return None
    for last in _reach(row, first, 10, 10):
        digits, end = row.digits(first, last), row.groups[last][1]
        dated = _DATE.match(text[row.groups[first][0] : end])
        if _national(digits) and not dated and not _goes_on(text, row, last):
            return last
    return None


def _national(digits: str) -> bool:
    return len(digits) == 10 and digits[0] == "0" and digits[1] != "0"


def _goes_on(text: str, row: Row, last: int) -> bool:
    gap = row.gap_after(last)
    end = row.groups[last][1]
    hangs = gap in (".", "/", "-", ",", "") and last + 1 < len(row.groups)
    return hangs or text[end : end + 1].isalpha() or (text[end : end + 1] in ",@" and text[end + 1 : end + 2].isalnum())


def _foreign(row: Row, first: int) -> int | None:
    """Return the last group of a number with a country before it: the longest that phonenumbers calls possible."""
    import phonenumbers  # imported here: `import compassbot.guard` stays cheap

    if re.match("0{3}", row.digits(first, first)):
        return None
    possible = None
    for last in _reach(row, first, 8, 16):
        digits = re.sub(r"^00", "", row.digits(first, last))
        digits = re.sub(r"^31(?:\(0\)|0)", "31", digits)
        try:
            parsed = phonenumbers.parse("+" + digits)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return last
        if possible is None and phonenumbers.is_possible_number(parsed):
            possible = last
    if possible is not None:
        return possible
    ends = _reach(row, first, 8, 15)
    return ends[0] if ends and row.digits(first, first) != "00" and row.text[row.start] == "+" else None


def _by_cue(text: str, row: Row, first: int) -> tuple[int, int] | None:
    start = row.groups[first][0]
    local = before(text, start, _LOCAL, 40)
    ends = _reach(row, first, 6 if local else 7, 14)
    if not ends or before(text, start, MONEY):
        return None
    mobile = re.match(r"06(?:$|[ ./-])", text[start : start + 3] + " ") is not None
    size = len(row.digits(first, ends[0]))
    if mobile and 9 <= size <= 11 and not row.digits(first, ends[0]).startswith("0600"):
        return ends[0], 66
    cued = first == 0 and (before(text, start, _CUE, 48) or after(text, row.groups[ends[0]][1], _AFTER, 14))
    abroad = first == 0 and size >= 7 and before(text, start, _ABROAD, 40)
    cued = cued or (first == 0 and size == 9 and text[start] == "6" and before(text, start, _CALL, 24))
    numbered = before(text, start, _NUMBER_CUE, 24) and row.digits(first, ends[0])[0] == "0"
    shown = text[start : row.groups[ends[0]][1]]
    if (
        (cued or abroad or numbered or (local and first == 0))
        and not _DATE.match(shown)
        and not after(text, start + len(shown), MONEY_AFTER)
    ):
        digits = row.digits(first, ends[0])
        return (
            None
            if is_desk(digits) or (size == 8 and re.match("(?:19|20)", digits))
            else (ends[0], 80 if abroad else 70)
        )
    return None
