"""What holds for every number in every text: it is found in any form and place, and rewriting leaves nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compassbot import guard
from tests.guard.forms import CASE, LINES, UNICODE, places, wrapped, written
from tests.guard.making import MAKERS
from tests.guard.putting import covers, passages, put
from tests.guard.rows import OPEN, OWN, clean, load

CASES = 500  # of each kind; `python -m benchmarks.guard` tries 100,000
MOST_MISSED = {"bsn": 0, "iban": 0, "phone": 0, "email": 0, "licence_plate": 8}
"""How many of them may be missed. It only goes down: none is what must be reached."""
CLEAN = passages(clean())
TEXTS = [row["text"] for row in load(*OPEN, *OWN)]
SAME = {**UNICODE, **LINES}
MAIL = 72  # characters in a line of a mail that was quoted
CHECKED = ("bsn", "iban", "phone", "ip")
"""Kinds that are recognised by their digits. The letters of a plate may be a word, and a mail may be written in words."""
SEEDS = st.integers(0, 10**9)
FEW = settings(max_examples=60, deadline=None, derandomize=True)


def with_something(seed: int) -> str:
    """A text of the sets, with two numbers of any kind put into it."""
    chance = random.Random(seed)
    text = chance.choice(TEXTS)
    for _ in range(2):
        text, _ = put(chance, text, chance.choice(list(MAKERS.values()))(chance)[1])
    return text


@pytest.mark.parametrize("kind", MAKERS)
def test_any_valid_one_is_found_anywhere(kind: str) -> None:
    """A BSN, IBAN, telephone number, mail address or plate is found in every form, wherever it stands in a clean text."""
    chance = random.Random(kind)
    missed: list[str] = []
    for _ in range(CASES):
        form, what = MAKERS[kind](chance)
        text, at = put(chance, chance.choice(CLEAN), what)
        if not covers(guard.read(text), at, what):
            missed.append(f"{form}: {text[max(0, at - 25) : at + len(what) + 20]!r}")

    assert len(missed) <= MOST_MISSED[kind], "\n".join(missed)


def test_reading_what_was_rewritten_finds_nothing() -> None:
    """Whoever takes every proposal over has a text in which nothing is left to find."""
    rewritten = [guard.rewrite(text, guard.read(text)) for text in TEXTS]

    assert [text for text in rewritten if guard.read(text)] == []


@given(SEEDS)
@FEW
def test_reading_what_was_rewritten_finds_no_number(seed: int) -> None:
    """That holds too when numbers stand in odd places."""
    text = with_something(seed)

    assert guard.read(guard.rewrite(text, guard.read(text))) == []


@pytest.mark.parametrize("form", SAME)
@given(seed=SEEDS)
@FEW
def test_another_form_of_the_same_changes_nothing(form: str, seed: int) -> None:
    """Split accents, full width, no-break spaces, curly quotes, dashes and other line breaks hide and add nothing."""
    text = with_something(seed)
    changed, came_from = written(text, SAME[form])

    assert places(guard.read(changed), came_from) == places(guard.read(text), range(len(text)))


@given(SEEDS)
@FEW
def test_lines_broken_as_in_a_mail_hide_no_number(seed: int) -> None:
    """A number that a mail program broke in two is found as well as one that it left whole."""
    text = with_something(seed)

    found = {(one.start, one.end, one.kind) for one in guard.read(text) if one.kind in CHECKED}
    covered = {at for one in guard.read(wrapped(text, MAIL)) for at in range(one.start, one.end)}

    assert [text[start:end] for start, end, _ in found if not covered.issuperset(range(start, end))] == []


@pytest.mark.parametrize("case", CASE)
@given(seed=SEEDS)
@FEW
def test_capitals_change_nothing_for_numbers(case: str, seed: int) -> None:
    """What is known by its check or its grammar is found in lower case and in CAPITALS alike."""
    text = with_something(seed)
    changed, _ = written(text, CASE[case])

    found = [(one.start, one.end, one.kind) for one in guard.read(text) if one.kind in CHECKED]
    covered = {at for one in guard.read(changed) for at in range(one.start, one.end)}

    assert [text[start:end] for start, end, _ in found if not covered.issuperset(range(start, end))] == []
