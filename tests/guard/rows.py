"""The texts that the guard is developed and measured on, each with what is to be found in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NotRequired, TypedDict

FOLDER = Path(__file__).parent
OPEN = [FOLDER / "open.jsonl"]
HARD = [FOLDER / "texts" / "hard.jsonl"]
OWN = [FOLDER / "texts.jsonl", *(path for path in sorted((FOLDER / "texts").glob("*.jsonl")) if path not in HARD)]


class Span(TypedDict):
    """What is to be found: `text` stands at `start` to `end`; when `soft`, finding it is neither right nor wrong."""

    start: int
    end: int
    type: str
    text: str
    soft: NotRequired[bool]


class Row(TypedDict):
    """One text; a clean one holds no identifier."""

    id: str
    lang: str
    clean: bool
    text: str
    spans: list[Span]


def load(*files: Path) -> list[Row]:
    """Return the texts of the files, in order."""
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def clean() -> list[str]:
    """Return every text in which nothing is to be found, also nothing soft."""
    return [row["text"] for row in load(*OPEN, *OWN) if row["clean"] and not row["spans"]]
