"""Finds addresses that are told in another way than street and number: "12 in de Kerkstraat", "Kerkstraat nr twaalf"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from compassbot.guard import lexicon, streets
from compassbot.guard.around import before
from compassbot.guard.caseless import Caseless
from compassbot.guard.identifier import Find
from compassbot.guard.spoken import cardinals, one_of
from compassbot.guard.tokens import Word

_ALONE = frozenset("straat laan plein gracht kade singel steeg dreef weg park hof".split())
_HOUSE = r"\d{1,4}(?:[a-z](?!\w)| ?(?-i:[A-F])(?!\w)| ?(?:bis|hs|[ivx]{2,3})(?!\w))?"
_ENDS = r"(?=[ ]?[,.;:)(\n]|$| in | te | en [a-z]| is | \d{4} ?[a-z]{2}\b)"
_GLUED = re.compile(r"\.?(?P<house>\d{1,4}[a-z]?)(?![\w%€]|[.,:]\d)", re.I)
_APART = re.compile(rf"(?: ?: ?| - | ?\()(?:nr\.? |nummer )?{_HOUSE}(?=[ ]?[,.;)\n]|$)", re.I)
_THERE = re.compile(rf",? (?:op|met) (?:de[nr]? |het |nr\.? ?|nummer |huisnummer )?{_HOUSE}(?=[ ]?[,.;)\n]|$)", re.I)
_INSIDE = re.compile(
    rf",(?: [a-z]{{2,12}}){{0,2}} (?:wagen|deur|huis|woning|etage|verdieping|caravan|hoog|trap|ingang|boerderij|schuur)(?: [a-z]{{3,8}})?, (?:nr\.? |nummer )?{_HOUSE}(?!\w)",
    re.I,
)
_OF = re.compile(
    r" van (?:de[rn]? |het |'t )?(?P<name>[^\W\d_][\w'-]{2,20})(?: (?-i:[A-Z])[\w'-]{2,20})? \d{1,4}(?:[a-z](?!\w)| ?-\d{1,3})?(?![\w%€]|[.,:]\d)",
    re.I,
)
_AFTER = re.compile(r" (?P<house>\d{1,4})[a-z]?(?![\w%€]|[.,:]\d)", re.I)
_NUMBER_BEFORE = re.compile(
    rf"(?<!\w)(?P<all>(?P<word>(?:huis)?(?:nummer|nr\.?|no\.?|number) ?|op )?(?P<house>{_HOUSE}),? (?:in|aan|op|van|on|of) (?:de|het|the|'t|den)(?: [^\W\d_]{{3,12}}(?<=e))?) $",
    re.I,
)
_ENGLISH_ORDER = re.compile(
    r"(?:\bat|\baddress|\badres|\blives|\bop|\bwoont|\bwonend)[ :,]{1,3}(?P<house>\d{1,4}[a-z]?,?) $", re.I
)
_AT_HOME = re.compile(
    r"(?:woon|woont|wonen|adres|bewon|huisbezoek|ingeschreven|verblijft|slaapt|lives|living|address|huurt|huurder|betreft|thuis)[^;!?\n]{0,40}$",
    re.I,
)
_COUNTED = re.compile(r"[ -]([^\W\d_]{2,20})")
_NEIGHBOURS = Caseless(
    r"(?<!\w)(?:buren|buurvrouw|buurman|buurtjes|overburen|overbuurvrouw|overbuurman|bewoners?|bewoonsters?|neighbou?rs?)(?: van| op| at| from)? (?P<house>(?:huis)?(?:nummer|nr\.?|no\.?|number) ?\d{1,4}[a-z]?)(?!\w)",
)
_LYING = Caseless(
    r"(?<!\w)(?:woont|woonde|verblijft|verbleef|slaapt|logeert|ligt|lag|sleeps|stays|lives)(?: nu| tijdelijk| sinds kort| currently)? (?:op|in|at) "
    r"(?P<room>(?:(?:de )?(?:afdeling|vleugel|verdieping|ward) [\w]{1,12},? )?(?:kamer|kmr|unit|appartement|flat|chalet|bungalow|huisje|caravan|room|studio|cel|plek|garagebox) (?:nr\.? |nummer )?[a-z]?\d{1,4}[a-z]?)(?![\w%]|[.,]\d)",
)
_BEFORE, _BEHIND = 44, 80
"""How far before and behind the name of a street its number stands, at most."""


def doors(text: str, words: Sequence[Word]) -> Iterator[Find]:
    """Yield these addresses; the name of a street is known by its ending, or by its capital behind "nummer 8 aan de"."""
    for i, word in _near_digits(text, words):
        strong = word.plain.endswith(streets.STRONG)
        weak = len(word.text) > 5 and word.plain.endswith(streets.WEAK)
        if not (strong or word.capital or weak):
            continue
        named = strong and len(word.text) > 5 and word.plain not in _ALONE
        if named or (word.plain in _ALONE and i > 0):
            found = _after_street(text, words, i) if named else _in_two(text, words, i)
            if found:
                yield Find(*found, "address", weight=76)
        if named or (word.capital and word.gap == " "):
            start = _before_street(text, word, named)
            if start is not None:
                yield Find(start, word.end, "address", certain=named, weight=75)
        if not named and (word.capital or weak) and (inside := _INSIDE.match(text, word.end)):
            yield Find(word.start, inside.end(), "address", certain=False, weight=76)
    yield from _in_words(text)
    for pattern, group in ((_NEIGHBOURS, "house"), (_LYING, "room")):
        for match in pattern.finditer(text) if _NUMBERED.search(text) else ():
            yield Find(*match.span(group), "address", certain=False, weight=60)


_NUMBERED = re.compile(r"\d")


def _near_digits(text: str, words: Sequence[Word]) -> Iterator[tuple[int, Word]]:
    """Yield the words, each with its place among them, that have a digit near enough to be the number of a house."""
    digit = -1
    for i, word in enumerate(words):
        if digit < word.start - _BEFORE:
            found = _NUMBERED.search(text, max(0, word.start - _BEFORE))
            if found is None:
                return
            digit = found.start()
        if digit <= word.end + _BEHIND:
            yield i, word


def _begin(words: Sequence[Word], i: int) -> int:
    """Return where a street's name begins: with the capitals before it."""
    first = i
    while first and i - first < 2 and words[first].gap == " " and words[first - 1].capital and words[first].capital:
        if words[first - 1].first or words[first - 1].plain in lexicon.cues("titles"):
            break
        first -= 1
    return words[first].start


