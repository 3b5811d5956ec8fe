"""Finds case, client, document and company numbers, by the word before them and by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from compassbot.guard.around import MONEY, MONEY_AFTER, after, before
from compassbot.guard.caseless import Caseless
from compassbot.guard.desks import is_desk, shown_as_desk
from compassbot.guard.identifier import Find
from compassbot.guard.rows import rows
from compassbot.guard.shapes import is_reference, references

_THING = (
    r"zaak|dossiers?|klant|cli[eë]nt|client|registratie|kenmerk|referentie|reference|ref|meldings?|aanvraag|polis|uitvaartpolis|facturen|factuur|beschikkings?|"
    r"besluit|document|paspoort|passport|identiteits?|id|id-?kaart|id-?bewijs|rijbewijs|vreemdelingen|v|kvk|rsin|debiteur(?:en)?|crediteur(?:en)?|burger|"
    r"pati[eë]nt(?:en)?|patient|aanslag|aanslagbiljet|big|agb|skj|btw|contract|case|casus|files?|customer|client|invoice|personeels?|employee|ticket|incident|meld|volg|"
    r"inschrijf|relatie|correspondentie|beslag|administratie|lid(?:maatschaps?)?|member(?:ship)?|verzekerden?|verzekerings?|insurance|toeslag|proces-?verbaal|pv|parket|rol|"
    r"rolzaak|insolventie|pas|pass|order|leerling|student|student ?id|collo|permit|vergunnings?|residence document|verblijfsdocument|verblijfs?|document|stuk|bezwaar|"
    r"beroeps?|objection|appeal|complaint|klacht|assessment|application|claim|schade|vordering(?:s)?|invordering|deurwaarder|dwangbevel|"
    r"betalings?|betaal|transactie|pgb|indicatie|budgethouder|zorg|verwijzing|recept|huur(?:ders?)?|huurcontract|tenant|tenancy|contract|woning|"
    r"account|bestel|track|barcode|pakket|zending|serie|meter|ean|sofi|crv|vluchteling|coa|ind|zorgtoewijzing|bag|gpk|parkeerkaart|kaart|card|creditcard|ov-?chip(?:kaart)?|chipkaart|visa|mastercard|sleutel|uitkerings?|loonheffing(?:en)?|"
    r"bsn|a|record|docket|warrant|fine|boete|cjib|abonnement|reservering|boeking|booking|diploma|certificaat|vog|nummer|nr|number|no|kadaster|woz|belpl|sepa|incasso|machtigings?|mandaat"
)
_NUMBERED = Caseless(
    rf"(?<![^\W_])(?:(?P<kind>[^\W\d_]{{2,24}}?)[-]?(?:nummers?|numer|nrs?|nr)|(?:{_THING})[ -]{{0,2}}(?:nummers?|numer|nrs?|no|codes?|kenmerk|numbers?|num|id|#)"
    r"|kenmerk|kvk|rsin|referentie|reference|ref|v-?nr|v-?nummer|bsc|a-nummer|polis|dossier|aanslagbiljet|big|agb|skj|passport|paspoort|number|nummer|nr|no\.)(?![^\W_])",
)
_MONEYED = (
    "huur toeslag boete aanslag vordering invordering schade uitkering claim fine beslag loonheffing incasso betaling betaal zorg pgb aanvraag meldingen "
    "facturen factuur invoice dwangbevel recept besluit order bestel reservering boeking"
).split()
_NAMED = Caseless(
    r"(?<![^\W_])(?:zaak|dossiers?|klant|cli[eë]nt(?:en)?|client|registratie|kenmerk|referentie|reference|ref|melding|aanvraag|(?:uitvaart)?polis|factuur|beschikking|document|paspoort|"
    r"passport|identiteitskaart|id-?kaart|id-?bewijs|id|rijbewijs|vreemdeling|kvk|rsin|debiteur|crediteur|patient|pati[eë]nt|aanslag|aanslagbiljet|big|agb|skj|btw|contract|case|casus|files?|"
    r"customer|invoice|ticket|incident|relatie|beslag|lidmaatschap|verzekering|proces-?verbaal|pv|parket|rol|rolzaak|insolventie|pas|pass|order|permit|vergunning|document|"
    r"verblijfsdocument|stuk|bezwaar|beroep|objection|appeal|complaint|klacht|assessment|application|claim|vordering|dwangbevel|pgb|budgethouder|huurder|tenant|account|pakket|"
    r"zending|vluchteling|gpk|parkeerkaart|boete|fine|cjib|boeking|booking|belpl|machtiging|woz|v-?nr|ov-?chip(?:kaart)?|chipkaart|creditcard|mastercard|debiteur(?:en)?|huurdersnummer|record|docket|warrant|factuur|huurcontract|besluit|aanmelding|intake)\.?(?![^\W_])",
)
_LINK = Caseless(
    r"(?:[.:=#(\[\"' ,]|(?:is|was|van|the|de|het|moeder|vader|kind|klant|cli[eë]nt|client|meneer|mevrouw|mw|dhr|zijn|haar|ons|uw|onze|mijn|your|our|his|her|my|of|for|open as|staat op|luidt|betreft|nummer|nr|no|number|code|kenmerk|ref|met|with|in|onder|staat|ligt|loopt|bekend)(?=[ .:])){0,10}",
)
_VALUE = re.compile(
    r"(?:[A-Za-z]{1,6}(?:[-/._:]| ?(?=\d)|(?= [\dA-Z]{0,4}\d))){0,3}(?:[-/._ ]?[A-Za-z]{0,6}\d[\dA-Za-z]*(?:(?:[-/._:]{1,2}|(?= \d))[A-Za-z]{0,5}\d*[A-Za-z]?\d*[A-Za-z]?(?![^\W_])){0,8})"
)
_MORE = re.compile(
    r" (?:[/-] \d{2,6}(?! ?[a-z])|(?-i:(?=[A-Z]{0,2}\d)[A-Z0-9]{2,5})|\d[a-z]\d[a-z\d]{0,3}|\d{2,6}(?:[-/.]\d{1,6}){0,3}|[A-Za-z]\d{2,}|\d{1,3}(?= \d))(?![^\W_]|[.,:]\d)(?! ?(?:%|€|euro|eur|uur|u\b|dagen|weken|wkn|wk|maanden|mnd|jaar|jr|keer|x\b|personen|mensen|kinderen|mnd|m2|km|years|days|weeks|months))"
)
_COURT = Caseless(
    r"(?<!\w)(?:rechtbank|gerechtshof|crvb|centrale raad|court)\b[^.;\n\d]{0,24}?(?<!\w)(?P<value>(?:awb|sgr|ams|rot|utr|arn|lee|haa|bre|roe|zwo|alk|nho|obr|zwb|mne|gel|lim|ove|nne|dha|dor|mid|maa|ass|gro|alm) \d\d/\d{2,6})(?![\w/-])",
)
_SIGNED = re.compile(r"(?<![\w#&])#(?!(?:19|20)\d\d(?!\d))\d{4,10}(?![\w.,]\d|\w)")
"""A number behind a hash, as cases and tickets have."""
_NOBODY = frozenset(
    "artikel huis kamer pagina blad versie model type bus lijn spoor lokaal zaal loket regel isbn issn product onderdeel rug alarm nood telefoon tel mobiel "
    "rang rij stoel pin kanaal gate perron halte week rond uit hoofdstuk paragraaf lid bijlage nieuw laag hoog giro service informatie info klantenservice "
    "bel raad raads agenda motie kamerstuk stb stcrt wets in norm iso bestek kavel bouw maat schoen atoom getal score jaar telefoonlijn post huisno".split()
)
_NO_CASE = Caseless(
    r"(?:isbn|issn|ean|artikel(?:en)?|art\.?|formulier|form|model|richtlijn|verordening|grootboek(?:rekening)?|kosten(?:plaats|soort)|budget(?:code)?|begrotingspost|product(?:code)?|programma|bwbr|cvdr|cve|rfc|kb|gironr|giro ?nummer|kamerstuk(?:ken)?|stb\.?|stcrt\.?|motie|kamer|room|zaal|lokaal|ruimte|tafel|desk|loket|balie|raadsvoorstel|perceel|staatsblad|staatscourant|trb\.?|nen|iso|ecli:?[\w:]*|versie|version|build|release|firmware|exchange|outlook|windows|chrome|firefox|edge|android|ios|citrix)[ :.-]*$",
)


def cases(text: str) -> Iterator[Find]:
    """Yield reference numbers; one that stands on its shape alone is certain only when it has three parts."""
    until = 0
    for match in _NUMBERED.finditer(text):
        named = match["kind"] or ""
        if match.start() < until or named in _NOBODY or named.endswith(("artikel", "telefoon")):
            continue
        value = _value(text, match.end())
        if value and _digits(text, value) >= 3 and not _amount(text, value) and not _count(text, value, named != ""):
            until = value[1]
            yield Find(*value, "case_number", weight=74)
    for match in _NAMED.finditer(text):
        value = _value(text, match.end())
        shown = text[value[0] : value[1]] if value else ""
        priced = match.group() in _MONEYED and re.fullmatch(r"[\d.,]{1,7}", shown) is not None
        if value and is_reference(shown) and not priced and not _amount(text, value):
            yield Find(*value, "case_number", weight=73)
    for start, end, certain in references(text):
        if not before(text, start, _NO_CASE, 30) and not _amount(text, (start, end)):
            yield Find(start, end, "case_number", certain=certain, weight=61 if certain else 44)
    for match in _SIGNED.finditer(text) if "#" in text else ():
        yield Find(*match.span(), "case_number", certain=False, weight=44)
    for match in _COURT.finditer(text):
        yield Find(*match.span("value"), "case_number", weight=61)
    yield from _bare(text)


def _value(text: str, at: int) -> tuple[int, int] | None:
    """Return where the number after a cue stands, over "is", "van moeder" and signs."""
    link = _LINK.match(text[at : at + 40])
    begins = at + link.end() if link else at
    if begins == at and text[at : at + 1].isalnum():
        return None
    match = _VALUE.match(text, begins, min(len(text), begins + 40))
    if not match:
        letters = _CAPITALS.match(text, begins) or _FARTHER.match(text, at)
        return letters.span("code") if letters else None
    start, end = match.span()
    while start < end and not text[start].isalnum():
        start += 1
    for _ in range(4):
        more = _MORE.match(text, end)
        if not more or not text[end - 1].isdigit():
            break
        end = more.end()
    if text[end : end + 1] in ("-", "/") and (tail := re.match(r"[-/][A-Za-z]{1,4}(?![^\W_])", text[end : end + 6])):
        end += tail.end()
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if start < end and not text[end : end + 1].isalnum() else None


_CAPITALS = re.compile(r"(?=[A-Z0-9]{0,8}\d)(?P<code>[A-Z0-9]{6,12})(?![^\W_])")
_FARTHER = re.compile(
    r"(?: [a-z]{2,12}){1,2}:? (?P<code>(?=[A-Z]{0,6}\d{1,6}[A-Z]{1,6}\d|\d{1,6}[A-Z]{1,6}\d{1,6}[A-Z])[A-Z0-9]{7,14})(?![^\W_])",
    re.I,
)
"""A code of letters and digits mixed, a word or two after its cue: "paspoort ernaast NX4K7P2L9"."""


def _digits(text: str, value: tuple[int, int]) -> int:
    return sum(char.isdigit() for char in text[value[0] : value[1]])


def _count(text: str, value: tuple[int, int], named: bool) -> bool:
    """Return whether it is a year, or too small for a number that the cue does not name."""
    shown = text[value[0] : value[1]]
    if re.fullmatch(r"(?:19|20)\d\d", shown):
        return True
    return not named and re.fullmatch(r"\d{1,3}(?:[.,]\d{1,2})?|\d{1,3}(?:[.,]000)+|\d\d? ?[:.]\d\d", shown) is not None


def _amount(text: str, value: tuple[int, int]) -> bool:
    """Return whether it is an amount, or the telephone number of a desk."""
    return (
        shown_as_desk(text[value[0] : value[1]]) or before(text, value[0], MONEY) or after(text, value[1], MONEY_AFTER)
    )


_MEASURED = Caseless(
    r"\s*(?:euro|eur\b|€|%|km|m2|m²|kg|kwh|inwoners|uur|stuks|keer|huishoudens|woningen|meldingen|personen|mensen|gezinnen|aanvragen|people|households|times)",
)


def _bare(text: str) -> Iterator[Find]:
    """Yield rows of seven, eight or ten digits and more that are no amount, date or telephone number of a desk."""
    for row in rows(text):
        size = sum(end - start for start, end in row.groups)
        start, end = row.groups[0][0], row.end
        if size < 7 or size == 9 or size > 30 or text[row.start] in "+(":
            continue
        if (start and (text[start - 1].isalnum() or text[start - 1] in "_@,.")) or text[end : end + 1].isalnum():
            continue
        if _is_code(text, row.groups, start, end) and not before(text, start, _NO_CASE, 30):
            yield Find(start, end, "case_number", certain=False, weight=39)


_DATED = re.compile(
    r"(?:19|20)\d\d[01]\d[0-3]\d$|[0-3]\d[01]\d(?:19|20)\d\d$|[\d/.-]*\b(?:19|20)\d\d\b[\d/.-]*$|[\d ]*\b(?:19|20)\d\d\b[\d ]*$"
)
_ROUND = re.compile(r"\d+0{3,}$|[1-9]\d{0,2}(?:[. ]\d{3})+$")


def _is_code(text: str, groups: list[tuple[int, int]], start: int, end: int) -> bool:
    shown = text[start:end]
    digits = re.sub(r"\D", "", shown)
    if (
        before(text, start, MONEY)
        or after(text, end, MONEY_AFTER)
        or after(text, end, _MEASURED)
        or len(set(digits)) < 3
    ):
        return False
    if _ROUND.fullmatch(shown) or _DATED.fullmatch(shown) or is_desk(digits):
        return False
    if len(groups) == 1:
        return True
    gaps = {text[left[1] : right[0]].strip(" ") or " " for left, right in pairwise(groups)}
    sizes = [right - left for left, right in groups]
    if len(gaps) > 1 or gaps & {"\n", "(", ")"}:
        return False
    return max(sizes) >= 3 and len(groups) <= 5 and (gaps != {" "} or (min(sizes) >= 2 and _one_number(sizes)))


def _one_number(sizes: list[int]) -> bool:
    """Return whether groups with spaces between them look like one number: two to four of three digits or so."""
    return 2 <= len(sizes) <= 4 and sum(sizes) >= 10
