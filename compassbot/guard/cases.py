"""Finds case, client, document and company numbers, by the word before them and by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compassbot.guard.around import MONEY, MONEY_AFTER, after, before
from compassbot.guard.identifier import Find

_THING = (
    r"(?:zaak|dossier|klant|cli[eë]nt|client|registratie|kenmerk|referentie|reference|ref|melding(?:s)?|aanvraag|polis|factuur|beschikking(?:s)?|besluit|document|"
    r"paspoort|passport|identiteit(?:s)?|id|id-?kaart|rijbewijs|vreemdelingen|v|kvk|debiteur(?:en)?|burger|pati[eë]nt(?:en)?|rekening|"
    r"aanslag|big|btw|contract|case|file|customer|invoice|personeel(?:s)?|ticket|incident|meld|volg|inschrijf|relatie|correspondentie|"
    r"beslag|administratie|lid(?:maatschap)?|verzekerde|verzekering(?:s)?|toeslag|proces-verbaal|pv|parket|rol|insolventie|ov|pas|order|uzovi|agb|skj|leerling|student|collo)"
)
_VALUE = r"((?:[A-Za-z]{1,5}[-/.: ]{0,2})?\d[\dA-Za-z]*(?:[-/._ ]{1,2}(?:[A-Za-z]{0,4}\d[\dA-Za-z]*|[A-Z]{1,5}(?=[-/._ ]\d))){0,6}|[A-Z][A-Z0-9]{5,11})"
_NUMBERED = re.compile(
    rf"\b(?:\w{{3,24}}(?:nummer|nr)|{_THING}[ -]?(?:nummer|numer|nr|no|code|kenmerk|number|num|id|#)|kenmerk|kvk|referentie|ref|v-?nummer|bsc|a-nummer)\b\.?"
    rf"(?: (?:is|van|moeder|vader|kind|klant|cli[eë]nt|meneer|mevrouw|zijn|haar|ons|uw))?[ :=#(]{{0,4}}{_VALUE}(?!\w)",
    re.I,
)
_NAMED = re.compile(rf"(?<!\w){_THING}(?:code|nummers?)?[ :=#(]{{1,3}}{_VALUE}(?!\w)", re.I)
_HASH = re.compile(r"(?<!\w)#\d{4,10}(?!\w)")
_PARTS = re.compile(
    r"(?<![\w/.@-])(?:[A-Z]{1,6}[-/._]\d{2,4}[-/._]\d{3,}(?:[-/.]\d+)?|(?:19|20)\d\d[-/._]?[A-Z]{1,5}[-/._]?\d{3,}|[A-Z]{1,6}[-/._](?:19|20)?\d\d[-/._][A-Z]{0,3}\d{2,}|"
    r"[ZD]\d{2}[-/.]\d{4,}|[A-Z]{1,5}[-/._]\d{1,4}[-/._][A-Z]{1,4}[-/._]?\d{2,}|(?:19|20)\d\d[-/._]\d{5,9})(?![\w]|[-/]\w)",
    re.I,
)
_PLAIN = re.compile(
    r"(?<![\w/.@-])(?:[A-Z]{1,6}[-_]?\d{4,10}|[A-Z]{2}[A-Z0-9]{6}\d|[A-Z]{1,4}[-_.]\d{2,4}[.]\d{2,6})(?![\w]|[-/.,]\w)",
    re.I,
)
_STANDARD = re.compile(
    r"(?:iso|nen|en|wcag|covid|cve|rfc|bio|ecli|stb|stcrt|windows|win|office|art|eu|vn|rj|ra|co|pm|eur|avg|q|h|fy|jr|top|euro|ca)[-_./: ]?\d",
    re.I,
)
_YEARS = re.compile(
    r"[A-Za-z]+[-_. ]?(?:19|20)\d\d$|(?:19|20)\d\d[-/](?:19|20)\d\d$|(?:19|20)\d\d[-/.]?[01]\d[-/.]?[0-3]\d$"
)


def cases(text: str) -> Iterator[Find]:
    """Yield reference numbers; one that stands on its shape alone is certain only when it has three parts."""
    for match in _NUMBERED.finditer(text):
        if _digits(match.group(1)) >= 3 and not _amount(text, match):
            yield Find(*match.span(1), "case_number", weight=74)
    for match in _NAMED.finditer(text):
        if _is_reference(match.group(1)) and not _amount(text, match):
            yield Find(*match.span(1), "case_number", weight=73)
    for match in _HASH.finditer(text):
        yield Find(*match.span(), "case_number", certain=False, weight=40)
    for pattern, certain, weight in ((_PARTS, True, 61), (_PLAIN, False, 44)):
        for match in pattern.finditer(text):
            if not _STANDARD.match(match.group()) and not _YEARS.match(match.group()):
                yield Find(*match.span(), "case_number", certain=certain, weight=weight)


def _digits(value: str) -> int:
    return sum(char.isdigit() for char in value)


def _is_reference(value: str) -> bool:
    """Return whether it is more than a year or a count, for a cue that does not say "number"."""
    if _YEARS.match(value) or re.fullmatch(r"(?:19|20)\d\d|\d{1,3}(?:[ .]\w{1,2})?|\d{1,3}(?:[.,]000)+", value):
        return False
    if re.search(r"[ ]", value) and not re.fullmatch(r"[\d ]+|[A-Za-z]{1,5} ?[\d ./-]+", value):
        return False
    return _digits(value) >= 4


def _amount(text: str, match: re.Match[str]) -> bool:
    return before(text, match.start(1), MONEY) or after(text, match.end(1), MONEY_AFTER)
