"""Finds licence plates: Dutch ones in all sidecodes of the RDW, and foreign ones by their shape or by the word before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compassbot.guard.around import after
from compassbot.guard.caseless import Caseless
from compassbot.guard.identifier import Find

SIDECODES = (
    "XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9", "9-XXX-99",
    "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9",
)  # fmt: skip
"""X is a letter, 9 a digit. Source: RDW, "Kentekenformats"."""

_VEHICLES = frozenset(
    "auto autos auto's autootje plate plates bus busje motor car cars cab bak polo golf audi bmw opel corsa astra volvo toyota fiat ford peugeot "
    "renault clio citroen citroën skoda seat kia hyundai tesla mazda nissan honda suzuki volkswagen vw saab dacia porsche jaguar mini smart eend "
    "oldtimer kar suv quad lorry truck trailer tractor canta taxi belg reg".split()
)
_BEGINNINGS = (
    "kenteken", "nummerplaat", "nummerbord", "bestelbus", "bestelauto", "bestelwagen", "scooter", "brommer", "wagen", "licens", "licenc", "registration", "voertuig", "vehicle", "camper",
    "caravan", "aanhang", "mercedes", "geparkeerd", "parkeer", "parked", "parking", "clamped", "wielklem", "rijdt", "rijden", "drives", "driving",
    "driven", "belgisch", "belgian", "duits", "german", "pools", "polish", "roemeen", "romanian", "brits", "engels", "british", "english", "frans",
    "french", "irish", "iers", "oekra", "ukrain", "bulgaar", "bulgarian", "hongaar", "hungarian", "litou", "lithuan", "turks", "turkish", "spaans",
    "spanish", "italiaans", "italian", "kroat", "croat", "tsjech", "czech", "buitenlands", "foreign",
)  # fmt: skip
_WORD = re.compile("[a-zë']+")
_LATER = Caseless(
    r"[ ,(]{1,3}(?:(?:staat|stond|stands|is) )?(?:geparkeerd|parked|als kenteken|op de oprit|voor de deur|kenteken)",
)
_NO_WORD = frozenset(
    "week wk art lid en of de op in te is uur jan feb mrt apr mei jun jul aug sep sept okt oct nov dec may mar am pm vr di do wo ma za zo nr m pp pm pj "
    "kl mw km kg cm mm jr mnd dgn min mg ml st x eur van tot per om na nu we ze ik je om uit aan bij voor met ver cat kk pag blz par bv ca hfd fte gr "
    "uren u h e jaar was had kan heb het een dag met als dan dat die wie hoe u and the for are you not but all can had her one out day get has him his "
    "new now old see two way who its at by to on no or my of an be he we if".split()
)  # fmt: skip
_UNIT = frozenset(
    "uur min mnd wk wkn dgn jr kg km cm mm mg ml gr st eur x jan feb mrt apr mei jun jul aug sep okt oct nov dec may mar pm am pct mln mio fte kw mw gb mb tb kb hz "
    "nd rd th de ste en of tot van januari februari maart april juni juli augustus september oktober november december january february march june july "
    "august october jaar uren week weken euro km/u".split()
)  # fmt: skip


def _pattern(gap: str, codes: tuple[str, ...] = SIDECODES) -> re.Pattern[str]:
    shapes = (gap.join(re.sub("9+", _digits, re.sub("X+", _letters, part)) for part in c.split("-")) for c in codes)
    return re.compile(rf"(?<![\w@/-])(?<!\d[.,])(?=((?:{'|'.join(shapes)})(?![\w@]|[./,-]\d|-[a-z])))", re.I)


def _letters(run: re.Match[str]) -> str:
    return f"[a-z]{{{len(run.group())}}}"


def _digits(run: re.Match[str]) -> str:
    return rf"\d{{{len(run.group())}}}"


_HYPHENS, _DOTS, _SPACES, _CLOSED = _pattern(" ?[-_] ?"), _pattern("[.·/]"), _pattern("[ -]"), _pattern("")
_FOREIGN_HYPHENS = re.compile(
    r"(?<![\w@/.-])(?:\d-[a-z]{3}-\d{3}|\d{2,3}-[a-z]{1,2}-\d{3,6}|[a-zäöü]{1,3}-[a-z]{1,2} ?\d{2,4}[eh]?|[a-z]{2}-\d{3,4}-[a-z]{2}|[a-z]{1,2}-\d{2,3}-[a-z]{3})(?![\w@-])",
    re.I,
)
"""Belgian, Irish, German, French and Italian, Romanian: so written without a hyphen missing."""
_FOREIGN_SPACES = re.compile(
    r"(?<![\w@/.-])(?=((?:[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]{2} ?\d{4} ?[A-Z]{2}|[A-Z]{1,2} \d{2,3} [A-Z]{3}|\d{2} [A-Z]{1,3} \d{2,4}|[A-Z]{2} \d{3} [A-Z]{2})(?![\w@-])))"
)
"""British, Ukrainian and Bulgarian, Romanian, Turkish, French and Italian, in capitals."""
_ANY = re.compile(
    r"(?<![\w@/.-])(?=[a-z0-9äöü -]{0,9}\d)(?:[a-z]{1,3}[ -]?\d{2,4}[ -][a-z]{2,3}|[a-zäöü]{1,3}[ -]?[a-z]{0,2}[ -]?\d{2,5}[a-z]{0,2}|[a-z]{1,3}[ -]\d[a-z0-9]{3,5}|\d{1,4}[ -]?[a-z]{1,3}[ -]?\d{0,5})(?![\w@-])",
    re.I,
)
"""Any shape that some country has; only right after a word that says so."""


def plates(text: str) -> Iterator[Find]:
    """Yield plates with hyphens in any case, and those with spaces or closed up by their shape or after a cue."""
    for start, end in _places(text):
        yield from _in_place(text, start, end)


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where short runs of letters and of digits stand beside one another, the only places to look."""
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    last = len(tokens) - 1
    begins = until = -1
    for i, (start, end) in enumerate(tokens):
        if not text[start].isdigit() or end - start > 6:
            continue
        place = tokens[i]
        if not ((i and _hangs(text, tokens[i - 1], place)) or (i < last and _hangs(text, place, tokens[i + 1]))):
            continue
        first, final = tokens[max(0, i - 2)][0], tokens[min(last, i + 2)][1]
        if first > until:
            if begins >= 0:
                yield begins, until
            begins = first
        until = final
    if begins >= 0:
        yield begins, until


