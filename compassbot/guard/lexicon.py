"""The word lists, each read once, at the first need.

Nothing here remembers a word that was looked up: the guard keeps nothing of what it reads.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def plain(word: str) -> str:
    """Return the word in lower case and without accents, as all lists are kept."""
    low = word.lower()
    if low.isascii():
        return low
    low = low.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", low) if not unicodedata.combining(c))


def _packed(name: str) -> frozenset[str]:
    import gzip  # imported here: `import compassbot.guard` stays cheap

    return frozenset(gzip.decompress((DATA / name).read_bytes()).decode().split("\n"))


def _written(name: str) -> frozenset[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(plain(word) for line in lines if not line.startswith("#") for word in line.split())


@cache
def words_of(language: str) -> frozenset[str]:
    """Return the ordinary words of Dutch ("nl") or English ("en"), in all their forms."""
    return _packed(f"words_{language}.txt.gz")


class Either:
    """Two lists asked as one, without the time and the room of putting them together."""

    def __init__(self, one: frozenset[str], other: frozenset[str]) -> None:
        self.one = one
        self.other = other

    def __contains__(self, word: object) -> bool:
        return word in self.one or word in self.other


@cache
def words() -> Either:
    """Return the ordinary words of both languages, which municipalities mix."""
    return Either(words_of("nl"), words_of("en"))


@cache
def proper() -> frozenset[str]:
    """Return the words that a dictionary writes with a capital: persons, but places and makes too."""
    return _packed("proper.txt.gz")


@cache
def given() -> frozenset[str]:
    """Return given names from many parts of the world."""
    return _written("given.txt")


@cache
def surnames() -> frozenset[str]:
    """Return common surnames; many are ordinary words too."""
    return _written("surnames.txt")


@cache
def _world() -> tuple[frozenset[str], frozenset[str]]:
    import gzip

    given, last = gzip.decompress((DATA / "names.txt.gz").read_bytes()).decode().split("\n\n")
    return frozenset(given.split("\n")), frozenset(last.split("\n"))


def world_given() -> frozenset[str]:
    """Return given names heard in some country or other; a good part are words in another language."""
    return _world()[0]


def world_surnames() -> frozenset[str]:
    """Return the words of surnames heard in some country or other."""
    return _world()[1]


def phrases() -> list[str]:
    """Return what everyone knows by more than one word, such as "albert heijn"."""
    lines = (DATA / "phrases.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def places() -> frozenset[str]:
    """Return municipalities, countries, large cities and the adjectives made of them."""
    return _written("places.txt")


@cache
def known() -> frozenset[str]:
    """Return agencies, laws, suppliers, feasts and other words with a capital that are nobody's name."""
    return _written("known.txt")


@cache
def cues(section: str) -> frozenset[str]:
    """Return one section of cues.txt; raises KeyError for a section that is not there."""
    return _sections()[section]


@cache
def _sections() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    name = ""
    for line in (DATA / "cues.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(name, set()).update(plain(word) for word in line.split())
    return {key: frozenset(value) for key, value in found.items()}


_ENDINGS = (
    "jes",
    "tje",
    "je",
    "en",
    "s",
    "es",
    "e",
    "de",
    "te",
    "den",
    "ten",
    "t",
    "d",
    "er",
    "ers",
    "ing",
    "achtig",
    "loos",
)


_BRITISH = (
    ("judgement", "judgment"),
    ("lling", "ling"),
    ("lled", "led"),
    ("yse", "yze"),
    ("ogue", "og"),
    ("lment", "llment"),
)
_HEADS = ("un", "de", "re", "non", "mis", "pre", "ont", "anti", "ex", "oud", "mede", "co", "her", "bij", "nep", "sub")


def ordinary(word: str) -> bool:
    """Return whether a plain word is an ordinary one: in the dictionary, or put together of words that are."""
    return word in words() or compound(word)


def derived(word: str) -> bool:
    """Return whether a plain word is a dictionary word with an ending or beginning that Dutch puts to many."""
    if "our" in word and word.replace("our", "or") in words():  # the dictionary spells as Americans do
        return True
    if word.endswith(("nr", "nummer", "datum")) or (word.endswith("tre") and word[:-2] + "er" in words()):
        return True
    if any(a in word and word.replace(a, b) in words() for a, b in _BRITISH) or (
        word[-3:] == "dag" and word[:-3] in words()
    ):
        return True
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 3 and word[: -len(ending)] in words():
            return True
    if word.startswith(("ge", "her", "be", "ver", "on")) and len(word) > 7 and word[2:].lstrip("r") in words():
        return True
    if any(word.startswith(head) and len(word) - len(head) > 4 and word[len(head) :] in words() for head in _HEADS):
        return True
    return any(end in word and word.replace(end, end.replace("s", "z")) in words() for end in ("ise", "isi", "isa"))


def compound(word: str) -> bool:
    """Return whether a word is two or three dictionary words in one, as Dutch likes to write: huisvestingswet."""
    every = words_of("nl")
    if not 7 <= len(word) <= 40:
        return False
    for i in range(3, len(word) - 2):
        head, tail = word[:i], word[i:]
        if min(i, len(tail)) < 4 and len(word) < 8:
            continue
        opens = head in every or (i > 4 and head[-1] == "s" and head[:-1] in every)
        if opens and (tail in every or (len(tail) > 7 and i > 3 and compound(tail))):
            return True
    return False
