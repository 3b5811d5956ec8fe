"""Names to fill texts with: Faker's locales in Latin script, and names.txt, which was written for compassbot."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ' -]{2,30}$")
LOCALES = (
    "nl_NL nl_BE de_DE de_AT de_CH fr_FR fr_BE fr_DZ en_GB en_IN en_NG en_KE en_PK es_ES es_MX es_CO es_CL es_AR it_IT pt_PT pt_BR pl_PL cs_CZ "
    "sk_SK sl_SI hr_HR ro_RO hu_HU tr_TR az_AZ id_ID sv_SE da_DK no_NO fi_FI et_EE lt_LT lv_LV ga_IE ha_NG ig_NG yo_NG zu_ZA tw_GH "
    "fr_FR uz_UZ vi_VN sw"
).split()
JOINED = {"de", "van", "den", "der", "la", "le", "d'", "di", "da", "ten", "ter", "du", "of", "y", "e"}


@dataclass
class Origin:
    """The given names and surnames of one part of the world."""

    name: str
    given: list[str] = field(default_factory=list[str])
    surnames: list[str] = field(default_factory=list[str])


def _listed(provider: object, word: str) -> set[str]:
    found: set[str] = set()
    for attribute in dir(provider):
        if word in attribute and not attribute.startswith("_"):
            value = getattr(provider, attribute)
            if isinstance(value, (tuple, list, dict)):
                found.update(entry for entry in value if isinstance(entry, str) and LATIN.match(entry))
    return found


@cache
def faker_origins() -> tuple[Origin, ...]:
    """Return the names of Faker's locales in Latin script, which are under the MIT licence."""
    import faker.providers.person as root

    have = {module.name for module in pkgutil.iter_modules(root.__path__)}
    made: list[Origin] = []
    for locale in dict.fromkeys(LOCALES):
        if locale in have:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
            given, last = _listed(provider, "first_name"), _listed(provider, "last_name")
            if len(given) > 20 and len(last) > 20:
                made.append(Origin(locale, sorted(given), sorted(last)))
    return tuple(made)


@cache
def written_origins() -> tuple[Origin, ...]:
    """Return the names of names.txt."""
    made: list[Origin] = []
    lines: list[str] = []
    for line in (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            made.append(Origin(line.strip("[]")))
            lines = []
        elif line and not line.startswith("#"):
            lines.append(line)
            names = [
                " ".join(_capital(part) for part in word.split("-")) if "-" in word else _capital(word)
                for word in line.split()
            ]
            if len(lines) == 1:
                made[-1].given = [name.replace(" ", "-") for name in names]
            else:
                made[-1].surnames += names
    return tuple(made)


def _capital(word: str) -> str:
    if word in JOINED:
        return word
    if word.startswith(("d'", "o'")) and len(word) > 3:
        return word[:2] + word[2:].capitalize()
    return word[:1].upper() + word[1:]


def every_word(names: Iterable[str]) -> set[str]:
    """Return the single words of names, in lower case, without particles."""
    return {
        word.lower()
        for name in names
        for word in re.split(r"[ '-]", name)
        if len(word) > 1 and word.lower() not in JOINED
    }


WEIGHTS = {
    "dutch": 12, "nl_NL": 6, "nl_BE": 3, "frisian": 3, "flemish": 3, "moroccan": 6, "turkish": 5, "surinamese": 4, "words": 3.5,
    "tr_TR": 2, "pl_PL": 2, "polish": 3,
}  # fmt: skip


class Pool:
    """Draws names: one origin a person, now and then of two."""

    def __init__(self, rng: random.Random, ordinary: list[str], places: list[str]) -> None:
        self.rng = rng
        self.ordinary = ordinary
        self.places = places
        self.origins = [*written_origins(), *faker_origins()]
        self.both = next(origin for origin in self.origins if origin.name == "words").given
        self.weights = [WEIGHTS.get(origin.name, 1.5) for origin in self.origins]

    def origin(self) -> Origin:
        """Return an origin, those often met in the Netherlands more often."""
        return self.rng.choices(self.origins, self.weights)[0]

    def given(self, origin: Origin | None = None) -> str:
        """Return a given name."""
        origin = origin or self.origin()
        name = self.rng.choice(origin.given)
        if self.rng.random() < 0.05:
            return self.rng.choice(self.both).capitalize()
        if self.rng.random() < 0.02:
            return self.rng.choice(self.ordinary).capitalize() + self.rng.choice(["", "", "je", "ie"])
        if self.rng.random() < 0.03 and " " not in name and "-" not in name:
            name += self.rng.choice("- ") + self.rng.choice(origin.given)
        return name

    def bare(self, origin: Origin | None = None) -> str:
        """Return a surname of one word without particles; now and then any noun of the dictionary, or a place."""
        draw = self.rng.random()
        if draw < 0.06:
            return self.rng.choice(self.ordinary if draw < 0.055 else self.places).capitalize()
        origin = origin or self.origin()
        return self.rng.choice(origin.surnames).split(" ")[-1]

    def surname(self, origin: Origin | None = None) -> str:
        """Return a surname with its particles, now and then a double one."""
        origin = origin or self.origin()
        rng = self.rng
        name = self.rng.choice(origin.surnames)
        draw = rng.random()
        if draw < 0.06:
            return self.bare()
        if draw < 0.08:
            return "van " + self.rng.choice(self.places).capitalize()
        if origin.name in ("dutch", "nl_NL", "words", "flemish", "nl_BE") and " " not in name and rng.random() < 0.3:
            name = rng.choice(_DUTCH) + " " + name
        elif origin.name in ("moroccan", "fr_DZ", "syrian", "iraqi") and rng.random() < 0.35:
            name = rng.choice(_ARABIC) + name
        elif (
            origin.name in ("latin", "es_ES", "es_MX", "portuguese", "capeverdean", "pt_PT", "pt_BR")
            and rng.random() < 0.35
        ):
            name += rng.choice([" ", " ", " de ", "-"]) + rng.choice(origin.surnames)
        if rng.random() < 0.05:
            name += "-" + rng.choice(self.origin().surnames)
        return name

    def person(self, origin: Origin | None = None) -> tuple[str, str]:
        """Return a given name and a surname that go together."""
        origin = origin or self.origin()
        other = origin if self.rng.random() < 0.9 else self.origin()
        return self.given(origin), self.surname(other)

    def initials(self) -> str:
        """Return initials with their points."""
        letters = "AABBCDEEFFGHHIJJKLMMNNOPQRRSSTTUVWYZ"
        count = self.rng.choice([1, 1, 1, 2, 2, 3])
        joint = self.rng.choice([".", ".", ". "])
        return joint.join(self.rng.choice(letters) for _ in range(count)) + "."


_DUTCH = [
    "van",
    "van",
    "de",
    "de",
    "van de",
    "van der",
    "van der",
    "van den",
    "van den",
    "ten",
    "ter",
    "van 't",
    "in 't",
    "den",
    "op de",
    "von",
    "du",
]
_ARABIC = ["El ", "El ", "Al ", "Al-", "Ben ", "Aït ", "Ait ", "Ould ", "Abu ", "el ", "al-", "Bin "]
