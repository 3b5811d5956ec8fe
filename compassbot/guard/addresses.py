"""Finds street addresses with a house number, with or without a street's ending, and postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compassbot.guard import lexicon
from compassbot.guard.around import after, before
from compassbot.guard.identifier import Find
from compassbot.guard.tokens import Word

_STRONG = (
    "straat", "str", "laan", "plein", "gracht", "singel", "kade", "dreef", "plantsoen", "steeg", "straatje", "laantje",
    "pleintje", "boulevard", "straatweg", "strjitte", "leane", "avenue", "street",
)  # fmt: skip
_WEAK = (
    "weg", "hof", "pad", "park", "dijk", "wal", "markt", "veld", "baan", "haven", "hoek", "meent", "erf", "ring", "werf",
    "zoom", "allee", "rade", "kamp", "weide", "donk", "akker", "horst", "diep", "vaart", "sluis", "brink", "berg", "oord",
    "burg", "borg", "tuin", "land", "bos", "hout", "rak", "kwartier", "poort", "wijk", "es", "kamp", "dam", "vliet", "duin",
    "made", "gaarde", "stede", "lanen", "hage", "heide", "polder", "stein", "passage", "rand", "hoeve", "hoef", "oever", "terp", "gouw", "stroom", "wetering", "zijl", "molen", "slag", "gors", "hove", "wegje", "steiger", "ven",
)  # fmt: skip
_ADDITION = (
    r"(?: ?[-/]? ?(?:bis|hs|huis|rood|boven|beneden)\b|(?:[-/]? ?(?-i:[A-Z])|[-/]?[a-z]| [-/]? ?[a-h])\b(?!['-])"
    r"| ?[-/] ?(?:\d{1,4}|[ivx]{1,4})(?:[a-z]\b)?(?![\d-]|/\d))"
)
_NUMBER = re.compile(
    r"[ ,]{1,2}(?:nr\.? ?|nummer |no\.? ?|huisnummer )?(\d{1,4})(?![\d:%€]|[.,]\d)(?! ?(?:€|%|°))"
    + _ADDITION
    + r"?(?!\w)",
    re.I,
)
_ROOM = re.compile(r",? (?:kamer|app(?:artement)?\.?|unit|etage|verdieping|room|flat|k\.) ?\d{1,4}\w?", re.I)
_CUE = re.compile(
    r"(?:\bwoont|\bwoonde|\bwonen|\bwonend|\bwoonachtig|\bwoon|adres(?:sen)?|\bverhuis\w*|\bverblijft|\bingeschreven|\bbewoners?|\bpand|"
    r"\bhuisbezoek|\bwoning|\blives|\baddress|\bliving|\bstays|\bmoved|\btenant)(?: ?(?:is|was|nu|al|nog|ook|staat|van|ze|hij|zij|weer))?"
    r"[ :,(]*(?:(?:op|aan|in|te|bij|naar|van|at|on|to) )?(?:(?:de|het|den|the|een) )?$",
    re.I,
)
_LEAD = re.compile(r"(?:\b(?:aan|op|bij|naar|te|in|voor|langs|at|tuin) )(?:(?:de|het) )?$", re.I)
_POSTCODE_AFTER = re.compile(r"[ ,(]{1,3}[1-9]\d{3} ?[a-z]{2}\b", re.I)
_HEADS = frozenset(
    "burgemeester burg prins prinses koning koningin dokter dr professor prof pastoor sint st jan van de der den het ten ter "
    "oude nieuwe grote kleine lange korte hoge lage eerste tweede derde graaf hertog laan generaal admiraal president "
    "mr dominee ds pater kardinaal wethouder sir la le in op aan".split()
)
_POSTCODE = re.compile(r"(?<![\w.,/-])(?:nl-)?([1-9]\d{3}) ?([a-z]{2})(?![\w'-]|\.\w)", re.I)
_POSTCODE_CUE = re.compile(r"(?:\bpc|postcode|postal code|zip)[ :=.]*$", re.I)
_HOUSE_BEFORE = re.compile(r"(?<!\d)\d{1,4} ?[a-z]?[ ,\n(-]{1,3}$", re.I)
_CITY_AFTER = re.compile(r"[ ,]{1,2}[A-Z][a-z]+|[ ,-]{1,3}\d{1,4}\b|\s*$")
_ENGLISH = re.compile(
    r"(?<![\w.,])\d{1,4}[a-z]?,? (?:[A-Z][\w'-]+ ){1,3}(?:Street|St|Road|Rd|Lane|Avenue|Ave|Drive|Square|Court|Close|Way|Place)\b"
)


def addresses(text: str, words: Sequence[Word]) -> Iterator[Find]:
    """Yield each street with its house number, addition and room."""
    for match in _ENGLISH.finditer(text):
        yield Find(*match.span(), "address", weight=63)
    for i, word in enumerate(words):
        number = _NUMBER.match(text, word.end)
        if not number or word.plain in lexicon.cues("no_address") or _counted(text, number):
            continue
        first = _first_word(words, i)
        room = _ROOM.match(text, number.end())
        score = _score(text, words, first, i, number)
        if score >= 3:
            yield Find(words[first].start, (room or number).end(), "address", certain=score >= 3.5, weight=64)


def _counted(text: str, number: re.Match[str]) -> bool:
    """Return whether the number counts something, as in "3 weken", or opens a bigger one."""
    follows = re.match(r"[ -]?([^\W\d_]+(?:'s)?)", text[number.end() : number.end() + 20])
    return follows is not None and lexicon.plain(follows.group(1)) in lexicon.cues("units")


def _first_word(words: Sequence[Word], i: int) -> int:
    """Return where the street's name begins: over capitals, and over words such as "burgemeester" and "van der"."""
    first = i
    while first > 0 and i - first < 4 and words[first].gap in (" ", ". ", "-"):
        before_it = words[first - 1]
        joins = before_it.plain in _HEADS and not _is_preposition(words, first - 1)
        title = before_it.capital and words[first].capital and not before_it.first and not before_it.shouted
        name = (
            title and before_it.plain not in lexicon.cues("no_address") and before_it.plain not in lexicon.cues("roles")
        )
        if not joins and not name:
            break
        first -= 1
    while first < i and words[first].plain in ("de", "het", "in", "op", "aan", "te") and not words[first].capital:
        first += 1
    return first


