"""Finds where people live that is no street: houseboats, rooms in institutions, PO boxes, "nummer 5 aan de Singel"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compassbot.guard import lexicon
from compassbot.guard.around import after, before
from compassbot.guard.caseless import Caseless
from compassbot.guard.identifier import Find
from compassbot.guard.streets import ADDITION, ROOM, STRONG, WEAK

_NAME = r"(?:(?:de|het|den|'t|t|la|le|the|ons|onze|de twee|de drie) )?(?:[^\W\d_][\w'-]{1,24})(?: (?:van|en|der|de|het|in|op)(?= [^\W\d_]))?(?: [^\W\d_][\w'-]{1,24}){0,2}"
_BOAT = Caseless(
    rf"(?<!\w)(?P<boat>woonboot|woonschip|woonark|woonwagen|houseboat|ligplaats|standplaats|tjalk|motorjacht|recreatieark|stacaravan)(?P<gap>,? (?:genaamd |geheten |met de naam |called |named )?['\"]?)(?P<name>{_NAME})",
)
_SHIP = re.compile(
    r"(?<!\w)(?:ark|schip|boot|binnenvaartschip|klipper|aak|zeilboot|zeiljacht|sleepboot|sloep) (?P<name>['\"](?:[^\W\d_][\w-]{1,20} ?){1,4}['\"]|(?-i:[A-Z])[\w'-]{1,20} (?-i:[A-Z])[\w'-]{1,20}(?: (?-i:[A-Z])[\w'-]{1,20})?)"
)
"""A ship with a name of more than one word, or in quotes."""
_BERTH = Caseless(
    r"(?<!\w)(?:ligplaats|standplaats|woonwagen|woonboot|woonark|steiger|berth|mooring|pier)(?: nr\.?| nummer)? \d{1,4}[a-z]?(?![\w])(?! (?:maand|jaar|jaren|weken|week|dagen|uur|keer|plaatsen|stuks|months|years|weeks))(?:,? (?:aan |in |op |van )?(?:(?:de|het) )?[a-z][\w'-]{2,24})?(?!\w)",
)
_OPPOSITE = re.compile(
    rf"(?:, ?)?(?:t\.o\.|tegenover|naast|bij|opposite|next to) (?:nr\.?|nummer|no\.?|number) \d{{1,4}}{ADDITION}?(?: (?:aan|van|in|op|on|in) (?:(?:de|het|the) )?[A-Z][\w'-]{{2,24}})?",
    re.I,
)
_NUMBER_FIRST = re.compile(
    rf"(?<!\w)(?:huis)?(?:nummer|nr\.?|no\.?|number) ?\d{{1,4}}{ADDITION}? (?:van|in|aan|op|on|of|in) (?:(?:de|het|the|t) )?(?P<street>[^\W\d_][\w'-]{{3,28}})(?:,? {ROOM})?",
    re.I,
)
_STREET_THEN = Caseless(
    r"(?<!\w)(?P<street>[^\W\d_][\w'-]{3,28}),? (?:(?:en dan|op|met|and|on|at) )?(?:huis)(?:nummer|nr\.?|number) ?(?:is )?\d{1,4}(?:[ -]?[a-z](?!\w))?",
)
_ROOM_IN = Caseless(
    r"(?<!\w)(?:kamer|kmr|room|appartement|app\.?|unit|bed|studio|suite|flat|woning|cel|cell|afdeling|vleugel|groep) ?(?:nr\.? ?|nummer )?[a-z]?\d{1,4}[a-z]?,? (?:van|in|bij|op|at|of|in) "
    r"(?:(?P<article>de|het|the|'t|t) )?(?P<house>(?:huize|verpleeghuis|verzorgingshuis|woonzorgcentrum|wzc|azc|pi|p\.i\.|zorgcentrum|hospice|internaat|gezinshuis|opvang|hotel|camping|residence|residentie|villa) )?(?P<name>[^\W\d_][\w'-]{2,24}(?: [a-z][\w'-]{2,20})?)",
)
_HOUSE_ROOM = re.compile(
    rf"(?<!\w)(?:huize|verpleeghuis|verzorgingshuis|woonzorgcentrum|wzc|azc|zorgcentrum|hospice|internaat|gezinshuis|residentie|villa|hofje|camping|vakantiepark|bungalowpark|park)(?: (?:de|het|'t))? [^\W\d_][\w'-]{{2,24}}(?: [^\W\d_][\w'-]{{2,24}})?{ROOM}{{1,3}}"
    rf"|(?<!\w)(?:camping|vakantiepark|bungalowpark|recreatiepark|woonwagenkamp|chaletpark|park|azc)(?: (?:[Dd]e|[Hh]et|'t))?(?: (?-i:[A-Z])[\w'-]{{2,24}}){{1,2}},? (?:veld [a-z],? )?(?:nr\.? ?|nummer )?\d{{1,4}}[a-z]?(?![\w%]|[.,]\d)(?! [a-z]{{3,20}}(?:en|s|jaar)\b)",
    re.I,
)
_PITCH = re.compile(
    r"(?<!\w)(?:caravan|stacaravan|chalet|huisje|bungalow|plek|plaats|standplaats|kamer|unit|gebouw|hut|tent)(?: nr\.?| nummer)? ?[a-z]?\d{1,4}[a-z]?,? (?:op |van |in |bij |at |on )?(?:(?:de|het|the) )?"
    r"(?:camping|vakantiepark|bungalowpark|recreatiepark|woonwagenkamp|azc|hotel|pension|hostel|opvang)(?: (?:de|het|'t))? [^\W\d_][\w'-]{2,24}(?: (?-i:[A-Z])[\w'-]{2,24})?",
    re.I,
)
_BOX = Caseless(
    r"(?<!\w)(?:postbus|p\.?o\.? ?box|antwoordnummer|postfach|bo[iî]te postale)(?: (?:nr\.?|nummer))? ?\d{1,6}(?!\w)",
)
_AGENCY = Caseless(
    r"(?:gemeente|uwv|svb|\bduo\b|belastingdienst|ministerie|rechtbank|cjib|\bcak\b|\bind\b|\bcoa\b|rijks|ombudsman|raad van state|bezwaarcommissie|stadhuis|provincie|waterschap|ggd|municipality|college van|commissie)[^.;!?\n]{0,40}$",
)
_AGENCY_AFTER = Caseless(r"[^.;!?\n]{0,24}(?:gemeente|uwv|svb|belastingdienst|ministerie|municipality)")
_NO_HOUSE = frozenset(
    "stadhuis gemeentehuis raadhuis rechtbank ministerie kantoor bibliotheek school ziekenhuis stadskantoor gebouw gang bovenverdieping verdieping begane tweede eerste derde "
    "hoofdgebouw wijkcentrum buurthuis loket hal kelder tuin zijvleugel week maand middag ochtend avond het de een hospital library town city building ground first second office "
    "tabel bijlage lijst planning agenda systeem rooster raad griffie gemeente organisatie opleiding methode toets ladder klas leerlingen fase zaak dossier".split()
)
_NO_BOAT = frozenset(
    "ligt lag is was wil van in op aan en of met die dat moet mag kan staat heeft had zonder voor als niet weg te om wordt werd zinkt gezonken eigenaar bewoners gemeente haven wet "
    "vergunning zijn haar hun hij zij ze we wij een geen and or that in on at with has is was lies naar bij onder langs er door uit tot over dan maar toch ook nog al weer wel moest mocht kon "
    "verkopen verplaatsen kopen krijgen huren innemen ontruimen vinden".split()
)  # fmt: skip


def houses(text: str) -> Iterator[Find]:
    """Yield these places; town halls and their rooms are nobody's."""
    low = text.lower()
    if any(
        word in low
        for word in (
            "woon",
            "boat",
            "plaats",
            "tjalk",
            "schip",
            "boot",
            "klipper",
            "jacht",
            "ark",
            "caravan",
            "steiger",
            "berth",
            "mooring",
            "pier",
        )
    ):
        yield from _boats(text)
    if any(word in low for word in ("nummer", "nr", "no.", "number")):
        yield from _numbered(text)
    if any(word in low for word in _ROOMS):
        yield from _rooms(text)
    if "bus" in low or "box" in low or "antwoord" in low or "post" in low:
        for match in _BOX.finditer(text):
            if not before(text, match.start(), _AGENCY, 60) and not after(text, match.end(), _AGENCY_AFTER, 44):
                yield Find(*match.span(), "address", weight=78)


