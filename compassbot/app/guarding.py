"""The guard on the command line: text in, what could identify somebody out. It keeps nothing."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from compassbot.app import waiting
from compassbot.guard import read, rewrite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from compassbot.guard import Identifier

_NO_ROW = 'line {} is no JSON object with "id" and "text".'
_MOST_NUL = 0.2
"""What part of a text in UTF-8 may be NUL at most; in UTF-16 of the West it is half."""


class Failed(ValueError):
    """The guard itself failed; the sentence says how, and repeats nothing of the text."""

    def __init__(self, fault: Exception) -> None:
        """Say so."""
        super().__init__(f"the guard failed ({type(fault).__name__}). What it has not told of yet was not read.")


@dataclass(frozen=True)
class Line:
    """Something to print, whether what it tells of holds something certain, and whether it tells what was not read."""

    text: str
    certain: bool = False
    unread: bool = False


def opened(file: Path | None) -> AbstractContextManager[BinaryIO]:
    """Open a file, or what comes in: without a file, or as "-". Raises OSError, and ValueError where one may not read it."""
    if file is None or str(file) == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return file.open("rb")
    except PermissionError as wrong:
        raise ValueError(f"this user may not read that file ({file}).") from wrong


def lines_of(file: Path | None, language: str, *, as_json: bool, as_jsonl: bool) -> Iterator[Line]:
    """Read a file, or what comes in, and give what to print. Raises what `opened` and `text_of` do, and Failed."""
    with opened(file) as source:
        try:
            if as_jsonl:
                with waiting.counted(source) as lines:
                    yield from read_lines(lines, language)
                return
            text = text_of(source.read())
            with waiting.expected(len(text)):
                told = list(read_text(text, language, as_json=as_json))
            yield from told
        except (OSError, ValueError):
            raise
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is told by its kind and not by its words
            raise Failed(fault) from None


def read_lines(source: Iterable[bytes], language: str) -> Iterator[Line]:
    """Read lines of `{"id", "text"}`, and give a line `{"id", "found"}` for each, or a sentence for one that is none."""
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            id, text = _row(line, number)
        except ValueError as wrong:
            yield Line(str(wrong), unread=True)
            continue
        found = read(text, language)
        told = {"id": id, "found": _found(found, language)}
        yield Line(json.dumps(told, ensure_ascii=False) + "\n", _certain(found))


def _row(line: bytes, number: int) -> tuple[object, str]:
    """Return the id and the text of a line. Raises ValueError with a sentence that names the line and nothing in it."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise ValueError(f"line {number} is no text in UTF-8.") from wrong
    except (ValueError, RecursionError) as wrong:
        raise ValueError(_NO_ROW.format(number)) from wrong
    if not isinstance(row, dict) or not {"id", "text"} <= row.keys():
        raise ValueError(_NO_ROW.format(number))
    told: dict[str, object] = row  # pyright: ignore[reportUnknownVariableType] - as JSON is
    text = told["text"]
    if not isinstance(text, str):
        raise ValueError(f'line {number}: "text" is no text in quotes.')  # noqa: TRY004 - the file is wrong
    return told["id"], text


def text_of(typed: bytes) -> str:
    """Return a text as it is, with its own ends of lines, and without the mark that says it is UTF-8.

    Raises UnicodeDecodeError, also for UTF-16 that could be UTF-8 by its bytes.
    """
    text = typed.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    if text.count("\0") > _MOST_NUL * len(text):
        raise UnicodeDecodeError("utf-8", typed, 0, len(typed), "every other byte is NUL")
    return text


def read_text(text: str, language: str, *, as_json: bool) -> Iterator[Line]:
    """Read one text, and give what was found and what to write instead; of a reminder it proposes nothing by itself."""
    found = read(text, language)
    proposal = rewrite(text, [each for each in found if each.outcome != "reminder"])
    if as_json:
        told = {"found": _found(found, language), "proposal": proposal}
        yield Line(json.dumps(told, ensure_ascii=False, indent=1) + "\n", _certain(found))
        return
    from compassbot.words import Words

    words = Words(language)
    if not found:
        yield Line(words("guard-nothing" if text.strip() else "guard-empty") + "\n")
        return
    yield from (Line(row + "\n") for row in _table(text, found, words))
    ended = proposal.endswith(("\n", "\r"))
    yield Line(f"\n{proposal}" if ended else f"\n{proposal}\n", _certain(found))


def _table(text: str, found: Sequence[Identifier], words: Any) -> Iterator[str]:
    rows = [
        (_shown(text[each.start : each.end]), each.suggestion, words(f"guard-outcome-{each.outcome}"), each.why)
        for each in found
    ]
    wide = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for typed, instead, outcome, why in rows:
        yield f"{typed:{wide[0]}}  ->  {instead:{wide[1]}}  {outcome:{wide[2]}}  {words(why)}"


def _shown(typed: str) -> str:
    """Return it on one line, without what a terminal would take for a command."""
    return " ".join("".join(char if char.isprintable() else " " for char in typed).split())


def _certain(found: Sequence[Identifier]) -> bool:
    return any(each.certain for each in found)


def _found(found: Sequence[Identifier], language: str) -> list[dict[str, Any]]:
    if not found:
        return []
    from compassbot.words import Words

    words = Words(language)
    return [
        {
            "start": each.start,
            "end": each.end,
            "kind": each.kind,
            "outcome": each.outcome,
            "certain": each.certain,
            "suggestion": each.suggestion,
            "why": words(each.why),
        }
        for each in found
    ]
