"""Finds citizen service numbers and bank accounts by their checks (11-proef, mod 97: python-stdnum)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compassbot.guard.around import MONEY, MONEY_AFTER, after, before
from compassbot.guard.caseless import Caseless
from compassbot.guard.desks import shown_as_desk
from compassbot.guard.identifier import Find
from compassbot.guard.rows import Window, rows, windows
from compassbot.guard.spoken import Said

_OTHER_NUMBER = r"[ (]*(?:geb|born|birth|dob|d\.o\.b|zaak|dossier|kenmerk|ref|case|tel|mob|phone|kvk|rek|iban|account|polis|pol\.|policy|cli[eë]nt ?n|klant ?n)"
"""What says that the number behind a citizen number is of another kind."""
_BSN_CUE = Caseless(
    r"(?:bsn|b\.s\.n|sofi|burger ?(?:service|nr|nummer)|service ?number|citizen (?:service )?(?:number|no))[a-z-]{0,12}\.?(?:[^\d;!?\n]{0,30};?[ :]{0,2}|\s*)"
    r"(?:\d[\d ./-]{6,14}\d ?(?:[/,&+]|en|and|of|or|ipv|i\.p\.v\.|resp\.?|\n)(?!" + _OTHER_NUMBER + r")[^\d]{0,12})?$",
)
_BSN_AFTER = Caseless(
    r"\s*(?:[(\[]\s*|(?:=|is|was|als)\s+)(?:(?:mijn|haar|zijn|hun|uw|het|de|the|her|his|their|my)\s+)?(?:bsn|sofi|burgerserv|citizen)",
)
_OTHER_CUE = Caseless(r"(?:(?<!mijn )nummer|nr|kenmerk|\b(?:kvk|dossier|zaak|\w*code|ref))\.?[ :#]*$")
_CALLED = Caseless(r"\b(?:tel|telefoon|mobiel|isbn|ean)\.?[ :#]*$")
_DATE = re.compile(
    r"(?:[0-3]?\d[ ./-][01]?\d[ ./-](?:19|20)\d\d|(?:19|20)\d\d[ ./-]?[01]\d[ ./-]?[0-3]\d|[0-3]\d[01]\d(?:19|20)\d\d)(?!\d)"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.000)+$|[1-9]\d?(?:\.\d{3}){2}$")
_YEARS = re.compile(r"(?:19|20)\d\d[ /-]+(?:19|20)\d\d")


def bsns(text: str, said: Sequence[Said] = ()) -> Iterator[Find]:
    """Yield rows of 8 or 9 digits that pass the 11-proef in any grouping, and any that a cue calls a BSN.

    `said` are the rows of digits that are told in words.
    """
    spoken_of = "bsn" in text.lower() or _ANY_CUE.search(text) is not None
    for row in rows(text):
        if row.end - row.start < 8:
            continue
        taken = 0
        for window in windows(row, 8, 9):
            if window.start < taken:
                continue
            if spoken_of and (taken or window.first == 0) and _cued(text, window):
                whole = _whole(window)
                taken = whole[1]
                yield Find(*whole, "bsn", weight=90)
            elif _alone(text, window) and _is_bsn(window) and not _something_else(text, window):
                nine = len(window.digits) == 9
                yield Find(window.start, window.end, "bsn", certain=nine, weight=75 if nine else 69)

    yield from _told(text, said, spoken_of)


def _told(text: str, said: Sequence[Said], spoken_of: bool) -> Iterator[Find]:
    """Yield those in words, and those with commas or stars after their cue."""
    for start, end, digits in said:
        cued = spoken_of and before(text, start, _BSN_CUE, 60)
        if (len(digits) == 9 and (cued or _passes(digits))) or (cued and len(digits) == 8):
            yield Find(start, end, "bsn", certain=cued, weight=90 if cued else 69)
    if spoken_of:
        for match in _MISTYPED.finditer(text):
            odd = re.search(r"[,*x_]", match.group(), re.I) is not None
            if odd and before(text, match.start(), _BSN_CUE, 60):
                yield Find(*match.span(), "bsn", weight=89)


_ANY_CUE = Caseless(r"b\.s\.n|sofi|burger ?(?:service|nr|nummer)|service ?number|citizen")
_MISTYPED = re.compile(
    r"(?<![\w.,*])(?:\d(?:[ .]?[,][ ]?\d|[ ./_-]?\d){7,8}|[*x]{1,5}[ .-]?\d(?:[ .-]?\d){3,7}|\d(?:[ .-]?\d){3,7}[ .-]?[*x]{1,5})(?![\w*]|[.,]\d)",
    re.I,
)
"""A citizen number with commas, or of which a part was left out with stars; only after its cue."""


def _cued(text: str, window: Window) -> bool:
    if _DATE.match(text[window.start : window.end]) or (window.first and not window.row.gap_before(window.first)):
        return False
    if any(len(gap.strip()) > 1 or "(" in gap for gap in window.row.gaps(window.first, window.last)):
        return False
    return before(text, window.start, _BSN_CUE, 60) or after(text, window.end, _BSN_AFTER, 24)


def _whole(window: Window) -> tuple[int, int]:
    """Return where it stands, with one digit more of the same group or the next when it then passes the 11-proef."""
    longer = next((w for w in windows(window.row, 9, 9) if w.first == window.first and w.last > window.last), None)
    best = longer if longer and not _passes(window.digits) and _passes(longer.digits) else window
    return best.start, best.end


def _passes(digits: str) -> bool:
    from stdnum.nl import bsn  # imported here: `import compassbot.guard` stays cheap

    return digits.strip("0") != "" and bsn.is_valid(digits)


def _is_bsn(window: Window) -> bool:
    """Return whether it passes, with one and the same sign between all its groups."""
    gaps = {gap.strip(" \n") or " " for gap in window.row.gaps(window.first, window.last)}
    same = len(gaps) <= 1 and all(len(gap) <= 2 or gap.strip() in "-/" for gap in gaps) and not gaps & {"(", ")", "_"}
    return same and _passes(window.digits)


def _alone(text: str, window: Window) -> bool:
    """Return whether no letter or further group hangs on to it."""
    start, end = window.start, window.end
    if len(window.digits) == 8 and (window.first or window.last + 1 < len(window.row.groups)):
        return False
    if start and (text[start - 1].isalnum() or text[start - 1] in "_@+,"):
        return start >= 3 and text[start - 3 : start].lower() == "bsn"
    follows = text[end : end + 2]
    if (
        follows[:1].isalnum()
        or follows[:1] == "@"
        or re.match(r"_\d", follows)
        or (follows[:1] == "," and follows[1:].isdigit())
    ):
        return False
    outside = (window.row.gap_before(window.first), window.row.gap_after(window.last))
    return all(not gap or " " in gap or "\n" in gap for gap in outside)


def _something_else(text: str, window: Window) -> bool:
    start, end = window.start, window.end
    shown, sizes = text[start:end], [b - a for a, b in window.row.groups[window.first : window.last + 1]]
    amount = all(size == 3 for size in sizes[1:])
    if amount and (before(text, start, MONEY) or after(text, end, MONEY_AFTER)):
        return True
    if before(text, start, _CALLED) or (len(sizes) < 3 and before(text, start, _OTHER_CUE)):
        return True
    if shown_as_desk(shown):
        return True
    eight = len(window.digits) == 8
    scattered = len(sizes) > 5 and len(sizes) < len(window.digits)
    dated = _DATE.fullmatch(shown) or _YEARS.fullmatch(shown) or (eight and "\n" in shown)
    return scattered or bool(dated) or (eight and _THOUSANDS.match(shown) is not None)


_IBAN = re.compile(r"(?<![^\W_])(?=([A-Za-z] ?[A-Za-z][ .:-]?\d(?: ?\d)(?:[ ./\n·_|-]{0,2}[A-Za-z0-9]){11,30}))")
_NL_IBAN = Caseless(
    r"(?<![^\W_])(?:nl[ .:-]?[\dx*] ?[\dx*][ ./-]?[a-z](?:[ .-]?[a-z]){3}(?:[ ./·-]{0,2}[\dox*]){8,11}|"
    r"(?:abna|ingb|rabo|snsb|asnb|trio|knab|bunq|revo|rbrb|fvlb|hand|nnba)[ .-]?\d(?:[ .-]?\d){9})(?![\w*])",
)
"""A Dutch account that may be mistyped or partly left out, or with its bank and without its country."""
_ACCOUNT_CUE = Caseless(
    r"(?:\biban|bankrek(?:ening)?|\brek(?:ening)?|\bgiro(?:rekening)?|\bbank ?account|\bacct|\baccount)(?:nummer|nr|no| number)?\.?"
    r"(?: (?:is|van|op|naar|zijn|haar|klant|moeder|vader|partner|no|nr|nummer|number)){0,2}[ :=(#]*$",
)
_SHAPED = Caseless(r"(?<![^\W_])[a-z]{2} ?\d\d(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![^\W_])")
_OLD = re.compile(r"(?<![\w.,/-])\d(?:[ .]?\d){5,9}(?![\w]|[.,]\d)")


def ibans(text: str) -> Iterator[Find]:
    """Yield account numbers that pass mod 97 in any grouping, and mistyped ones by their shape or their cue."""
    for match in _IBAN.finditer(text):
        end = _iban_end(match.group(1))
        if end:
            yield Find(match.start(), match.start() + end, "iban", weight=95)
    for match in _NL_IBAN.finditer(text):
        if sum(map(str.isdigit, match.group())) > 3:
            yield Find(*match.span(), "iban", weight=94)
    if _ACCOUNT.search(text):
        for pattern, weight in ((_SHAPED, 78), (_OLD, 60)):
            for match in pattern.finditer(text):
                money = after(text, match.end(), MONEY_AFTER)
                if before(text, match.start(), _ACCOUNT_CUE, 40) and not money:
                    yield Find(*match.span(), "iban", weight=weight)


_ACCOUNT = Caseless(r"iban|rek|giro|acc")


_LENGTHS = {
    "NL": 18, "BE": 16, "DE": 22, "FR": 27, "GB": 22, "PL": 28, "TR": 26, "ES": 24, "IT": 27, "RO": 24, "BG": 22, "LT": 20, "LV": 21, "EE": 20, "PT": 25,
    "HU": 28, "CZ": 24, "SK": 24, "AT": 20, "CH": 21, "LU": 20, "IE": 22, "DK": 18, "SE": 24, "NO": 15, "FI": 18, "GR": 27, "HR": 21, "SI": 19, "RS": 22,
    "UA": 29, "MT": 31, "CY": 28, "AE": 23, "SA": 24, "IL": 23, "MA": 28, "TN": 24, "PK": 24, "AL": 28, "BA": 20, "MK": 19, "ME": 22, "MD": 24, "GE": 22,
}  # fmt: skip
"""How long an IBAN of the country is, so that one check is enough; other countries are tried at every length."""


_OTHERS = frozenset(
    "AD AZ BH BI BR BY CR DJ DO DZ EG FK FO GI GL GT IQ IS JO KW KZ LB LC LI LY MC MN MR MU NI OM PS QA RU SC SD SM SO ST SV TL VA VG XK".split()
)


_VALUES = {ord("A") + i: str(10 + i) for i in range(26)}
"""What each letter counts for in mod 97, which is asked first: to ask python-stdnum costs ten times as much."""


def _iban_end(row: str) -> int:
    """Return how many characters of the row make a valid IBAN, or 0; its country sets the one length it can have."""
    from stdnum import iban

    country = (row[0] + (row[1] if row[1] != " " else row[2])).upper()
    known = _LENGTHS.get(country)
    if known is None and country not in _OTHERS:
        return 0
    at = [i for i, char in enumerate(row) if char.isalnum()]
    compact = "".join([row[i] for i in at]).upper()
    for length in (known,) if known else range(15, min(len(compact), 34) + 1):
        if (
            length <= len(at)
            and _ends_word(row, at[length - 1])
            and int((compact[4:length] + compact[:4]).translate(_VALUES)) % 97 == 1
            and iban.is_valid(compact[:length], check_country=False)
        ):
            return at[length - 1] + 1
    return 0


def _ends_word(row: str, at: int) -> bool:
    return at + 1 == len(row) or not row[at + 1].isalnum()
