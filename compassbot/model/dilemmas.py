"""A dilemma: a situation in which a rule and decency pull apart, and what makes a good moral question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Status = Literal["open", "closed", "withdrawn", "forgotten"]
TEXTS = ("situation", "moment", "question", "option_a", "cost_a", "option_b", "cost_b")
LONGEST = {
    "situation": 2000,
    "moment": 600,
    "question": 200,
    "option_a": 200,
    "cost_a": 300,
    "option_b": 200,
    "cost_b": 300,
}
"""The texts that the case holder writes, in the order of the form, and their longest lengths in characters."""

LONGEST_QUESTION_IN_WORDS = 15
_STARTS_WELL = re.compile(
    r"(kan|kunnen|kunt|wil|willen|moet|moeten|durf|durven|mag|mogen|can|could|should|must|may|might|dare|do|would)\b",
    re.IGNORECASE,
)
_STARTS_WITH_HOW = re.compile(r"(hoe|how)\b", re.IGNORECASE)
_VERDICT = re.compile(
    r"\b(te (veel|weinig|streng|soepel|ver)|niet (eerlijk|oké|normaal)|oneerlijk|belachelijk|onzin"
    r"|too (much|little|strict|lenient|far)|not (fair|okay|normal)|unfair|ridiculous|nonsense)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dilemma:
    """What was put to colleagues, and how far they are. Its author is not in it.

    `minutes` is the working time that people were given in all. `round` counts the rounds of its method
    from 0. `closes_at` is when the open round closes, at the latest; `extended` whether it was already
    given more time. After its term the texts are "".
    """

    id: str
    number: int
    status: Status
    department: str
    method: str
    minutes: int
    place: str
    situation: str
    moment: str
    question: str
    option_a: str
    cost_a: str
    option_b: str
    cost_b: str
    round: int
    opened_at: datetime
    closes_at: datetime
    extended: bool
    edited: bool
    closed_at: datetime | None


def hints(question: str) -> list[str]:
    """Return what could make a moral question better, as ids of hints; [] when it is fine.

    The rules are those of Dialoog & Ethiek (BZK): it does not start with *hoe*, holds no comma (often
    two questions), at most 15 words, opens with kunnen, willen, moeten, durven or mogen, and implies no verdict.
    """
    words = question.split()
    found = {
        "mark": not question.rstrip().endswith("?"),
        "how": bool(_STARTS_WITH_HOW.match(question.strip())),
        "comma": "," in question or question.count("?") > 1,
        "long": len(words) > LONGEST_QUESTION_IN_WORDS,
        "verdict": bool(_VERDICT.search(question)),
    }
    found["opener"] = not found["how"] and not _STARTS_WELL.match(question.strip())
    return [hint for hint, present in found.items() if present]


def says_something(text: str) -> bool:
    """Return whether a text holds at least two letters in a row: emoji or dots alone say nothing."""
    return bool(re.search(r"[^\W\d_]{2}", text))
