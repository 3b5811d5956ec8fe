"""What is said in the history of the demonstration: the dilemmas with their deliberations, and what came after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from compassbot.demo.people import Plain, Wording, read

FIELDS = ("income", "care", "youth", "debts", "housing", "taxes")
Choice = Literal["a", "b", "other"]
SECOND = {
    "nachten-bij-moeder": (1,),
    "ongeopende-post": (0,),
    "drie-loketten-een-schuld": (1,),
    "broer-op-zolder": (0,),
    "lawaai-boven": (1,),
    "vriend-drie-nachten": (0,),
    "wasmachine-op-de-peildag": (0,),
    "half-passende-plek": (0,),
}
"""Which of the judgements for "other", counted from 0, mean the second alternative; all else means the first."""


class Exchange(Plain):
    """A question about the facts, and what the case holder answers."""

    question: str
    answer: str


class Reason(Plain):
    """Why a principle is at stake."""

    principle: str
    why: str


class Perspective(Plain):
    """What matters to whom."""

    who: str
    matters: str


class Judgement(Plain):
    """What somebody would do. "other" is one of the alternatives: see `Script.meant`."""

    choice: Choice
    principle: str
    why: str
    cost: str


class Comparison(Plain):
    """What the judgements have in common, and what not."""

    same: str
    different: str


class Texts(Plain):
    """A deliberation in one language."""

    situation: str
    moment: str
    question: str
    option_a: str
    cost_a: str
    option_b: str
    cost_b: str
    questions: tuple[Exchange, ...]
    why: tuple[Reason, ...]
    perspectives: tuple[Perspective, ...]
    alternatives: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    compare: Comparison
    agreement: str
    owner: str
    sentence: str


class Script(Plain):
    """A dilemma and the deliberation on it, with the codes of its finding."""

    id: str
    department: str
    theme: str
    cause: str
    block: str
    principles: tuple[str, ...]
    structural: bool
    departments: tuple[str, ...]
    stakes: Mapping[str, int]
    leaning: Literal["a", "b", "other", "split"]
    nl: Texts
    en: Texts

    def texts(self, language: str) -> Texts:
        """Return the texts in "nl" or "en"."""
        return self.en if language == "en" else self.nl

    def meant(self, judgement: Judgement, language: str) -> str:
        """Return which alternative a judgement for "other" means."""
        texts = self.texts(language)
        others = [each for each in texts.judgements if each.choice == "other"]
        return texts.alternatives[1 if others.index(judgement) in SECOND.get(self.id, ()) else 0]


class Step(Plain):
    """What managers do with a signal, so many weeks after it was received."""

    weeks: int
    state: Literal["taken-up", "decided", "done", "declined"]
    owner: Wording
    reason: Wording


class Sequel(Plain):
    """What came after: steps by theme, answers to looking back by how it went, why people did not agree."""

    steps: Mapping[str, tuple[Step, ...]]
    kept: Mapping[Literal["yes", "partly", "no"], tuple[Wording, ...]]
    against: tuple[Wording, ...]


def load_scripts() -> list[Script]:
    """Return all dilemmas that ship, in the order of their fields."""
    return [script for field in FIELDS for script in read(f"dilemmas/{field}.yaml", list[Script])]


def load_sequel() -> Sequel:
    """Return what came after."""
    return read("sequel.yaml", Sequel)
