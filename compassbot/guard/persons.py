"""Finds people by weighing evidence over each run of words that could be a name, and every other mention of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compassbot.guard import lexicon
from compassbot.guard.evidence import ENOUGH, Reader
from compassbot.guard.identifier import Find
from compassbot.guard.tokens import Word

_PARTICLES, _LONGEST = 3, 8
"""The most particles in a row ("van de der"), and the most words in a name."""

_CLOSING = re.compile(
    r"(?:\b(?:groet(?:en|jes)?|mvg|gr|grt|grtz|liefs|regards|sincerely|cheers|thanks|bedankt|dank|namens)\b[^\n]{0,20}[,.!]?[ \n]+)$",
    re.I,
)


def persons(text: str, words: Sequence[Word]) -> Iterator[Find]:
    """Yield people; certain with a title, with initials, or with a known given name and another name."""
    reader = Reader(text, words)
    found = list(_runs(reader))
    yield from found
    yield from _mentions(reader, found)


def _runs(reader: Reader) -> Iterator[Find]:
    i = 0
    while i < len(reader.words):
        end = _run_end(reader, i)
        found = _weigh(reader, i, end) if end > i else None
        if found:
            yield found
        i = end if found else i + 1


def _run_end(reader: Reader, i: int) -> int:
    """Return the index after the run of initials, particles and names that begins at word i; i when there is none."""
    names, start = 0, _after_initials(reader, i)
    at, last = start, min(len(reader.words), i + _LONGEST)
    while at < last and (at == i or _joined(reader, at, at == start)):
        if not _is_particle(reader, at):
            if not _belongs(reader, at, i, names):
                break
            names += 1
        at += 1
    while at > i and _is_particle(reader, at - 1):
        at -= 1
    if names and at < len(reader.words) and _is_last_initial(reader, at):
        at += 1
    return at if names else i


def _after_initials(reader: Reader, i: int) -> int:
    at = i
    while at < min(len(reader.words), i + _LONGEST) and _is_initial(reader, at):
        if at > i and reader.words[at].gap not in (".", ". ", " "):
            break
        at += 1
    return at


def _joined(reader: Reader, at: int, after_initial: bool) -> bool:
    gap = reader.words[at].gap
    if after_initial and gap in (". ", ".", " "):
        return True
    return gap in ("-", "'") or (gap == " " and not reader.words[at].first)


def _is_initial(reader: Reader, i: int) -> bool:
    word = reader.words[i]
    if (
        i + 1 >= len(reader.words)
        or not all(len(part) <= 2 and part for part in word.text.split("."))
        or len(word.text.split(".")[0]) > 1
    ):
        return False
    gap = reader.words[i + 1].gap
    if word.gap.endswith("'"):
        return False
    return gap in (". ", ".") or (
        gap == " " and word.text.isupper() and len(word.text) == 1 and word.text not in "IUO" and not word.first
    )


def _is_last_initial(reader: Reader, i: int) -> bool:
    word = reader.words[i]
    return (
        len(word.text) == 1
        and word.gap == " "
        and word.capital
        and reader.text[word.end : word.end + 1] in (".", ",", " ", ")")
        and word.text != "I"
    )


def _is_particle(reader: Reader, i: int) -> bool:
    """Return whether the word is a particle with a name after it: "van der", "el", "ben"."""
    words, at = reader.words, i
    while at < len(words) and at - i < _PARTICLES and words[at].plain in lexicon.cues("particles"):
        at += 1
    if at == i or at >= len(words) or not all(_follows(word) for word in words[i + 1 : at + 1]):
        return False
    last = words[at - 1].plain
    if reader.capital(at) and last not in ("in", "op", "te"):
        return True
    traits = reader.of(at)
    odd = traits.surname or not traits.ordinary or last in ("der", "den", "vd")
    return reader.small and odd and words[i].plain not in ("in", "op", "te", "het")


def _follows(word: Word) -> bool:
    return word.gap in (" ", "-", "'", ". ") and (not word.first or word.gap == ". ")


def _after_particle(reader: Reader, at: int) -> bool:
    return at > 0 and reader.words[at].gap == " " and reader.words[at - 1].plain in lexicon.cues("particles")


def _belongs(reader: Reader, at: int, start: int, names: int) -> bool:
    """Return whether word `at` can go on with the name that began at `start`."""
    word = reader.words[at]
    if reader.titled(at):
        return True
    if at > start and _after_particle(reader, at) and (reader.capital(at) or (reader.small and names)):
        return len(word.plain) > 2
    if not reader.nameable(at):
        return False
    traits = reader.of(at)
    if names == 0:
        return (
            (at > start and len(word.plain) > 3)
            or reader.capital(at)
            or traits.given
            or traits.surname
            or not traits.ordinary
        )
    if reader.capital(at):
        return not word.first or word.gap == "-"
    if reader.capital(at - 1) and not reader.small and word.gap != "-":
        return not traits.ordinary and traits.name and not traits.place
    verb = word.plain in lexicon.cues("after")
    shaped = not traits.listed and reader.shaped(at)
    return not verb and (not traits.ordinary or traits.surname or shaped)


def _weigh(reader: Reader, start: int, end: int) -> Find | None:
    """Return the run as a find when its evidence is enough."""
    words = reader.words
    initials = _is_initial(reader, start)
    named = [
        i
        for i in range(start, end)
        if words[i].plain not in lexicon.cues("particles") and not (initials and len(words[i].text.split(".")[0]) == 1)
    ]
    particles = sum(words[i].plain in lexicon.cues("particles") for i in range(start, end))
    if not named or (words[start].plain in lexicon.cues("particles") and not _opens(reader, start, named, particles)):
        return None
    titled = reader.titled(start) or (reader.titled(named[0]) and named[0] == start)
    score = (
        _score(reader, start, named)
        + (2.4 if initials and _fits_initial(reader, start, named) else 0)
        + (3 if titled else 0)
    )
    score += 2 if particles > 1 else 0.8 if particles and named and named[0] > start else 0
    if score < ENOUGH:
        return None
    traits = [reader.of(i) for i in named]
    full = len(named) > 1 and any(t.given and not t.ordinary for t in traits)
    certain = titled or (initials and score > 3) or full
    return Find(
        words[start].start, words[end - 1].end, "person", certain, 30 + min(len(named), 5), _role(reader, start)
    )


def _opens(reader: Reader, start: int, named: list[int], particles: int) -> bool:
    """Return whether a run may begin with its particle: "Van Ommeren", "el amrani", but not "van Samira"."""
    first = reader.words[start]
    if first.plain in ("el", "al", "ait", "ben", "abu", "bin", "vd", "mac", "o"):
        return True
    if reader.capital(start) and not first.first:
        return True
    if start > 0 and reader.words[start - 1].plain in lexicon.cues("titles") and first.gap in (" ", ". "):
        return True
    old = any(word.plain in ("der", "den", "ter", "ten", "'t", "t") for word in reader.words[start : named[0]])
    return particles > 1 and old and not reader.of(named[0]).given


def _fits_initial(reader: Reader, start: int, named: list[int]) -> bool:
    """Return whether the letter before is an initial rather than the end of a list or an abbreviation."""
    if reader.capital(named[0]) or any(reader.base(i) > 0 for i in named):
        return True
    return reader.small and any(not reader.of(i).listed for i in named)


def _score(reader: Reader, start: int, named: list[int]) -> float:
    weights = sorted((reader.base(i) for i in named), reverse=True)
    score = weights[0] + sum(0.6 for w in weights[1:] if w >= 0.6) + _pair(reader, named)
    if len(named) > 1 and reader.words[start].first:
        score += 0.5
    before = reader.before(start)
    score += (before / 2 if before < 0 and len(named) > 1 else before) + reader.after(named[-1])
    first = reader.words[start]
    if (reader.capital(start) or reader.small) and _CLOSING.search(reader.text[max(0, first.start - 50) : first.start]):
        score += 2
    return score


def _pair(reader: Reader, named: list[int]) -> float:
    """Return what it adds that a given name comes first and something like a surname after it."""
    if len(named) < 2 or not reader.of(named[0]).given:
        return 0.0
    last = reader.of(named[-1])
    return 1.4 if last.surname or not last.ordinary or reader.shaped(named[-1]) else 0.0


def _role(reader: Reader, start: int) -> str:
    """Return the role right before a name, such as "klant", or ""."""
    for back in range(1, 4):
        if start - back < 0 or reader.words[start - back + 1].first:
            return ""
        plain = reader.words[start - back].plain
        if plain in lexicon.cues("roles"):
            return reader.words[start - back].text.lower()
        if plain not in lexicon.cues("titles"):
            return ""
    return ""


def _mentions(reader: Reader, found: Sequence[Find]) -> Iterator[Find]:
    """Yield every other mention of a name found, in any case, also with an s of possession."""
    covered = {at for person in found for at in range(person.start, person.end)}
    particles = lexicon.cues("particles")
    inside = [word for word in reader.words if word.start in covered and word.plain not in particles]
    parts = {word.plain for word in inside if len(word.plain) > 2}
    for i, word in enumerate(reader.words):
        if word.start not in covered and _is_mention(reader, i, parts):
            yield Find(word.start, word.end, "person", False, 30)


def _is_mention(reader: Reader, i: int, parts: set[str]) -> bool:
    word = reader.words[i]
    bare = word.plain if word.plain in parts else word.plain.removesuffix("s")
    if bare not in parts:
        return False
    traits = reader.traits(bare, reader.capital(i))
    if not traits.ordinary and not traits.place:
        return True
    return reader.capital(i) or (reader.small and traits.given)
