"""Finds what points at somebody only together with something else: shown to the author, and stopping nobody.

The only imker of the village, the son of a councillor, an age beside a rare illness, a club that has one chairman.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from compassbot.guard import broader, lexicon
from compassbot.guard.caseless import Caseless
from compassbot.guard.identifier import Find

_OF = r"(?:van|vn|v\.|of|in|uit|bij|op|te|from|at)"
_THE = r"(?:(?:de|het|een|'t|t|'n|n|die|dat|dit|deze|ons|onze|mijn|zijn|haar|hun|the|a|our|this|that|their)[ ])?"
_NAME = r"[A-Z](?:'?[a-z]|-)[\w'-]*"
_PROPER = rf"(?-i:{_NAME}(?: (?:aan|bij|op|de|den|het) (?:de |den |het )?{_NAME}| {_NAME})?)"
_SENTENCE = re.compile(r"[.!?]\s|\n")
_NEAR = 160
"""Characters between two things in one sentence that together say who somebody is, at most."""
_AGE = re.compile(
    r"(?:\b(?:van|aged|leeftijd) (\d{1,3})\b(?![-:.,/]?\d| ?(?:%|€|euro|mensen|weken|dagen|maanden|uur))(?: jaar| years)?"
    r"|\((\d{1,2})\)|\b(\d{1,3})(?: ?jaar(?: oud)?\b|[- ]jarige\b|-year-old\b| years old\b))",
    re.I,
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:[-/ ]\d{{1,2}}[-/ ](?:19|20)?\d\d|e? (?:{broader.MONTH})\b(?: (?:19|20)\d\d)?)(?!\d)", re.I
)
_MONEY = re.compile(
    r"(?:€ ?|euro )(\d[\d.]{0,11})(?:,(\d\d|-))?(?![\d])|\b(\d[\d.]{2,11})(?:,(\d\d|-))? ?(?:euro\b|€)", re.I
)
_SOMEBODY = (
    "er", "aar", "ier", "ist", "eur", "ster", "ares", "ees", "loog", "kundige", "arts", "man", "vrouw", "agent", "baas",
    "houder", "ling", "or", "ician",
)  # fmt: skip
_NOBODY = frozenset(
    "manier kamer nummer computer winter zomer kantoor papier formulier bezwaar gebaar voordeel dossier later manier "
    "loket eer number order door floor answer offer matter factor koffer kelder letter teller cijfer kader".split()
)
_WORDS = re.compile(r"[\w'’-]+")
_CLASSES = {
    "care": {"nl": "zorgverlener", "en": "care professional"},
    "trade": {"nl": "ondernemer", "en": "tradesperson"},
    "faith": {"nl": "geestelijke", "en": "member of the clergy"},
    "office": {"nl": "functionaris", "en": "official"},
}
_SAID = {
    "nl": {"resident": "inwoner", "post": "iemand met een bekende taak", "kin": "{} van een bekend persoon", "place": "dorp",
           "illness": "zeldzame ziekte", "business": "organisatie"},
    "en": {"resident": "resident", "post": "somebody with a well-known task", "kin": "{} of a well-known person",
           "place": "village", "illness": "rare illness", "business": "organisation"},
}  # fmt: skip


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    """Return the lists of reminders.txt, in each the longest word first."""
    found: dict[str, tuple[str, ...]] = {}
    name = ""
    for line in (lexicon.DATA / "reminders.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            found[name] = tuple(sorted(map(lexicon.plain, line.split()), key=len, reverse=True))
    return found


def _list(section: str) -> tuple[str, ...]:
    return _lists()[section]


@cache
def _any(*sections: str) -> str:
    return "|".join(re.escape(word) for section in sections for word in _list(section))


@cache
def _compiled(name: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[name](), re.I)


@cache
def _roughly(name: str) -> Caseless:
    """Return the pattern with its capitals left out, which is quick to say that there is nothing."""
    return Caseless(_PATTERNS[name]().replace("(?-i:", "(?:").replace("[A-Z]", "[a-z]"))


_PATTERNS: dict[str, Callable[[], str]] = {
    "only": lambda: rf"\b(?:de|het|the|als|is|was) (?:enige|only) ([^\W\d_]{{3,25}})(?: [^\W\d_]{{3,20}})? {_OF} {_THE}(?:(?:{_any('spots')})\b|{_PROPER})",
    "trade": lambda: rf"\b(?:(?:de|het|een|onze|the|our) )?({_any('care', 'trade', 'faith', 'office')}) {_OF} ({_PROPER})",
    "kin": lambda: rf"\b(?:(?:de|het|een|the|a) )?({_any('kin')}) (?:{_OF}|vd) {_THE}(?:[^\W\d_]{{3,20}} )?(?:{_any('known')})\b",
    "kin's": lambda: rf"\b{_THE}(?:{_any('known')})'s ({_any('kin')})\b",
    "post": lambda: rf"\b(?:(?:de|het|een|the) )?(?:{_any('posts')}) {_OF} {_THE}(?:[^\W\d_]{{3,20}} )?(?:{_any('clubs')})\b",
    "local": lambda: r"\b(?:(?:de|het|een|onze) )?dorps(?:agent|dokter|huisarts|smid|omroeper|bakker|slager|pastoor|kapper|gek)\b",
    "rare": lambda: rf"\b(?:(?:{_any('rarely')})\b|zeldzame |rare )",
    "ill": lambda: rf"\b(?:(?:{_any('rarely')})\b|(?-i:ALS)\b|zeldzame (?:ziekte|aandoening|spierziekte|stofwisselingsziekte)|rare (?:disease|illness|condition))",
    "business": lambda: rf"\b({_any('institutions')}) (?:(?:de|het|'t|t) [^\W\d_]{{4,20}}|{_PROPER}(?: ?& ?{_PROPER})?)",
    "landmark": lambda: rf"\b(?:{_any('landmarks')}) ({_PROPER})",
    "village": lambda: rf"\b(?:{_any('villages')})\b",
}  # fmt: skip
_SMALL = frozenset(("kin", "kin's", "post", "local", "village"))
"""Those of which no letter has to be a capital."""
_TRIGGERS: dict[str, tuple[str, ...]] = {
    "trade": ("care", "trade", "faith", "office"),
    "kin": ("kin",),
    "post": ("posts",),
    "business": ("institutions",),
    "landmark": ("landmarks",),
    "village": ("villages",),
}


def reminders(text: str, language: str) -> Iterator[Find]:
    """Yield what to remind the author of, in a normalised text without what was found otherwise; they may overlap."""
    words = set(map(lexicon.plain, set(_WORDS.findall(text))))
    said = _SAID.get(language, _SAID["nl"])
    if words & {"enige", "only"}:
        somebody = (match for match in _matches("only", text) if _is_person(match.group(1)))
        yield from (_fact(m, _class_of(m.group(1), language) or said["resident"]) for m in somebody)
    if _triggered("trade", words):
        yield from _professions(text, language)
    if _triggered("kin", words):
        yield from (_fact(m, said["kin"].format(m.group(1).lower())) for m in _matches("kin", text))
        yield from (_fact(m, said["kin"].format(m.group(1).lower())) for m in _matches("kin's", text))
    if _triggered("post", words):
        yield from (_fact(m, said["post"]) for m in _matches("post", text))
    if "dorps" in text or "Dorps" in text:
        yield from (_fact(m, said["post"]) for m in _matches("local", text))
    yield from _ages(text, language, said["illness"])
    yield from _told_in_the_news(text, words, language)
    if _triggered("business", words):
        yield from _organisations(text)
    yield from _places(text, words, said["place"])


def _triggered(name: str, words: set[str]) -> bool:
    return any(not words.isdisjoint(_list(section)) for section in _TRIGGERS[name])


def _matches(name: str, text: str) -> Iterator[re.Match[str]]:
    if name in _SMALL:
        return _roughly(name).finditer(text)
    return _compiled(name).finditer(text) if name == "ill" or _roughly(name).search(text) else iter(())


def _fact(match: re.Match[str], instead: str, group: int = 0) -> Find:
    start, end = match.span(group)
    return Find(start, end, "rare_fact", False, 20, instead=instead)


def _class_of(noun: str, language: str) -> str:
    """Return the broader word for a profession; "" for what is none that we know."""
    spoken = "en" if language == "en" else "nl"
    return next((said[spoken] for name, said in _CLASSES.items() if lexicon.plain(noun) in _list(name)), "")


def _is_person(noun: str) -> bool:
    """Return whether a noun is somebody: a profession, a role in life, or with the ending of those."""
    plain = lexicon.plain(noun)
    listed = _class_of(plain, "nl") or plain in lexicon.cues("roles")
    return bool(listed) or (plain.endswith(_SOMEBODY) and plain not in _NOBODY)


def _professions(text: str, language: str) -> Iterator[Find]:
    """Yield a profession with the place of it; a large city has too many for that to tell who it is."""
    for match in _matches("trade", text):
        if lexicon.plain(match.group(2)) not in _list("cities"):
            yield _fact(match, _class_of(match.group(1), language))


def _ages(text: str, language: str, illness: str) -> Iterator[Find]:
    """Yield an exact age and a rare illness that stand in one sentence."""
    if "ALS" not in text and not _roughly("rare").search(text):
        return
    seen = 0
    for ill in _matches("ill", text):
        start, end = _sentence(text, ill)
        ages = [age for age in _AGE.finditer(text, max(start, seen), end) if 0 < _number(age) < 110]
        yield from (_fact(age, broader.age(_number(age), language)) for age in ages)
        if ages or seen > start:
            yield _fact(ill, illness)
        seen = max(seen, ages[-1].end() if ages else 0)


def _number(age: re.Match[str]) -> int:
    return int(next(filter(None, age.groups())))


def _told_in_the_news(text: str, words: set[str], language: str) -> Iterator[Find]:
    """Yield the date of what was in the news, and the amount that somebody won or was left, when they are exact."""
    for section, pattern in (("events", _DATE), ("windfalls", _MONEY)):
        if words.isdisjoint(_list(section)):
            continue
        for match in pattern.finditer(text):
            start, end = _sentence(text, match)
            near = set(map(lexicon.plain, _WORDS.findall(text[start:end])))
            broad = broader.quarter(match.group(), language) if section == "events" else _size(match, language)
            if broad and not near.isdisjoint(_list(section)):
                yield _fact(match, broad)


def _size(match: re.Match[str], language: str) -> str:
    """Return the order of size of an amount that is exact enough to be looked up; "" for a round one."""
    whole = (match.group(1) or match.group(3) or "").replace(".", "")
    cents = (match.group(2) or match.group(4) or "-") not in ("-", "00")
    exact = len(whole) > 3 and (cents or len(whole.rstrip("0")) > 2)
    return broader.size(float(whole), language) if exact else ""


def _sentence(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return where the sentence around a match begins and ends, within reach."""
    first = max(0, match.start() - _NEAR)
    start = max((end.end() for end in _SENTENCE.finditer(text, first, match.start())), default=first)
    end = _SENTENCE.search(text, match.end(), match.end() + _NEAR)
    return start, end.start() if end else min(len(text), match.end() + _NEAR)


def _organisations(text: str) -> Iterator[Find]:
    for match in _matches("business", text):
        name = match.group()[match.end(1) - match.start() :]
        parts = [lexicon.plain(word) for word in _WORDS.findall(name)]
        small = name[1:2].islower()
        if small and all(lexicon.ordinary(part) for part in parts) and not name.startswith((" 't ", " t ")):
            continue
        if not any(part in lexicon.known() or part in _list("cities") for part in parts):
            yield Find(*match.span(), "small_organisation", False, 20, instead=match.group(1).lower())


def _places(text: str, words: set[str], instead: str) -> Iterator[Find]:
    if _triggered("landmark", words):
        for match in _matches("landmark", text):
            yield Find(*match.span(1), "small_place", False, 20, instead=instead)
    if _triggered("village", words):
        for match in _matches("village", text):
            yield Find(*match.span(), "small_place", False, 19, instead=instead)
