"""The dilemmas that the demo starts with are whole, speak both languages and point at nobody."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from compassbot.guard import read
from compassbot.model.dilemmas import TEXTS, hints

ROOT = Path(__file__).parent.parent
FIELDS = ("income", "care", "youth", "debts", "housing", "taxes")
DEPARTMENTS = {"inkomen", "wmo", "jeugd", "schulden", "wonen", "belastingen", "klantcontact"}
VOICES = {"resident", "lived-experience", "other-department", "colleague", "organisation", "society"}
PLAIN = {*TEXTS, "agreement", "owner", "sentence"}
LISTS = {"questions", "why", "perspectives", "alternatives", "judgements"}
OPENINGS = {
    "nl": ("Mag ik ", "Kan ik ", "Moet ik ", "Wil ik ", "Durf ik "),
    "en": ("May I ", "Can I ", "Can we ", "Should I ", "Do I want ", "Do I dare "),
}

Dilemma = dict[str, Any]


def taxonomy(name: str) -> Any:
    """Return one file of the shipped taxonomy, parsed."""
    return yaml.safe_load((files("compassbot.model") / "taxonomy" / f"{name}.yaml").read_text("utf-8"))


def field(name: str) -> list[Dilemma]:
    """Return the dilemmas of one field, parsed."""
    return yaml.safe_load((files("compassbot.demo") / "dilemmas" / f"{name}.yaml").read_text("utf-8"))


def texts(value: Any) -> Iterator[str]:
    """Yield every sentence below a value: codes such as a principle's id are no sentences."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    else:
        for key, part in value.items():
            if key not in ("principle", "who", "choice"):
                yield from texts(part)


ALL = [dilemma for name in FIELDS for dilemma in field(name)]
PRINCIPLES = {
    principle["id"] for principle in yaml.safe_load((ROOT / "principles.yaml").read_text("utf-8"))["principles"]
}
each_dilemma = pytest.mark.parametrize("dilemma", ALL, ids=lambda dilemma: dilemma["id"])
each_language = pytest.mark.parametrize("language", ["nl", "en"])


def test_six_fields_tell_at_least_twenty_four_dilemmas():
    """A newcomer finds dilemmas of every field, and none twice."""
    assert all(len(field(name)) >= 4 for name in FIELDS)
    assert len(ALL) >= 24
    assert len({dilemma["id"] for dilemma in ALL}) == len(ALL)


def test_some_themes_recur_across_departments():
    """The digest has something to tell: at least four themes come from three departments or more."""
    authors: dict[str, set[str]] = defaultdict(set)
    for dilemma in ALL:
        authors[dilemma["theme"]].add(dilemma["department"])
    assert sum(len(departments) >= 3 for departments in authors.values()) >= 4


def test_rule_and_cooperation_are_the_causes_named_most():
    """Causes differ, and the two that the field reports most come first here too."""
    causes = Counter(dilemma["cause"] for dilemma in ALL)
    assert {cause for cause, _ in causes.most_common(2)} == {"rule", "cooperation"}
    assert len(causes) >= 6


@each_dilemma
def test_every_code_is_one_that_we_ship(dilemma: Dilemma):
    """Theme, cause, building block, principles and departments exist where the product looks them up."""
    themes = {theme["id"] for part in taxonomy("themes")["fields"] for theme in part["themes"]}
    assert dilemma["theme"] in themes
    assert dilemma["cause"] in {cause["id"] for cause in taxonomy("causes")["causes"]}
    assert dilemma["block"] in {block["id"] for block in taxonomy("blocks")["blocks"]}
    assert 1 <= len(dilemma["principles"]) <= 3
    assert set(dilemma["principles"]) <= PRINCIPLES
    assert set(dilemma["stakes"]) == PRINCIPLES
    assert set(dilemma["stakes"].values()) <= {0, 1, 2, 3}
    assert 1 <= len(dilemma["departments"]) <= 3
    assert {dilemma["department"], *dilemma["departments"]} <= DEPARTMENTS
    assert dilemma["department"] in dilemma["departments"]
    assert isinstance(dilemma["structural"], bool)
    assert dilemma["leaning"] in {"a", "b", "other", "split"}


@each_dilemma
@each_language
def test_each_language_tells_the_whole_deliberation(dilemma: Dilemma, language: str):
    """Nothing is missing in Dutch or in English, and every text fits the place where it is shown."""
    told = dilemma[language]
    assert set(told) == PLAIN | LISTS | {"compare"}
    assert all(told[key].strip() for key in PLAIN - {"sentence"})
    assert len(told["situation"]) <= 700
    assert all(len(told[key]) < 120 for key in ("option_a", "cost_a", "option_b", "cost_b"))
    assert [set(part) for part in told["questions"]] == [{"question", "answer"}] * 2
    assert len(told["why"]) == 3
    assert {part["principle"] for part in told["why"]} <= PRINCIPLES
    assert len(told["perspectives"]) in {4, 5}
    assert {part["who"] for part in told["perspectives"]} <= VOICES
    assert len(told["alternatives"]) == 2
    assert [set(part) for part in told["judgements"]] == [{"choice", "principle", "why", "cost"}] * 5
    one_sentence = [
        told["agreement"],
        told["sentence"],
        *(part[key] for part in told["judgements"] for key in ("why", "cost")),
    ]
    assert [text for text in one_sentence if re.search(r"[.?!] \w", text)] == []
    assert set(told["compare"]) == {"same", "different"}
    assert all(text == text.strip() for text in texts(told))


@each_dilemma
def test_both_languages_tell_the_same_deliberation(dilemma: Dilemma):
    """Who speaks, which principles and which choices agree between Dutch and English."""

    def codes(language: str) -> list[str]:
        told = dilemma[language]
        return [
            *(part["principle"] for part in told["why"]),
            *(part["who"] for part in told["perspectives"]),
            *(f"{part['choice']} {part['principle']}" for part in told["judgements"]),
        ]

    assert codes("nl") == codes("en")
    assert bool(dilemma["nl"]["sentence"]) == bool(dilemma["en"]["sentence"])


@each_dilemma
@each_language
def test_the_moral_question_keeps_the_rules(dilemma: Dilemma, language: str):
    """The product has no hint to give on it, and it is the case holder who asks."""
    question = dilemma[language]["question"]
    assert hints(question) == []
    assert question.startswith(OPENINGS[language])


@each_dilemma
def test_the_judgements_do_not_all_agree(dilemma: Dilemma):
    """There is a minority to keep: somebody chooses otherwise than the group tends to."""
    choices = Counter(part["choice"] for part in dilemma["nl"]["judgements"])
    assert set(choices) <= {"a", "b", "other"}
    assert len(choices) >= 2
    if dilemma["leaning"] != "split":
        assert choices[dilemma["leaning"]] == max(choices.values())


@each_dilemma
@each_language
def test_nothing_points_at_a_person(dilemma: Dilemma, language: str):
    """The guard finds nothing in any text, and no text promises anonymity."""
    told = list(texts(dilemma[language]))
    assert [(text, found) for text in told for found in read(text)] == []
    assert not any("anoniem" in text.lower() or "anonym" in text.lower() for text in told)
