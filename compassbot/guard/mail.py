"""Finds mail addresses, also those that are spelled out: "jan apenstaartje mail punt nl"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compassbot.guard import lexicon
from compassbot.guard.caseless import Caseless, folded
from compassbot.guard.identifier import Find

_HOST = "(?:gmail|hotmail|outlook|live|ziggo|kpnmail|kpnplanet|planet|xs4all|hetnet|home|yahoo|icloud|upcmail|casema|quicknet|telfort|protonmail|proton|gmx|mail|onsmail)"
"""The hosts where most people have their mail; after one of them the rest may be missing."""
_TOP = "(?:nl|com|org|net|eu|be|info)"
_AT = re.compile(
    rf"(?<=\w)@ (?=[\w-]+\.[a-z]{{2}})|@| @ | @(?={_HOST}\.)|(?<=\w) at (?=[a-z0-9-]{{2,40}}\.{_TOP}(?![\w-]))|(?-i:(?<=[a-z0-9])AT(?=[a-z0-9]))|[\"'*]?(?:apen?staart(?:je)?|\(at\))[\"'*]?(?=[a-z0-9]+\.)| ?[([{{<] ?(?:at|a|@|ad|apenstaart(?:je)?) ?[)\]}}>] ?"
    rf"|[ \n-]{{1,2}}(?:apen?staart(?:je)?|aapje|at-teken|at-sign)[ \n-]{{1,2}}"
    rf"| at (?=[a-z0-9-]{{1,40}} (?:dot|punt) [a-z])|_at_(?=[a-z0-9-]+\.[a-z]{{2}})|-at-(?={_HOST}\.)",
    re.I,
)
_DOT = (
    rf"(?:\.|,(?={_TOP}(?![\w-]))| \. | \.(?={_TOP}(?![\w-]))|\. (?=(?:nl|com|org|net)(?![\w-]))|(?-i:DOT)| ?[([{{<] ?(?:dot|punt|\.) ?[)\]}}>] ?"
    rf"|[ \n-]{{1,2}}(?:dot|punt|stip)[ \n-]{{1,2}}|(?:punt|dot)(?={_TOP}(?![\w-]))|(?<=mail) (?=(?:com|nl|net)(?![\w-])))"
)
_DOMAIN = re.compile(
    rf"[a-z0-9\u00c0-\u024f-]{{1,63}}(?:(?<=-)\n(?:> ?)?[a-z0-9-]{{1,63}}(?=\.[a-z0-9]))?(?:{_DOT}[a-z0-9\u00c0-\u024f-]{{1,63}}){{1,5}}",
    re.I,
)
_LAST = re.compile(r"(?:[ \n.,\]\[(){}<>-]|(?-i:DOT)|punt|dot)([a-z]{2,24})$", re.I)
_TOPS = frozenset(
    "nl com org net eu be info de fr uk pl it es tr io me nu biz gov edu frl amsterdam online app dev tv co example".split()
)
_BEFORE = Caseless(
    r"(?P<dot> ?[([{<] ?(?:dot|punt|\.) ?[)\]}>] ?|[ \n](?:dot|punt|stip|underscore|la(?:ag|ge) streepje|lage streep|liggend streepje|streepje|min|dash|plus)[ \n]| [._-] )$",
)
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._+-!#$%&'*/=?^~")
_DESK = Caseless(
    r"(?:info|contact|gemeente|post(?:bus)?|no-?reply|klachten|privacy|fg|avg|griffie|werkeninkomen|klantcontact(?:centrum)?|kcc|wmo|jeugd|loket|"
    r"stadhuis|gemeentehuis|(?:sociaal)?(?:wijk|buurt)?team|schuldhulp\w*|inkomen|participatie|belastingen|invordering|parkeren|vergunning(?:en)?|"
    r"bezwaar(?:schriften)?|burgerzaken|communicatie|servicedesk|helpdesk|balie|receptie|secretariaat|redactie|webmaster|publiekszaken|"
    r"handhaving|leefomgeving|meldpunt|meldingen|woo|raad|college|support|hallo|welkom)(?:[-._](?:loket|team|noord|zuid|oost|west|centrum|info|contact|\d))?@"
    r"[\w.-]{0,60}(?:gemeente|gem-|uwv|svb|duo|rijksoverheid|belastingdienst|overheid|\.gov|minszw|minbzk|stad|provincie|waterschap|rijk|vng|cjib|ggd)",
)  # fmt: skip


def emails(text: str) -> Iterator[Find]:
    """Yield mail addresses in any spelling; the general desks of government are nobody's."""
    if not _may_be_at(text):
        return
    until = 0
    for match in _AT.finditer(text):
        domain = _DOMAIN.match(text, match.end())
        if match.start() < until:
            continue
        if not domain:
            cut = _CUT_SHORT.match(text, match.end())
            start = _start(text, match.start())
            if cut and start < match.start():
                until = cut.end()
                yield Find(start, until, "email", weight=92)
            continue
        start = _start(text, match.start())
        end = _end(domain)
        if match.group() == " at " and not _at_host(text, start, match.end(), end):
            continue
        if start < match.start() and end and not _DESK.match(text[start:end]):
            until = end
            yield Find(start, end, "email", weight=92)


def _may_be_at(text: str) -> bool:
    """Return whether anything is there of what an at sign can look like."""
    if any(sign in text for sign in ("@", "AT", "(", "[", "{", "<")):
        return True
    low = folded(text)
    return any(sign in low for sign in (" at ", "staart", "aapje", "at-", "_at_"))


_CUT_SHORT = re.compile(rf"{_HOST}(?![\w.@-])|[a-z0-9-]{{2,40}} {_TOP}(?![\w.@-])", re.I)
"""A host of which the end is missing, "jan@gmail", or its dot, "jan apenstaart ziggo nl"."""
_TAIL = re.compile(r"[a-z]+$", re.I)


def _at_host(text: str, start: int, at: int, end: int) -> bool:
    """Return whether the English word "at" stands between a person and a host, which ends as hosts do."""
    last = _TAIL.search(text[max(at, end - 24) : end])
    name = lexicon.plain(text[start : at - 4])
    said = " " in text[at:end] or name in lexicon.given() or not lexicon.ordinary(name)
    return said and last is not None and last.group().lower() in _TOPS


def _start(text: str, at: int) -> int:
    """Return where the part before the at sign begins; over spaces when it stands in quotes."""
    if text[at - 1 : at] == '"':
        opens = text.rfind('"', max(0, at - 42), at - 1)
        if opens >= 0 and "\n" not in text[opens:at]:
            return opens + 1
    start = _atom(text, at, 64)
    for _ in range(6 if start < at else 0):
        dot = _BEFORE.search(text[max(0, start - 16) : start])
        if not dot:
            break
        further = _atom(text, start - len(dot.group()), 64)
        if further == start - len(dot.group()):
            break
        start = further
    while start < at and not (text[start].isalnum()):
        start += 1
    return start


def _atom(text: str, at: int, reach: int) -> int:
    start = at
    while start > max(0, at - reach) and (text[start - 1].lower() in _LOCAL or text[start - 1].isalnum()):
        start -= 1
    return start


def _end(domain: re.Match[str]) -> int:
    """Return where it ends; 0 when it does not end in letters."""
    shown = domain.group().rstrip("-")
    last = _LAST.search(shown)
    return domain.start() + len(shown) if last and last.group(1).lower() not in ("dot", "punt", "stip") else 0
