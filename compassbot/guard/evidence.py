"""Weighs how much one word, by itself and by what stands around it, looks like a person's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compassbot.guard import lexicon
from compassbot.guard.tokens import Word

ENOUGH = 2.0
_SHAPE = re.compile(
    r".{2,}(?:stra|sma|inga|enga|ema|oglu|ski|ska|sky|wicz|czyk|escu|eanu|ovic|evic|ova|eva|enko|chuk|yan|dze|ssen|sen|mans|huis|"
    r"oulos|akis|singh|berg|burg|veld|dijk|stein|ez|ini|elli|etti|ullah|zadeh|pour|nejad|aoui|ouni|ari|ani|iya|oud|ouf|aoud|uddin|kamp|"
    r"mariam|selassie|michael|rahman|sson|quist|ides|opoulou|ashvili|ier|eau)$"
)
_AGE = re.compile(
    r",? \(?\d{1,2}(?: jaar| jr| years)?(?:[,.);]|$)|,? \((?:\d{1,2}\b|geb|bsn|born|klant|\d\d?[-./]\d)", re.I
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
        self._seen: dict[str, Traits] = {}
        letters = sum(map(str.isalpha, text))
        self.shouting = letters > 0 and sum(map(str.isupper, text)) > 0.6 * letters
        self.small = self.shouting or not any(word.capital and not word.shouted for word in words)

    def traits(self, plain: str) -> Traits:
        """Return what the lists say of a plain word; remembered for this reading only."""
        found = self._seen.get(plain)
        if found is None:
            found = self._seen[plain] = _traits(plain)
        return found

    def capital(self, i: int) -> bool:
        """Return whether word i has a capital that says something."""
        return self.words[i].capital and not self.shouting

    def nameable(self, i: int) -> bool:
        """Return whether word i could be part of a name at all."""
        word = self.words[i]
        if len(word.plain) < 2 or "." in word.text:
            return False
        traits = self.traits(word.plain)
        if traits.function or (traits.known and not traits.given):
            return False
        return not traits.place or traits.given or traits.surname

    def base(self, i: int) -> float:
        """Return what the word weighs by itself: its capital, and which lists have it."""
        if not self.nameable(i):
            return 0.0
        traits = self.traits(self.words[i].plain)
        if not self.capital(i):
            return self._small(self.words[i], traits)
        return self._first(traits) if self.words[i].first else self._capital(self.words[i], traits)

    def _capital(self, word: Word, traits: Traits) -> float:
        if word.shouted and not traits.given:
            short = len(word.text) < 6 and not traits.surname and not traits.proper
            return 0.0 if short or traits.ordinary else 2.0
        if traits.given:
            return 2.4 if traits.ordinary else 3.0
        if traits.ordinary:
            return 1.2 if traits.surname else 0.5
        return 2.4 if traits.name and not traits.place else 1.0 if traits.place else 2.0

    def _first(self, traits: Traits) -> float:
        if traits.given:
            return 1.0 if traits.ordinary else 2.5
        if traits.ordinary or traits.place:
            return 0.3 if traits.surname else 0.0
        return 1.5 if traits.name else 0.8

    def _small(self, word: Word, traits: Traits) -> float:
        loss = 0.0 if self.small else 0.5
        if traits.given:
            return 0.6 if traits.ordinary else 2.2 - loss
        if traits.ordinary or traits.place or len(word.plain) < 3:
            return 0.3 if traits.surname else 0.0
        if traits.name:
            return 1.6 - loss
        return (1.3 if _SHAPE.match(word.plain) else 0.6) - loss

    def before(self, i: int) -> float:
        """Return what the word or sign before word i adds."""
        if i == 0 or "\n" in self.words[i].gap.rstrip("\n") or not self._near_gap(i):
            return 0.0
        last = self.words[i - 1]
        cue, capital = last.plain, self.capital(i)
        traits = self.traits(self.words[i].plain)
        strange = capital or not traits.ordinary or traits.given
        for section, big, little in _BEFORE:
            if cue in lexicon.cues(section):
                if section == "articles" and (traits.given and not traits.ordinary):
                    return 0.0
                if section in _SIGNED and "," in self.words[i].gap:
                    return 0.0
                return big if capital else little if strange else min(little, 0.3)
        return 0.0

    def _near_gap(self, i: int) -> bool:
        gap = self.words[i].gap
        return gap in (" ", ". ", ", ", ": ", " '", ' "', " (", "; ", ",\n") or gap.strip(" '\"(*:.=-") == ""

    def titled(self, i: int) -> bool:
        """Return whether a title stands right before word i, and the word can bear one."""
        if i == 0 or self.words[i].gap not in (" ", ". ", "."):
            return False
        if self.words[i - 1].plain not in lexicon.cues("titles") or self.words[i].plain in lexicon.cues("function"):
            return False
        traits = self.traits(self.words[i].plain)
        capital = (self.capital(i) and not self.words[i - 1].text.islower()) or (
            self.capital(i) and not self.words[i].first
        )
        if self.words[i].gap == "." or (
            self.words[i].first and self.words[i].gap == ". " and len(self.words[i - 1].plain) > 6
        ):
            return False
        return (
            capital or (traits.name and not traits.ordinary) or traits.surname or not (traits.ordinary or traits.known)
        )

    def after(self, i: int) -> float:
        """Return what follows word i adds: a verb of people, an age."""
        end = self.words[i].end
        more = 1.2 if _AGE.match(self.text[end : end + 16]) else 0.0
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
    ("roles", 1.4, 1.3),
    ("articles", -1.6, -1.5),
    ("near", 0.4, 0.4),
)
_SIGNED = ("titles", "organising", "placing", "articles", "near")


def _traits(plain: str) -> Traits:
    bare = plain[:-1] if plain.endswith("s") and len(plain) > 4 else plain
    given = plain in lexicon.given() or (bare in lexicon.given() and plain not in lexicon.words())
    return Traits(
        given,
        plain in lexicon.surnames(),
        plain in lexicon.proper(),
        plain in lexicon.places(),
        plain in lexicon.known() or plain in lexicon.cues("roles") or plain in lexicon.cues("titles"),
        lexicon.ordinary(plain),
        plain in lexicon.cues("function"),
    )
