"""What a file that people edit by hand is made of: ids, labels, and texts in two languages."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Wrong(ValueError):
    """Raised by a model that checks several parts against each other: `at` leads to the wrong one."""

    def __init__(self, sentence: str, *at: str | int) -> None:
        """Take what is wrong, and the keys and list positions from the model down to it."""
        self.at = at
        super().__init__(sentence)


class Frozen(BaseModel):
    """What is read from a file: it cannot be changed, and holds no key that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise ValueError(f"the id '{text}' may hold only small letters, digits and hyphens")
    return text


Id = Annotated[str, AfterValidator(_slug), StringConstraints(max_length=40)]
"""A name for programs: small letters, digits and hyphens; it stays the same when a label changes."""

Label = Annotated[str, StringConstraints(min_length=1, max_length=60)]
"""A few words, short enough for a choice in every chat."""

Sentences = Annotated[str, StringConstraints(min_length=1, max_length=600)]
"""One to a few sentences."""


class Bilingual(Frozen):
    """One text in Dutch and English: `title("nl")`. A language that is not there gives Dutch."""

    nl: Sentences
    en: Sentences

    def __call__(self, language: str) -> str:
        """Return the text in "nl" or "en"."""
        return self.en if language == "en" else self.nl


class BilingualLabel(Bilingual):
    """A few words in Dutch and English, short enough for a choice in every chat."""

    nl: Label
    en: Label


def refuse_twice(ids: list[str], *at: str) -> None:
    """Raise Wrong at the second of two equal ids in the list that `at` leads to."""
    for number, each in enumerate(ids):
        if each in ids[:number]:
            raise Wrong(f"the id '{each}' stands here for the second time", *at, number, "id")
