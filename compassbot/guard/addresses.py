"""Finds street addresses with a house number, with or without a street's ending."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compassbot.guard import lexicon, streets
from compassbot.guard.around import after, before
from compassbot.guard.caseless import Caseless
from compassbot.guard.doors import doors
from compassbot.guard.houses import houses
from compassbot.guard.identifier import Find
from compassbot.guard.postcodes import postcodes
from compassbot.guard.tokens import Word

__all__ = ["addresses", "postcodes"]

_POSTCODE_AFTER = Caseless(r"[ ,(;/|\n-]{1,4}(?:in |te )?[1-9](?:\d{3}[ -]{0,2}[a-z]{2}|(?: \d){3} [a-z] [a-z])\b")
_DATE_LIKE = re.compile(r" ?[-/] ?(?:0?\d|1[0-2])$")
_SURE = Caseless(r"bis|hs|huis|rood|zwart|sous|[ivx]{2}|links|rechts|achter|boven|beneden|[a-z]\d")
_PERSON_BEFORE = Caseless(
    r"\b(?:de heer|mevrouw|mevr|mw|dhr|fam|familie|meneer|mr|mrs|ms)\.?(?: [^\W\d_][\w.'-]{0,20}){1,4}(?: \([^()]{0,20}\))?, $",
)
"""Somebody with a title and a comma: what stands next is where they live."""
_FOLLOWS = re.compile(r"[ -]?([^\W\d_]+(?:'s)?)")
_FOREIGN = re.compile(
    r"(?<!\w)(?:rue|avenue|boulevard|chauss[eé]e|impasse|calle|plaza|(?-i:Via)|viale|piazza|ulica|ul\.|strada|rua|avenida|bulevardul|rruga|ulitsa)"
    r"(?: (?:de|la|las|los|le|les|du|des|del|della|dei|di|do|da|dos|e|en|of))*(?: ?(?:d'|l')?[\w'-]{2,20}){1,3}[ ,]{1,2}\d{1,4}(?:[/-]\d{1,4})?[a-z]?(?!\w)",
    re.I,
)
_ABROAD = Caseless(
    r"(?<!\w)(?:rue|avenue|boulevard|chauss[eé]e|impasse|calle|plaza|via|viale|piazza|ulica|ul\.|strada|rua|avenida|bulevardul|rruga|ulitsa)"
)
_DIGIT = re.compile(r"\d")
_ENGLISH = re.compile(
    r"(?<![\w.,])\d{1,4}[a-z]?,? (?:[A-Z][\w'-]+ ){1,3}(?:Street|St|Road|Rd|Lane|Avenue|Ave|Drive|Square|Court|Close|Way|Place|Terrace|Crescent|Gardens|Row|Hill)\b"
)
_TOWN_HALLS = frozenset("stadhuisplein raadhuisplein gemeenteplein gemeentehuisplein".split())


_NO_STREET = frozenset(
    "noord zuid oost west centrum north south east ma di wo do vr za zo ward gister gisteren morgen vandaag vanmiddag vanochtend straks nu toen bus tram metro trein weg onderweg snelweg a n kids kid nog "
    "vol lkz yesterday today tomorrow tonight floor day night shift score line bed beds unit capacity only just about over under than at in".split()
)


def addresses(text: str, words: Sequence[Word]) -> Iterator[Find]:
    """Yield each street with its house number, addition and room, houseboats, rooms in institutions and PO boxes."""
    yield from houses(text)
    yield from doors(text, words)
    if not _DIGIT.search(text):
        return
    for pattern in (_ENGLISH, _FOREIGN) if _ABROAD.search(text) else (_ENGLISH,):
        for match in pattern.finditer(text):
            yield Find(*match.span(), "address", certain=pattern is _ENGLISH, weight=63)
    ends = {word.end: i for i, word in enumerate(words)}
    for number in streets.NUMBER.finditer(text):
        i = ends.get(number.start())
        if i is None and text[number.start() - 1 : number.start()] == ".":
            i = ends.get(number.start() - 1)
        if (
            i is None
            or words[i].plain in _NO_STREET
            or words[i].plain in lexicon.cues("no_address")
            or len(words[i].text) == 1
            or _counted(text, number)
            or _abbreviated(words, i)
        ):
            continue
        if text[words[i].end : words[i].end + 1] == "." and not words[i].plain.endswith(
            ("str", "ln", "pln", "sngl", "burg", "dr")
        ):
            continue  # a sentence ends, and the next begins with a number
        first = _first_word(text, words, i)
        if first is None:
            continue
        score = _score(text, words, first, i, number)
        if score >= 3 and not _public(text, words, first, i):
            certain = score >= 3.5
            start = words[first].start - _ordinal(text, words[first])
            yield Find(start, number.end(), "address", certain=certain, weight=77 if certain else 64)


def _counted(text: str, number: re.Match[str]) -> bool:
    """Return whether the number counts something, as in "3 weken", or opens a bigger one."""
    if number["more"] or number["room"]:
        return False
    follows = _FOLLOWS.match(text, number.end(), min(len(text), number.end() + 20))
    if follows is None:
        return False
    word = lexicon.plain(follows.group(1))
    return word in streets.STOPS - {"van"} or word in lexicon.cues("units") - {"u"}


def _first_word(text: str, words: Sequence[Word], i: int) -> int | None:
    """Return where the street's name begins: over capitals, and over words such as "burgemeester" and "van der"."""
    first = i
    while first > 0 and i - first < 4 and words[first].gap in (" ", ". ", "-", " '", "."):
        word = words[first - 1]
        if words[first].gap in (". ", ".") and not (word.plain in streets.HEADS or len(word.text) <= 2):
            break
        named = _over_article(words, first, i)
        if named is not None:
            first = named
            continue
        joins = word.plain in streets.HEADS and not _is_preposition(words, first - 1)
        if not joins and not _is_name(words, first):
            break
        first -= 1
    while (
        first < i
        and not _ordinal(text, words[first])
        and words[first].plain in ("de", "het", "in", "op", "aan", "te", "van", "t", "der", "den", "ten", "ter")
        and not words[first].capital
    ):
        first += 1
    while first < i and words[first].plain in ("op", "in", "aan", "bij", "te", "van", "naar") and words[first].first:
        first += 1
    return first


