"""Says the same less exactly: a month as a quarter, an age as a band, an amount as an order of size."""

from __future__ import annotations

import re

_MONTHS = (
    ("januari", "jan", "january"), ("februari", "feb", "february"), ("maart", "mrt", "march", "mar"), ("april", "apr"),
    ("mei", "may"), ("juni", "jun", "june"), ("juli", "jul", "july"), ("augustus", "aug", "august"),
    ("september", "sept", "sep"), ("oktober", "okt", "october", "oct"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
MONTH = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_NAMED = re.compile(rf"\b({MONTH})\b", re.I)
_DIGITS = re.compile(r"\b\d{1,2}[-./ ](\d{1,2})\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
QUARTERS = {
    "nl": ("eerste kwartaal", "tweede kwartaal", "derde kwartaal", "vierde kwartaal"),
    "en": ("first quarter", "second quarter", "third quarter", "fourth quarter"),
}
_BELOW = (4, 13, 18, 25)
BANDS = {
    "nl": ("jonger dan 4", "basisschool", "middelbare school", "jongvolwassen"),
    "en": ("under 4", "primary school", "secondary school", "young adult"),
}
_OVER = {"nl": "ouder dan 80", "en": "over 80"}
_SIZES = {
    "nl": ((100, "tientallen euro's"), (1e3, "honderden euro's"), (1e4, "enkele duizenden euro's"),
           (1e5, "tienduizenden euro's"), (1e6, "tonnen")),
    "en": ((100, "tens of euros"), (1e3, "hundreds of euros"), (1e4, "some thousands of euros"),
           (1e5, "tens of thousands of euros"), (1e6, "hundreds of thousands of euros")),
}  # fmt: skip
_HUGE = {"nl": "miljoenen", "en": "millions"}


def birth(date: str, language: str) -> str:
    """Return a date of birth as its decade, without a year as its quarter; "" when it has neither."""
    year = _year(date)
    if year:
        decade = year // 10 * 10
        return f"the {decade}s" if language == "en" else f"jaren {decade}"
    return quarter(date, language)


def _year(date: str) -> int:
    """Return the year of a date of birth, of two digits the nearest that is past; 0 when it has none."""
    full = _YEAR.search(date)
    if full:
        return int(full.group())
    groups = re.findall(r"\d+", date)
    if len(groups) == 1 and len(groups[0]) == 8:  # 12031987, 19870312
        digits = groups[0]
        return int(digits[4:] if digits[4:6] in ("19", "20") and int(digits[2:4]) < 13 else digits[:4])
    if len(groups) == 1 and len(groups[0]) == 6:  # 120387, 870312
        digits = groups[0]
        groups = (
            [digits[:2], digits[2:4], digits[4:]] if int(digits[:2]) < 32 else [digits[4:], digits[2:4], digits[:2]]
        )
    if len(groups) != 3 and not (len(groups) == 2 and re.search(r"[^\W\d_]{3}|[ivx]", date, re.I)):
        return 0
    first = int(groups[0]) > 31 or date.startswith("'")  # 87-03-12, '87 12 maart
    short = int(groups[0] if first else groups[-1])
    return 0 if short > 99 else short + (1900 if short > 30 else 2000)


def quarter(date: str, language: str) -> str:
    """Return the quarter in which a date lies, with its year where it has one; "" without a month."""
    named, digits, year = _NAMED.search(date), _DIGITS.search(date), _YEAR.search(date)
    month = _NUMBER_OF[named.group(1).lower()] if named else int(digits.group(1)) if digits else 0
    if not 1 <= month <= 12:
        return ""
    part = QUARTERS.get(language, QUARTERS["nl"])[(month - 1) // 3]
    if not year:
        return part
    return f"{part} of {year.group()}" if language == "en" else f"{part} van {year.group()}"


def age(years: int, language: str) -> str:
    """Return an age as a band: a kind of school for a child, a decade for an adult."""
    spoken = language if language in BANDS else "nl"
    young = next((band for below, band in zip(_BELOW, BANDS[spoken], strict=True) if years < below), "")
    if young or years >= 80:
        return young or _OVER[spoken]
    decade = years // 10 * 10
    return f"in their {decade}s" if spoken == "en" else f"tussen {decade} en {decade + 10} jaar"


def size(euros: float, language: str) -> str:
    """Return an amount as its order of size."""
    spoken = language if language in _SIZES else "nl"
    return next((said for below, said in _SIZES[spoken] if euros < below), _HUGE[spoken])
