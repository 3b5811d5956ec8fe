"""Reads dates that are written in words: "drie maart negentienachtenzestig", "the ninth of August, nineteen fifty-nine"."""

from __future__ import annotations

from functools import cache

from compassbot.guard.caseless import Caseless
from compassbot.guard.spoken import cardinals, one_of

_ORDINALS = (
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende vijftiende zestiende zeventiende "
    "achttiende negentiende twintigste eenentwintigste tweeentwintigste drieentwintigste vierentwintigste vijfentwintigste zesentwintigste "
    "zevenentwintigste achtentwintigste negenentwintigste dertigste eenendertigste first second third fourth fifth sixth seventh eighth ninth tenth "
    "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_OLD_MONTHS = "louwmaand|sprokkelmaand|lentemaand|grasmaand|bloeimaand|zomermaand|hooimaand|oogstmaand|herfstmaand|wijnmaand|slachtmaand|wintermaand"
MONTH = (
    r"(?:jan(?:uari|uary)?|feb(?:r|ruari|ruary)?|maart|march|mrt|mar|apr(?:il)?|mei|may|juni?|june|juli?|july|aug(?:ustus|ust)?|"
    rf"sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?|{_OLD_MONTHS})"
)
"""The months in Dutch and English, whole, shortened, or as they were called long ago."""

_YEAR = (
    r"(?:negentien(?:[ -]?honderd)?[ -]?(?:en)?[a-zë]{0,18}|twee ?duizend(?:[ -]?en)?[ -]?[a-zë]{0,18}|nineteen[ -](?:hundred(?: and)?[ -])?[a-z]{3,8}(?:[ -][a-z]{3,5})?|"
    r"two thousand(?: and)?(?: [a-z]{3,8})?|twenty[ -](?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty))"
)


@cache
def in_words() -> Caseless:
    """Return the pattern of a day in words or digits, a month and a year, of which at least the year or the day is in words."""
    days = one_of([*_ORDINALS, *(word for word, value in cardinals().items() if 0 < value < 32)])
    numbered = one_of([*_ORDINALS[:12], *_ORDINALS[_ORDINALS.index("first") :][:12]])
    join = r"(?: of| van(?: de)?| in)?,? "
    return Caseless(
        rf"(?<!\w)(?:(?:de|the) )?(?:(?:{days})|\d{{1,2}}(?:e|st|nd|rd|th)?){join}{MONTH}\.?,?(?: in| van)? (?:het jaar |{_YEAR}(?!\w))"
        rf"|(?<!\w)(?:(?:de|the) )?(?:{days}){join}{MONTH}\.?,? '?(?:19|20)?\d\d(?!\w)"
        rf"|(?<!\w)(?:(?:de|the) )?(?:{days})(?: van (?:de )?| of the |, )(?:{numbered}),? (?:in |van )?(?:'?(?:19|20)?\d\d|{_YEAR})(?!\w)"
        rf"|(?<!\w){MONTH} (?:the )?(?:{days}|\d{{1,2}}),? {_YEAR}(?!\w)"
        rf"|(?<!\w){_YEAR},? (?:de |the )?(?:{days}|\d{{1,2}}){join}{MONTH}(?!\w)",
    )


@cache
def in_short() -> Caseless:
    """Return the pattern of a date that only a word of birth makes one: "twaalf drie tachtig", "12 maart tachtig"."""
    values = cardinals()
    days = one_of([*_ORDINALS, *(word for word, value in values.items() if 0 < value < 32)])
    months = one_of([word for word, value in values.items() if 0 < value < 13])
    years = one_of([word for word, value in values.items() if value > 20])
    return Caseless(rf"(?<!\w)(?:(?:{days}|\d{{1,2}}) {MONTH}|(?:{days}) (?:{months})),? (?:{years})(?!\w)")


_HINT = Caseless(r"negentien(?!de)|duizend|nineteen(?!th)|thousand|twenty")
_NUMBERED_HINT = Caseless(r"(?:ste|de|st|nd|rd|th)(?: van| of|,) (?:(?:de|the) )?[a-z]{3,10}(?:ste|de|st|nd|rd|th)\b")
_DAY_HINT = Caseless(rf"(?<!\w)[a-z-]{{3,24}}(?: of| van(?: de)?)?,? {MONTH}\.?,? '?(?:19|20)?\d\d")


_MONTH_HINT = Caseless(rf" {MONTH}\.?,? '?(?:19|20)?\d\d")
"""Without this there is no day hint, which is slower to look for."""


_TENS = Caseless(r"(?:twin|der|veer|vijf|zes|zeven|tach|negen|twen|thir|for|fif|six|seven|eigh|nine)t(?:ig|y)\b")


def dates_in_words(text: str, born: bool = False) -> list[tuple[int, int, bool]]:
    """Return where a date in words stands, and whether its year is in words too, which is how people tell a birth.

    When it is `born` that the text speaks of, the shorter ones too, which are told by a word of birth beside them.
    """
    flat = text.replace("ë", "e").replace("Ë", "E")
    short = [(*match.span(), False) for match in in_short().finditer(flat)] if born and _TENS.search(flat) else []
    if not (_HINT.search(flat) or (_MONTH_HINT.search(flat) and _DAY_HINT.search(flat)) or _NUMBERED_HINT.search(flat)):
        return short
    return [*short, *((*match.span(), _HINT.search(match.group()) is not None) for match in in_words().finditer(flat))]
