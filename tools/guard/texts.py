"""Makes the texts that the person layer learns from: sentences with places to fill, and real texts with other names."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from names import Origin, Pool

HERE = Path(__file__).parent
PARTICLE = re.compile(
    r"^(?:van|de|den|der|het|ter|ten|te|el|al|ben|en|and|v|d|vd|'t|in|op|aït|ait|bin|von|du|di|la|le|abu|ould|o|d')$",
    re.I,
)
MASK = "\ufffc"


@dataclass(frozen=True, slots=True)
class Example:
    """A text and where in it people are named; `other` are the places of other identifiers."""

    text: str
    people: tuple[tuple[int, int], ...]
    other: tuple[tuple[int, int], ...] = ()


class Builder:
    """Puts a text together and remembers where the names are."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.people: list[tuple[int, int]] = []
        self.other: list[tuple[int, int]] = []

    def add(self, text: str, kind: str = "") -> None:
        """Add a piece; kind "person" or "other" marks it."""
        if text and kind == "person":
            self.people.append((self.at, self.at + len(text)))
        elif text and kind == "other":
            self.other.append((self.at, self.at + len(text)))
        self.parts.append(text)
        self.at += len(text)

    def done(self) -> Example:
        """Return what was put together."""
        return Example("".join(self.parts), tuple(self.people), tuple(self.other))


def seeds(paths: Iterable[Path]) -> list[Example]:
    """Return the annotated texts of the files."""
    made: list[Example] = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            hard = [span for span in row["spans"] if not span.get("soft")]
            people = tuple(sorted((s["start"], s["end"]) for s in hard if s["type"] == "person"))
            other = tuple(sorted((s["start"], s["end"]) for s in hard if s["type"] != "person"))
            made.append(Example(row["text"], people, other))
    return made


# --- real texts with other names ---------------------------------------------------------------------------------------


class Renamer:
    """Gives the people of one text other names, the same one everywhere."""

    def __init__(self, pool: Pool, known_given: frozenset[str]) -> None:
        self.pool, self.rng = pool, pool.rng
        self.origin: Origin = pool.origin()
        self.names: dict[str, str] = {}
        self.known_given = known_given

    def rename(self, name: str, titled: bool) -> str:
        """Return another name of the same form."""
        words = re.findall(r"[^\s/,-]+|[\s/,-]+", name)
        big = [
            w
            for w in words
            if len(w) > 1 and "." not in w and w.strip(" -/,") and not PARTICLE.match(w) and w[0].isalpha()
        ]
        made: list[str] = []
        for word in words:
            if word not in big:
                made.append(self._letters(word))
                continue
            key = word.lower()
            if key not in self.names:
                first = (word == big[0] and len(big) > 1 and "," not in name and "." not in name) or (
                    len(big) == 1
                    and not titled
                    and "." not in name
                    and ("van" not in name.lower())
                    and (key in self.known_given or self.rng.random() < 0.3)
                )
                self.names[key] = self._draw(first)
            made.append(_like(self.names[key], word))
        return "".join(made)

    def _draw(self, given: bool) -> str:
        if self.rng.random() < 0.35:
            self.origin = self.pool.origin()
        for _ in range(20):
            name = (self.pool.given(self.origin) if given else self.pool.bare(self.origin)).split(" ")[-1]
            if len(name) > 1:
                return name
        return "Jansen"

    def _letters(self, word: str) -> str:
        if re.fullmatch(r"(?:[A-Za-z]\.)+|[A-Z]", word):
            return re.sub(
                r"[A-Za-z]",
                lambda m: (
                    self.rng.choice("ABCDEFGHJKLMNPRSTW")
                    if m.group().isupper()
                    else self.rng.choice("abcdefghjklmnprstw")
                ),
                word,
            )
        return word


def _like(name: str, model: str) -> str:
    if model.isupper() and len(model) > 1:
        return name.upper()
    return name if model[0].isupper() else name.lower()


_TITLED = re.compile(r"(?:mevrouw|mevr|mw|meneer|dhr|heer|fam|familie|gezin|echtpaar|mr|mrs|ms)\.? $", re.I)


def renamed(seed: Example, pool: Pool, known_given: frozenset[str]) -> Example:
    """Return the text with every name replaced."""
    renamer = Renamer(pool, known_given)
    build, at = Builder(), 0
    marks = sorted([(s, e, "person") for s, e in seed.people] + [(s, e, "other") for s, e in seed.other])
    for start, end, kind in marks:
        build.add(seed.text[at:start])
        piece = seed.text[start:end]
        if kind == "person":
            titled = _TITLED.search(seed.text[max(0, start - 12) : start]) is not None
            piece = renamer.rename(piece, titled) if pool.rng.random() > 0.05 else _whole(pool, piece)
        build.add(piece, kind)
        at = end
    build.add(seed.text[at:])
    return build.done()


def _whole(pool: Pool, piece: str) -> str:
    form = person(pool, "P")
    return form.lower() if piece.islower() else form


_HE = re.compile(
    r"(?<![\w'’@])(?:(hij|he|she)(?= [a-z]+(?<!en)\b)|(zij|ze)(?= [a-z]+(?<!en)\b)|(hem|him)(?![\w'’])|((?:de|een|mijn|mn|onze|my|the|a) (?:klant|cliënt|cliente|kl|moeder|vader|buurman|buurvrouw|zoon|dochter|collega|bewoner|client|tenant|mevrouw|meneer|man|vrouw|jongen|meisje|inwoner|jongere))(?= [a-z(]|[,.?]))",
    re.I,
)


