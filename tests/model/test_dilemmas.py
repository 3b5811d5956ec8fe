"""What makes a good moral question, and what says nothing."""

from __future__ import annotations

import pytest

from compassbot.model.dilemmas import hints, says_something


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Mag ik dit laten rusten?", []),
        ("May I let this rest?", []),
        ("Mag ik dit laten rusten", ["mark"]),
        ("Hoe kan ik dit laten rusten?", ["how"]),
        ("Mag ik dit laten rusten, of moet ik het melden?", ["comma"]),
        ("Mag ik dit laten rusten? Moet ik het melden?", ["comma"]),
        ("Waarom doen wij dit?", ["opener"]),
        ("Moet ik iets zeggen als een collega te streng is?", ["verdict"]),
        ("Is this not fair?", ["verdict", "opener"]),
        ("Mag ik " + "heel " * 14 + "lang?", ["long"]),
    ],
)
def test_each_rule_gives_its_own_hint(question: str, found: list[str]) -> None:
    """A question that keeps the rules gets none."""
    assert hints(question) == found


@pytest.mark.parametrize("text", ["", " ", "😢", "...", "1234 56", "a", "é.é", "\n\n"])
def test_this_says_nothing(text: str) -> None:
    """Emoji, digits, dots and single letters."""
    assert not says_something(text)


@pytest.mark.parametrize("text", ["ja", "Nee.", "😢 ze huilt", "помощь", "助ける"])
def test_this_says_something(text: str) -> None:
    """Two letters in a row, of any script."""
    assert says_something(text)
