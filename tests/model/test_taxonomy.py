"""The codes of a finding: those that ship, and an organisation's own."""

import shutil
from pathlib import Path

import pytest

from compassbot.model.taxonomy import FOLDER, Taxonomy, load_taxonomy
from compassbot.model.yaml_file import YamlFault


@pytest.fixture(scope="module")
def shipped() -> Taxonomy:
    """Return the taxonomy that ships."""
    return load_taxonomy()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder with a copy of what ships, to change."""
    folder = tmp_path / "own"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


def test_the_causes(shipped: Taxonomy):
    """A finding names one of eight causes, in this order."""
    assert [each.id for each in shipped.causes] == [
        "rule",
        "process",
        "system",
        "cooperation",
        "time-and-targets",
        "mandate",
        "communication",
        "knowledge",
    ]


def test_the_building_blocks_are_those_of_werk_aan_uitvoering(shipped: Taxonomy):
    """The ten blocks bear the names that Werk aan Uitvoering gave them, complete and in order."""
    assert [each.name("nl").casefold() for each in shipped.blocks] == [
        "cultuur",
        "signaleren",
        "afwegen",
        "competenties",
        "mensgericht werken",
        "samenwerken",
        "monitoring",
        "leren",
        "definities",
        "bestuurlijk faciliteren",
    ]


def test_the_fields_of_life(shipped: Taxonomy):
    """Themes are grouped in seven fields of life, each with at least six."""
    assert [each.id for each in shipped.fields] == ["income", "care", "youth", "debts", "housing", "taxes", "service"]
    assert all(len(field.themes) >= 6 for field in shipped.fields)
    assert len(shipped.themes) == sum(len(field.themes) for field in shipped.fields)


def test_a_theme_is_called_in_few_words(shipped: Taxonomy):
    """A theme is at most five words in both languages, and no two are called the same."""
    for language in ("nl", "en"):
        names = [theme.name(language) for theme in shipped.themes]
        assert len(set(names)) == len(names)
        assert all(len(name.split()) <= 5 for name in names)


def test_what_has_an_id_can_be_found(shipped: Taxonomy):
    """Each kind of code is found by its id, in both languages; a theme also leads to its field."""
    assert shipped.cause("mandate").name("nl") == "Mandaat"
    assert shipped.block("learning").name("en") == "Learning"
    assert shipped.field("care").name("nl") == "Zorg en ondersteuning"
    assert shipped.theme("income-gifts").name("nl") == "Giften en boodschappen"
    assert shipped.field_of("income-gifts").id == "income"


def test_what_is_not_there_raises(shipped: Taxonomy):
    """An id that is not there raises KeyError, whatever its kind."""
    for find in (shipped.cause, shipped.block, shipped.field, shipped.theme, shipped.field_of):
        with pytest.raises(KeyError):
            find("weather")


def test_an_organisation_brings_its_own_themes(own: Path):
    """A folder of one's own replaces what ships."""
    (own / "themes.yaml").write_text(
        "fields:\n"
        "  - id: green\n"
        "    name: {nl: Groen, en: Green}\n"
        "    themes:\n"
        "      - {id: green-trees, name: {nl: Bomen, en: Trees}}\n"
    )
    assert [theme.id for theme in load_taxonomy(own).themes] == ["green-trees"]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "sentence"),
    [
        ("causes", "id: process", "id: rule", "line 8: the id 'rule' stands here for the second time"),
        ("blocks", "id: signalling", "id: culture", "line 9: the id 'culture' stands here for the second time"),
        ("causes", "name: {nl: Regel,", "nmae: {nl: Regel,", "line 4: 'nmae' is not known here; did you mean 'name'?"),
        ("themes", "id: care\n", "id: income\n", "line 14: the id 'income' stands here for the second time"),
        (
            "themes",
            "id: income-gifts",
            "id: gifts",
            "line 7: the id 'gifts' must start with 'income-', the id of its field",
        ),
        (
            "themes",
            "id: income-duties",
            "id: income-gifts",
            "line 10: the id 'income-gifts' stands here for the second time",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(own: Path, file: str, right: str, wrong: str, sentence: str):
    """An id twice, a theme outside its field or a misspelt key is told with file and line."""
    path = own / f"{file}.yaml"
    text = path.read_text(encoding="utf8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf8")
    with pytest.raises(YamlFault) as fault:
        load_taxonomy(own)
    assert str(fault.value) == f"{file}.yaml, {sentence}"


def test_a_missing_file_is_told(own: Path):
    """A folder must hold all three files, and says which one it lacks."""
    (own / "blocks.yaml").unlink()
    with pytest.raises(YamlFault, match=r"^blocks\.yaml: there is no such file in "):
        load_taxonomy(own)
