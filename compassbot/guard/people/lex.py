"""Says in a few letters what the lists and the dictionary know of a word."""

from __future__ import annotations

from functools import cache

from compassbot.guard import lexicon

ROLE_OF = {
    "titles": "T", "roles": "R", "naming": "N", "greetings": "G", "closings": "Z", "placing": "I", "organising": "O",
    "articles": "A", "particles": "W", "near": "E", "after": "V", "units": "U", "function": "f",
}  # fmt: skip
"""The letter of each section of cues.txt; of a word in several sections the first counts."""


LONG = 20
"""The lists have no word of this length; hardly a name has it either."""


@cache
def sections() -> dict[str, str]:
    """Return the letter of every cue word; of roles also those that put two words in one, such as "jeugdconsulent"."""
    found: dict[str, str] = {}
    for section, letter in ROLE_OF.items():
        for word in lexicon.cues(section):
            found.setdefault(word, letter)
    for head in lexicon.cues("fields"):
        for tail in lexicon.cues("workers"):
            found.setdefault(head + tail, "R")
    for head in lexicon.cues("kin"):
        for tail in lexicon.cues("kinsmen"):
            found.setdefault(head + tail, "R")
    return found


def acting(plain: str) -> bool:
    """Return whether the word looks like a form of a verb, as "tekent" and "klopte" do, and English words in -ed."""
    end = plain[-2:]
    if end in ("te", "de") and len(plain) > 4:
        return _verb(plain[:-2])
    if end == "ed" and len(plain) > 4:
        return plain in lexicon.words_of("en")
    return plain[-1:] == "t" and len(plain) > 3 and _verb(plain[:-1])


def _verb(stem: str) -> bool:
    """Return whether Dutch has a verb of this stem: "werk" of werken, "slaap" of slapen, "pak" of pakken."""
    words = lexicon.words_of("nl")
    last = _VOICED.get(stem[-1], stem[-1])
    if stem[-3:-2] and stem[-3] == stem[-2] and stem[-2] in "aeou":
        return stem[:-2] + last + "en" in words
    return stem + stem[-1] + "en" in words or stem[:-1] + last + "en" in words or stem + "en" in words


_VOICED = {"f": "v", "s": "z"}


@cache
def unnamed() -> frozenset[str]:
    """Return the function words that nobody is called, however they stand in a text in small letters."""
    return frozenset(word for word, section in sections().items() if section in "fAI") - lexicon.given()


@cache
def common() -> dict[str, str]:
    """Return the letters of every word of cues.txt that is no content word: more than half of a text."""
    return {word: _code(word) for word, section in sections().items() if section in "fAIWEV"}


def code(plain: str) -> str:
    """Return the letters of a plain word.

    First how ordinary it is: f a function word, d in the dictionary, c put together or derived from words that
    are, u unknown. Then in which lists it is: b a given name that is a word too, g given name, s surname, w and y
    the same somewhere in the world, p written with a capital in the dictionary, l place, k known to be no person.
    """
    return common().get(plain) or _code(plain)


def _code(plain: str) -> str:
    if plain in lexicon.cues("function") or ("'" in plain and plain.split("'", 1)[0] in lexicon.cues("function")):
        first = "f"
    elif plain in lexicon.words():
        first = "d"
    elif len(plain) >= LONG or lexicon.compound(plain) or lexicon.derived(plain):
        first = "c"
    else:
        first = "u"
    return first + listed(plain)


def listed(plain: str) -> str:
    """Return the letters of the lists that have the word, without what the dictionary says."""
    made = "b" if plain in lexicon.cues("both") else ""
    if plain in lexicon.given():
        made += "g"
    if plain in lexicon.surnames():
        made += "s"
    if plain in lexicon.world_given():
        made += "w"
    if plain in lexicon.world_surnames():
        made += "y"
    if plain in lexicon.proper():
        made += "p"
    if plain in lexicon.places():
        made += "l"
    if plain in lexicon.known():
        made += "k"
    return made


def coarse(letters: str) -> str:
    """Return one letter for all that is known of a word."""
    first = letters[0]
    if first == "f":
        return "f"
    named = "g" in letters or "s" in letters
    word = first != "u"
    if "k" in letters and not named:
        return "k"
    if "l" in letters and not named:
        return "l"
    if "g" in letters:
        return "b" if "b" in letters else "n"
    if "w" in letters:
        return "v" if word else "n"
    if "s" in letters or "y" in letters:
        return "t" if word else "m"
    if first == "u" and "p" in letters:
        return "p"
    return first
