"""What the guard proposes can be said in the other language, and what is no placeholder of ours stays as it is."""

from __future__ import annotations

import pytest

from compassbot.guard import in_language

PAIRS = (
    ("[persoon A]", "[person A]"),
    ("[persoon 27]", "[person 27]"),
    ("[telefoonnummer]", "[telephone number]"),
    ("[zoon, basisschool]", "[zoon, primary school]"),
    ("[jaren 1980]", "[the 1980s]"),
    ("[eerste kwartaal van 2024]", "[first quarter of 2024]"),
    ("[tweede kwartaal]", "[second quarter]"),
)


@pytest.mark.parametrize(("dutch", "english"), PAIRS)
def test_a_placeholder_is_said_in_either_language(dutch: str, english: str) -> None:
    """To English and back, and in the language that it is in already it stays."""
    assert in_language(f"Ik zag {dutch}.", "en") == f"Ik zag {english}."
    assert in_language(english, "nl") == dutch
    assert (in_language(dutch, "nl"), in_language(english, "en")) == (dutch, english)


def test_what_people_wrote_between_brackets_stays() -> None:
    """A remark, a role and half a bracket are theirs."""
    text = "Zij [de moeder] kwam [adres onbekend, zie brief] met [klant B] en [persoon"
    assert in_language(text, "en") == text
