"""Weighs how much one word, by itself and by what stands around it, looks like a person's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compassbot.guard import lexicon
from compassbot.guard.tokens import ABBREVIATED, Word

ENOUGH = 2.0
_SHAPES = tuple(
    (
        "stra sma inga enga ema oglu ski ska sky wicz czyk escu eanu ovic evic ova eva enko chuk yan dze ssen sen "
        "mans huis oulos akis singh berg burg veld dijk stein ez ini elli etti ullah zadeh pour nejad aoui ouni ari "
        "ani iya oud ouf aoud uddin kamp bergen huizen mann mariam selassie michael rahman sson quist ides opoulou "
        "ashvili ier eau"
    ).split()
)
_ALONE = re.compile(r"\?(?:\s|$)")
_AGE = re.compile(
    r",? \(?\d{1,2}(?: jaar| jr| years)?(?:[,.);](?!\d)|$)|,? \((?:\d{1,2}\b|geb|bsn|born|klant|\d\d?[-./]\d)", re.I
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What the lists say of one word."""

    given: bool
    surname: bool
    proper: bool
    place: bool
    known: bool
    ordinary: bool
    listed: bool
    function: bool

    @property
    def name(self) -> bool:
        """Whether some list has it as a name."""
        return self.given or self.surname or self.proper


