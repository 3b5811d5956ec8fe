"""Finds mail addresses, also those that are spelled out: "jan apenstaartje mail punt nl"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compassbot.guard.identifier import Find

_AT = re.compile(
    r"@| @ |(?-i:(?<=[a-z0-9])AT(?=[a-z0-9]))|[\"'*]?(?:apen?staart(?:je)?|\(at\))[\"'*]?(?=[a-z0-9]+\.)| ?[([{<] ?(?:at|a|@|ad|apenstaart(?:je)?) ?[)\]}>] ?"
    r"|[ -](?:apen?staart(?:je)?|aapje|at-teken|at-sign)[ -]"
    r"| at (?=[a-z0-9-]{1,40} (?:dot|punt) [a-z])",
    re.I,
)
_DOT = r"(?:\.|,(?=(?:nl|com|org|net|eu|be|info)(?![\w-]))| \. |(?-i:DOT)| ?[([{] ?(?:dot|punt|\.) ?[)\]}] ?|[ -](?:dot|punt|stip)[ -])"
_DOMAIN = re.compile(
    rf"[a-z0-9\u00c0-\u024f-]{{1,63}}(?:(?<=-)\n(?:> ?)?[a-z0-9-]{{1,63}}(?=\.[a-z0-9]))?(?:{_DOT}[a-z0-9\u00c0-\u024f-]{{1,63}}){{1,5}}",
    re.I,
)
_LAST = re.compile(r"(?:[ .,\]\[(){}-]|(?-i:DOT))([a-z]{2,24})$", re.I)
_BEFORE = re.compile(
    r"(?P<dot> ?[([{] ?(?:dot|punt|\.) ?[)\]}] ?| (?:dot|punt|stip|underscore|laag streepje|streepje|min|dash|plus) | [._-] )$",
    re.I,
)
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._+-!#$%&'*/=?^~")
_DESK = re.compile(
    r"(?:info|contact|gemeente|post(?:bus)?|no-?reply|klachten|privacy|fg|avg|griffie|werkeninkomen|klantcontact(?:centrum)?|kcc|wmo|jeugd|loket|"
    r"stadhuis|gemeentehuis|(?:sociaal)?(?:wijk|buurt)?team|schuldhulp\w*|inkomen|participatie|belastingen|invordering|parkeren|vergunning(?:en)?|"
    r"bezwaar(?:schriften)?|burgerzaken|communicatie|servicedesk|helpdesk|balie|receptie|secretariaat|redactie|webmaster|publiekszaken|"
    r"handhaving|leefomgeving|meldpunt|meldingen|woo|raad|college|support|hallo|welkom)@"
    r"[\w.-]{0,60}(?:gemeente|gem-|uwv|svb|duo|rijksoverheid|belastingdienst|overheid|\.gov|minszw|minbzk|stad|provincie|waterschap|rijk|vng|cjib|ggd)",
    re.I,
)  # fmt: skip


def emails(text: str) -> Iterator[Find]:
    """Yield mail addresses in any spelling; the general desks of government are nobody's."""
    until = 0
    for match in _AT.finditer(text):
        domain = _DOMAIN.match(text, match.end())
        if not domain or match.start() < until:
            continue
        start = _start(text, match.start())
        end = _end(domain)
        if start < match.start() and end and not _DESK.match(text[start:end]):
            until = end
            yield Find(start, end, "email", weight=92)


def _start(text: str, at: int) -> int:
    """Return where the part before the at sign begins."""
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
