"""Deliberation methods: CURA as it ships, and what a method of one's own must keep to."""

from datetime import timedelta
from pathlib import Path

import pytest

from compassbot.model.methods import FOLDER, load_method, load_methods
from compassbot.model.yaml_file import YamlFault

CURA = (FOLDER / "cura.yaml").read_text(encoding="utf8")


def test_the_rounds_of_cura():
    """CURA's length of talk goes from the facts to the evaluation, in this order."""
    assert [each.kind for each in load_method("cura").rounds] == [
        "clarify",
        "park",
        "principles",
        "perspectives",
        "alternatives",
        "judge",
        "compare",
        "conclude",
        "agree",
        "evaluate",
    ]


def test_cura_names_its_source_and_length():
    """Who made the method and how long it takes stand in the file, and that the rounds are ours."""
    cura = load_method("cura")
    assert (cura.name("nl"), cura.minutes) == ("CURA", 25)
    assert "Amsterdam UMC" in cura.source
    assert "our own" in cura.source


def test_what_stays_hidden():
    """First reaction, principles, own judgement and evaluation stay hidden until the round closes."""
    hidden = [each.kind for each in load_method("cura").rounds if each.hidden]
    assert hidden == ["park", "principles", "judge", "evaluate"]


def test_the_words_of_a_round_exist_in_both_languages():
    """Each round has its own title and prompt in Dutch and in English."""
    rounds = load_method("cura").rounds
    for language in ("nl", "en"):
        assert len({each.title(language) for each in rounds}) == len(rounds)
        assert len({each.prompt(language) for each in rounds}) == len(rounds)
    assert all(each.prompt("nl") != each.prompt("en") for each in rounds)


def test_the_time_is_divided_by_share():
    """The parts of the rounds make up the whole, and the own judgement gets the most."""
    cura = load_method("cura")
    parts = cura.divide(timedelta(days=5))
    assert sum(parts, timedelta()) == timedelta(days=5)
    assert cura.rounds[parts.index(max(parts))].kind == "judge"


def test_from_one_round_to_the_next():
    """Each round leads to the one that follows, the last to nothing."""
    cura = load_method("cura")
    assert cura.after("facts") == cura.round("first-reaction")
    assert cura.after("evaluation") is None
    with pytest.raises(KeyError):
        cura.after("coffee")


def test_all_methods_by_id():
    """Every method that ships is found under its id."""
    methods = load_methods()
    assert methods["cura"] == load_method("cura")
    assert all(key == method.id for key, method in methods.items())


def test_a_method_of_ones_own_is_one_file(tmp_path: Path):
    """A file more in the folder is a method more."""
    (tmp_path / "cura.yaml").write_text(CURA, encoding="utf8")
    (tmp_path / "short.yaml").write_text(CURA.replace("id: cura", "id: short"), encoding="utf8")
    assert list(load_methods(tmp_path)) == ["cura", "short"]


@pytest.mark.parametrize("key", ["nothing", "", "../cura", "__init__"])
def test_a_method_that_is_not_there(key: str):
    """An unknown id raises KeyError, and no id leads out of the folder."""
    with pytest.raises(KeyError):
        load_method(key)


def without(kind: str) -> str:
    """Return CURA without its round of this kind."""
    head, *rounds = CURA.split("\n  - id: ")
    return "\n  - id: ".join([head, *(each for each in rounds if f"kind: {kind}\n" not in each)])


MISTAKES = {
    "an unknown kind": (
        CURA.replace("kind: judge", "kind: judgement"),
        (
            "'kind' must be 'clarify', 'park', 'principles', 'perspectives', 'alternatives', 'judge', 'compare', "
            "'conclude', 'agree' or 'evaluate', not 'judgement'; did you mean 'judge'?"
        ),
        "kind: judgement",
    ),
    "a round twice": (
        CURA.replace("id: options", "id: facts"),
        "the id 'facts' stands here for the second time",
        "id: facts\n    kind: alternatives",
    ),
    "a role twice": (
        CURA.replace("id: participant", "id: case-holder"),
        "the id 'case-holder' stands here for the second time",
        "id: case-holder\n    name: {nl: Deelnemer",
    ),
    "two judgements": (
        CURA.replace("kind: compare", "kind: judge").replace("hidden: false", "hidden: true"),
        "this is the second round of the kind 'judge'; a method has one",
        "kind: judge\n    title:\n      nl: Wat lijkt",
    ),
    "no judgement": (without("judge"), "a round of the kind 'judge' is missing", "rounds:"),
    "no conclusion": (without("conclude"), "a round of the kind 'conclude' is missing", "rounds:"),
    "no evaluation": (without("evaluate"), "a round of the kind 'evaluate' is missing", "rounds:"),
    "agreeing before concluding": (
        CURA.replace("kind: conclude", "kind: x")
        .replace("kind: agree", "kind: conclude")
        .replace("kind: x", "kind: agree"),
        "a round of the kind 'conclude' must come before 'agree'",
        "- id: conclusion",
    ),
    "evaluating too early": (
        CURA.replace("kind: evaluate", "kind: x")
        .replace("kind: agree", "kind: evaluate")
        .replace("kind: x", "kind: agree"),
        "the round of the kind 'evaluate' must be the last",
        "- id: agreement",
    ),
    "a judgement that others see": (
        CURA.replace("hidden: true\n    share: 5", "hidden: false\n    share: 5"),
        "a round of the kind 'judge' must be hidden: true",
        "hidden: false\n    share: 5",
    ),
    "no time at all": (CURA.replace("minutes: 25", "minutes: 0"), "'minutes' must be more than 0", "minutes: 0"),
    "no weight": (CURA.replace("share: 5", "share: 0"), "'share' must be more than 0", "share: 0"),
    "closing by nobody": (
        CURA.replace("closes_when: time", "closes_when: never"),
        "'closes_when' must be 'everyone' or 'time', not 'never'",
        "closes_when: never",
    ),
    "one language": (
        CURA.replace("      en: Your own judgement\n", ""),
        "'en' is missing here",
        "title:\n      nl: Jouw afweging",
    ),
}


@pytest.mark.parametrize(("text", "sentence", "where"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, sentence: str, where: str):
    """What would break a deliberation is refused when the file is read, with the line where it stands."""
    (tmp_path / "cura.yaml").write_text(text, encoding="utf8")
    line = text[: text.index(where)].count("\n") + 1
    with pytest.raises(YamlFault) as fault:
        load_methods(tmp_path)
    assert str(fault.value) == f"cura.yaml, line {line}: {sentence}"


def test_the_file_is_called_as_its_id(tmp_path: Path):
    """A method is found under one name only: that of its file."""
    (tmp_path / "mine.yaml").write_text(CURA, encoding="utf8")
    with pytest.raises(YamlFault, match=r"^mine\.yaml: the id must be that of the file: 'mine', not 'cura'$"):
        load_methods(tmp_path)
