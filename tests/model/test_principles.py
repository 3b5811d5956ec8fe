"""The leading principles that ship, an organisation's own, and finding one by what people type."""

from pathlib import Path

import pytest

from compassbot.model.principles import Principles, default_path, load_principles
from compassbot.model.yaml_file import YamlFault

SEVEN = (
    "hospitality",
    "responsibility",
    "reliability",
    "craftsmanship",
    "listening",
    "equality",
    "lived-experience",
)


@pytest.fixture(scope="module")
def shipped() -> Principles:
    """Return the principles that ship."""
    return load_principles()


def a_principle(key: str, nl: str, en: str, tension: str = "") -> str:
    """Return one principle as YAML of eight lines, nine with a tension."""
    words = "meaning: m, questions: [q], example: e"
    lines = [
        f"  - id: {key}",
        "    nl:",
        f"      {{name: {nl}, {words}}}",
        "    en:",
        f"      {{name: {en}, {words}}}",
    ]
    if tension:
        lines += ["    tensions:", f"      - {{with: {tension}, nl: n, en: e}}"]
    return "\n".join(lines) + "\n"


def written(folder: Path, *principles: str, above: str = "") -> Path:
    """Write a principles.yaml and return its path."""
    path = folder / "principles.yaml"
    path.write_text(above + "principles:\n" + "".join(principles), encoding="utf8")
    return path


def told(path: Path) -> str:
    """Return the sentence on a file that cannot be used."""
    with pytest.raises(YamlFault) as fault:
        load_principles(path)
    return str(fault.value)


# What ships


def test_the_seven_are_those_of_almere(shipped: Principles):
    """The file that ships holds Almere's seven, under Almere's names."""
    assert shipped.ids == SEVEN
    assert [each.name("nl") for each in shipped.principles] == [
        "Gastvrijheid",
        "Verantwoordelijkheid",
        "Betrouwbaarheid",
        "Vakmanschap",
        "Luisteren",
        "Gelijkwaardigheid",
        "Ervaringsdeskundigheid",
    ]


def test_the_file_says_whose_words_they_are():
    """The file names its source and says that the questions are the product's own."""
    head = default_path().read_text(encoding="utf8").split("principles:\n")[0]
    assert "Almere" in head
    assert "Movisies" in head
    assert "the product's own" in " ".join(head.replace("#", " ").split())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_principle_is_complete(shipped: Principles, language: str):
    """Each has three or four questions that are questions, a meaning of one sentence, and an example."""
    for each in shipped.principles:
        assert len(each.questions(language)) in (3, 4)
        assert all(question.endswith("?") for question in each.questions(language))
        assert each.meaning(language).count(".") == 1
        assert 2 <= each.example(language).count(".") <= 3


def test_each_principle_chafes_with_another(shipped: Principles):
    """Whoever looks up a principle learns what it is in tension with."""
    for each in shipped.principles:
        assert shipped.tensions_of(each.id)


def test_a_tension_is_found_from_both_sides(shipped: Principles):
    """A tension is written once, and read at both principles with the same sentence."""
    from_one = {other.id: tension for other, tension in shipped.tensions_of("hospitality")}
    from_other = {other.id: tension for other, tension in shipped.tensions_of("reliability")}
    assert from_one["reliability"]("nl") == from_other["hospitality"]("nl")
    assert from_one["reliability"]("en") != from_one["reliability"]("nl")


def test_get_by_id(shipped: Principles):
    """An id gives its principle; another one raises KeyError."""
    assert shipped.get("listening").name("nl") == "Luisteren"
    with pytest.raises(KeyError):
        shipped.get("obedience")


