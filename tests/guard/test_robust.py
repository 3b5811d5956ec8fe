"""The guard reads anything, and takes no longer for a text that was made to make it hang."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compassbot import guard
from tests.guard.heavy import ALPHABETS, HEAVY, PIECES

SHORT, LONG = 1_000, 10_000
GROWTH = 12  # times as long for ten times as much; one that looks back over all that went before takes a hundred times
MARGIN = 0.04  # seconds, for what else the machine does
PATIENCE = 6  # looks, of which the quickest counts


def seconds(text: str) -> float:
    """How long one reading takes."""
    begun = time.process_time()
    guard.read(text)
    return time.process_time() - begun


@pytest.mark.parametrize("name", HEAVY)
def test_ten_times_as_much_takes_ten_times_as_long(name: str) -> None:
    """10,000 characters of anything are read without an error, in time that grows with their number and no faster."""
    guard.read("Een zin om wakker te worden.")
    short, long = HEAVY[name](SHORT), HEAVY[name](LONG)
    little = much = float("inf")
    for _ in range(PATIENCE):
        little, much = min(little, seconds(short)), min(much, seconds(long))
        if much <= GROWTH * little + MARGIN:
            return
    assert much <= GROWTH * little + MARGIN


@given(
    st.lists(
        st.one_of(st.sampled_from(PIECES), *(st.text(alphabet, max_size=12) for alphabet in ALPHABETS)), max_size=60
    )
)
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_is_read(pieces: list[str]) -> None:
    """No mixture raises an error, and what is found lies in the text, in order and apart."""
    text = "".join(pieces)
    edges = [edge for one in guard.read(text) for edge in (one.start, one.end)]

    assert edges == sorted(edges)
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_every_character_there_is_can_be_read(text: str) -> None:
    """Any Unicode, whole or half, is read; two readings agree."""
    assert guard.read(text) == guard.read(text)
