"""The guard on the command line: text in, what could identify somebody out. It keeps nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from compassbot.guard import read, rewrite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compassbot.guard import Identifier


@dataclass(frozen=True)
class Line:
    """A line to print, and whether what it tells of holds something certain."""

    text: str
    certain: bool = False


def read_lines(source: TextIO, language: str, *, as_json: bool = True) -> Iterator[Line]:
    """Read lines of `{"id", "text"}`, and give a line `{"id", "found"}` for each. Raises ValueError on another line."""
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text = str(row["text"])
        except (ValueError, KeyError, TypeError) as wrong:
            raise ValueError(f'line {number} is no JSON object with "id" and "text".') from wrong
        found = read(text, language)
        yield Line(json.dumps({"id": row.get("id"), "found": _found(found)}, ensure_ascii=False), _certain(found))


def read_text(source: TextIO, language: str, *, as_json: bool) -> Iterator[Line]:
    """Read one text, and give what was found and what to write instead; of a reminder it proposes nothing by itself."""
    text = source.read()
    found = read(text, language)
    proposal = rewrite(text, [each for each in found if each.outcome != "reminder"])
    if as_json:
        told = {"found": _found(found), "proposal": proposal}
        yield Line(json.dumps(told, ensure_ascii=False, indent=1), _certain(found))
        return
    yield from (Line(row) for row in _table(text, found, language))
    if found:
        yield Line("")
    yield Line(proposal, _certain(found))


def _table(text: str, found: Sequence[Identifier], language: str) -> Iterator[str]:
    from compassbot.words import Words

    words = Words(language)
    rows = [
        (
            " ".join(text[each.start : each.end].split()),
            each.suggestion,
            words(f"guard-outcome-{each.outcome}"),
            each.why,
        )
        for each in found
    ]
    wide = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for typed, instead, outcome, why in rows:
        yield f"{typed:{wide[0]}}  ->  {instead:{wide[1]}}  {outcome:{wide[2]}}  {words(why)}"


def _certain(found: Sequence[Identifier]) -> bool:
    return any(each.certain for each in found)


def _found(found: Sequence[Identifier]) -> list[dict[str, Any]]:
    return [
        {
            "start": each.start,
            "end": each.end,
            "kind": each.kind,
            "certain": each.certain,
            "suggestion": each.suggestion,
        }
        for each in found
    ]