class Reader:
    """One reading of one text: its words, whether it uses capitals, and what the lists say of its words."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text = text
        self.words = words
        self._known: list[Traits | None] = [None] * len(words)
        self._seen: dict[tuple[str, bool], Traits] = {}
        letters = sum(map(str.isalpha, text))
        self.shouting = letters > 0 and sum(map(str.isupper, text)) > 0.6 * letters
        self.small = self.shouting or not any(word.capital and not word.shouted for word in words)

    def of(self, i: int) -> Traits:
        """Return what the lists say of word i; with a small letter an ending does not make it a strange word."""
        found = self._known[i]
        if found is None:
            word = self.words[i]
            found = self._known[i] = self.traits(word.plain, self.capital(i) and not word.shouted)
        return found

    def traits(self, plain: str, capital: bool) -> Traits:
        """Return what the lists say of a plain word; remembered for this reading only."""
        found = self._seen.get((plain, capital))
        if found is None:
            found = self._seen[plain, capital] = _traits(plain, capital)
        return found

    def capital(self, i: int) -> bool:
        """Return whether word i has a capital that says something."""
        return self.words[i].capital and not self.shouting

    def shaped(self, i: int) -> bool:
        """Return whether word i has the ending of many surnames."""
        return self.words[i].plain.endswith(_SHAPES)

    def nameable(self, i: int) -> bool:
        """Return whether word i could be part of a name at all."""
        word = self.words[i]
        if not 2 <= len(word.plain) <= 40 or "." in word.text or word.text[0] > _LATIN:
            return False
        traits = self.of(i)
        if traits.function or (traits.known and not traits.given):
            return False
        return not traits.place or traits.given or traits.surname

    def base(self, i: int) -> float:
        """Return what the word weighs by itself: its capital, and which lists have it."""
        if not self.nameable(i):
            return 0.0
        traits = self.of(i)
        if not self.capital(i):
            return self._small(self.words[i], traits)
        opening = self.words[i].first and (traits.ordinary or ":" not in self.words[i].gap)
        return self._first(traits) if opening else self._capital(self.words[i], traits)

    def _capital(self, word: Word, traits: Traits) -> float:
        if word.shouted and not traits.given:
            short = len(word.text) < 6 and not traits.surname and not traits.proper
            return (0.3 if traits.surname else 0.0) if short or traits.ordinary else 2.0
        if traits.given:
            return 2.4 if traits.ordinary else 3.0
        if traits.ordinary:
            return 1.2 if traits.surname else 0.5 if traits.listed or word.plain.endswith(_institutions()) else 1.6
        return 2.4 if traits.name and not traits.place else 1.0 if traits.place else 2.0

    def _first(self, traits: Traits) -> float:
        if traits.given:
            return 1.0 if traits.ordinary else 2.5
        if traits.ordinary or traits.place:
            return 0.3 if traits.surname else 0.0
        return 1.5 if traits.name else 1.2

    def _small(self, word: Word, traits: Traits) -> float:
        if word.plain in lexicon.cues("after"):
            return 0.0
        loss = 0.0 if self.small else 0.5
        if traits.given:
            return 0.6 if traits.ordinary else 2.2 - loss
        if traits.ordinary or traits.place or len(word.plain) < 3:
            return 0.3 if traits.surname else 0.0
        if traits.name:
            return 1.6 - loss
        foreign = any("\u00ff" < char < "\u0250" or char in "ãåæìíòóõøùúýþðßñáâô" for char in word.text.lower())
        return (1.7 if foreign else 1.3 if word.plain.endswith(_SHAPES) else 1.0) - loss

    def before(self, i: int) -> float:
        """Return what the word or sign before word i adds."""
        if i == 0 or not self._near_gap(i):
            return 0.0
        if self.words[i].gap == ". " and self.words[i - 1].plain not in ABBREVIATED:
            return 0.0
        last = self.words[i - 1]
        cue, capital = last.plain, self.capital(i)
        traits = self.of(i)
        strange = capital or not traits.ordinary or traits.given
        section, big, little = next((row for row in _BEFORE if cue in lexicon.cues(row[0])), ("", 0.0, 0.0))
        if section in ("articles", "placing") and traits.given and not traits.ordinary and not traits.place:
            return 0.0
        if section in _TOUCHING and self.words[i].gap not in (" ", ". ", " '", ' "'):
            return 0.0
        if section == "naming" and not capital and traits.surname:
            return 1.7
        if section == "naming" and traits.ordinary and ":" in self.words[i].gap:
            return 0.5
        return big if capital else little if strange else min(little, 0.3)

    def _near_gap(self, i: int) -> bool:
        gap = self.words[i].gap
        return gap in (" ", ". ", ", ", ": ", " '", ' "', " (", "; ", ",\n") or gap.strip(" '\"(*:.=-") == ""

    def titled(self, i: int) -> bool:
        """Return whether a title stands right before word i, and the word can bear one."""
        if i == 0 or not self._after_title(i):
            return False
        at = i
        while at + 1 < len(self.words) and self.words[at].plain in lexicon.cues("particles"):
            at += 1
        traits = self.of(at)
        if traits.function and (not self.capital(at) or self.words[at].first):
            return False
        odd = traits.proper and self.shaped(at)
        if self.capital(at) or traits.surname or odd or not (traits.listed or traits.known):
            return True
        person = self.words[i - 1].plain in _ONE_PERSON
        return person and at == i and not traits.known and self.after(i) > 0

    def _after_title(self, i: int) -> bool:
        title, gap = self.words[i - 1].plain, self.words[i].gap
        if title not in lexicon.cues("titles"):
            return False
        return gap == " " or (gap in (". ", ".") and title in ABBREVIATED)

    def after(self, i: int) -> float:
        """Return what follows word i adds: a verb of people, an age."""
        end = self.words[i].end
        more = 0.8 if _ALONE.match(self.text[end : end + 3]) and self.words[i].first else 0.0
        more += 1.2 if _AGE.match(self.text[end : end + 16]) else 0.0
        if i + 1 < len(self.words) and self.words[i + 1].gap == " ":
            after = self.words[i + 1].plain
            if after in lexicon.cues("after"):
                more += 1.0 if self.capital(i) else 0.6
            if after in lexicon.cues("organised") and self.words[i + 1].capital:
                more -= 2.0
        return more


_BEFORE = (
    ("titles", 3.0, 1.6),
    ("naming", 1.6, 1.5),
    ("greetings", 1.5, 1.0),
    ("organising", -2.0, -1.5),
    ("placing", -1.5, -1.5),
    ("roles", 1.45, 1.45),
    ("articles", -1.6, -1.5),
    ("near", 0.4, 0.4),
)
_TOUCHING = ("titles", "organising", "placing", "articles", "near")


_LATIN = "\u024f"
"""Behind this letter begin the scripts of which no list here knows a word."""
_ONE_PERSON = frozenset("mevrouw mevr mw mvr meneer dhr heer mr mrs ms".split())


def _institutions() -> tuple[str, ...]:
    return tuple(lexicon.cues("institutions"))


def _traits(plain: str, capital: bool) -> Traits:
    """Look a word up; of the given names only those of the list "both" are ordinary words as well."""
    given = plain in lexicon.given()
    if not given and len(plain) > 4 and plain[-1] == "s" and plain not in lexicon.words():
        given = plain[:-1] in lexicon.given()
    ordinary = lexicon.ordinary(plain) or (not capital and lexicon.derived(plain))
    return Traits(
        given,
        plain in lexicon.surnames(),
        plain in lexicon.proper(),
        plain in lexicon.places(),
        plain in lexicon.known() or plain in lexicon.cues("roles") or plain in lexicon.cues("titles"),
        plain in lexicon.cues("both") if given else ordinary,
        plain in lexicon.words(),
        plain in lexicon.cues("function"),
    )
