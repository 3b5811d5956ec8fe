"""Finds web addresses that lead to somebody, and the addresses of devices on a network."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from compassbot.guard import lexicon
from compassbot.guard.around import before
from compassbot.guard.caseless import Caseless
from compassbot.guard.identifier import Find

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>|\"\ufffc]{3,}|(?<![\w@.+-])(?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,6}/[^\s<>|\"\ufffc]{1,}",
    re.I,
)
_SOCIAL = Caseless(
    r"(?:[\w-]{1,40}\.)?(?:facebook|fb|instagram|insta|linkedin|twitter|x|tiktok|snapchat|youtube|threads|marktplaats|funda|vinted|strava|"
    r"onlyfans|pinterest|t|telegram|wa|bsky|mastodon|reddit|twitch|gofundme|tikkie|signal|airbnb|linktr|tumblr|discord|paypal|"
    r"soundcloud|spotify|medium|substack|flickr|vk|weibo|badoo|tinder|grindr|lexa|couchsurfing|doneeractie|steunactie|whydonate|patreon|"
    r"github|gitlab|behance|etsy|booking|nextdoor|mixcloud|vimeo|kick|steamcommunity|blogspot|wordpress|waarbenjij|geef|myheritage|"
    r"genealogieonline|werkspot|treatwell|2dehands|ebay|polarsteps|komoot|garmin|zwift|sdc|kinky)\."
    r"(?:com|nl|me|app|social|net|be|de|co|ee|gg|tv|ie|org|nu|io|uk|fr|ru)/.{2,}",
)
_LEADING = re.compile(r"^(?:https?://)?(?:(?:www|m|nl|nl-nl|web|l)\.)*", re.I)
_ID = Caseless(
    r"/(?:users?|u|profiles?|profiel(?:en)?|people|in|members?|athletes|gebruikers?|leden|lid|personen|~\w+|@[\w.]+)(?:/|$)|/@|/\d{6,}(?:\D|$)",
)
_PUBLIC = Caseless(
    r"(?:^|[.-])(?:\w{0,20}overheid|gemeente\w{0,20}|\w{0,20}gemeente|rijk|uwv|werk|svb|duo|belastingdienst|cbs|nibud|vng|divosa|movisie|rivm|ggd\w{0,12}|"
    r"rechtspraak|raadvanstate|nationaleombudsman|ombudsman|autoriteitpersoonsgegevens|politie|om|cjib|rdw|kvk|kadaster|ind|coa|cak|ciz|"
    r"nji|vilans|zorginstituut\w{0,12}|nza|juridischloket|wetten|officielebekendmakingen|tweedekamer|eerstekamer|europa|who|un|unicef|wikipedia|"
    r"nos|nu|nrc|volkskrant|trouw|telegraaf|ad|parool|fd|bbc|guardian|nytimes|google|microsoft|apple|office|sharepoint|"
    r"binnenlandsbestuur|sociaalweb|stimulansz|schulinck|pgb|mijn\w{0,20}|intranet|gov|digid|logius|geldfit|nvvk|bkr|sbb|nivel|scp|cpb|"
    r"waterschap\w{0,20}|provincie\w{0,20}|\w{2,20}\.gov|minszw|nen|iso|w3|stichting\w{0,30}|vluchtelingenwerk|slachtofferhulp|juriconnect)\.",
)
_WEBBY = frozenset(
    "https http html aspx index page pages home site sites blog live www example test news nieuws info contact docs wiki "
    "login logon download downloads files uploads assets static about over faq help pdf docx xlsx overheid gemeente api".split()
)
_IP4 = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?::\d{2,5}|/\d{1,2})?(?![\w]|\.\d)")
_IP_SAID = Caseless(
    r"\bip(?:-?(?:adres|address|nummer))?[ :=]{1,3}(?:is |was |van \w+ )?(?P<ip>\d{1,3}(?:[ ,-]\d{1,3}){3}|\d{1,3}(?:\.\d{1,3}){1,2}(?:\.[x*]{1,3}){1,2})(?![\w.])",
)
"""An address of a device with other signs, or with a part left out; only right after its cue."""
_IP6 = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.I)
_MAC = re.compile(r"(?<![\w:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![\w:-])", re.I)
_SAID = Caseless(
    r"(?<!\w)(?:facebook|instagram|tiktok|linkedin|snapchat|twitter|youtube|fb)(?: (?:punt|dot) | ?\. ?)(?:com|nl|be)(?: ?/ ?| slash (?:in slash )?)[^\s<>|/][^\s<>|]{2,60}",
)
"""The page of somebody as it is told: "facebook punt com slash ..."."""
_NO_IP = Caseless(
    r"(?:\bart\.?|artikel(?:en)?|versies?|version|\bv\.?|release|paragra(?:af|ph)|\bpar\.?|§|\blid|hoofdstuk|chapter|tab(?:el|le)|figu(?:ur|re)|"
    r"bijlage|annex|section|sectie|norm|build|firmware|patch|update|regel|bepaling|rubriek|onderdeel|stap|code|nummer)\s*$",
)
_IP_CUE = Caseless(
    r"(?:\bip\b|ip-?adres|ip[ -]address|vanaf|from|inge?log\w*|log(?:in|ged)?|vanuit|adres|host|server)[\w :=('-]{0,20}$",
)


def urls(text: str) -> Iterator[Find]:
    """Yield web addresses of profiles, and those with a name or the number of a person in them."""
    for match in _URL.finditer(text) if "/" in text or "www." in text.lower() else ():
        url = match.group()[:400].rstrip(".,;:!?)'")
        bare = _LEADING.sub("", url)
        if _SOCIAL.match(bare) or _ID.search(bare):
            yield Find(match.start(), match.start() + len(url), "url", weight=93)
            continue
        if _names_somebody(bare):
            yield Find(match.start(), match.start() + len(url), "url", certain=False, weight=92)


def spoken_urls(text: str) -> Iterator[Find]:
    """Yield web addresses of a profile that are told in words or broken by a space."""
    for match in _SAID.finditer(text) if "slash" in text.lower() or "/" in text else ():
        yield Find(*match.span(), "url", weight=91)


def _names_somebody(address: str) -> bool:
    """Return whether a given name stands in it or, outside public sites, a word that is in no dictionary."""
    host, _, path = address.partition("/")
    public = _PUBLIC.search(host + ".") is not None or _PUBLIC.search("." + host) is not None
    name = host.rpartition(".")[0]
    for part in re.split(r"[\W\d_]+", path if public else f"{name} {path}"):
        word = lexicon.plain(part)
        if len(word) < 3 or word in _WEBBY or word in lexicon.known() or word in lexicon.places():
            continue
        if word in lexicon.given() and not lexicon.ordinary(word):
            return True
        if not public and any(_first_name(word[:cut]) for cut in range(6, len(word))):
            return True
        if not public and path and len(word) > 3 and not lexicon.ordinary(word) and not lexicon.derived(word):
            return True
    return False


def _first_name(word: str) -> bool:
    return word in lexicon.given() or (word in lexicon.proper() and word not in lexicon.places() | lexicon.known())


def ips(text: str) -> Iterator[Find]:
    """Yield IPv4, IPv6 and hardware addresses; 2.5.4.1 after "artikel" or "versie" is none."""
    for match in _IP4.finditer(text):
        low = all(int(part) < 25 for part in match.group(1).split("."))
        cued = before(text, match.start(), _IP_CUE, 40)
        if _is_ip(match.group(1)) and not before(text, match.start(), _NO_IP) and (cued or not low):
            yield Find(*match.span(), "ip", weight=79)
    colons = text.count(":")
    if colons > 1:
        for match in _IP6.finditer(text):
            if _is_ip(match.group()):
                yield Find(*match.span(), "ip", weight=79)
    if colons > 4 or text.count("-") > 4:
        for match in _MAC.finditer(text):
            yield Find(*match.span(), "ip", weight=79)
    for match in _IP_SAID.finditer(text):
        yield Find(*match.span("ip"), "ip", weight=79)


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(re.sub(r"(?<=\.)0+(?=\d)|^0+(?=\d+\.)", "", text))
    except ValueError:
        return False
    return len(text) > 4