def _after_street(text: str, words: Sequence[Word], i: int) -> tuple[int, int] | None:
    """Return the address that goes on in another way after its street: glued, after a colon, behind "op den"."""
    word = words[i]
    start = _begin(words, i)
    match = _GLUED.match(text, word.end) or _INSIDE.match(text, word.end) or _THERE.match(text, word.end)
    if match and not (word.plain.endswith("weg") and word.plain in lexicon.words()):
        return start, match.end()
    match = _APART.match(text, word.end)
    return (start, match.end()) if match and before(text, start, _AT_HOME, 60) else None


def _in_two(text: str, words: Sequence[Word], i: int) -> tuple[int, int] | None:
    """Return an address with its street cut in two, "Kerk straat 12", or with "van" in it, "laan van Meerdervoort 112"."""
    word, ahead = words[i], words[i - 1]
    match = _OF.match(text, word.end)
    if match and not _counts(text, match.end()):
        name = lexicon.plain(match["name"])
        if match["name"][0].isupper() or not lexicon.ordinary(name):
            return word.start, match.end()
    initial = word.gap == "." and len(ahead.text) == 1
    split = word.gap == " " and ahead.capital and not ahead.shouted and not word.capital and len(ahead.text) > 2
    usual = (
        ahead.plain in lexicon.cues("function") or ahead.plain in lexicon.cues("titles") or ahead.plain.endswith("e")
    )
    match = _AFTER.match(text, word.end)
    if match and (initial or (split and not usual and word.plain != "weg")) and not _counts(text, match.end()):
        return ahead.start, match.end()
    return None


def _counts(text: str, at: int) -> bool:
    """Return whether a word that is counted follows a number."""
    follows = _COUNTED.match(text, at)
    if follows is None:
        return False
    word = lexicon.plain(follows.group(1))
    return word in streets.STOPS or word in lexicon.cues("units") or (word.endswith("en") and lexicon.ordinary(word))


def _before_street(text: str, word: Word, named: bool) -> int | None:
    """Return where the number stands that is told before its street: "op 12 in de Kerkstraat", "at 12, Kerkstraat"."""
    lead = text[max(0, word.start - _BEFORE) : word.start]
    if not any(map(str.isdigit, lead)):
        return None
    match = _NUMBER_BEFORE.search(lead)
    begins = word.start - len(lead)
    if match and match["word"]:
        by_number = match["word"].strip().lower() != "op"
        placed = word.plain.endswith((*streets.STRONG, *streets.WEAK)) or not lexicon.ordinary(word.plain)
        if (named or (by_number and placed)) and word.plain not in lexicon.places() | lexicon.known():
            return begins + match.start("all" if by_number else "house")
    match = _ENGLISH_ORDER.search(lead) if named else None
    return begins + match.start("house") if match else None


@cache
def _worded() -> Caseless:
    number = one_of([word for word, value in cardinals().items() if value])
    return Caseless(
        rf"(?<![\w-])(?P<street>[^\W\d_][\w'-]{{1,28}})(?:(?P<nr>,? (?:huis)?(?:nummer|nr\.?|number) )| )(?P<number>{number})(?P<more> ?[a-d](?!\w)| (?:hs|bis|huis|boven|achter)(?!\w))?{_ENDS}"
    )


def _in_words(text: str) -> Iterator[Find]:
    """Yield addresses of which the number is a word: "Oude Haven nr acht", "woont Kerkstraat twaalf"."""
    if not _STREETS.search(text):
        return
    for match in _worded().finditer(text):
        plain = lexicon.plain(match["street"])
        home = before(text, match.start(), _AT_HOME, 60)
        strong = plain.endswith(streets.STRONG) and plain not in _ALONE
        placed = text[match.start()].isupper() and plain.endswith(streets.WEAK) and plain not in lexicon.cues("roles")
        headed = before(text, match.start(), _HEADED, 14)
        placed = placed or (headed and plain.endswith(streets.WEAK))
        if (strong and (match["nr"] or home)) or (match["nr"] and (home or placed)):
            yield Find(match.start(), match.end(), "address", certain=strong, weight=76)


_HEADED = re.compile(r"\b(?:oude|nieuwe|grote|kleine|lange|korte|hoge|lage|eerste|tweede) $", re.I)
_STREETS = Caseless(r"straat|str\b|laan|weg\b|plein|gracht|kade|dreef|singel|steeg|(?:nummer|nr\.?) [a-z]")
