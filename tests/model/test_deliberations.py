"""How a deliberation goes: when a round closes, and what its answers say together."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassbot.model.deliberations import (
    Stake,
    carries,
    enough_take_part,
    may_be_shared,
    moved,
    percentages,
    quarter_of,
    stakes,
    unnamed,
)


def test_a_round_closes_early_when_enough_people_take_part() -> None:
    """Two are too few to go on quickly, and four in the first round: people are still coming in."""
    assert [enough_take_part(people) for people in (2, 3)] == [False, True]
    assert [enough_take_part(people, first=True) for people in (4, 5)] == [False, True]


@given(st.lists(st.sampled_from("abcde"), min_size=1))
def test_percentages_add_up(chosen: list[str]) -> None:
    """To a hundred, always; each within one of its exact share, most chosen first."""
    found = percentages(chosen)
    assert sum(share for _, _, share in found) == 100
    assert sum(count for _, count, _ in found) == len(chosen)
    assert all(abs(share - 100 * count / len(chosen)) < 1 for _, count, share in found)
    assert [count for _, count, _ in found] == sorted((count for _, count, _ in found), reverse=True)


def test_percentages_of_nobody_are_empty() -> None:
    """No answers, no figures, no division by zero."""
    assert percentages([]) == []


def test_stakes_are_means_of_who_rated() -> None:
    """A principle that somebody skipped is averaged over the others."""
    found = stakes([{"a": 3, "b": 1}, {"a": 1}])
    assert found == [Stake("a", 2.0, 2), Stake("b", 1.0, 1)]


def test_who_was_unsure_first_has_not_moved() -> None:
    """Moving is judging otherwise than a first reaction that took a side."""
    assert moved({"x": "a", "y": "unsure", "z": "b"}, {"x": "b", "y": "a", "z": "b", "new": "a"}) == 1


def test_voices_that_nobody_named_are_asked_for() -> None:
    """The resident, lived experience and the other department are."""
    assert unnamed(["resident", "society"]) == ["lived-experience", "other-department"]


@pytest.mark.parametrize(
    ("votes", "holds"),
    [("yyn", True), ("yn", False), ("", False), ("n", False), ("y", False), ("yy", True)],
)
def test_more_must_agree_than_not(votes: str, holds: bool) -> None:
    """A tie carries nothing, nor does silence, nor one voice alone."""
    assert carries({"y": "yes", "n": "no"}[vote] for vote in votes) is holds


@pytest.mark.parametrize(("votes", "shared"), [("yy", True), ("yyyn", False), ("y", False), ("", False)])
def test_a_sentence_is_shared_when_nobody_objects(votes: str, shared: bool) -> None:
    """And at least two said yes."""
    assert may_be_shared({"y": "yes", "n": "no"}[vote] for vote in votes) is shared


@pytest.mark.parametrize(("month", "quarter"), [(1, 1), (3, 1), (4, 2), (9, 3), (10, 4), (12, 4)])
def test_quarters(month: int, quarter: int) -> None:
    """Three months each."""
    assert quarter_of(datetime(2026, month, 1, tzinfo=UTC)) == f"2026Q{quarter}"