_TOKEN = re.compile(r"[A-Za-zäöüÄÖÜ]+|\d+")


def _hangs(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Return whether one of two neighbours is of letters, short, and no more than three signs away."""
    if right[0] - left[1] > 3 or (text[left[0]].isdigit() and text[right[0]].isdigit()):
        return False
    word = right if text[left[0]].isdigit() else left
    return word[1] - word[0] <= 4 and "\n" not in text[left[1] : right[0]]


def _in_place(text: str, start: int, end: int) -> Iterator[Find]:
    for match in _HYPHENS.finditer(text, start, end):
        if not _a_date(match.group(1)) and not (_a_form(match.group(1)) and not _told(text, match.start())):
            yield Find(*match.span(1), "licence_plate", weight=76)
    for match in _FOREIGN_HYPHENS.finditer(text, start, end):
        if not _a_date(match.group()) and (_three(match.group()) or _told(text, match.start())):
            yield Find(*match.span(), "licence_plate", weight=75)
    for pattern, weight in ((_DOTS, 47), (_SPACES, 45), (_CLOSED, 46), (_FOREIGN_SPACES, 44)):
        for match in pattern.finditer(text, start, end):
            cued = _told(text, match.start(1)) or after(text, match.end(1), _LATER, 30)
            if _likely(text, match, pattern, cued):
                sure = cued or pattern is _CLOSED
                shaped = _shaped(match.group(1))
                yield Find(*match.span(1), "licence_plate", certain=sure, weight=weight + (31 if shaped else 20 * cued))
    yield from _after_cue(text, start, end)


def _after_cue(text: str, start: int, end: int) -> Iterator[Find]:
    """Yield what only the word before it makes a plate: one letter by letter, and any shape of another country."""
    for match in _SPELLED.finditer(text, max(0, start - 6), min(len(text), end + 6)):
        if _CODE.fullmatch(match.group(1).replace(" ", "")) and _called(text, match.start(1)):
            yield Find(*match.span(1), "licence_plate", weight=74)
    for match in _ANY.finditer(text, start, end):
        if _has_letters(match.group()) and not _measure(match.group()) and _called(text, match.start()):
            yield Find(*match.span(), "licence_plate", certain=False, weight=43)


_SPELLED = re.compile(r"(?<![^\W_])([a-z\d](?: [a-z\d]){5})(?! ?\w(?!\w)|\w)", re.I)
_CODE = re.compile(
    "|".join(re.sub("X+", _letters, re.sub("9+", _digits, code)).replace("-", "") for code in SIDECODES), re.I
)
"""A plate letter by letter: "kenteken v k 7 1 8 d"."""


def _lead(text: str, at: int) -> list[str]:
    """Return the last words before it in its sentence."""
    return _WORD.findall(re.split(r"[.;!?] ", text[max(0, at - 60) : at].lower())[-1])


def _of_vehicles(word: str) -> bool:
    return word in _VEHICLES or word.startswith(_BEGINNINGS)


def _told(text: str, at: int) -> bool:
    """Return whether one of the words shortly before it is of vehicles."""
    return any(map(_of_vehicles, _lead(text, at)[-9:]))


def _called(text: str, at: int) -> bool:
    """Return whether the word just before it is of vehicles: "zijn auto, WGM 4K21P"."""
    words = [word for word in _lead(text, at) if word not in _FILLERS]
    return bool(words) and _of_vehicles(words[-1]) and not _FAR.search(text[max(0, at - 4) : at])


_FILLERS = frozenset("is met with of nr nummer number plaat no one eentje een a de het the".split())
_FAR = re.compile(r"[.;!?\d]\s*$")


_JOINED = frozenset(
    "jan feb mrt apr mei jun jul aug sep okt oct nov dec may mar op en of tot van te uur is by to".split()
)


def _shaped(plate: str) -> bool:
    """Return whether it is in capitals, in three groups and without vowels: hardly anything but a plate is."""
    return plate.isupper() and _three_groups(plate) and _quiet(plate)


def _quiet(plate: str) -> bool:
    return _VOWELS.search(plate) is None


def _three_groups(plate: str) -> bool:
    return len(_GROUPS.findall(plate)) == 3


def _three(plate: str) -> bool:
    return plate.count("-") == 2


def _a_form(plate: str) -> bool:
    """Return whether it has three letters together and letters that no such plate has, as in "WMO-25-B" and "WLZ-24-C"."""
    return re.search("[a-zäöü]{3}", plate, re.I) is not None and _NOT_GIVEN.search(plate) is not None


_NOT_GIVEN = re.compile("[aeiouycq]", re.I)


def _a_date(plate: str) -> bool:
    """Return whether it is a date such as 5-mei-20, or words joined by hyphens."""
    return all(run in _JOINED for run in re.findall("[a-zäöü]+", plate.lower()))


def _has_letters(plate: str) -> bool:
    runs = re.findall("[a-zäöü]+", plate.lower())
    single = len(runs) == 1 and len(runs[0]) == 1
    spoken = single or runs[:1] == [] or runs[0] in _NO_WORD or _ROAD.fullmatch(plate) is not None
    return not spoken and not any(run in _UNIT for run in runs)


_GROUPS = re.compile(r"[A-Za-z]+|\d+")
_VOWELS = re.compile("[aeiouy]", re.I)
_ROAD = re.compile(r"[ans] ?\d{1,3}|\d{1,2}[a-z]?", re.I)


def _measure(plate: str) -> bool:
    """Return whether a unit or a month follows its digits: 12uur30, 5mei20, 3 en 4."""
    if plate.isalnum() and plate[0].isalpha() and plate[-1].isalpha():
        return False
    return any(run in _UNIT for run in re.findall(r"(?<=\d)[ ./-]?([a-z]+)", plate.lower()))


_METRIC = re.compile(r"\d ?(?:kg|km|cm|mm|mg|ml|min|uur|mnd|wk|wkn|dgn|eur|x|nd|rd|th|e|de|ste)(?![a-z])", re.I)


def _likely(text: str, match: re.Match[str], pattern: re.Pattern[str], cued: bool) -> bool:
    plate = match.group(1)
    runs = re.findall("[A-Za-z]+", plate)
    small = [run.lower() for run in runs]
    around = text[max(0, match.start(1) - 40) : match.end(1) + 40]
    joined = "".join(runs)
    capitals = joined.isupper() and sum(map(str.islower, around)) > 8
    common = small[0] in _NO_WORD or (plate[0].isdigit() and any(run in _NO_WORD for run in small))
    quiet, three = _quiet(plate), _three_groups(plate)
    inside = pattern is _CLOSED and plate[0].isdigit() and plate[-1].isdigit()
    if (
        quiet
        and pattern in (_SPACES, _CLOSED)
        and (cued or not (_a_form(plate) or ("-" in plate and " " in plate)))
        and (capitals or (three and (inside or not _measure(plate))))
    ):
        return True
    if cued and three and quiet and pattern is not _FOREIGN_SPACES and not _METRIC.search(plate):
        return True
    if not cued and (_a_form(plate) or ("-" in plate and " " in plate)):
        return False
    if all(run in _NO_WORD for run in small) and not (capitals and len(joined) > 1 and pattern is _CLOSED):
        return False
    if _measure(plate) and not capitals:
        return False
    if cued:
        return True
    if pattern is _SPACES or pattern is _DOTS:
        return capitals or (quiet and not common)
    if pattern is _FOREIGN_SPACES:
        return capitals and len(runs) > 1
    return capitals or (quiet and not common) or (three and not common)