def _is_preposition(words: Sequence[Word], i: int) -> bool:
    """Return whether "op", "aan" and the like stand before the name instead of in it."""
    return words[i].plain in ("op", "aan", "in", "van", "het", "de") and not words[i].capital


def _score(text: str, words: Sequence[Word], first: int, last: int, number: re.Match[str]) -> float:
    """Return how much speaks for an address: the ending, the capital, the cue, the addition, a postcode after it."""
    word, begins = words[last], words[first].start
    house = number.group(1)
    score = _ending(word, words[first]) + (0.0 if 0 < int(house) < 1500 else -2.0)
    if word.plain in lexicon.cues("function") or word.plain in lexicon.cues("units"):
        score -= 3
    cued = before(text, begins, _CUE, 40)
    score += 3 if cued else 1.5 if before(text, begins, _LEAD, 16) else 0
    if words[first].capital and not words[first].first:
        score += 1
    if number.group().strip(" ,") != house:
        score += 1.5 if "," not in number.group() else 0
    if after(text, number.end(), _POSTCODE_AFTER, 14):
        score += 2.5
    if word.plain in lexicon.given() or word.plain in lexicon.known() or "," in number.group():
        score -= 1.5
    return score


def _ending(word: Word, first: Word) -> float:
    plain = word.plain
    proper = first.capital and not first.first
    if plain.endswith(_STRONG):
        alone = plain in _STRONG and word is first
        return 1.5 if alone and not word.capital else 3.5
    if plain.endswith(_WEAK) and len(plain) > 4:
        strange = plain not in lexicon.words()
        return 3.5 if proper and strange else 2.5 if strange else 1.5
    return 1 if proper and not lexicon.ordinary(plain) else 0.5 if proper else 0


def postcodes(text: str) -> Iterator[Find]:
    """Yield Dutch postcodes with their letters; "2024 EN" and "1200 km" are none."""
    for match in _POSTCODE.finditer(text):
        digits, letters = match.groups()
        start, end = match.span()
        speaks = not letters.isupper() and letters.lower() in lexicon.cues("function")
        sure = before(text, start, _POSTCODE_CUE) or (before(text, start, _HOUSE_BEFORE) and not speaks)
        if letters.upper() in ("SA", "SD", "SS") and not sure:
            continue
        if sure or _is_postcode(text, digits, letters, match):
            yield Find(start, end, "postcode", weight=62)


def _is_postcode(text: str, digits: str, letters: str, match: re.Match[str]) -> bool:
    word = letters.lower()
    unit = word in lexicon.cues("units") or word in ("wk", "eu", "ha", "mb", "gb", "kb", "kw", "mw", "st")
    speaks = unit or word in lexicon.cues("function") or word in ("dd", "jl", "nr", "pp", "vs", "jr", "mg", "ml")
    year = 1900 <= int(digits) <= 2099
    if letters.isupper():
        closed = match.group().endswith(digits + letters)
        known = word in lexicon.known() or speaks or word in lexicon.words()
        return not (year and known and not closed) and not (unit and not closed)
    if speaks:
        return False
    if " " in match.group():
        return not year and _CITY_AFTER.match(text, match.end()) is not None and word not in lexicon.words()
    return True