def pronounced(seed: Example, pool: Pool, share: float) -> Example:
    """Return the text with some of its pronouns and roles replaced by names, which makes sentences about people."""
    rng = pool.rng
    taken = [*seed.people, *seed.other]
    build, at = Builder(), 0
    marks = sorted([(s, e, "person") for s, e in seed.people] + [(s, e, "other") for s, e in seed.other])
    names: list[str] = []
    for match in _HE.finditer(seed.text):
        if rng.random() < share and not any(s < match.end() and match.start() < e for s, e in taken):
            marks.append((*match.span(), "put"))
    for start, end, kind in sorted(marks):
        if start < at:
            continue
        build.add(seed.text[at:start])
        piece = seed.text[start:end]
        if kind == "put":
            name = rng.choice(names) if names and rng.random() < 0.4 else person(pool, rng.choice("PPFFFFLLLNK"))
            names.append(name)
            if seed.text.islower():
                name = name.lower()
            if " " in piece and rng.random() < 0.5 and not piece.startswith(("een ", "a ")):
                build.add(piece + " ")
            build.add(name, "person")
        else:
            build.add(piece, kind)
        at = end
    build.add(seed.text[at:])
    return build.done()


# --- sentences with places to fill -------------------------------------------------------------------------------------


def person(pool: Pool, slot: str) -> str:
    """Return a name in the form of a slot."""
    rng = pool.rng
    origin = pool.origin()
    if slot == "P":
        slot = rng.choices("FLNIKR", [34, 14, 34, 9, 4, 2])[0]
    if slot == "F":
        return pool.given(origin)
    if slot == "J":
        return f"{pool.surname(origin)}, {pool.initials()}"
    if slot == "L":
        name = pool.surname(origin)
        return name[:1].upper() + name[1:] if rng.random() < 0.7 or name[:3] in ("el ", "al-") else name
    given, last = pool.person(origin)
    if slot == "N":
        return f"{given} {last}" if rng.random() > 0.06 else f"{given} {pool.given(origin)} {last}"
    if slot == "K":
        return f"{given} {last.split(' ')[-1][0].upper()}."
    if slot == "R":
        return f"{last[:1].upper() + last[1:]}, {rng.choice([given, pool.initials()])}"
    return f"{pool.initials()}{rng.choice(['', ' ', ' '])}{last}"


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
            if slot in "PFLINKJ":
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
        return rng.choice(fill[{"O": "orgs", "C": "public", "S": "streets", "R": "roles", "D": "days"}[slot]])


_ADJECTIVES = (
    "Turkse Marokkaanse Surinaamse Poolse Syrische Eritrese Somalische Afghaanse Iraanse Irakese Oekraïense Bulgaarse Roemeense Russische "
    "Duitse Belgische Vlaamse Friese Limburgse Antilliaanse Chinese Vietnamese Indische Molukse Spaanse Italiaanse Franse Engelse "
    "Turkish Moroccan Dutch Syrian Polish Somali Portugese Braziliaanse Ghanese Nigeriaanse Congolese"
).split()


def _title(place: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in place.split("-"))


# --- how people type ---------------------------------------------------------------------------------------------------


def varied(example: Example, rng: random.Random) -> Example:
    """Return the text as typed, in lower case, in capitals, with its names in small letters or capitals, or masked in part."""
    draw = rng.random()
    if draw < 0.46:
        made = example
    elif draw < 0.70:
        made = _mapped(example, str.lower, str.lower)
    elif draw < 0.76:
        made = _mapped(example, str, str.upper)
    elif draw < 0.82:
        made = _mapped(example, str.upper, str.upper)
    elif draw < 0.88:
        made = _mapped(example, str, str.lower)
    else:
        made = _mapped(example, _telephone, str.lower)
    return masked(made, rng) if rng.random() < 0.25 else made


def _telephone(text: str) -> str:
    """Keep the capital of a sentence's first word only."""
    return re.sub(r"(^|[.?!]\s+|\n)(\w)", lambda m: m.group(1) + m.group(2).upper(), text.lower())


def _mapped(example: Example, outside: object, inside: object) -> Example:
    assert callable(outside)
    assert callable(inside)
    build, at = Builder(), 0
    for start, end in example.people:
        build.add(outside(example.text[at:start]))
        build.add(inside(example.text[start:end]), "person")
        at = end
    build.add(outside(example.text[at:]))
    made = build.done()
    return made if len(made.text) != len(example.text) else Example(made.text, made.people, example.other)


def masked(example: Example, rng: random.Random) -> Example:
    """Return the text with identifiers masked, as the guard reads it a second time; now and then people too."""
    people = [span for span in example.people if rng.random() < 0.3]
    if rng.random() < 0.6:
        people = []
    build, at = Builder(), 0
    marks = sorted(
        [
            *((s, e, "mask") for s, e in [*example.other, *people]),
            *((s, e, "person") for s, e in example.people if (s, e) not in people),
        ]
    )
    for start, end, kind in marks:
        if start < at:
            continue
        build.add(example.text[at:start])
        build.add(MASK if kind == "mask" else example.text[start:end], "person" if kind == "person" else "")
        at = end
    build.add(example.text[at:])
    return build.done()


def stream(
    seeds_: Sequence[Example], writer: Writer, rounds: int, lines: int, known_given: frozenset[str]
) -> Iterator[tuple[int, Example]]:
    """Yield each seed `rounds` times in other names and casings with its number, and `lines` written texts with -1."""
    rng = writer.rng
    for _ in range(rounds):
        for number, seed in enumerate(seeds_):
            made = renamed(seed, writer.pool, known_given)
            if rng.random() < 0.35:
                made = pronounced(made, writer.pool, rng.choice([0.3, 0.6, 1.0]))
            yield number, varied(made, rng)
    for _ in range(lines):
        yield -1, varied(writer.text(), rng)
