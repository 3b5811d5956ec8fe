"""A digest as people and programs read it."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
from dataclasses import replace

import pytest

from compassbot.model.digest import Digest, Line, Pressure, Signal, SignalLine, Topic
from compassbot.model.suppression import Threshold
from compassbot.reports.as_json import as_json
from compassbot.reports.card import as_card
from compassbot.reports.markdown import as_markdown
from compassbot.reports.outline import Kind, picture_in_words
from compassbot.reports.picture import draw
from compassbot.reports.text import as_text
from compassbot.talk.view import Image, Text, words_of
from compassbot.words import FOLDER, LANGUAGES, Words

NL, EN = Words("nl"), Words("en")
LABELS = {
    "letters": "Brieven",
    "gifts": "Giften",
    "rule": "Regel",
    "wmo-rule": "WMO-regel",
    "listening": "Luisteren",
    "trust": "Vertrouwen",
    "income": "Inkomen",
    "care": "Zorg",
}


def names(kind: Kind, code: str) -> str:
    """The labels of a small taxonomy."""
    return LABELS[code]


WEEK = Digest(
    week="2026-W47",
    threshold=Threshold(),
    first=False,
    quiet=False,
    new=(Line("letters", "income", 10, "rule", "structural", ("Bel <eerst> & *dan* pas.",), "2026-W47", fresh=True),),
    recurring=(Line("gifts", "income", 5, "", "", ("Oud nieuws.",), "2026-W44", fresh=False),),
    pressure=Pressure(("listening", "trust"), ("income", "care"), ((3, 1), (0, 0))),
    signals=(
        SignalLine(Signal("s1", "letters", "taken-up", "Wij\nherschrijven.", "hoofd", "2026-W42"), 5, waiting=True),
        SignalLine(Signal("s2", "gifts", "done", "", "hoofd", "2026-W47"), 0, waiting=False),
    ),
    more_signals=2,
    due=("gifts",),
    question=Topic("letters", "rule"),
)
QUIET = Digest("2026-W47", Threshold(), first=False, quiet=True)


def test_a_week_in_dutch_as_text():
    """The whole of it, as the command line prints it."""
    assert as_text(WEEK, NL, names) == (
        """\
Wat wij leerden · week 47
=========================

Nieuw deze week
---------------
* Brieven: 10 of meer collega’s, van verschillende afdelingen. Meest genoemde
  oorzaak: regel. De meesten zeggen: dit komt vaker voor.
  Uit een groep: “Bel <eerst> & *dan* pas.”

Dit speelt al langer
--------------------
* Giften: 5 of meer collega’s, van verschillende afdelingen. Gelijk aan week 44.

Waar staan principes onder druk?
--------------------------------
* Luisteren: sterk bij Inkomen; licht bij Zorg.
* De andere vakken zijn leeg: daar is niets, of te weinig om te laten zien.

Wat er met eerdere signalen gebeurt
-----------------------------------
* Brieven: Opgepakt. Al 5 weken geen stap gezet.
  Ligt bij: hoofd.
  Uitleg: “Wij herschrijven.”
* Giften: Klaar, deze week.
* Er zijn nog 2 signalen.

Terugkijken
-----------
Groepen kijken terug op wat zij afspraken over:
* Giften

Een vraag voor het managementteam
---------------------------------
Dit gaat over “Brieven”. Wat moest de regel bereiken? En lukt dat nog in deze
situaties?

Een regel staat er alleen als 5 of meer collega’s van verschillende afdelingen
erachter staan. Is dat nog niet zo, dan wacht de regel tot een volgende week. Zo
is een regel niet terug te voeren op één persoon.
"""
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quiet_week_is_one_friendly_line(language: str):
    """Nothing else is said: no picture, no buttons, no small print."""
    card = as_card(QUIET, Words(language), names, "/picture.png", for_managers=True)
    assert card.parts == (Text(Words(language)("digest-quiet")),)
    assert card.buttons == ()


def test_a_first_digest_explains_itself():
    """The first time, and only then."""
    explanation = "Dit is je eerste weekoverzicht."
    assert explanation in as_text(replace(WEEK, first=True), NL, names)
    assert explanation not in as_text(WEEK, NL, names)


def test_the_card_says_what_people_typed_as_they_typed_it():
    """Signs that mean something in Markdown arrive as signs."""
    assert "Bel <eerst> & *dan* pas." in words_of(as_card(WEEK, NL, names))


def test_the_text_alternative_says_all_that_the_picture_says():
    """Every cell that is marked, with its level, and that the others are empty."""
    card = as_card(WEEK, EN, names, "/picture.png")
    assert [part for part in card.parts if isinstance(part, Image)] == [
        Image(
            "/picture.png",
            "Where are principles under pressure? Luisteren: strong in Inkomen; light in Zorg. "
            "The other cells are empty: there is nothing, or too little to show.",
        )
    ]


def test_no_picture_is_shown_of_nothing():
    """A grid of empty cells would only worry people."""
    card = as_card(replace(WEEK, pressure=Pressure()), NL, names, "/picture.png")
    assert not any(isinstance(part, Image) for part in card.parts)
    assert "onder druk" not in as_text(replace(WEEK, pressure=Pressure()), NL, names)


def test_managers_can_take_the_next_step_of_each_open_signal():
    """A button that asks something; it carries the signal's id and no content."""
    (button,) = as_card(WEEK, NL, names, for_managers=True).buttons
    assert (button.label, button.action, button.about, button.form) == (
        "Volgende stap: Brieven",
        "settle_signal",
        "s1",
        True,
    )


