"""Reads numbers that are said in words: "nul zes, 4190 en dan 26 31", "negentienachtenzestig"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from compassbot.guard.caseless import Caseless

_NL = "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
_NL_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


@cache
def cardinals() -> dict[str, int]:
    """Return what each word from nought to ninety-nine means, in Dutch and English, without accents."""
    found = {word: value for value, word in [*enumerate(_NL), *enumerate(_EN)]}
    found |= {"oh": 0, "noll": 0, "ene": 1, "nulletje": 0}
    for ten, (dutch, english) in enumerate(zip(_NL_TENS, _EN_TENS, strict=True), 2):
        found |= {dutch: ten * 10, english: ten * 10}
        found |= {f"{_NL[one]}en{dutch}": ten * 10 + one for one in range(1, 10)}
        found |= {f"{english}{join}{_EN[one]}": ten * 10 + one for one in range(1, 10) for join in ("", "-", " ")}
    return found


def one_of(words: list[str]) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


Said = tuple[int, int, str]
"""Where a row of digits in words begins and ends, and its digits."""
_ANY = Caseless(
    r"\b(?:nul|zero|oh|nulzes|en dan|and then|dan|streepje|dash|acht|vier|four|eight|seven|zeven|zes|six|06[ -]{1,3}[a-z]+)\b",
)


@cache
def _sequence() -> Caseless:
    item = rf"(?:(?:(?:double|triple|dubbele?|(?:twee|drie|vier|vijf|[2-5])(?: ?maal| ?keer| ?x)(?: de| een)?) )?(?:nulzes|{one_of(list(cardinals()))})|\+?\d{{1,8}})(?![^\W_])"
    join = r"(?:[ ,.\n-]{1,3}(?:(?:en dan|and then|en|and|dan|then|streepje|dash|daarna|keer|plus)[ ,.-]{1,3}){0,2})"
    return Caseless(rf"(?<![\w+])(?:plus )?{item}(?:{join}{item}){{2,}}")


_ITEM = re.compile(r"[a-z]+(?:-[a-z]+)?|\d+")


def rows_in_words(text: str) -> Iterator[Said]:
    """Yield where a row of digits stands of which some are words, or that stops for "en dan", and its digits."""
    if not _ANY.search(text):
        return
    for match in _sequence().finditer(text):
        said = match.group()
        items = [part for item in _ITEM.finditer(said) for part in _parts(item.group())]
        words = sum(not item.isdigit() for item in items)
        if _THEN.search(said) or words > 2 or _nought_first(items) or (words and items[0] == "06"):
            yield *match.span(), _together(items)


_TIMES = {
    "double": 2,
    "dubbel": 2,
    "dubbele": 2,
    "triple": 3,
    "tweemaal": 2,
    "driemaal": 3,
    "viermaal": 4,
    "vijfmaal": 5,
}


def _parts(item: str) -> list[str]:
    """Return the numbers in a word with a hyphen, which is one in "twenty-one" and two in "zes-dubbel"."""
    return [item] if item in cardinals() else item.split("-")


def _together(items: list[str]) -> str:
    """Return the digits of all items; "double three" is 33."""
    items = [item for item in items if item not in ("de", "en", "dan")]
    made = [_digits(item) for item in items]
    return "".join(digits * _TIMES.get(before, 1) for before, digits in zip(["", *items], [*made, ""], strict=True))


def _nought_first(items: list[str]) -> bool:
    """Return whether the first two are words of which the first is nought, as a telephone number begins."""
    if items[0] == "nulzes":
        return True
    return cardinals().get(items[0]) == 0 and not items[1].isdigit()


_THEN = Caseless(r"\b(?:en dan|and then|streepje|dash|daarna)\b")


def _digits(item: str) -> str:
    if item.isdigit():
        return item
    if item == "nulzes":
        return "06"
    value = cardinals().get(item)
    if value is not None:
        return str(value)
    return ""
