"""Finds citizen service numbers and bank accounts by their checks (11-proef, mod 97: python-stdnum)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compassbot.guard.around import MONEY, MONEY_AFTER, after, before
from compassbot.guard.identifier import Find

_ROW = re.compile(r"(?<![\w.,/+@-])(?=(\d(?:(?: {0,2}| ?[/·-] ?|\.)\d){7,8})(?![\w@]|[.,/-]\d))")
"""Every row, also one that begins inside another: in "12 345 678 90" all of them are tried."""

_BSN_CUE = re.compile(
    r"(?:bsn|sofi|burger ?service|service ?number|citizen number)[\w-]*\.?(?:[ -]?(?:nummer|nr|number|no))?\.?"
    r"[ :=#(\"']*(?:(?:is|van|of|nummer|nr)\b[ :\w]{0,14})?$",
    re.I,
)
_BSN_AFTER = re.compile(r"\s*[(,]?\s*(?:=|is)?\s*(?:(?:mijn|haar|zijn|het|de)\s+)?(?:bsn|sofi)", re.I)
_OTHER_CUE = re.compile(r"(?:nummer|nr|kenmerk|\b(?:kvk|dossier|zaak|\w*code|ref|tel|telefoon|mobiel))\.?[ :#]*$", re.I)
_DATE = re.compile(r"(?:\d{1,2}[ ./-]\d{1,2}[ ./-](?:19|20)\d\d|(?:19|20)\d\d[ ./-]?[01]\d[ ./-]?[0-3]\d)$")
_DIGIT_BEFORE, _DIGIT_AFTER = re.compile(r"\d $"), re.compile(r" \d")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.000)+$|[1-9]\d?(?:\.\d{3}){2}$")
_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}[ .-]?\d(?: ?\d)(?:[ .-]{0,2}[A-Za-z0-9]){11,30}")
_NL_IBAN = re.compile(r"(?<![^\W_])NL[ .-]?\d ?\d[ .-]?[A-Z](?:[ .-]?[A-Z]){3}(?:[ .-]{0,2}\d){9,10}(?![^\W_])", re.I)


def bsns(text: str) -> Iterator[Find]:
    """Yield rows of 8 or 9 digits that pass the 11-proef, and any that a cue calls a BSN."""
    for match in _ROW.finditer(text):
        (start, end), row = match.span(1), match.group(1)
        cued = before(text, start, _BSN_CUE, 40) or after(text, end, _BSN_AFTER)
        if cued:
            yield Find(start, end, "bsn", weight=90)
        elif _is_bsn(row) and not _something_else(text, start, end):
            yield Find(start, end, "bsn", certain=sum(map(str.isdigit, row)) == 9, weight=69)


def _is_bsn(row: str) -> bool:
    from stdnum.nl import bsn  # imported here: `import compassbot.guard` stays cheap

    digits = re.sub(r"\D", "", row)
    return not _DATE.match(row) and digits.strip("0") != "" and bsn.is_valid(digits)


def _something_else(text: str, start: int, end: int) -> bool:
    row = text[start:end]
    amount = before(text, start, MONEY) or after(text, end, MONEY_AFTER)
    groups = len(re.findall(r"\d+", row))
    eight = sum(map(str.isdigit, row)) == 8
    longer = eight and (before(text, start, _DIGIT_BEFORE) or after(text, end, _DIGIT_AFTER))
    scattered = groups > 5 and groups < len(re.findall(r"\d", row))
    return amount or scattered or longer or bool(_THOUSANDS.match(row)) or before(text, start, _OTHER_CUE)


def ibans(text: str) -> Iterator[Find]:
    """Yield account numbers that pass mod 97 in any grouping, and Dutch ones by their shape with a typing error."""
    for match in _IBAN.finditer(text):
        end = _iban_end(match.group())
        if end:
            yield Find(match.start(), match.start() + end, "iban", weight=95)
    for match in _NL_IBAN.finditer(text):
        yield Find(*match.span(), "iban", weight=94)


def _iban_end(row: str) -> int:
    """Return how many characters of the row make a valid IBAN, or 0; its country sets the one length it can have."""
    from stdnum import iban

    at = [i for i, char in enumerate(row) if char.isalnum()]
    compact = "".join(row[i] for i in at).upper()
    for length in range(15, min(len(compact), 34) + 1):
        if iban.is_valid(compact[:length], check_country=False) and _ends_word(row, at[length - 1]):
            return at[length - 1] + 1
    return 0


def _ends_word(row: str, at: int) -> bool:
    return at + 1 == len(row) or not row[at + 1].isalnum()