_ROOMS = (
    "kamer",
    "kmr",
    "room",
    "app",
    "unit",
    "bed",
    "studio",
    "suite",
    "flat",
    "woning",
    "cel",
    "afdeling",
    "vleugel",
    "bungalow",
    "chalet",
    "huisje",
    "groep",
    "plek",
    "plaats",
    "camping",
    "park",
    "azc",
    "caravan",
    "gebouw",
    "tent",
    "hut",
)


def _boats(text: str) -> Iterator[Find]:
    for match in _SHIP.finditer(text):
        yield Find(*match.span("name"), "address", certain=False, weight=63)
    for match in _BERTH.finditer(text):
        yield Find(*match.span(), "address", weight=78)
    for match in _BOAT.finditer(text):
        name = text[match.start("name") : match.end("name")]
        words = name.split(" ")
        capital = name[0].isupper() or (len(words) > 1 and words[1][:1].isupper())
        article = words[0].lower() in ("de", "het", "'t", "t", "den", "la", "le", "the", "ons", "onze")
        if article and words[1:2] and lexicon.plain(words[1]) in _NO_BOAT | lexicon.cues("roles"):
            continue
        if not (capital or (article and "," not in match["gap"])) or lexicon.plain(words[0]) in _NO_BOAT:
            continue
        if not article and match["boat"] in ("standplaats", "ligplaats") and name.split(" ")[0].istitle():
            continue
        end = match.start("name") + _name_end(words, capital and not name.isupper())
        later = _OPPOSITE.match(text, end)
        yield Find(
            match.start() if "," not in match["gap"] else match.start("name"),
            later.end() if later else end,
            "address",
            weight=78,
        )


