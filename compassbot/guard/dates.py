"""Finds dates of birth, and tells them from the dates of letters, laws and appointments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compassbot.guard.around import after, before
from compassbot.guard.caseless import Caseless
from compassbot.guard.identifier import Find
from compassbot.guard.spelled_dates import MONTH, dates_in_words

_YEAR = r"(?:19|20)\d\d"
_DATE = Caseless(
    rf"(?<![\w/-])(?<!\d\.)(?:\d{{1,2}} ?([./-]) ?(?:\d{{1,2}}|{MONTH}\.?|[ivx]{{1,4}}) ?\1 ?(?:{_YEAR}|'?\d\d)|{_YEAR}([./-]?)[01]?\d\2[0-3]?\d|"
    rf"\d{{1,2}}[ /-]\d{{1,2}}[ /-]{_YEAR}|\d{{1,2}}[/.-]\d{{1,2}} '\d\d|[0-3]\d[01]\d{_YEAR}|"
    rf"\d{{1,2}}(?:e|th|st|nd|rd)? ?(?:of )?{MONTH}\.?,? ?'?(?:{_YEAR}|\d\d(?![.:]\d))|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR})(?![\w]|[./-]\d)",
)
_SIX = re.compile(r"(?<![\w.,/-])\d{2}[01]\d{3}(?![\w]|[.,/-]\d)")
_FIRST = Caseless(rf"(?<!\w)(?<!\w')'?(?:(?:19|20)\d\d|\d\d),? \d{{1,2}} {MONTH}\.?(?!\w)")
"""With the year first: "'49 12 feb."."""
_MONTHLY = Caseless(rf"(?<![\w.-])(?<!\d ){MONTH}\.?,? (?:van )?(?:'\d\d|{_YEAR})(?![\w-])")
"""A month with its year, of which the day was left out."""
_SPACED = re.compile(r"(?<![\w.,/-])(?<!\d )\d{1,2} \d{1,2} \d\d(?![\w]|[.,/-]\d| \d)")
"""In digits with spaces, such as "12 03 87": only behind its cue."""
_SHORT = Caseless(
    rf"(?<![\w/.-])(?:\d{{1,2}}(?:e|th|st|nd|rd)? (?:of )?{MONTH}\b|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}[/-]\d{{1,2}})(?![\w]|[/-]\d)",
)
_CUE = Caseless(
    r"(?:\bgeb\b|\bgebdat|\bgeb\.? ?dat(?:um)?|\bgeboren|\bgeboorte ?(?:datum|dag|dat)?|\bgeb\.|\bborn\b|\bbirth(?: ?(?:date|day))?|\bdob\b|\bd\.o\.b|\bgbd\b|"
    r"\bg\.?d\.?(?=[ :])|\bverjaart|\bverjaardag|\bjarig|°|\*|\bter wereld(?: kwam| gekomen)?|\bhet licht zag|\blevenslicht|\bb-?day|\bbday|\b(?:wordt|werd) geboren)"
    r"[ .:=,(|;/-]*(?:(?:op|is|was|on|d\.d\.|te|in|date|of birth|van|datum|dag|in het jaar|\w{3,12} is|zijn|haar|kind|moeder|vader|client|cliënt|zoon|dochter|partner|ex|klant|man|vrouw|baby|her|his|mother|father|son|daughter|child|\w{1,2}\.)[ :.=,(]*){0,3}(?:de |the )?['\"]?$",
)
_BORN_IN = Caseless(r"(?:geb\.?|geboren|born)[^.\n;\d]{0,34}?(?:van \d{1,2} op|op|,|in|on|te|:|/|\|)(?: de| the)? ?$")
_AGED = Caseless(
    r"(?:^|[(,;:\n] ?|(?<!\w)(?:(?<!het )(?<!it )(?:is|was)(?: nu| now| al| already)?|turned|aged?|werd|geworden|he|she|hij|zij|ze|kind|son|daughter|zoon|dochter|boy|girl|jongen|meisje) |'s )"
    r"\d{1,2}(?: ?(?:jaar|jr|j|years?|yrs?|yo|y/o)\.?)?(?: oud| old)?,? (?:geworden )?(?:since|sinds|as of)(?: de| the)? $",
)
_NEW_YEAR = Caseless(r"(?:0?1[./-]0?[17][./-]|1 (?:jan|jul))")
"""The days on which rules begin."""
_CHILDREN = Caseless(
    r"\b(?:kind(?:eren|je)?|zoon(?:tje)?|dochter(?:tje)?|zonen|dochters|tweeling|baby|broertje|zusje|child(?:ren)?|sons?|daughters?|twins?|kids?)\b"
    r"[^.()\n\d]{0,24}\((?:[^()\n]{0,30}(?:,|en|and|&|\+) )?$",
)
_CHILD = re.compile(
    r"(?:\b(?:kind(?:eren|je)?|zoon(?:tje)?|dochter(?:tje)?|tweeling|drieling|baby|broertje|zusje|child|son|daughter|twins?)(?: ?\d)?(?: (?-i:[A-Z])[\w'-]{1,20})?(?: ?[:=] ?|, )(?:van )?"
    r"|\b(?:is|was|wordt) (?:nu |net |pas |al |inmiddels )?(?:\d{1,2}|[a-zë]{3,18}(?:tien|tig|een|twee|drie|vier|vijf|zes|zeven|acht|negen|elf|twaalf)|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)(?: jaar)?(?: oud)?, van "
    r"|\b(?:hij|zij|ze|he|she) is van )$",
    re.I,
)
_BORN_AFTER = Caseless(
    r"[ ,)]{0,3}(?:geb\b|geboren|is ?(?:ze|hij|zij|he|she|\w{3,14})? ?(?:geboren|born|jarig)|kwam (?:ze|hij|zij|\w{3,14}) (?:ter|op de) wereld|zag (?:ze|hij|zij|\w{3,14}) het levenslicht|born|jarig\b|\(geb\b|(?:zijn|haar|his|her|de|als) (?:geboortedat|verjaard|birthd|date of b)|"
    r"(?:is )?(?:zijn|haar|de) (?:geboorted|verjaard)|(?:ter wereld|geboortedatum|verjaardag|birthday|dob\b))",
)
_TURNS = Caseless(
    r"[),]{0,2} (?:wordt|werd|is|turns|turned|will be|he is|she is) ?(?:hij|ze|zij|he|she|mevrouw|meneer|mw|dhr|het kind|\w{3,12})? ?(?:al |weer )?(?:\d{1,3}|(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)?(?:en)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)|honderd|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|eighteen|sixteen)(?![\w.,/-]\w| ?(?:euro|%|uur|weken|maanden|dagen|weeks|days|hours|keer))",
)
_TURNS_BEFORE = Caseless(r"\b(?:wordt|werd|turns) (?:hij |ze |zij |he |she |mevrouw |meneer )?(?:(?:op|on) )?$")
_TURNS_AFTER = re.compile(r" \d{1,3}(?: jaar)?(?= ?[.,;)\n]|$| en | dus | maar )")
_OF_YEAR = Caseless(r"(?:,|\(|\bis|\bwas|bouwjaar|jaargang|hij|zij|ze) van $")
_PAPER = Caseless(
    r"(?:besluit|brief|wet|verordening|uitspraak|beschikking|nota|rapport|mail|bericht|verslag|notulen|versie|overeenkomst|contract|akte|circulaire|richtlijn|"
    r"regeling|staatsblad|stb|staatscourant|stcrt|arrest|vonnis|ecli|verdrag|akkoord|convenant|beleid|formulier|aanvraag|factuur|nieuws|artikel|letter|act|"
    r"decision|report|ruling|treaty|law|policy|version|sinds|since|vanaf|per|tot|until|from|ingang|datum|dated|d\.d|dd|getekend|verzonden|ontvangen|"
    r"vergadering|zitting|overleg|afspraak|huisbezoek|meeting|hearing|gesprek|gebouwd|bouwjaar|oprichting|opgericht|gedateerd|bezwaar|gewijzigd|geldig|"
    r"overleden|gestorven|died|tussen|between|periode|gold|golden|huwelijk|getrouwd|gescheiden|scheiding|married|verhuisd|aangekomen|binnengekomen|in dienst|ontslag)[^.;\n]{0,24}$",
)
_FIELD = re.compile(r"(?:\||;|//|\t|  |[ ]/)[ ]?$|(?:^|\n)[^\n]{0,60}, ?$")
_FIELD_AFTER = re.compile(r" ?(?:\||;|//|\t|  | /)|,")
_FULL_YEAR = re.compile(_YEAR)


def born(text: str) -> Iterator[Find]:
    """Yield dates with a word of birth beside them, and old ones that stand as a field of their own."""
    spoken_of = _ANY_CUE.search(text) is not None
    for match in _DATE.finditer(text):
        start, end = match.span()
        if spoken_of and _said(text, start, end):
            yield Find(start, end, "date_of_birth", weight=82)
        elif _stands_alone(text, match):
            yield Find(start, end, "date_of_birth", certain=False, weight=58)
    for pattern in (_FIRST, _MONTHLY, _SPACED) if spoken_of else ():
        for match in pattern.finditer(text):
            if before(text, match.start(), _CUE, 60):
                yield Find(*match.span(), "date_of_birth", certain=False, weight=79)
    for start, end, told in dates_in_words(text, spoken_of):
        if told or _said(text, start, end):
            yield Find(start, end, "date_of_birth", certain=_said(text, start, end), weight=81)
    yield from _without_year(text, spoken_of)


def _without_year(text: str, spoken_of: bool) -> Iterator[Find]:
    """Yield "jarig op 3 mei", "geb 030341", "op 3 mei wordt hij 18"."""
    for match in _SIX.finditer(text) if spoken_of else ():
        if before(text, match.start(), _CUE, 60):
            yield Find(*match.span(), "date_of_birth", weight=80)
    if not spoken_of and not _TURNING.search(text):
        return
    for match in _SHORT.finditer(text):
        start, end = match.span()
        if before(text, start, _CUE, 60) or after(text, end, _BORN_AFTER, 40):
            yield Find(start, end, "date_of_birth", certain=False, weight=65)
        elif after(text, end, _TURNS, 40) or (
            before(text, start, _TURNS_BEFORE, 30) and after(text, end, _TURNS_AFTER, 16)
        ):
            yield Find(start, end, "date_of_birth", certain=False, weight=57)


_ANY_CUE = Caseless(
    r"geb|, van |(?:hij|zij|ze|he|she) is van |born|birth|dob\b|d\.o\.b|b-?day|g\.?d\b|verjaar|jarig|[°*]|since|sinds|as of|wereld|licht|\b(?:kind|zoon|dochter|zonen|tweeling|baby|broertje|zusje|child|son|daughter|twin|kid)",
)
_TURNING = Caseless(r"wordt|werd|turn|will be")


def _said(text: str, start: int, end: int) -> bool:
    """Return whether a word of birth stands before or after it."""
    if text[end : end + 1] in ("", ")", ",", " ") and before(text, start, _CHILDREN, 80):
        return True
    if text[end : end + 1] in ("", ")", ",", ";", ".", "\n") and before(text, start, _CHILD, 60):
        return True
    if before(text, start, _CUE, 60) or before(text, start, _BORN_IN, 50):
        return True
    if before(text, start, _AGED, 60) and not _NEW_YEAR.match(text[start : start + 8]):
        return True
    return after(text, end, _BORN_AFTER, 40)


def _year(date: str) -> int:
    """Return the year of a date, of two digits the nearest past; 0 when there is none to tell."""
    full = _FULL_YEAR.search(date)
    if full:
        return int(full.group())
    short = re.search(r"(\d\d)$", date)
    return 0 if not short else 1900 + int(short.group(1)) if int(short.group(1)) > 30 else 2000 + int(short.group(1))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Return whether an old date is told as a person's: a field of a row, in brackets, or "is van 12-3-'38"."""
    start, end, year = match.start(), match.end(), _year(match.group())
    told_late = "'" in match.group() and text[max(0, start - 1) : start] == "("
    if (
        not 1900 < year < (2040 if told_late else 2013)
        or re.match(r"0?1[./-]0?1[./-]", match.group())
        or not _possible(match.group())
    ):
        return False
    if before(text, start, _PAPER, 14 if told_late else 60):
        return False
    lead, follows = text[max(0, start - 2) : start], text[end : end + 2]
    bracketed = lead.endswith("(") and follows.startswith(")")
    field = before(text, start, _FIELD, 70) and (after(text, end, _FIELD_AFTER, 3) or not text[end:].strip())
    between = lead == ", " and follows[:1] in (",", ")", ";", "") and _NUMERIC.fullmatch(match.group()) is not None
    told = before(text, start, _OF_YEAR) and _NUMERIC.fullmatch(match.group()) is not None
    old = year < 1996 and _NUMERIC.fullmatch(match.group()) is not None
    return bracketed or field or between or told or old


