"""The guard on some seven hundred texts as caseworkers type them, in capitals and without, with other names too."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.guard_judge import Count, judge
from benchmarks.guard_sets import variants
from compassbot import guard
from tests.guard.rows import HARD, OPEN, OWN, Row, load

SETS = {"open": OPEN, "own": OWN, "hard": HARD}


@cache
def rows(name: str, variant: str) -> list[Row]:
    """The texts of a set, written in one way; of swapped names the first time."""
    return variants(load(*SETS[name]))[variant][0]


@cache
def judged(name: str, variant: str) -> Count:
    """What the guard makes of them."""
    texts = rows(name, variant)
    return judge(
        texts, [[(one.start, one.end, one.kind) for one in guard.read(row["text"], row["lang"])] for row in texts]
    )


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("variant", ["as typed", "names swapped", "lower case", "names in CAPITALS"])
def test_the_spans_of_the_texts_are_where_they_say(name: str, variant: str) -> None:
    """Each span of the data cuts the words it names out of its text, and none lies in another; in a clean text all are soft."""
    for row in rows(name, variant):
        edges = [
            edge
            for span in sorted(row["spans"], key=lambda span: span["start"])
            for edge in (span["start"], span["end"])
        ]
        assert edges == sorted(edges), row["id"]
        assert all(row["text"][span["start"] : span["end"]] == span["text"] for span in row["spans"]), row["id"]
        assert not row["clean"] or all(span.get("soft") for span in row["spans"]), row["id"]


MOST_LEAKS = {
    ("open", "as typed"): 0.05,
    ("open", "names swapped"): 0.05,
    ("open", "lower case"): 0.10,
    ("open", "names in CAPITALS"): 0.05,
    ("own", "as typed"): 0.05,
    ("own", "lower case"): 0.10,
    ("hard", "as typed"): 0.30,
    ("hard", "lower case"): 0.42,
}
"""The share of texts in which something may be overlooked. It only goes down: `python -m benchmarks.guard` has the goals.

Of our own texts, which the guard learned names from, it tells whether numbers and addresses are found.
"""


@pytest.mark.parametrize(("name", "variant"), MOST_LEAKS)
def test_few_texts_let_something_through(name: str, variant: str) -> None:
    """In hardly any text something that identifies somebody is overlooked, in whatever case and whoever's the names are."""
    count = judged(name, variant)

    assert count.figures()["leak"] <= MOST_LEAKS[name, variant], "\n".join(count.errors)


@pytest.mark.parametrize(("name", "most"), [("open", 0.0), ("own", 0.01)])
def test_numbers_and_addresses_do_not_get_through(name: str, most: float) -> None:
    """What can be known by its form is found as good as always."""
    count = judged(name, "as typed")

    assert count.figures()["leak_numbers"] <= most, "\n".join(count.errors)


@pytest.mark.parametrize(("name", "most"), [("open", 1.5), ("own", 1.5)])
@pytest.mark.parametrize("variant", ["as typed", "lower case"])
def test_clean_texts_are_left_alone(name: str, variant: str, most: float) -> None:
    """Of a thousand words in texts about nobody hardly one is flagged, with capitals and without."""
    count = judged(name, variant)

    assert count.figures()["false_per_1000_words"] <= most, "\n".join(count.errors)


@pytest.mark.parametrize(("name", "touched", "exact"), [("open", 0.96, 0.92), ("own", 0.96, 0.92)])
def test_names_are_found_whole(name: str, touched: float, exact: float) -> None:
    """A name is found from its first letter to its last, without the title before it."""
    figures = judged(name, "as typed").figures()

    assert figures["person_f1"] >= touched
    assert figures["person_f1_exact"] >= exact
