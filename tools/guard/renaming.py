"""Real texts with other names in them, and with names where they have pronouns."""

from __future__ import annotations

import re

from examples import Builder, Example
from forms import person
from names import Origin, Pool

PARTICLE = re.compile(
    r"^(?:van|de|den|der|het|ter|ten|te|el|al|ben|en|and|v|d|vd|'t|in|op|aït|ait|bin|von|du|di|la|le|abu|ould|o|d')$",
    re.I,
)


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
