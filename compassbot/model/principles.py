"""The leading principles of an organisation, and finding one by what somebody types."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator
from rapidfuzz import fuzz

from compassbot.model.file_parts import Bilingual, BilingualLabel, Frozen, Id, Label, Sentences, Wrong, refuse_twice
from compassbot.model.yaml_file import load

PACKAGE = Path(__file__).parent.parent
LONGEST_QUERY = 100  # characters: what people type to find a principle is never longer

FOUND = 72  # of 100: from here on a name is near enough to be meant
AHEAD = 8  # and so far it must be ahead of the next, or the person chooses
NEAREST = 62  # from here on a name is worth offering
BEGINNING = 4  # characters: shorter beginnings fit too many names
WORD = 6  # characters: shorter words are too easily alike to stand for a whole name


class PrincipleWords(Frozen):
    """A principle in one language."""

    name: Label
    meaning: Sentences
    questions: Annotated[tuple[Sentences, ...], Field(min_length=1, max_length=6)]
    example: Sentences


class Tension(Bilingual):
    """Where a principle chafes with another, in a sentence that is true from both sides."""

    other: Id = Field(alias="with")


class Principle(Frozen):
    """One leading principle: what it means here, what it makes you ask, and what it chafes with."""

    id: Id
    nl: PrincipleWords
    en: PrincipleWords
    tensions: tuple[Tension, ...] = ()

    def words(self, language: str) -> PrincipleWords:
        """Return everything in "nl" or "en"; another language gives Dutch."""
        return self.en if language == "en" else self.nl

    def name(self, language: str) -> str:
        """Return what the principle is called."""
        return self.words(language).name

    def meaning(self, language: str) -> str:
        """Return in a sentence what it means."""
        return self.words(language).meaning

    def questions(self, language: str) -> tuple[str, ...]:
        """Return the working questions."""
        return self.words(language).questions

    def example(self, language: str) -> str:
        """Return an example from the work."""
        return self.words(language).example


@dataclass(frozen=True, slots=True)
class Lookup:
    """What somebody may have meant.

    `found` is the principle, if one is clear; `exact` is False where the text was not its name, so
    that the person is asked "did you mean". `nearest` is what to choose from when none is clear: the
    nearest ones, best first, or else all in their own order; it is empty when one was found.
    """

    found: Principle | None
    exact: bool
    nearest: tuple[Principle, ...]


class Principles(Frozen):
    """The leading principles of one organisation, two to twelve, in its own order."""

    organisation: BilingualLabel | None = None
    principles: Annotated[tuple[Principle, ...], Field(min_length=2, max_length=12)]

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids, in the organisation's own order."""
        return tuple(each.id for each in self.principles)

    def get(self, key: str) -> Principle:
        """Return the principle with this id. Raises KeyError."""
        for each in self.principles:
            if each.id == key:
                return each
        raise KeyError(key)

    def tensions_of(self, key: str) -> tuple[tuple[Principle, Tension], ...]:
        """Return the principles that this one chafes with, each with the sentence on it.

        A tension is written once, at either of the two, and found from both. Raises KeyError.
        """
        own = [(self.get(tension.other), tension) for tension in self.get(key).tensions]
        others = [(each, tension) for each in self.principles for tension in each.tensions if tension.other == key]
        return (*own, *others)

    def look_up(self, text: str, language: str) -> Lookup:
        """Find the principle that is meant, forgiving of typos, case, accents and language.

        Names in both languages and ids count; when a text fits two, the reader's `language` decides.
        """
        wanted = _plain(text[:LONGEST_QUERY])
        own = [each for each in self.principles if wanted == _plain(each.name(language))]
        same = own or [each for each in self.principles if wanted in _names(each)]
        if wanted and len(same) == 1:
            return Lookup(same[0], exact=True, nearest=())
        scored = sorted(((_likeness(wanted, each), each) for each in self.principles), key=lambda pair: -pair[0])
        (best, first), (second, _) = scored[:2]
        if best >= FOUND and best - second >= AHEAD:
            return Lookup(first, exact=False, nearest=())
        near = tuple(each for score, each in scored if score >= NEAREST)
        return Lookup(None, exact=False, nearest=near if len(near) > 1 else self.principles)

    @model_validator(mode="after")
    def _check(self) -> Principles:
        refuse_twice(list(self.ids), "principles")
        for language in ("nl", "en"):
            self._refuse_names_twice(language)
        seen: set[frozenset[str]] = set()
        for number, each in enumerate(self.principles):
            for nth, tension in enumerate(each.tensions):
                pair = frozenset((each.id, tension.other))
                if sentence := self._wrong_about(pair, each.id, tension.other, seen):
                    raise Wrong(sentence, "principles", number, "tensions", nth, "with")
                seen.add(pair)
        return self

    def _refuse_names_twice(self, language: str) -> None:
        seen: set[str] = set()
        for number, each in enumerate(self.principles):
            name = _plain(each.name(language))
            if name in seen:
                sentence = f"two principles have the name '{each.name(language)}'"
                raise Wrong(sentence, "principles", number, language, "name")
            seen.add(name)

    def _wrong_about(self, pair: frozenset[str], one: str, other: str, seen: set[frozenset[str]]) -> str:
        if other not in self.ids:
            return f"there is no principle '{other}'; there are " + ", ".join(f"'{key}'" for key in self.ids)
        if len(pair) == 1:
            return f"'{one}' cannot be in tension with itself"
        return f"the tension of '{one}' with '{other}' is already there; write it once" if pair in seen else ""


def default_path() -> Path:
    """Return the file that ships with the product: inside the package, or at the top of the repository."""
    inside = PACKAGE / "principles.yaml"
    return inside if inside.exists() else PACKAGE.parent / "principles.yaml"


def load_principles(path: Path | None = None) -> Principles:
    """Return an organisation's principles; without a path, those that ship. Raises YamlFault."""
    return load(path or default_path(), Principles)


def _plain(text: str) -> str:
    """Return small letters and digits without accents, with single spaces between the words."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))


def _names(principle: Principle) -> set[str]:
    return {_plain(each) for each in (principle.nl.name, principle.en.name, principle.id)}


def _likeness(wanted: str, principle: Principle) -> float:
    """Return from 0 to 100 how well a text fits a name: whole, its beginning, or one of its words."""
    names = _names(principle)
    words = names | {word for name in names for word in name.split() if len(word) >= WORD}
    tries = {wanted} | {word for word in wanted.split() if len(word) >= WORD}
    return max(_alike(each, word) for each in tries for word in words)


def _alike(text: str, name: str) -> float:
    whole = fuzz.ratio(text, name)
    if BEGINNING <= len(text) < len(name):
        return max(whole, fuzz.ratio(text, name[: len(text)]))
    return whole
