"""Finds the names that people have on platforms and systems: @handles, logins, accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compassbot.guard import lexicon
from compassbot.guard.around import after, before
from compassbot.guard.caseless import Caseless
from compassbot.guard.identifier import Find

_HANDLE = re.compile(r"(?<![\w@/.])@ ?[A-Za-z\u00c0-\u024f][\w.-]{0,38}[\w]")
_MENTION = re.compile(r"(?<!\w)@[UW][A-Z0-9]{6,12}(?!\w)")
_EVERYBODY = frozenset(
    "hier here channel kanaal everyone everybody iedereen allen allemaal all team teams groep group collegas collega's jullie collegas "
    "online home work thuis werk organisatie gemeente afdeling alle anderen vrijwilligers leiding everyone college raad directie bestuur griffie "
    "frontoffice backoffice helpdesk ict hr klantcontact wijkteam balie receptie management secretariaat mt".split()
)
_PLATFORM = (
    r"insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|facebook|fb|telegram|discord|skype|psn|ps[45]|xbox|steam|roblox|fortnite|twitch|signal|"
    r"whats?app|reddit|threads|bluesky|mastodon|linkedin|marktplaats|vinted|tinder|grindr|badoo|bumble|lexa|youtube|pinterest|onlyfans|"
    r"minecraft|kik|groepsapp|buurtapp|kanaal|forum|chat|x|nextdoor|google reviews?|reviews?"
)
_STRONG = Caseless(
    r"(?:gebruikers?(?:naam|id)|user ?(?:name|id)|inlog(?:naam|code)?|log ?in(?:naam|name)?|accountnaam|account name|handle|nick(?:name|naam)?|"
    r"alias|schuilnaam|screen ?name|gamertag|profielnaam|user|login-id)(?: (?:is|was|van \w+|name|naam|of \w+))?[ :='\"(]{1,4}(?:(?:gewoon|just|als|as|is|met) ['\"]?)?$",
)
_CUE = Caseless(
    rf"(?:gebruiker|\b(?:in|uit)?ge?log(?:d|de|t|gen|ged|s)?\b|\blog(?:de|t|t|s|ged|gen)?\b|logs\b|login|account|profiel|profile|\b(?:{_PLATFORM})\b)[^\n;!?]{{0,40}}$",
)
_AFTER = Caseless(
    rf"[^\n.;!?\w]{{1,3}}(?:(?:on|op|via|in|at|bij|zijn|haar|her|his|van|the|de|altijd) ){{0,2}}(?:{_PLATFORM})\b"
)
_CALLED = Caseless(
    r"(?:\b(?:als|as|is|it's|heet|genaamd|called|named|onder|under|under|door|by|van|waar|account))[ '\":(]{1,3}$"
)
_POSING = Caseless(r"(?<!\w)(?:als|as|heet|onder|under|account)[ '\":(]{1,3}$")
_USER = re.compile(r"(?<![\w@./:+-])[A-Za-z\u00c0-\u024f](?=[\w.-]{0,30}[\d_.])[\w.-]{3,30}(?<![.-])(?![\w@/:])")
_WORD = re.compile(r"(?<![\w@./:+-])[A-Za-z][\w.-]{3,24}(?<![.-])(?![\w@/])")
_FIELD = Caseless(
    rf"(?<!\w)(?:(?:{_PLATFORM})(?:[- ]?(?:naam|account|profiel|handle|name|id|gebruiker))?|(?:psn|xbox|gamer|account|profiel|discord|snap|insta)-?(?:naam|name|id|tag)(?: is)?)"
    r" ?[:=] ?['\"]?(?P<name>[a-z][\w.-]{2,29})(?![\w@/])",
)
_GIVEN_OUT = Caseless(
    r"(?<!\w)(?:psn|xbox|steam|gamertag|vinted|insta|snap|kik|roblox|fortnite)(?:-?(?:naam|name|id|tag)(?: is)?)? (?P<name>[a-z][\w.-]{4,29})(?![\w@/-])",
)
_TAGGED = re.compile(r"(?<![\w#@])[A-Za-z][\w.]{2,30}#\d{4}(?!\w)")
_REDDIT = re.compile(r"(?<![\w/])/?u/(?=[\w-]{0,24}[\d_-])[A-Za-z][\w-]{2,24}(?!\w)")
"""A name right after its platform: "insta: mooieroos"; one with the number that Discord gives; one of Reddit."""
_TAIL = re.compile(r"[a-z]{4,}\d{1,4}[a-z]?$|[a-z]+(?:_[a-z0-9]+){1,4}$|[a-z]+[._][a-z.]*\d+$", re.I)
_COUNTED = frozenset(
    "artikel bijlage hoofdstuk paragraaf kenmerk categorie category article annex section formulier versie version covid corona windows office "
    "kamer lokaal dossier zaak groep klasse punt onderdeel nummer number route model bestek kwartaal project begroting jaarplan factuur agenda vraag question case "
    "stcrt loket afdeling regel tabel scenario niveau level variant optie option stage phase vraagnr".split()
)
_FILE = Caseless(r"\.(?:pdf|docx?|xlsx?|jpe?g|png|zip|csv|txt|nl|com|org|be|eu|net|html?|pptx?|mp[34])$")


def usernames(text: str) -> Iterator[Find]:
    """Yield @handles of one person, mentions, and words that a cue or their shape makes an account."""
    if "@" in text:
        for match in _HANDLE.finditer(text):
            handle = lexicon.plain(match.group()[1:]).lstrip()
            spaced = match.group()[1] == " " and not re.search(r"[\d_.]", handle)
            if handle not in _EVERYBODY and not _group(handle) and not spaced:
                mention = _MENTION.match(match.group()) is not None
                yield Find(*match.span(), "username", certain=not mention, weight=88)
    for match in _USER.finditer(text):
        if _FILE.search(match.group()):
            continue
        weight = _weigh(text, match.start(), match.end(), match.group())
        if weight:
            yield Find(*match.span(), "username", certain=weight > 60, weight=weight)
    yield from _told(text)
    if _NAMED.search(text):
        for match in _WORD.finditer(text):
            word = lexicon.plain(match.group())
            if before(text, match.start(), _STRONG, 40) and not lexicon.ordinary(word) and not _FILE.search(word):
                yield Find(*match.span(), "username", certain=False, weight=71)


def _told(text: str) -> Iterator[Find]:
    """Yield what a platform with a colon, or the form of a platform, makes the name of an account."""
    for match in _FIELD.finditer(text) if ":" in text or "=" in text else ():
        word = lexicon.plain(match["name"])
        if word not in lexicon.words() and not lexicon.derived(word) and not _FILE.search(word):
            yield Find(*match.span("name"), "username", certain=False, weight=71)
    for match in _GIVEN_OUT.finditer(text):
        word = lexicon.plain(match["name"])
        if word not in lexicon.words() and not lexicon.derived(word) and word not in lexicon.known():
            yield Find(*match.span("name"), "username", certain=False, weight=41)
    for pattern in (_TAGGED, _REDDIT) if "#" in text or "u/" in text else ():
        for match in pattern.finditer(text):
            if not re.search(r"#20\d\d$", match.group()):
                yield Find(*match.span(), "username", weight=72)


def _group(handle: str) -> bool:
    """Return whether it is a team: "team-privacy", but not "team_inning_daan"."""
    parts = re.split(r"[-_.]", handle)
    named = any(part in lexicon.given() or not lexicon.ordinary(part) for part in parts[1:])
    return parts[0] in ("team", "groep", "group") and not named


_NAMED = Caseless(r"user|naam|inlog|login|handle|nick|alias|gamertag")


def _weigh(text: str, start: int, end: int, name: str) -> int:
    """Return how surely the word is an account, 0 when it is none."""
    odd = re.search(r"[\d_]", name) is not None
    if odd and before(text, start, _STRONG, 40):
        return 90
    shaped = _TAIL.match(name) is not None and (
        _strange(name) or re.search(r"[a-z]{6,}\d\d[a-z]?$", name, re.I) is not None
    )
    mixed = re.search(r"\w_\w", name) is not None and re.search(r"\d", name) is not None and name[-1] != "_"
    dotted = re.match(r"[^\W\d_]{3,}\.|[^\W\d_]\.[^\W\d_]{4,}$", name) is not None and _strange(name)
    if (shaped or dotted or mixed) and (before(text, start, _CUE, 56) or after(text, end, _AFTER, 30)):
        return 71
    if shaped and odd and (("_" in name and re.search(r"\d", name)) or before(text, start, _CALLED, 14)):
        return 70
    years = re.fullmatch(r"([A-Za-z]{5,})\d{2,4}", name)
    if years and _account_word(years.group(1), name) and before(text, start, _POSING, 14):
        return 70
    letters = re.match(r"[A-Za-z]+", name)
    numbered = re.fullmatch(r"[A-Za-z]{6,}\d{2,4}[a-z]?", name) is not None
    return 42 if numbered and letters and _strange(letters.group()) else 0


def _account_word(word: str, name: str) -> bool:
    """Return whether a word with a number may be an account: "steegpoes1949", but not "artikel12" or "verslag2024"."""
    plain = lexicon.plain(word)
    return plain not in _COUNTED and not (lexicon.ordinary(plain) and re.search(r"[a-z]20[0-3]\d$", name, re.I))


def _strange(name: str) -> bool:
    """Return whether some part of the name is in no dictionary, or it is joined by a low line."""
    parts = [lexicon.plain(part) for part in re.split(r"[\W\d_]+", name) if part]
    common = all(lexicon.ordinary(part) or part in lexicon.known() for part in parts)
    return "_" in name or not common or (len(parts) == 1 and parts[0] in lexicon.given())
