"""Puts the words that are likely part of a name together into names, with the edges where they belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compassbot.guard import lexicon
from compassbot.guard.people.page import Page
from compassbot.guard.people.sheet import ONE_PERSON

ENOUGH, LISTED, ORDINARY, AMID = 0.45, 0.25, 0.6, 0.95
"""How sure it must be that a word is a name, one from a list of given names with a capital, an ordinary one without, and
an ordinary one in small letters amid a text with capitals."""

BESIDE, SMALL, CAPITAL = 0.2, 0.5, 0.02
"""The same of a word beside one that is a name: a strange one, an ordinary one, one with a capital as well."""

INITIALS = 6
"""More initials than these do not stand before one name."""

QUOTES = ("'", '"')
_PREPOSITIONS = frozenset("van in op te de den het bij".split())
_JOINED = frozenset((" ", "-", "'", ". ", ".", "-\n"))


@dataclass(frozen=True, slots=True)
class Run:
    """A name: the words first to last, both inside, where it ends in the text, and how sure it is."""

    first: int
    last: int
    end: int
    chance: float


def runs(page: Page, chances: Sequence[float]) -> list[Run]:
    """Return the names of a page, in order."""
    found: list[Run] = []
    at, count = 0, len(chances)
    while at < count:
        if not _enough(page, chances, at):
            at += 1
            continue
        first, last = at, at
        floor = found[-1].last if found else -1
        while first - 1 > floor and _opens(page, chances, first - 1):
            first -= 1
        while (after := _next(page, chances, last)) > last:
            last = after
        run = _trimmed(page, chances, first, last, floor)
        if run is not None:
            found.append(run)
        at = last + 1
    return found


def _enough(page: Page, chances: Sequence[float], i: int) -> bool:
    """Return whether word i is a name by itself."""
    likely, case = chances[i], page.case[i]
    if likely < LISTED:
        return False
    if case in "xsa":
        ordinary = page.code(page.plain[i])[0] in "dc"
        if case == "a" and ordinary:
            return likely >= AMID
        return likely >= (ORDINARY if page.coarse(page.plain[i]) in "dctv" else ENOUGH)
    if case == "X" and page.words[i].gap[-1:] in QUOTES and page.code(page.plain[i])[0] in "dcf":
        return likely >= AMID
    rough = page.coarse(page.plain[i])
    if rough in "dc" or (case == "F" and rough in "tv"):
        return likely >= ORDINARY
    return likely >= ENOUGH or (case in "XF" and rough == "n")


def _opens(page: Page, chances: Sequence[float], i: int) -> bool:
    """Return whether word i, right before a name, is its beginning."""
    likely = chances[i]
    if likely <= 0 or not _together(page, i, i + 1):
        return False
    if page.plain[i] in lexicon.cues("particles"):
        return likely >= (0.85 if page.case[i] == "x" and page.plain[i] in _PREPOSITIONS else ENOUGH)
    if page.case[i] == "x" and page.case[i + 1] == "X":
        return likely >= 0.8
    return likely >= _beside(page, i)


def _next(page: Page, chances: Sequence[float], last: int) -> int:
    """Return the last word of the next part of a name that goes on after word `last`, or `last` where it ends."""
    at, count = last + 1, len(chances)
    while at < count and at - last < 4 and _particle(page, at) and chances[at] > 0:
        if not _together(page, at - 1, at):
            return last
        at += 1
    if at >= count or chances[at] <= 0 or not _together(page, at - 1, at):
        return last + 1 if at > last + 1 and page.case[last] == page.case[last + 1] == "X" else last
    return at if _belongs(page, chances, last, at) else last


def _belongs(page: Page, chances: Sequence[float], last: int, at: int) -> bool:
    """Return whether word `at` goes on with the name that came to word `last`, over particles if there are any."""
    likely, case, gap = chances[at], page.case[at], page.words[at].gap
    rough = page.coarse(page.plain[at])
    if gap in (". ", ".", " ") and _initial(page, last) and rough not in "fk" and likely >= _behind(page, last):
        return True
    if likely >= _beside(page, at) or (gap == " " and _initial(page, at) and case in "Xsa"):
        return True
    if (case == "X" and page.case[last] in "XF") or case == page.case[last] == "U":
        return likely >= CAPITAL
    if case in "xsa" and rough in "cmuptldv" and _headed(page, last, at):
        return True
    if gap == "-":
        return likely >= 0.05
    return (
        at > last + 1 and rough not in "fdkb" and likely >= (0.05 if rough != "c" else 0.2 if case != "x" else ENOUGH)
    )


def _behind(page: Page, last: int) -> float:
    """Return how sure it must be that a word goes with the initials before it, of which there is one, or are more."""
    several = "." in page.words[last].text or (last > 0 and _initial(page, last - 1))
    return 0.02 if several else 0.2


def _particle(page: Page, i: int) -> bool:
    return page.plain[i] in lexicon.cues("particles") and page.words[i].gap != "-" and not _initial(page, i)


def _headed(page: Page, last: int, at: int) -> bool:
    """Return whether a given name and one more word are all that is on a line or in the head of a mail."""
    gap = page.words[last].gap
    begins = last == 0 or "\n" in gap or gap.endswith(": ")
    ends = at + 1 == len(page.words) or page.words[at + 1].gap[:1] not in (" ", "-")
    return begins and ends and page.coarse(page.plain[last]) in "nb"


def _beside(page: Page, i: int) -> float:
    """Return how sure it must be that word i goes with a name beside it."""
    return SMALL if page.case[i] in "xsa" and page.coarse(page.plain[i]) in "dc" else BESIDE


def _together(page: Page, left: int, right: int) -> bool:
    """Return whether two names in a row are one: "Jan Jansen", "Bakker, P.", but not "Jan, Piet"."""
    gap = page.words[right].gap
    if gap in _JOINED:
        return gap != ". " or (_initial(page, left) and not _closes(page, left, right))
    if gap == ", ":
        return _initial(page, right) and not _initial(page, left)
    if gap == "\n":
        return page.case[left] == "X" and page.case[right] in "XF" and _wrapped(page, left)
    return False


def _closes(page: Page, left: int, right: int) -> bool:
    """Return whether the initial ends a name, as in "Murat K. Hij belde"."""
    after_name = left > 0 and page.words[left].gap == " " and len(page.plain[left - 1]) > 1
    return after_name and page.words[left - 1].capital and page.coarse(page.plain[right]) in "fdck"


def _wrapped(page: Page, i: int) -> bool:
    """Return whether the line that ends with word i is a long one, broken in the middle of a sentence."""
    return page.words[i].end - (page.text.rfind("\n", 0, page.words[i].end) + 1) > 40


def _initial(page: Page, i: int) -> bool:
    text = page.words[i].text
    if page.words[i].gap == "'" or page.words[i].gap[-1:].isdigit() or page.plain[i] in lexicon.cues("dotted"):
        return False
    return all(len(part) == 1 for part in text.split(".")) and (
        page.text[page.words[i].end : page.words[i].end + 1] == "."
    )


def _trimmed(page: Page, chances: Sequence[float], first: int, last: int, floor: int) -> Run | None:
    """Return the run, after word `floor`, without titles before it and loose particles after it, with its initials."""
    words = page.words
    sure = max(chances[first : last + 1])
    while first <= last and page.sections.get(page.plain[first]) in ("T", "N", "G", "Z", "R") and chances[first] < 0.9:
        first += 1
    if first < last and page.sections.get(page.plain[first]) == "R" and page.case[first] != "X":
        first += 1
    while first <= last and _loose(page, last):
        last -= 1
    if first > last or (first == last and (len(page.plain[first]) == 1 or _bare(page, first))):
        return None
    lowest = max(floor + 1, first - INITIALS)
    while first > lowest and _initial(page, first - 1) and words[first].gap in (".", ". "):
        first -= 1
    first = _with_particles(page, first)
    return Run(first, last, _end(page, first, last), sure)


def _bare(page: Page, i: int) -> bool:
    """Return whether all there is of the name is a particle that nothing introduces, as in "Van de uitslag"."""
    if page.plain[i] not in lexicon.cues("particles") or page.case[i] not in "FU":
        return False
    return not (page.sections.get(page.plain[i], "W") == "V" or page.acts(i))


def _with_particles(page: Page, first: int) -> int:
    """Return where the name begins with the particles between it and a title: "dhr van Wijk"."""
    at = page.behind_title(first)
    told = at > 0 and page.plain[at - 1] in ONE_PERSON and page.words[at].gap in (" ", ". ")
    return at if told else first


def _loose(page: Page, last: int) -> bool:
    plain = page.plain[last]
    if len(plain) == 1 and not page.words[last].capital and not _initial(page, last):
        return True
    return plain in lexicon.cues("particles") and page.case[last] in "xsa" and not _initial(page, last)


def _end(page: Page, first: int, last: int) -> int:
    """Return where the name ends: after the point of a last initial, before an s of possession."""
    word = page.words[last]
    if _initial(page, last):
        return word.end + 1
    if first <= last and len(word.plain) > 3 and word.plain.endswith("s") and _possessive(page, last):
        return word.end - 1
    return word.end


def _possessive(page: Page, i: int) -> bool:
    """Return whether the s at the end of word i says whose something is: "Annes zoon"."""
    plain, bare = page.plain[i], page.plain[i][:-1]
    if bare in page.sections:
        return False
    listed = page.code(plain)
    if not set("gswy").isdisjoint(listed):
        return bare in page.plain
    follows = i + 1 < len(page.words) and page.words[i + 1].gap == " " and page.case[i + 1] not in "XU"
    if bare in page.plain:
        return True
    return follows and not set("gw").isdisjoint(page.code(bare)[1:]) and page.sections.get(page.plain[i + 1]) != "V"
