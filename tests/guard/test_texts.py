"""The guard on sixty texts as caseworkers type them: half of them with identifiers, half without."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compassbot import guard

Row = dict[str, Any]
ROWS: list[Row] = [
    json.loads(line) for line in (Path(__file__).parent / "texts.jsonl").read_text(encoding="utf-8").splitlines()
]
CLEAN = [row for row in ROWS if row["clean"]]
TELLING = [row for row in ROWS if not row["clean"]]


def touched(row: Row, text: str) -> list[bool]:
    """Say for each identifier of the row whether something found in the text touches it."""
    found = guard.read(text, row["lang"])
    return [any(i.start < span["end"] and span["start"] < i.end for i in found) for span in row["spans"]]


def test_the_spans_of_the_texts_are_where_they_say() -> None:
    """Each span of the data cuts the words it names out of its text."""
    assert all(row["text"][s["start"] : s["end"]] == s["text"] for row in ROWS for s in row["spans"])


@pytest.mark.parametrize("row", TELLING, ids=lambda row: row["id"])
def test_every_identifier_is_found(row: Row) -> None:
    """Nothing that identifies somebody is overlooked in a text with capitals."""
    assert all(touched(row, row["text"]))


@pytest.mark.parametrize("row", CLEAN, ids=lambda row: row["id"])
def test_a_text_about_nobody_is_left_alone(row: Row) -> None:
    """Laws, agencies, towns, amounts and dates of policy are nobody's."""
    assert guard.read(row["text"], row["lang"]) == []


def test_most_is_found_without_capitals() -> None:
    """Of the same texts in lower case at most one in eight lets something through."""
    leaks = [row["id"] for row in TELLING if not all(touched(row, row["text"].lower()))]
    assert len(leaks) <= len(TELLING) / 8, leaks


def test_no_clean_text_is_flagged_without_capitals() -> None:
    """Lower case alone makes nothing a name."""
    assert [row["id"] for row in CLEAN if guard.read(row["text"].lower())] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_what_is_rewritten_is_clean(row: Row) -> None:
    """Reading a text in which everything found was replaced finds nothing."""
    assert guard.read(guard.rewrite(row["text"], guard.read(row["text"]))) == []