_ORDINAL = re.compile(r"(?<![\w.,-])\d{1,2}(?:e|ste|de|st|nd|rd|th) $")
_BEFORE_ARTICLE = frozenset("achter boven beneden onder voor buiten binnen op aan in langs over tussen".split())
_COMMON = ("straat", "str", "steeg", "laan", "gracht", "kade", "dreef", "weg", "singel")
_VOWEL = re.compile(r"[aeiouy]")


def _ordinal(text: str, word: Word) -> int:
    """Return how long the "1e " is that stands before a street's name, 0 when none does."""
    found = _ORDINAL.search(text[max(0, word.start - 6) : word.start])
    return len(found.group()) if found else 0


def _over_article(words: Sequence[Word], first: int, last: int) -> int | None:
    """Return where a name with an article inside begins: "Achter de Hoven", "Kijk in 't Jatstraat"."""
    if first < 2 or words[first - 1].plain not in ("de", "het", "den", "t", "'t") or words[first - 1].gap != " ":
        return None
    begins, name = words[first - 2], words[first]
    if begins.plain not in _BEFORE_ARTICLE or not name.capital or name.shouted:
        return None
    opens = not begins.first or re.search(r"[:;,|/(] ?$", begins.gap) is not None
    if begins.capital and opens and first == last:
        return first - 2
    kept = words[first - 1].plain in ("t", "'t") and words[last].plain.endswith(_COMMON)
    return first - 3 if kept and first > 2 and words[first - 3].capital and begins.gap == " " else None


def _abbreviated(words: Sequence[Word], i: int) -> bool:
    """Return whether the word is a shouted code without a vowel, "LKZ 28", and no part of a name."""
    word = words[i]
    alone = i == 0 or not words[i - 1].capital
    return (
        alone
        and word.shouted
        and 3 <= len(word.text) <= 4
        and _VOWEL.search(word.plain) is None
        and word.plain != "str"
    )


def _is_name(words: Sequence[Word], first: int) -> bool:
    """Return whether the word before is a name that belongs to the street's: "Anne Frankstraat", not "fam. Smit Laan"."""
    word = words[first - 1]
    if word.shouted or word.plain in lexicon.cues("no_address") or word.plain in lexicon.cues("roles"):
        return False
    if first > 1 and words[first - 2].plain in lexicon.cues("titles"):
        return False
    if word.plain in lexicon.cues("function") or word.plain in lexicon.cues("titles"):
        return False
    title = word.capital and words[first].capital and not word.first
    return title or (
        not words[first].capital
        and words[first].plain.endswith(streets.STRONG)
        and word.plain in lexicon.given()
        and not lexicon.ordinary(word.plain)
    )


