"""Finds telephone numbers, mail addresses, private web addresses, IP addresses and user names."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from compassbot.guard import lexicon
from compassbot.guard.around import before
from compassbot.guard.identifier import Find

_DUTCH = re.compile(
    r"(?<![\w+])(?<!\d[.,/-])(?:(?:\+|00) ?31[ ./-]{0,2}(?:\(0\)|0)?|\(?0)(?:[ ()./-]{0,3}\d){9}(?!\d)(?![.,/-]\d)"
)
_FOREIGN = re.compile(r"(?<![\w+])(?:\+|00) ?[1-9](?:[ ()./-]{0,2}\d){7,14}(?!\d)")
_CUED = re.compile(r"(?<![\w+])\(?\d(?:[ ()./-]{0,2}\d){6,13}(?![\w])")
_PHONE_CUE = re.compile(
    r"(?:\btel|telefoon(?:nummer|nr)?|mobiel|\bmob|gsm|whatsapp|\bapp|\bbel(?:len|t)?|\bphone|\bmobile|\bcall|nummers?)\.?"
    r"(?: (?:is|op|via|naar|hem|haar|on|me|them|him|her)){0,2}[ :=(]*$",
    re.I,
)
_DATE_FIRST = re.compile(r"\d{1,2}[ ./-]\d{1,2}[ ./-](?:19|20)\d\d|0{4}")
_PUBLIC_DUTCH = re.compile(r"(?:0031|31)?0?(?:800|90[069]|88)")
_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:(?:@| ?(?:\(at\)|\[at\]|\{at\}) ?| apenstaartje )"
    r"(?:[a-z0-9-]{1,63}(?:\.| ?[([]dot[)\]] ?| punt | dot )){1,5}"
    r"| at (?:[a-z0-9-]{1,63} (?:dot|punt) ){1,5})[a-z]{2,24}(?!\w)",
    re.I,
)
_PUBLIC_MAIL = re.compile(
    r"(?:info|contact|gemeente|post|noreply|no-reply|klachten|privacy|fg|griffie|werkeninkomen|klantcontact|wmo)@"
    r"[\w.-]*(?:gemeente|uwv|svb|duo|rijksoverheid|belastingdienst|overheid|\.gov|minszw|minbzk)",
    re.I,
)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>|\"\ufffc]{3,}|(?<![\w@.])(?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,6}/[^\s<>|\"\ufffc]{2,}",
    re.I,
)
_SOCIAL = re.compile(
    r"(?:facebook|fb|instagram|insta|linkedin|twitter|x|tiktok|snapchat|youtube|threads|marktplaats|funda|vinted|strava|"
    r"onlyfans|pinterest|t|telegram|wa|bsky|mastodon|reddit|twitch|gofundme|tikkie|signal)\.(?:com|nl|me|app|social|net)/.{2,}",
    re.I,
)
_IP4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_IP6 = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.I)
_NO_IP = re.compile(
    r"(?:art\.?|artikel|artikelen|versie|version|v\.?|release|paragraaf|par\.?|§|lid|hoofdstuk)\s*$", re.I
)
_HANDLE = re.compile(r"(?<![\w@/.])@[A-Za-z][\w.-]{1,38}\w")
_EVERYBODY = frozenset(
    "hier here channel kanaal everyone iedereen allen allemaal all team teams groep group collegas".split()
)
_USER_CUE = re.compile(
    r"(?:gebruikers?(?:naam)?|user(?:name)?|\w*log(?:de|d|t|in|gen|naam|s|ged)?|login|account|handle|insta(?:gram)?|snap(?:chat)?|tiktok|"
    r"twitter|profiel(?:naam)?|nickname|skype|ps[nN]|discord|telegram)(?: (?:als|as|is|in als|op|van|naam))?[ :='\"]*$",
    re.I,
)
_USER = re.compile(r"(?<![\w@./-])[A-Za-z](?=[\w.-]*[\d_])[\w.-]{3,30}(?<![.-])(?![\w@/])")


def phones(text: str) -> Iterator[Find]:
    """Yield Dutch, foreign and cued telephone numbers; public desks (14 0xx, 0800, 0900, 088) are nobody's."""
    for match in _DUTCH.finditer(text):
        if not _DATE_FIRST.match(match.group()) and not _public(match.group()):
            yield Find(*match.span(), "phone", weight=80)
    for match in _FOREIGN.finditer(text):
        end = _valid_end(match.group())
        if end:
            yield Find(match.start(), match.start() + end, "phone", weight=79)
    for match in _CUED.finditer(text):
        cued = before(text, match.start(), _PHONE_CUE, 36)
        if cued and not _DATE_FIRST.match(match.group()) and not _public(match.group()):
            yield Find(*match.span(), "phone", weight=70)


def _public(number: str) -> bool:
    return _PUBLIC_DUTCH.match(re.sub(r"\D", "", number)) is not None


def _valid_end(number: str) -> int:
    """Return the length of the longest part, in whole groups, that is a possible number; 0 if none is."""
    import phonenumbers  # imported here: `import compassbot.guard` stays cheap

    for match in reversed(list(re.finditer(r"\d(?!\d)", number))):
        part = re.sub(r"^00", "+", number[: match.end()].replace(" ", ""))
        try:
            parsed = phonenumbers.parse(part, "NL")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(parsed):
            return match.end()
    return 0


def emails(text: str) -> Iterator[Find]:
    """Yield mail addresses, also those written with (at); the general desks of government are nobody's."""
    if "@" not in text and "at" not in text and "apenstaart" not in text:
        return
    for match in _MAIL.finditer(text):
        if not _PUBLIC_MAIL.match(match.group()):
            yield Find(*match.span(), "email", weight=92)


def urls(text: str) -> Iterator[Find]:
    """Yield web addresses of profiles, and those with somebody's given name in them."""
    for match in _URL.finditer(text):
        url = match.group().rstrip(".,;:!?)'")
        bare = re.sub(r"^(?:https?://)?(?:www\.|m\.|nl\.)*", "", url, flags=re.I)
        if _SOCIAL.match(bare):
            yield Find(match.start(), match.start() + len(url), "url", weight=85)
        elif _names_somebody(bare):
            yield Find(match.start(), match.start() + len(url), "url", certain=False, weight=84)


def _names_somebody(address: str) -> bool:
    parts = [lexicon.plain(part) for part in re.split(r"[\W\d_]+", address) if len(part) > 2]
    return any(part in lexicon.given() and not lexicon.ordinary(part) for part in parts)


def ips(text: str) -> Iterator[Find]:
    """Yield IPv4 and IPv6 addresses; 2.5.4.1 after "artikel" or "versie" is none."""
    for pattern in (_IP4, _IP6):
        for match in pattern.finditer(text):
            if _is_ip(match.group()) and not before(text, match.start(), _NO_IP):
                yield Find(*match.span(), "ip", weight=75)


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return len(text) > 4


def usernames(text: str) -> Iterator[Find]:
    """Yield @handles of one person, and names with a digit or underscore that a cue calls an account."""
    for match in _HANDLE.finditer(text):
        handle = lexicon.plain(match.group()[1:])
        if handle not in _EVERYBODY and not handle.startswith(("team-", "team_")):
            yield Find(*match.span(), "username", weight=72)
    for match in _USER.finditer(text):
        if before(text, match.start(), _USER_CUE, 30):
            yield Find(*match.span(), "username", weight=71)
