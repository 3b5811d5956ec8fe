"""Sentences with places to fill, and what fills them."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from examples import MASK, Builder, Example
from forms import person
from names import Pool

HERE = Path(__file__).parent


@cache
def _fill() -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    name = ""
    for line in (HERE / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            made[name] = line.split("|")
    return made


@cache
def templates() -> tuple[str, ...]:
    """Return the sentences of lines.txt."""
    lines = (HERE / "lines.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.replace("\\n", "\n") for line in lines if line and not line.startswith("#"))


_STARTS = "Zorg Care Tech Net Data Wijk Medi Tele Q Info Civi Sol Via Opti Nova Duo Flex Key Inno Vita Meri Ambi Kind Werk Wel Zo Mo Pro Trans Uni Eco Syn Credi Fin Lex Agri Digi Sense Log Max Tri".split()
_ENDS = "net zorg plus matic cats point sys soft care flex work is ion ix ex ad um tis ys o a us ware link base track desk com group ned form vant vorm kracht lijn wijs punt pact oor aris eon ium".split()


def made_up(rng: random.Random) -> str:
    """Return a name such as makers of software and care give."""
    name = rng.choice(_STARTS) + rng.choice(_ENDS)
    return name if rng.random() < 0.8 else rng.choice(_STARTS) + rng.choice(_ENDS).capitalize()


_SLOT = re.compile(r"\{(L0|F0|[A-Z])\}")


class Writer:
    """Fills sentences and puts two to five of them together."""

    def __init__(self, pool: Pool, places: Sequence[str], nouns: Sequence[str], english: Sequence[str]) -> None:
        self.pool, self.rng, self.places, self.nouns, self.english = pool, pool.rng, places, nouns, english

    def text(self) -> Example:
        """Return a text of some sentences."""
        build = Builder()
        people: list[str] = []
        for k in range(self.rng.choice([1, 2, 2, 3, 3, 4])):
            if k:
                build.add(self.rng.choice([" ", " ", " ", "\n", "\n\n"]))
            self._line(build, self.rng.choice(templates()), people)
        return build.done()

    def _line(self, build: Builder, line: str, people: list[str]) -> None:
        at = 0
        for match in _SLOT.finditer(line):
            build.add(line[at : match.start()])
            slot = match.group(1)
            if slot in "WE" and match.start() == 0 and self.rng.random() < 0.5:
                build.add(_title(self.other(slot)))
            elif slot in "PFLINKJ":
                name = (
                    self.rng.choice(people).split(" ")[0]
                    if people and slot in "PF" and self.rng.random() < 0.15
                    else person(self.pool, slot)
                )
                name = name.rstrip(",")
                people.append(name)
                if line[match.end() : match.end() + 1].isalpha() and name.endswith("s"):
                    name = name.rstrip("s") or name
                build.add(name, "person")
            else:
                build.add(self.other(slot))
            at = match.end()
        build.add(line[at:])

    def other(self, slot: str) -> str:
        """Return what fills a place that is nobody's name."""
        rng, fill = self.rng, _fill()
        if slot == "B":
            return made_up(rng)
        if slot in ("L0", "F0"):
            return self.pool.bare() if slot == "L0" else self.pool.given()
        if slot == "G":
            return _title(rng.choice(self.places))
        if slot == "A":
            return rng.choice(_ADJECTIVES)
        if slot == "Y":
            return rng.choice(
                [
                    str(rng.randint(1, 99)),
                    str(rng.randint(100, 9999)),
                    f"{rng.randint(1, 28)}-{rng.randint(1, 12)}-{rng.randint(1940, 2020)}",
                    MASK,
                ]
            )
        if slot in "WE":
            word = rng.choice(self.nouns if slot == "W" else self.english)
            return word if rng.random() < 0.9 else word.capitalize()
        return rng.choice(
            fill[{"O": "orgs", "C": "public", "S": "streets", "R": "roles", "D": "days", "V": "departments"}[slot]]
        )


_ADJECTIVES = (
    "Turkse Marokkaanse Surinaamse Poolse Syrische Eritrese Somalische Afghaanse Iraanse Irakese Oekraïense Bulgaarse Roemeense Russische "
    "Duitse Belgische Vlaamse Friese Limburgse Antilliaanse Chinese Vietnamese Indische Molukse Spaanse Italiaanse Franse Engelse "
    "Turkish Moroccan Dutch Syrian Polish Somali Portugese Braziliaanse Ghanese Nigeriaanse Congolese"
).split()


def _title(place: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in place.split("-"))
