"""Reads a text with every finder, settles overlaps, and reads once more what is left."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from compassbot.guard import persons, reminders, structured
from compassbot.guard.case import Case
from compassbot.guard.identifier import Find, Identifier
from compassbot.guard.normal import Normal, normalise
from compassbot.guard.people.sheet import Memo
from compassbot.guard.suggest import LANGUAGES, suggestions
from compassbot.guard.tokens import cut

ROUNDS = 8
LONG = 2_000
"""Characters of a text of which not all is read again each time that something more was found in it."""
REACH, EDGE = 240, 80
"""How far around what was found a long text is read again, and how much at both ends of that is only read along."""


def read(text: str, language: str = "nl", case: Case | None = None) -> list[Identifier]:
    """Return what in the text could point at somebody, sorted and without overlaps.

    `language` ("nl" or "en") is that of the suggestions. `case` remembers between the texts of one case who was given
    which placeholder. What a placeholder such as "[cliënt]" hides is not read, so that a text the guard has rewritten
    gives []. Raises ValueError for another language.
    """
    if language not in LANGUAGES:
        raise ValueError(f'language is "nl" or "en" (that of the suggestions), not {language!r}.')
    case = case or Case()
    case.reserve(text)
    plain = normalise(text)
    memo = Memo()
    found = _rest(plain, _settle(_find(plain.text, memo)), memo)
    masked = plain.without((find.start, find.end) for find in found)
    reminded = _back(_settle(list(reminders.reminders(masked.text, language))), masked, plain)
    if reminded:
        found = _rest(plain, found, memo, reminded)
    labels = suggestions(plain.text, found, language, case)
    return [_identifier(find, label, plain) for find, label in zip(found, labels, strict=True)]


def _rest(plain: Normal, found: list[Find], memo: Memo, new: Sequence[Find] = ()) -> list[Find]:
    """Return the finds and what is found still once they are masked, again and again until there is no more.

    Of a long text only what stands around the last finds, `new`, is read again; without these it is read whole first.
    """
    found = sorted([*found, *new], key=_start)
    size = len(plain.text)
    for _ in range(ROUNDS if found else 0):
        stretches = _around(new, found, size) if new and size > LONG else [(0, size)]
        new = [find for start, end in stretches for find in _again(plain, found, memo, start, end)]
        if not new:
            break
        found = sorted([*found, *new], key=_start)
    return found


def _around(new: Sequence[Find], found: Sequence[Find], size: int) -> list[tuple[int, int]]:
    """Return the stretches around the new finds, in order and apart, none of which cuts a find in two."""
    made = [(0, 0)]
    for find in new:
        start, end = max(0, find.start - REACH), min(size, find.end + REACH)
        start, end = _cut_at(found, start).start, _cut_at(found, end).stop
        if start <= made[-1][1]:
            before = made.pop()
            start, end = before[0], max(end, before[1])
        made.append((start, end))
    return [stretch for stretch in made if stretch != (0, 0)]


def _cut_at(found: Sequence[Find], at: int) -> range:
    """Return where the find that a cut at this place would go through begins and ends; the place itself without one."""
    i = bisect_left(found, at, key=_start) - 1
    return range(found[i].start, found[i].end) if i >= 0 and at < found[i].end else range(at, at)


def _again(plain: Normal, found: Sequence[Find], memo: Memo, start: int, end: int) -> list[Find]:
    """Return what is found between two places of a text once the finds are masked, but for what stands at a cut."""
    part = plain.part(start, end)
    masked = part.without((find.start - start, find.end - start) for find in found if start <= find.start < end)
    first, last = start + EDGE if start else 0, end - EDGE if end < len(plain.text) else end
    more = _back(_settle(_find(masked.text, memo)), masked, part)
    moved = [replace(find, start=find.start + start, end=find.end + start) for find in more] if start else more
    return [find for find in moved if first <= find.start and find.end <= last]


def _start(find: Find) -> int:
    return find.start


def _find(text: str, memo: Memo) -> list[Find]:
    words = cut(text)
    people = list(persons.persons(text, words, memo))
    return [*structured.finds(text, words, people), *people]


def _settle(found: Sequence[Find]) -> list[Find]:
    """Return the finds without overlaps: the heavier one stays, of two alike the longer."""
    kept: list[Find] = []
    taken: set[int] = set()
    for find in sorted(found, key=lambda f: (-f.weight, f.start - f.end, f.start)):
        places = range(find.start, find.end)
        if taken.isdisjoint(places):
            kept.append(find)
            taken.update(places)
    return sorted(kept, key=lambda find: find.start)


def _back(found: Sequence[Find], masked: Normal, plain: Normal) -> list[Find]:
    """Return the finds in a masked text as finds in the text before it was masked."""
    if not found:
        return []
    at = {where: i for i, where in enumerate(plain.starts)}
    until = {where: i + 1 for i, where in enumerate(plain.ends)}
    spans = [masked.original(find.start, find.end) for find in found]
    return [replace(find, start=at[start], end=until[end]) for find, (start, end) in zip(found, spans, strict=True)]


def _identifier(find: Find, label: str, plain: Normal) -> Identifier:
    start, end = plain.original(find.start, find.end)
    return Identifier(start, end, find.kind, find.certain, label, "guard-" + find.kind.replace("_", "-"))
