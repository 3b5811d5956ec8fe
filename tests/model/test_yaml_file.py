"""Whoever edits a file reads in a sentence which line is wrong, whatever the mistake."""

from pathlib import Path
from typing import Literal

import pytest

from compassbot.model.file_parts import Bilingual, Frozen, Id, Label, Wrong
from compassbot.model.yaml_file import YamlFault, load


class Animal(Frozen):
    """One animal."""

    id: Id
    name: Label
    sound: Bilingual
    legs: int = 4
    diet: Literal["plants", "meat"] = "plants"
    questions: tuple[str, ...] = ()


class Farm(Frozen):
    """All of them."""

    animals: tuple[Animal, ...]


GOOD = """\
# a farm
animals:
  - id: cow
    name: Cow
    sound: {nl: boe, en: moo}
    legs: 4
    questions:
      - Where is the grass?
  - id: wolf
    name: Wolf
    sound:
      nl: oe
      en: ow
    diet: meat
"""


def told(folder: Path, text: str | bytes) -> str:
    """Return what is said of a farm.yaml with this text."""
    path = folder / "farm.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(YamlFault) as fault:
        load(path, Farm)
    assert fault.value.path == path
    return str(fault.value)


def test_a_good_file_is_read(tmp_path: Path):
    """A file without mistakes becomes what it describes, defaults filled in."""
    (tmp_path / "farm.yaml").write_text(GOOD)
    cow, wolf = load(tmp_path / "farm.yaml", Farm).animals
    assert (cow.name, cow.sound("nl"), cow.sound("en"), cow.diet) == ("Cow", "boe", "moo", "plants")
    assert (wolf.legs, wolf.diet, wolf.sound("xx")) == (4, "meat", "oe")