_NUMERIC = re.compile(r"[\d./' ivx-]+", re.I)


def _possible(date: str) -> bool:
    """Return whether a date in digits has a month and a day that exist."""
    parts = [int(part) for part in re.findall(r"\d+", date)]
    if len(parts) == 1:
        bare = date.strip()
        first_year = bare[:2] in ("19", "20") and int(bare[4:6]) < 13
        month, day = (bare[4:6], bare[6:8]) if first_year else (bare[2:4], bare[:2])
        return len(bare) == 8 and 0 < int(month) < 13 and 0 < int(day) < 32
    small = [part for part in parts if part < 32]
    return len(parts) < 3 or (len(small) >= 2 and min(small[:2]) < 13)


_LEAD = re.compile(r"(?:'s)?(?: ?[(,;:|*/-] ?| | - |, van |: van | van | \(van |\) ?)$")
_KIN = re.compile(r"\b(?:kind(?:eren)?|zoon|zonen|dochters?|tweeling|children|kids|sons?|daughters?)\b[^.\n]*$", re.I)


def beside(text: str, people: Sequence[Find]) -> Iterator[Find]:
    """Yield full dates in brackets or after a comma right after one of the people or citizen numbers found."""
    ends = {person.end for person in people}
    if not ends:
        return
    for match in _DATE.finditer(text):
        lead = _LEAD.search(text[max(0, match.start() - 7) : match.start()])
        if lead and match.start() - len(lead.group()) in ends and _is_birthday(text, match, lead.group()):
            yield Find(*match.span(), "date_of_birth", weight=66)
    for match in _SIX.finditer(text):
        lead = _LEAD.search(text[max(0, match.start() - 7) : match.start()])
        if lead and match.start() - len(lead.group()) in ends and _short_birthday(match.group()):
            yield Find(*match.span(), "date_of_birth", certain=False, weight=66)


def _short_birthday(digits: str) -> bool:
    """Return whether six digits are a day, a month and a year, or the other way round, long enough ago."""
    one, two, three = (int(digits[at : at + 2]) for at in (0, 2, 4))
    if 0 < one < 32 and 0 < two < 13:
        return not 13 < three < 31
    return 0 < two < 13 and 0 < three < 32 and not 13 < one < 31


def _is_birthday(text: str, match: re.Match[str], lead: str) -> bool:
    """Return whether it may be one; without a bracket a recent year is rather the date of what happened."""
    year = _year(match.group())
    closed = "(" in lead and text[match.end() : match.end() + 1] in (")", ",", ";", " ")
    kin = lead in (" ", ": ", " - ") and before(text, match.start(), _KIN, 60)
    kin = kin and text[match.end() : match.end() + 1] in ("", ",", ";", ".", ")", "\n")
    return year > 1900 and _possible(match.group()) and (((closed or kin) and year < 2040) or year < 2015)