def test_others_read_the_same_without_buttons():
    """The channel sees what managers see."""
    channel, manager = as_card(WEEK, NL, names), as_card(WEEK, NL, names, for_managers=True)
    assert (channel.parts, channel.buttons) == (manager.parts, ())


def test_a_long_sentence_is_cut_at_a_word_on_the_card():
    """A card stays within a screen, and within what every chat takes."""
    line = replace(WEEK.new[0], sentences=("woord " * 200,))
    said = words_of(as_card(replace(WEEK, new=(line,)), NL, names))
    assert "woord…" in said
    assert all(len(row) < 500 for row in said.splitlines())


def test_the_markdown_page_holds_the_picture_as_a_table():
    """A row a principle, a column a field; an empty cell is empty."""
    assert """\
| Principle | Inkomen | Zorg |
| --- | --- | --- |
| Luisteren | strong | light |
| Vertrouwen |  |  |
""" in as_markdown(WEEK, EN, names)


def test_markdown_keeps_what_people_typed_from_becoming_markup():
    """A star that was typed is a star."""
    assert "\\*dan\\*" in as_markdown(WEEK, NL, names)


def test_json_has_codes_and_keys_that_stay():
    """Other programs build on these names."""
    said = json.loads(as_json(WEEK))
    assert list(said) == [
        "departments_at_least", "due", "first", "more_signals", "new", "people_at_least", "pressure", "question",
        "quiet", "recurring", "signals", "week",
    ]  # fmt: skip
    assert said["new"][0] == {
        "theme": "letters",
        "field": "income",
        "people_at_least": 10,
        "cause": "rule",
        "tendency": "structural",
        "sentences": ["Bel <eerst> & *dan* pas."],
        "since": "2026-W47",
    }
    assert said["pressure"]["levels"] == [[3, 1], [0, 0]]


def test_abbreviations_stay_capitals_in_a_sentence():
    """A label begins small inside a sentence, unless it is an abbreviation."""
    line = replace(WEEK.new[0], cause="wmo-rule")
    assert "oorzaak: WMO-regel." in as_text(replace(WEEK, new=(line,)), NL, names).replace("\n ", "")


def test_a_cause_of_an_organisations_own_still_gives_a_question():
    """For a cause without a question there is a general one, and so for a week without a cause."""
    for topic in (Topic("letters", "wmo-rule"), Topic("letters", "")):
        assert "En wie begint?" in as_text(replace(WEEK, question=topic), NL, names)


def test_the_question_changes_from_week_to_week():
    """A cause that leads for weeks is asked about in two ways."""
    later = replace(WEEK, week="2026-W48")
    assert "Welke ruimte geeft de regel" in as_text(later, NL, names)


def test_both_languages_say_the_same_things():
    """Every sentence has its counterpart with the same values."""

    def sentences(language: str) -> dict[str, set[str]]:
        text = (FOLDER / language / "digest.ftl").read_text(encoding="utf8")
        pairs = re.findall(r"^([\w-]+) = (.*(?:\n [^\n]*|\n})*)", text, re.MULTILINE)
        return {key: set(re.findall(r"\$(\w+)", value)) for key, value in pairs}

    assert sentences("nl") == sentences("en")


def test_every_cause_that_ships_has_its_two_questions():
    """In both languages."""
    causes = re.findall(r"^  - id: (\S+)", (FOLDER.parent / "model/taxonomy/causes.yaml").read_text(), re.MULTILINE)
    assert len(causes) > 5
    for words in (NL, EN):
        assert all(words.has(f"digest-question-{cause}-{turn}") for cause in causes for turn in (1, 2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_is_a_png_that_a_phone_can_show(language: str):
    """Wide enough to be sharp, and not a heavy file."""
    made = draw(WEEK, Words(language), names)
    wide, high = struct.unpack(">II", made[16:24])
    assert made.startswith(b"\x89PNG")
    assert 600 <= wide <= 1600
    assert 400 <= high <= 1600
    assert len(made) < 200_000


def test_a_cell_held_back_looks_like_an_empty_one():
    """The picture knows a level of nothing only: two principles without any look the same."""
    nothing = replace(WEEK, pressure=replace(WEEK.pressure, levels=((0, 0), (0, 0))))
    assert draw(nothing, NL, names) != draw(WEEK, NL, names)
    assert picture_in_words(nothing, NL, names).count("leeg") == 1


def test_labels_of_any_length_and_with_any_sign_fit():
    """Twelve principles with long names and dollar signs are drawn as they are."""
    many = tuple(f"p{number}" for number in range(12))
    wide = replace(WEEK, pressure=Pressure(many, ("income",), tuple((number % 4,) for number in range(12))))

    def long_names(kind: Kind, code: str) -> str:
        return f"{kind} {code} $ een heel lange naam_van_iets $ dat maar doorgaat"

    made = draw(wide, NL, long_names)
    assert struct.unpack(">II", made[16:24])[0] <= 2000


def test_words_are_made_without_loading_the_drawing_library():
    """A digest in text must be quick; matplotlib takes most of a second."""
    code = "import sys, compassbot.reports.picture, compassbot.reports.card; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