MISTAKES = {
    "a misspelt key": (
        "    questions:",
        "    question:",
        "farm.yaml, line 7: 'question' is not known here; did you mean 'questions'?",
    ),
    "a key from nowhere": (
        "    legs: 4",
        "    price: 4",
        "farm.yaml, line 6: 'price' is not known here; known are 'id', 'name', 'sound', 'legs', 'diet', 'questions'",
    ),
    "a misspelt key that is needed": (
        "    name: Wolf",
        "    naem: Wolf",
        "farm.yaml, line 10: 'naem' is not known here; did you mean 'name'?",
    ),
    "a missing key": ("    name: Wolf\n", "", "farm.yaml, line 9: 'name' is missing here"),
    "a missing language": ("      en: ow\n", "", "farm.yaml, line 11: 'en' is missing here"),
    "an id with a space": (
        "id: wolf",
        "id: Wo lf",
        "farm.yaml, line 9: the id 'Wo lf' may hold only small letters, digits and hyphens",
    ),
    "a key twice": (
        "    name: Wolf",
        "    name: Wolf\n    name: Woolf",
        "farm.yaml, line 11: 'name' stands here for the second time",
    ),
    "a tab": ("    name: Wolf", "\tname: Wolf", "farm.yaml, line 10: the line starts with a tab; use spaces"),
    "a colon in a text": (
        "name: Cow",
        "name: Cow: Bertha",
        (
            "farm.yaml, line 4: a colon stands where none can; put the text in quotes, "
            "or check how far the line is indented"
        ),
    ),
    "an open quotation mark": (
        "name: Cow",
        'name: "Cow',
        "farm.yaml, line 4: a quotation mark is opened here and not closed",
    ),
    "an open bracket": (
        "en: moo}",
        "en: moo",
        (
            "farm.yaml, line 5: what stands between brackets here cannot be read; close the bracket, "
            "and put a text with a comma, colon or question mark in quotes"
        ),
    ),
    "a colon forgotten": ("    legs: 4", "    legs 4", "farm.yaml, line 6: a colon is missing after the key"),
    "a line too far to the left": (
        "    name: Wolf",
        "   name: Wolf",
        "farm.yaml, line 10: the line is indented otherwise than the lines it belongs to",
    ),
    "a strange first character": (
        "name: Cow",
        "name: @Cow",
        "farm.yaml, line 4: a text cannot start with this character; put it in quotes",
    ),
    "a star": ("name: Cow", "name: *Cow", "farm.yaml, line 4: a text that starts with * must stand in quotes"),
    "an exclamation mark": (
        "name: Cow",
        "name: !Cow x",
        "farm.yaml, line 4: a text that starts with ! must stand in quotes",
    ),
    "nothing behind a key": ("name: Cow", "name:", "farm.yaml, line 4: 'name' is empty; write something behind it"),
    "an empty text": ("name: Cow", "name: ' '", "farm.yaml, line 4: 'name' is empty; write something behind it"),
    "a number for a text": (
        "name: Cow",
        "name: 12",
        "farm.yaml, line 4: 'name' must be text; put it in quotes if it is a number, a date, yes or no",
    ),
    "a word for a number": ("legs: 4", "legs: four", "farm.yaml, line 6: 'legs' must be a whole number"),
    "a text for a list": (
        "    questions:\n      - Where is the grass?",
        "    questions: Where is the grass?",
        "farm.yaml, line 7: 'questions' must be a list: lines that start with a hyphen",
    ),
    "a text for several keys": (
        "sound: {nl: boe, en: moo}",
        "sound: boe",
        "farm.yaml, line 5: 'sound' must hold the keys 'nl', 'en'",
    ),
    "an unknown choice": (
        "diet: meat",
        "diet: meet",
        "farm.yaml, line 14: 'diet' must be 'plants' or 'meat', not 'meet'; did you mean 'meat'?",
    ),
    "a text that is too long": (
        "name: Cow",
        "name: " + "Cow" * 30,
        "farm.yaml, line 4: 'name' may be 60 characters long, and is 90",
    ),
    "an empty item": (
        "      - Where is the grass?",
        "      - Where is the grass?\n      -",
        "farm.yaml, line 9: number 2 of 'questions' is empty; write something behind it",
    ),
    "a key of several words": (
        "    legs: 4",
        "    ? [legs, arms]\n    : 4",
        "farm.yaml, line 6: a key must be one word",
    ),
    "a second document": (
        "  - id: wolf",
        "---\n  - id: wolf",
        "farm.yaml, line 9: a second document starts here; a file holds one",
    ),
    "a character nobody sees": (
        "name: Cow",
        "name: Cow\x07",
        "farm.yaml, line 4: a character here cannot be shown; take it out",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "sentence"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_with_its_line(tmp_path: Path, right: str, wrong: str, sentence: str):
    """Each kind of mistake gives one plain sentence with the file and the line."""
    assert right in GOOD
    assert told(tmp_path, GOOD.replace(right, wrong, 1)) == sentence


def test_an_empty_file_is_told(tmp_path: Path):
    """A file without anything, or with only comments, is called empty."""
    assert told(tmp_path, "") == "farm.yaml: the file is empty"
    assert told(tmp_path, "# later\n\n") == "farm.yaml: the file is empty"


def test_a_missing_file_is_told(tmp_path: Path):
    """A file that is not there is told with the folder where it was sought."""
    with pytest.raises(YamlFault, match=r"^farm\.yaml: there is no such file in /.+"):
        load(tmp_path / "farm.yaml", Farm)


def test_a_folder_is_no_file(tmp_path: Path):
    """A folder in the place of the file gives a sentence as well."""
    (tmp_path / "farm.yaml").mkdir()
    with pytest.raises(YamlFault, match=r"^farm\.yaml: the file cannot be read \(.+\)$"):
        load(tmp_path / "farm.yaml", Farm)


def test_another_encoding_is_told(tmp_path: Path):
    """A file saved by an old editor says which line is not UTF-8; UTF-8 with a mark at the start is fine."""
    accented = GOOD.replace("name: Cow", "name: Coë")
    sentence = "farm.yaml, line 4: a character here is not UTF-8; save the file as UTF-8"
    assert told(tmp_path, accented.encode("latin-1")) == sentence
    (tmp_path / "farm.yaml").write_bytes(accented.encode("utf-8-sig"))
    assert load(tmp_path / "farm.yaml", Farm).animals[0].name == "Coë"


def test_lines_end_as_on_windows(tmp_path: Path):
    """Lines that end as on Windows are counted as anybody's."""
    text = GOOD.replace("name: Wolf", "naem: Wolf").replace("\n", "\r\n")
    assert told(tmp_path, text) == "farm.yaml, line 10: 'naem' is not known here; did you mean 'name'?"


@pytest.mark.parametrize("text", ["just words", "- a\n- b", "12", "[" * 3000, "a: &a [*a]", "animals: 2026-13-45"])
def test_what_is_no_such_file_at_all(tmp_path: Path, text: str):
    """Something else altogether is refused in a sentence, never with a crash."""
    assert told(tmp_path, text).startswith("farm.yaml")


def test_a_date_in_a_text_stays_text(tmp_path: Path):
    """A name that looks like a date is a name."""
    (tmp_path / "farm.yaml").write_text(GOOD.replace("name: Cow", "name: 2022-01-01"))
    assert load(tmp_path / "farm.yaml", Farm).animals[0].name == "2022-01-01"


def test_no_program_is_run_from_a_file(tmp_path: Path):
    """A file that asks for a Python object is refused as text."""
    text = GOOD.replace("name: Cow", "name: !!python/object/apply:os.getcwd []")
    assert "line 4: a text that starts with ! must stand in quotes" in told(tmp_path, text)


def test_a_check_across_parts_names_its_line(tmp_path: Path):
    """A model that compares its parts can say which one is wrong."""

    class Herd(Farm):
        def model_post_init(self, context: object) -> None:
            raise Wrong("wolves do not go with cows", "animals", 1, "diet")

    (tmp_path / "farm.yaml").write_text(GOOD)
    with pytest.raises(YamlFault) as fault:
        load(tmp_path / "farm.yaml", Herd)
    assert str(fault.value) == "farm.yaml, line 14: wolves do not go with cows"
    assert fault.value.line == 14
