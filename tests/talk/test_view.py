"""What people see: text arrives as typed, long text is cut at a word, and cards survive being kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassbot.talk.view import (
    Button,
    Card,
    Facts,
    Form,
    Image,
    Question,
    Text,
    choices,
    cut,
    in_language,
    mention,
    pack,
    plain,
    shown,
    unpack,
    words_of,
)

CARD = Card(
    "A *title*",
    (Text("**strong** and _weak_", quiet=True), Facts((("a", "b"),)), Image("/p.png", "all it says")),
    (Button("Join", "join", "1:2", form=True, confirm="Sure?"),),
)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60))
def test_what_people_typed_is_read_as_typed(text: str) -> None:
    """Whatever signs it holds, none of them is markup."""
    assert shown(plain(text)) == text.strip()


@pytest.mark.parametrize("text", ["**a**", "~~a~~", "[a](b)", "> a", "- a", "# a", "a_b_c", "`a`", "<b>&amp;", "a\\*b"])
def test_signs_that_look_like_markup_are_none(text: str) -> None:
    """Stars, brackets, quotes and lists that a person typed stay signs."""
    assert shown(plain(text)) == text


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("one two three", 20, "one two three"),
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one, two", 6, "one…"),
        ("abcdefgh", 5, "abcd…"),
    ],
)
def test_a_long_text_is_cut_at_a_word(text: str, longest: int, short: str) -> None:
    """With an ellipsis where it was cut, and never longer than it may be."""
    assert cut(text, longest) == short


@given(st.text(max_size=200), st.integers(2, 100))
def test_a_cut_text_is_never_too_long(text: str, longest: int) -> None:
    """Whatever it holds."""
    assert len(cut(text, longest)) <= longest


def test_a_card_survives_being_kept() -> None:
    """What is unpacked is what was packed, in each language."""
    cards = {"nl": CARD, "en": Card("other")}
    assert unpack(pack(cards)) == cards


def test_what_is_no_card_is_refused() -> None:
    """A broken row says so instead of showing half a card."""
    with pytest.raises(ValueError, match="title"):
        unpack('{"nl": {"parts": []}}')


def test_a_reader_gets_the_first_language_where_theirs_is_not_there() -> None:
    """Somebody always reads something."""
    assert in_language({"nl": CARD}, "fr") is CARD


def test_a_screen_reader_gets_all_that_a_card_says() -> None:
    """Title, texts, facts, the alternative of the picture, and the buttons."""
    assert words_of(CARD) == "A *title*\nstrong and weak\na: b\nall it says\n[Join]"


def test_a_screen_reader_gets_all_that_a_form_asks() -> None:
    """Labels, hints and choices."""
    form = Form("F", "f", (), (Question("q", "Why?", "One line.", "one_of", choices([("a", "Because")])),))
    assert words_of(form) == "F\nWhy?\nOne line.\nBecause"


def test_a_mention_names_a_person_by_id() -> None:
    """The chat shows the name that it knows; a name cannot break out of it."""
    assert shown(mention("web:fatma")) == "@fatma"