def _name_end(words: list[str], capital: bool) -> int:
    """Return how far a boat's name goes: over capitals, or in lower case over an article and two words."""
    size, seen = 0, 0
    for i, word in enumerate(words):
        plain = lexicon.plain(word)
        small = plain in (
            "de",
            "het",
            "t",
            "'t",
            "den",
            "la",
            "le",
            "the",
            "van",
            "en",
            "der",
            "in",
            "op",
            "ons",
            "onze",
            "twee",
            "drie",
        )
        if not small and (
            plain in _NO_BOAT
            or (not (capital and word[:1].isupper()) and plain in lexicon.cues("function") | lexicon.cues("after"))
            or (capital and not word[:1].isupper() and seen)
        ):
            break
        if small and seen and plain in _NO_BOAT and not capital:
            break
        seen += not small
        size = len(" ".join(words[: i + 1]))
    return size


def _numbered(text: str) -> Iterator[Find]:
    for pattern in (_NUMBER_FIRST, _STREET_THEN):
        for match in pattern.finditer(text):
            street = text[match.start("street") : match.end("street")]
            plain = lexicon.plain(street)
            ending = plain.endswith(STRONG) or (
                plain.endswith(WEAK) and len(plain) > 4 and plain not in lexicon.words()
            )
            if ending or (
                street.istitle()
                and not lexicon.ordinary(plain)
                and plain not in lexicon.places()
                and plain not in lexicon.known()
            ):
                yield Find(*match.span(), "address", weight=77)
    for match in _OPPOSITE.finditer(text):
        yield Find(*match.span(), "address", certain=False, weight=50)


def _rooms(text: str) -> Iterator[Find]:
    for pattern in (_HOUSE_ROOM, _PITCH):
        for match in pattern.finditer(text):
            yield Find(*match.span(), "address", weight=78)
    for match in _ROOM_IN.finditer(text):
        name = text[match.start("name") : match.end("name")].split(" ", maxsplit=1)[0]
        plain = lexicon.plain(name)
        if (
            plain in _NO_HOUSE
            or plain in lexicon.cues("function")
            or plain in lexicon.cues("roles")
            or plain in lexicon.places()
        ):
            continue
        housed = plain.endswith(
            (
                "hof",
                "hoeve",
                "hoek",
                "stede",
                "rust",
                "oord",
                "zicht",
                "huize",
                "horst",
                "haven",
                "erf",
                "borg",
                "burg",
                "gaarde",
            )
        )
        named = (name[:1].isupper() and not name.isupper()) or not lexicon.ordinary(plain)
        if match["house"] or housed or named:
            yield Find(*match.span(), "address", certain=bool(match["house"] or housed), weight=78)
