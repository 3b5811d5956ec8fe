"""Knows a reference number by its shape alone: "2025.117.WMO.0342", "J24-5590", "W-88213"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compassbot.guard.caseless import Caseless

_TOKEN = re.compile(
    r"(?<![^\W_]|[@+€$_/])(?=[A-Za-z/._:-]{0,120}\d)(?:[A-Za-z0-9]{1,14}|[A-Za-z]{4,16}\d{6,14})(?:[-/._:][A-Za-z0-9]{1,14}){0,6}(?![^\W_]|[@_]|[-/:.][^\W_])"
)
_PART = re.compile(r"[A-Za-z]+|\d+")
_STANDARD = Caseless(
    r"(?:iso|nen|en|nta|npr|wcag|covid|cve|rfc|bio|ecli|stb|stcrt|trb|windows|win|office|art|artikel|eu|vn|rj|ra|co|pm|eur|avg|q|h|fy|jr|top|euro|ca|din|ean|isbn|"
    r"week|wk|fase|lid|stap|versie|v|kb|pagina|blz|bw|sv|rv|awb|wmo|pw|jw|gdpr|oj|pb|com|pub|mp|gpt|sha|aes|tls|usb|hdmi|ps|mh|kl|dsm|icd|icf|gmt|utc|cet|bsn|"
    r"tv|radio|npo|rtl|pvc|rtx|iphone|galaxy|ipad|fc|kg|km|m|mm|cm|cl|ml|mg|st|nr|no|min|max|plus|circa|rond|vanaf|tot|per|om|a|n|e|s|p|g)[-_./: ]?\d",
)
_LONG_STANDARD = Caseless(
    r"(?:iso|nen|en|wcag|covid|cve|rfc|ecli|stb|stcrt|trb|isbn|ean|din|oj|pb|pbeu|bwbr|cvdr|kb)(?:[^a-z]|$)|\d{4}/\d{1,4}/(?:eg|eu|eeg|ec)$",
)
_YEARS = re.compile(
    r"[A-Za-z]+[-_. ]?(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?$|(?:19|20)\d\d[-/](?:(?:19|20)\d\d|\d\d|q[1-4]|h[12])$|(?:19|20)\d\d[-/.]?[01]?\d[-/.]?[0-3]?\d$|"
    r"(?:q[1-4]|h[12]|t[1-3])[-/ ](?:19|20)\d\d$|\d\d?[-/.]\w{1,9}[-/.](?:19|20)?\d\d$",
    re.I,
)
_TIME = Caseless(r"\d{1,2}[:.u]\d\d(?:[-/]\d{1,2}[:.u]\d\d)?(?:uur|u|h|am|pm)?$")
_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d\d)?$|\d+[.,]\d\d?$")
_FILE = Caseless(r"\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|csv|txt|zip|html?|json|xml|nl|com|org|eu|net|be|de|gov)$")
_MEASURE = Caseless(
    r"\d+(?:[.,]\d+)?(?:e|de|ste|er|ers|x|k|m|m2|m3|km|kg|gr?|mg|ml|cm|mm|uur|u|min|sec|jaar|jr|jarige?|mnd|dgn|wkn|wk|eur|euro|pct|kwh|kw|mw|gb|mb|tb|fte|st|nd|rd|th|s|pers|plus|plusser?s?|d|h|am|pm|ha|mln|mio|bis|hs|px|pt|v|w|hz|ghz|mhz)$",
)


_ROLL = re.compile(r"(?<!\w)(?:(?i:ha (?:za|rk)|kg za|fa rk)|[A-Z]{3}) \d\d[/-]\d{3,6}(?![\w/-])")
"""The roll numbers of the courts: HA ZA 22-123, SGR 22/1234."""


def references(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where a word of letters and digits looks like the number of a case, and whether that is certain."""
    for match in _ROLL.finditer(text):
        yield *match.span(), True
    for match in _TOKEN.finditer(text):
        word = match.group()
        if len(word) < 5 or word.isalpha() or not any(map(str.isdigit, word)):
            continue
        sure = _shaped(word)
        if sure is not None:
            yield *match.span(), sure


def _shaped(word: str) -> bool | None:
    """Return whether it is certain, None when it is no reference."""
    digits = sum(map(str.isdigit, word))
    if (
        digits < 4
        or _YEARS.match(word)
        or _TIME.match(word)
        or _AMOUNT.match(word)
        or _FILE.search(word)
        or _MEASURE.match(word)
    ):
        return None
    if _LONG_STANDARD.match(word) or (digits < 5 and _STANDARD.match(word)):
        return None
    parts = re.split(r"[-/._:]", word)
    letters = digits < sum(map(str.isalnum, word))
    if not letters:
        return False if _digits_only(word, parts) else None
    if ":" in word and len(parts) < 3:
        return None
    runs = _PART.findall(word)
    if len(runs) == 2 and runs[0].isalpha() and len(runs[1]) >= 6 and len(parts) == 1:
        return False  # also glued to its cue: "aanslagOZB2024883017"
    if (
        len(parts) == 1
        and len(runs) > 5
        and 8 <= len(word) <= 12
        and digits < len(word) - 1
        and max(map(len, runs)) < 3
    ):
        return False
    if len(runs) > 8 or max(len(run) for run in runs) < 3 or any(len(run) > 5 and run.isalpha() for run in runs):
        return None
    if len(parts) == 1:
        return False if _closed(word, runs) else None
    return len(parts) > 2 or max(len(run) for run in runs if run.isdigit()) >= 4


def _closed(word: str, runs: list[str]) -> bool:
    """Return whether letters and digits without a sign between them are a code: bz261140, NX4RK81P6."""
    letters = [run for run in runs if not run.isdigit()]
    long = max(len(run) for run in runs if run.isdigit())
    if len(runs) == 2 and word[0].isalpha():
        return len(letters[0]) <= 5 and long >= 4 and not (long == 4 and (letters[0].isalpha() and len(letters[0]) > 3))
    return len(word) >= 7 and max(map(len, letters)) <= 4 and (long >= 4 or len(runs) >= 4)


def _digits_only(word: str, parts: list[str]) -> bool:
    """Return whether digits with signs between them are a code: 24-0087113, 20240609-331."""
    if len(parts) < 2:
        return False
    if len(parts) == 2 and "." not in word and ":" not in word:
        return max(map(len, parts)) >= 5 and min(map(len, parts)) >= 2
    same = len({sign for sign in word if not sign.isalnum()}) == 1
    return not same and max(map(len, parts)) >= 4 and not re.search(r"(?:19|20)\d\d$", word)


def is_reference(value: str) -> bool:
    """Return whether a number after "dossier" and its like is more than a year, an amount, a date or a count."""
    value = re.sub(r" ?([-/]) ?", r"\1", value)
    value = re.sub(r"^(?:tot|van|per|uit|vanaf|sinds|op|t/m) ", "", value, flags=re.I)
    if (
        _YEARS.match(value)
        or _TIME.match(value)
        or re.fullmatch(r"(?:19|20)\d\d|\d{1,3}(?:[ .]\w{1,2})?|\d{1,3}(?:[.,]000)+", value)
    ):
        return False
    if _MEASURE.match(value) or re.fullmatch(r"\d\d?[-/.]\d\d?(?:[-/.](?:19|20)?\d\d)?", value):
        return False
    digits = sum(map(str.isdigit, value))
    if re.fullmatch(r"[A-Za-z ]+\d+", value) and digits < 4:
        return False
    return digits >= 4 or (
        digits == 3 and " " not in value and re.search(r"[A-Za-z].*[-/.]|[-/].*[A-Za-z]", value) is not None
    )
