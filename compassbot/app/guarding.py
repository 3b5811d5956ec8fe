"""The guard on the command line: text in, what could identify somebody out. It keeps nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TextIO

from compassbot.guard import read, rewrite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compassbot.guard import Identifier


def read_lines(source: TextIO, language: str, *, as_json: bool = True) -> Iterator[str]:
    """Read lines of `{"id", "text"}`, and give a line `{"id", "found"}` for each. Raises ValueError on another line."""
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text = str(row["text"])
        except (ValueError, KeyError, TypeError) as wrong:
            raise ValueError(f'line {number} is no JSON object with "id" and "text".') from wrong
        yield json.dumps({"id": row.get("id"), "found": _found(read(text, language))}, ensure_ascii=False)


def read_text(source: TextIO, language: str, *, as_json: bool) -> Iterator[str]:
    """Read one text, and give what was found and what to write instead."""
    text = source.read()
    found = read(text, language)
    if as_json:
        yield json.dumps({"found": _found(found), "proposal": rewrite(text, found)}, ensure_ascii=False, indent=1)
        return
    from compassbot.words import Words

    words = Words(language)
    for each in found:
        yield f"{text[each.start : each.end]}  ->  {each.suggestion}  {words(each.why)}"
    if found:
        yield ""
    yield rewrite(text, found)


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