def _is_preposition(words: Sequence[Word], i: int) -> bool:
    """Return whether "op", "aan" and the like stand before the name instead of in it."""
    small = words[i].plain in (
        "op",
        "aan",
        "in",
        "van",
        "het",
        "de",
        "t",
        "achter",
        "binnen",
        "buiten",
        "boven",
        "beneden",
        "en",
        "le",
        "la",
    )
    return small and (not words[i].capital or words[i].first or words[i].shouted)


def _score(text: str, words: Sequence[Word], first: int, last: int, number: re.Match[str]) -> float:
    """Return how much speaks for an address: the ending, the capital, the cue, the addition, a postcode after it."""
    word, begins = words[last], words[first].start
    begins_sentence = words[first].first and re.search(r"[;:,|/] ?$", words[first].gap) is None
    proper = words[first].capital and not begins_sentence and not words[first].shouted
    house, more = int(number["house"]), number["more"]
    comma = number.group().startswith(",")
    score = _ending(word, words[first], proper) + (0.0 if 0 < house < 1500 else -2.0)
    if (
        word.plain in lexicon.cues("function")
        or word.plain in lexicon.cues("units")
        or word.plain in lexicon.cues("after")
    ):
        score -= 3
    score += (
        3
        if _cued(words, first)
        else 1.5
        if before(text, begins, streets.LEAD, 18)
        else 0.5
        if before(text, begins, streets.FAINT, 12)
        else 0
    )
    score += 1 if proper else 0
    placed = words[first].capital or word.plain.endswith((*streets.STRONG, *streets.WEAK))
    score += 2.5 if placed and before(text, begins, _PERSON_BEFORE, 48) else 0
    score += 1.5 if word.plain in streets.NAMED and not comma else 0
    score += 1 if number["years"] and number["word"] else 0
    score += (
        _extra(number, more)
        if not comma or number["word"] or number["room"] or "," not in text[begins : number.end()][:-1]
        else 0
    )
    if number["word"] and not comma:
        score += 1
    if after(text, number.end(), _POSTCODE_AFTER, 14):
        score += 3
    if score < 6 and not word.plain.endswith(streets.STRONG) and _several(text, number, house):
        score -= 2.5
    known = word.plain in lexicon.known() or word.plain in lexicon.places() or word.plain in lexicon.given()
    if (known and first == last) or (comma and not number["word"]):
        score -= 1.5
    return score


def _cued(words: Sequence[Word], first: int) -> bool:
    """Return whether a word of living, visiting or writing stands before it, over "is", "op de" and their like."""
    strange = 0
    for k in range(first, max(0, first - 6), -1):
        if re.search(r"[.!?]", words[k].gap):
            return False
        word = words[k - 1].plain
        if (strange < 3 and word in ("betreft", "onderwerp", "subject")) or (
            not strange and (word in streets.CUES or word.startswith(streets.BEGINNINGS))
        ):
            return True
        strange += word not in streets.FILLERS
    return False


def _several(text: str, number: re.Match[str], house: int) -> bool:
    """Return whether the word after a small number is a plural: "Rabobank Eindhoven 3 filialen"."""
    follows = _FOLLOWS.match(text, number.end(), min(len(text), number.end() + 24))
    if follows is None or number["more"] or house > 99:
        return False
    word = follows.group(1)
    return word.islower() and len(word) > 4 and word.endswith(("en", "s")) and lexicon.ordinary(lexicon.plain(word))


def _extra(number: re.Match[str], more: str) -> float:
    """Return what the addition and the room add; "22-9" may be a date."""
    score = 2.5 if number["room"] else 0.0
    if not more:
        return score
    dated = _DATE_LIKE.search(more) is not None and int(number["house"]) < 32
    return score + (0.5 if dated else 2.5 if _SURE.search(more) else 1.5)


def _ending(word: Word, first: Word, proper: bool) -> float:
    plain = word.plain
    named = first is not word
    if plain.endswith(streets.STRONG):
        alone = plain in streets.STRONG and not named
        rough = plain.endswith("weg") and (plain in lexicon.words() or not proper)
        return 1.5 if alone and not proper else (3 if proper else 2.5) if rough else 3.5
    if plain.endswith(streets.WEAK) and len(plain) > 3:
        strange = plain not in lexicon.words()
        return 3 if proper and (strange or named) else 2 if proper or strange else 1
    return (1.5 if named else 1) if proper and not lexicon.ordinary(plain) else 0.5 if proper else 0


def _public(text: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether it is the address of a town hall, a desk or a meeting."""
    begins = words[first].start
    lead = text[max(0, begins - 70) : begins]
    told = streets.PUBLIC.search(lead) is not None and not streets.PRIVATE.search(lead)
    return told or (words[last].plain in _TOWN_HALLS and not streets.PRIVATE.search(lead))