# Looking up


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Gastvrijheid", "hospitality"),
        ("gastvrijheid", "hospitality"),
        ("HOSPITALITY", "hospitality"),
        ("  listening  ", "listening"),
        ("lived experience", "lived-experience"),
        ("lived-experience", "lived-experience"),
        ("Gástvrijhèid!", "hospitality"),
    ],
)
def test_a_name_in_any_language_or_case_is_exact(shipped: Principles, text: str, key: str):
    """The name itself, in either language, any case and with stray accents, asks nothing back."""
    lookup = shipped.look_up(text, "nl")
    assert (lookup.found, lookup.exact, lookup.nearest) == (shipped.get(key), True, ())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("gastvrij", "hospitality"),
        ("gastvrijhied", "hospitality"),
        ("gastvry", "hospitality"),
        ("hospitalty", "hospitality"),
        ("ervaring", "lived-experience"),
        ("experience", "lived-experience"),
        ("lived experiance", "lived-experience"),
        ("verantwoording", "responsibility"),
        ("responsability", "responsibility"),
        ("betrouwbaar", "reliability"),
        ("reliable", "reliability"),
        ("vakman", "craftsmanship"),
        ("luister", "listening"),
        ("luistren naar bewoners", "listening"),
        ("gelijkheid", "equality"),
        ("equal", "equality"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_near_name_is_found_with_did_you_mean(shipped: Principles, text: str, key: str, language: str):
    """A typo, a beginning or a word of the name finds the one principle that is meant."""
    lookup = shipped.look_up(text, language)
    assert (lookup.found, lookup.exact, lookup.nearest) == (shipped.get(key), False, ())


@pytest.mark.parametrize("text", ["", "   ", "🙂", "moed", "veiligheid", "zorgvuldigheid", "liefde", "xyz" * 5000])
def test_what_is_near_to_none_gives_all(shipped: Principles, text: str):
    """What fits no principle gives all of them to choose from, in the organisation's order."""
    lookup = shipped.look_up(text, "nl")
    assert (lookup.found, lookup.nearest) == (None, shipped.principles)


def test_what_fits_two_gives_both(shipped: Principles):
    """Two names in one line give those two to choose from, and no others."""
    lookup = shipped.look_up("luisteren en vakmanschap", "nl")
    assert lookup.found is None
    assert {each.id for each in lookup.nearest} == {"listening", "craftsmanship"}


def test_the_readers_language_decides(tmp_path: Path):
    """A word that is a name in both languages means the one in the reader's own."""
    path = written(tmp_path, a_principle("room", "Ruimte", "Room"), a_principle("cream", "Room", "Cream"))
    principles = load_principles(path)
    assert principles.look_up("room", "en").found == principles.get("room")
    assert principles.look_up("room", "nl").found == principles.get("cream")


# An organisation's own


@pytest.mark.parametrize("count", [2, 4, 9, 12])
def test_an_organisation_has_as_many_as_it_has(tmp_path: Path, count: int):
    """Two to twelve principles of one's own replace those that ship."""
    path = written(tmp_path, *(a_principle(f"p{n}", f"Naam {n}", f"Name {n}") for n in range(count)))
    assert len(load_principles(path).principles) == count


@pytest.mark.parametrize(
    ("count", "end"), [(1, "must hold at least 2, and holds 1"), (13, "must hold at most 12, and holds 13")]
)
def test_too_few_or_too_many_are_refused(tmp_path: Path, count: int, end: str):
    """One principle leaves nothing to weigh, thirteen fit no form."""
    path = written(tmp_path, *(a_principle(f"p{n}", f"Naam {n}", f"Name {n}") for n in range(count)))
    assert told(path) == f"principles.yaml, line 1: 'principles' {end}"


def test_an_organisation_may_give_its_name(tmp_path: Path):
    """The organisation's name stands above the principles, in each language, or is left out."""
    two = a_principle("a", "A", "A"), a_principle("b", "B", "B")
    named = load_principles(written(tmp_path, *two, above="organisation: {nl: Stad, en: Town}\n"))
    assert named.organisation
    assert named.organisation("en") == "Town"
    assert load_principles(written(tmp_path, *two)).organisation is None


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (a_principle("a", "B", "B"), "line 7: the id 'a' stands here for the second time"),
        (a_principle("b", "aä", "B"), "line 9: two principles have the name 'aä'"),
        (a_principle("b", "B", "AA"), "line 11: two principles have the name 'AA'"),
        (a_principle("b", "B", "B", "c"), "line 13: there is no principle 'c'; there are 'a', 'b'"),
        (a_principle("b", "B", "B", "b"), "line 13: 'b' cannot be in tension with itself"),
        (
            a_principle("b", "B", "B", "a, nl: n, en: e}\n      - {with: a"),
            "line 14: the tension of 'b' with 'a' is already there; write it once",
        ),
        (
            a_principle("Aandacht!", "B", "B"),
            "line 7: the id 'Aandacht!' may hold only small letters, digits and hyphens",
        ),
        (
            a_principle("b", "B", "B").replace("    en:", "    de:"),
            "line 10: 'de' is not known here; known are 'id', 'nl', 'en', 'tensions'",
        ),
        (
            a_principle("b", "B", "B", "a").replace("with:", "wiht:"),
            "line 13: 'wiht' is not known here; did you mean 'with'?",
        ),
        ("  - id: b\n" + a_principle("c", "C", "C"), "line 7: 'nl' is missing here"),
    ],
)
def test_a_mistake_in_the_principles_is_told(tmp_path: Path, second: str, sentence: str):
    """What one principle says wrongly of itself or of another is told with its line."""
    assert told(written(tmp_path, a_principle("a", "Aa", "Aa"), second)) == f"principles.yaml, {sentence}"
