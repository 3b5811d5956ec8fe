"""What a program gets that uses the guard otherwise than it is meant to be: a sentence, and no wrong text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compassbot.guard import Case, edits, read, rewrite

TEXT = "Mevrouw Yilmaz belt vanaf 06-12345678, en haar zus Samira zwijgt."


def test_another_language_is_refused_in_a_sentence() -> None:
    """Suggestions are in Dutch or English: who asks for another language hears so, and gets no Dutch instead."""
    for language in ("de", "NL", ""):
        with pytest.raises(ValueError, match='language is "nl" or "en"'):
            read(TEXT, language)


def test_the_order_in_which_finds_are_given_changes_nothing() -> None:
    """Who has put certain ones first, say, gets the same text."""
    found = read(TEXT)
    assert len(found) == 3
    assert rewrite(TEXT, found[::-1]) == rewrite(TEXT, found)
    assert list(edits(TEXT, found[::-1])) == list(edits(TEXT, found))


def test_finds_of_another_text_are_refused() -> None:
    """What lies beyond the text, is empty or overlaps is not of this text: nothing is replaced, and at once."""
    first = read(TEXT)[0]
    for wrong in (
        [replace(first, end=len(TEXT) + 1)],
        [replace(first, start=-1)],
        [replace(first, end=first.start)],
        [first, first],
        [first, replace(first, start=first.start + 1)],
    ):
        for use in (rewrite, edits):
            with pytest.raises(ValueError, match="does not fit this text"):
                use(TEXT, wrong)


def test_rewrite_replaces_reminders_only_when_it_is_given_them() -> None:
    """`rewrite` does what it is told: leave reminders out of `found` and they stay, as in the bot."""
    text = "De zoon van een wethouder belt 06-12345678."
    found = read(text)
    assert rewrite(text, [each for each in found if each.outcome != "reminder"]) == (
        "De zoon van een wethouder belt [telefoonnummer]."
    )
    assert rewrite(text, found) == "[zoon van een bekend persoon] belt [telefoonnummer]."


@pytest.mark.parametrize("taken", [["[persoon A]"], ["persoon A"], "persoon A", {"[persoon A]"}])
def test_what_is_taken_is_given_to_nobody_with_or_without_its_brackets(taken: list[str]) -> None:
    """A placeholder that stands in a text elsewhere stays of who it is there."""
    assert read("Yilmaz belt.", "nl", Case(taken=taken))[0].suggestion == "[persoon B]"


def test_what_is_no_placeholder_is_refused() -> None:
    """Neither as taken nor as given before: a case that is kept wrongly must not give two people one placeholder."""
    for make in (
        lambda: Case(taken=[""]),
        lambda: Case(taken=["[persoon A"]),
        lambda: Case(taken=["12"]),
        lambda: Case({"": ["yilmaz"]}),
    ):
        with pytest.raises(ValueError, match=r"placeholder"):
            make()


@pytest.mark.parametrize("parts", [["yilmaz"], "yilmaz", {"fatima", "yilmaz"}])
def test_a_case_goes_on_from_what_was_given_in_any_form(parts: list[str]) -> None:
    """Brackets may be left out, and one part of a name may be a text: it is never read letter by letter."""
    assert read("Yilmaz belt.", "nl", Case({"persoon B": parts}))[0].suggestion == "[persoon B]"
