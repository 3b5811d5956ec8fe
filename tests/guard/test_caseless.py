"""Patterns in small letters find what re.IGNORECASE finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compassbot.guard.caseless import Caseless, folded
from tests.guard.rows import OPEN, OWN, load

PATTERNS = (
    r"\b(?:is|zijn|skills?)\b",
    r"(?<![^\W_])[a-z]{2,5}nr",
    r"cli[eë]nt|straße|[^\W\d_]{3}",
    r"([- ])[a-z]+\1",
    r"\d+ ?[ik]",
)
TEXTS = [row["text"] for row in load(*OPEN, *OWN)]


def spans(pattern: str, text: str) -> list[tuple[int, int]]:
    """Return where it matches, as re.IGNORECASE says."""
    return [match.span() for match in re.finditer(pattern, text, re.I)]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(
    text=st.one_of(
        st.text("iIİıkKKsSſnrNRzZ aAeëËjlßǅ12", max_size=30), st.sampled_from(TEXTS).map(str.upper), st.text()
    )
)
@settings(max_examples=100, deadline=None)
def test_the_same_places_as_without_regard_to_case(pattern: str, text: str) -> None:
    """It finds the same places in the same text, also where a letter has odd capitals."""
    assert [match.span() for match in Caseless(pattern).finditer(text)] == spans(pattern, text)


@given(st.text())
def test_every_letter_keeps_its_place(text: str) -> None:
    """Folding changes no length, so that what is found stands where it is said to."""
    assert len(folded(text)) == len(text)
