"""Puts something into a clean text, anywhere between two words, and says whether it is found there."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from compassbot.guard import Identifier

PLACES = ("start", "between", "comma", "brackets", "line", "sentence", "colon", "end")
REMINDERS = frozenset(("small_place", "small_organisation", "rare_fact"))
_COUNTED = frozenset("euro euros eur procent duizend miljoen miljard inwoners mensen mille".split())
_SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z])|\n+")
_GAP = re.compile(r"\s+")


def passages(texts: Sequence[str]) -> list[str]:
    """Return each run of up to three sentences of the texts: what is quick to read over and over."""
    found: list[str] = []
    for text in texts:
        cuts = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
        found += [
            text[a:b].strip() for a, b in zip(cuts, [*cuts[3:], *cuts[-1:] * 3], strict=False) if text[a:b].strip()
        ]
    return found


def gaps(text: str) -> list[re.Match[str]]:
    """Return the white space in a text where a number can stand by itself: not beside another number or an amount."""
    return [gap for gap in _GAP.finditer(text) if _free(text[: gap.start()], text[gap.end() :])]


def _free(before: str, after: str) -> bool:
    last, first = before.split()[-1:], after.split()[:1]
    beside = [*last, *first]
    counted = any(re.search(r"[\d€$%£@§]", word) or word.lower().strip(".,;:!?()") in _COUNTED for word in beside)
    return bool(last and first) and not counted


def put(chance: random.Random, text: str, what: str) -> tuple[str, int]:
    """Return the text with `what` in it, at the start, in the middle, in brackets or at the end, and where it begins."""
    place = chance.choice(PLACES)
    inside = gaps(text)
    if place == "start" or (place != "end" and not inside):
        return f"{what} {text}" if _free("x", text) else f"{what} staat er. {text}", 0
    if place == "end":
        lead = f"{text} " if _free(text, "x") else f"{text} en dan "
        return lead + what + chance.choice(["", ".", "\n"]), len(lead)
    gap = chance.choice(inside)
    before, after = text[: gap.start()], text[gap.end() :]
    bare = before.rstrip(".,:;?!")
    lead, tail = {
        "between": (f"{before} ", f" {after}"),
        "comma": (f"{bare}, ", f" {after}"),
        "brackets": (f"{before} (", f") {after}"),
        "line": (f"{before}\n", f"\n{after}"),
        "sentence": (f"{before} ", f". {after}"),
        "colon": (f"{bare}: ", f", {after}"),
    }[place]
    return lead + what + tail, len(lead)


def covers(found: Sequence[Identifier], start: int, what: str) -> bool:
    """Return whether every letter and digit of what stands at `start` lies in a find that blocks."""
    blocking = [one for one in found if one.kind not in REMINDERS]
    covered = {at for one in blocking for at in range(one.start, one.end)}
    return all(start + i in covered for i, char in enumerate(what) if char.isalnum())


def names(found: Sequence[Identifier], start: int, what: str, kind: str) -> bool:
    """Return whether a find of that kind covers exactly what stands at `start`."""
    return any((one.start, one.end, one.kind) == (start, start + len(what), kind) for one in found)
