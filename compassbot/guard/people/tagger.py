"""Turns the features of words into how sure it is that each is part of a name; the weights come from training."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from compassbot.guard import lexicon
from compassbot.guard.people import lex
from compassbot.guard.people.features import Features
from compassbot.guard.people.page import Page
from compassbot.guard.people.shape import shape
from compassbot.guard.people.sheet import ONE_PERSON
from compassbot.guard.tokens import ABBREVIATED

SCALE = 100
"""A weight is kept as hundredths."""

TITLED, WRITTEN, ORGANISED = 2.5, 5.0, -2.0
"""What is added to the log-odds of a word after a title or, with a capital, a role; of one with a capital after a title; and
of one after a word such as "bakkerij"."""

ACTING, COUNTED = 5.0, -4.0
"""What is added for a given name that is a verb too where the sentence has its verb right after it, "Wil wil niet"; and for
a word in small letters after "een", where a thing is counted."""

ARTICLES = frozenset("de het een the a an".split())
_COUNTING = frozenset("een a an geen no".split())
_ACTORS = frozenset("i we you they may will can must would could should might be to".split())
_PAIRING = frozenset("by to for in after aan voor na om op".split())
_LINKING = frozenset("maar en want dat of dus als omdat zodat and but that because so".split())
_BORN = re.compile(r"(?:,? \(|, )(?:geb|born|\*)")
LINKS = "_-'.n/z0,"
"""The letters of gaps over which being a name is weighed together; over others each word stands alone."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: the weight of each feature, of each link between two words, and of each run of letters."""

    features: Mapping[str, int]
    links: Mapping[str, float]
    letters: Mapping[str, float]


@cache
def weights() -> Weights:
    """Return the weights, read once."""
    import gzip  # imported here: `import compassbot.guard` stays cheap

    lines = gzip.decompress((lexicon.DATA / "people.model.gz").read_bytes()).decode().split("\n")
    links: dict[str, float] = json.loads(lines[0])
    count = int(lines[1])
    names, values = lines[2].split("\t"), lines[3].split(" ")
    features = dict(zip(names[:count], map(int, values[:count]), strict=True))
    letters = {name: int(value) / SCALE for name, value in zip(names[count:], values[count:], strict=True)}
    return Weights(features, links, letters)


def chance(page: Page, out: Collection[int] = (), learned: Weights | None = None) -> list[float]:
    """Return for each word of a page the chance, from 0 to 1, that it is part of a person's name; the words `out` are none."""
    learned = learned or weights()
    able = page.candidates()
    for i in out:
        able[i] = False
    for i in range(len(able) - 1, -1, -1):  # nobody is called "al": a particle has its name behind it
        if able[i] and page.plain[i] in lexicon.cues("particles") and page.case[i] in "xsa":
            able[i] = i + 1 < len(able) and able[i + 1] and page.words[i + 1].gap in (" ", "-", "'", "\n")
    made = [0.0] * len(able)
    if not any(able):
        return made
    looks = Features(page, lambda plain: shape(plain, learned.letters))
    weight = learned.features.get
    at = 0
    while at < len(able):
        if not able[at]:
            at += 1
            continue
        end = at + 1
        while end < len(able) and able[end] and looks.gap(end) in LINKS:
            end += 1
        scores = [sum(filter(None, map(weight, looks.of(i)))) / SCALE + titled(page, i) for i in range(at, end)]
        made[at:end] = marginals(scores, [learned.links.get(looks.gap(i), 0.0) for i in range(at + 1, end)])
        at = end
    return made


def titled(page: Page, i: int) -> float:
    """Return what a word right before or after adds: "mevrouw Scherpenzeel", "bakkerij Bloem", "Zondervan, geboren"."""
    before = page.plain[i - 1] if i > 0 and page.words[i].gap == " " else ""
    section, case = page.sections.get(before), page.case[i]
    if section == "O":
        return ORGANISED
    if section == "I" and case in "XF" and not {"l", "k"}.isdisjoint(page.code(page.plain[i])):  # "in Drachten"
        return 2 * ORGANISED
    if case == "U" and before in ARTICLES:  # "de MMSE"
        return 2 * ORGANISED
    if case in "xsa" and _paired(page, i):
        return COUNTED
    if case in "xsa" and before:
        less = _before_a_thing(page, i, before)
        if less:
            return less
    if page.acts(i) and page.sections.get(page.plain[i]) in ("V", "f") and (page.words[i].first or before in _LINKING):
        return ACTING
    if case == "X" and (section == "R" or _BORN.match(page.text, page.words[i].end)):
        return TITLED
    if section == "G" and i == 1 and page.coarse(page.plain[i]) in "bnvtmu" and _greeted(page):
        return TITLED
    return _after_title(page, i)


def _greeted(page: Page) -> bool:
    """Return whether the second word of the text is all that is greeted, as in "hoi will,"."""
    return len(page.words) == 2 or page.words[2].gap[:1] in (",", "\n", "!")


def _paired(page: Page, i: int) -> bool:
    """Return whether an ordinary word stands twice around one of these, as in "side by side" and "stap voor stap"."""
    plain = page.plain[i]
    if page.code(plain)[0] != "d":
        return False
    behind = i > 1 and page.plain[i - 2] == plain and page.plain[i - 1] in _PAIRING
    return behind or (page.plain[i + 2 : i + 3] == [plain] and page.plain[i + 1] in _PAIRING)


def _before_a_thing(page: Page, i: int, before: str) -> float:
    """Return what is taken off of an ordinary word in small letters after an article, or after a pronoun as its verb."""
    if before in _COUNTING:
        return COUNTED
    ordinary = page.code(page.plain[i])[0] in "dcf"
    if not ordinary:
        return 0.0
    if before in ("het", "the") or before in _ACTORS or (before == "ik" and page.words[i - 1].first):
        return COUNTED
    if before == "de" and page.behind_title(i) == i - 1:
        return 0.0 if i > 1 and page.sections.get(page.plain[i - 2]) in ("T", "N", "R") else COUNTED / 3
    return 0.0


def _after_title(page: Page, i: int) -> float:
    """Return what a title adds to a word after it, over particles if there are any."""
    at = page.behind_title(i)
    if at == 0 or page.words[at].gap not in (" ", ". ") or page.sections.get(page.plain[at - 1]) != "T":
        return 0.0
    title, case = page.plain[at - 1], page.case[i]
    if page.words[at].gap == ". " and title not in ABBREVIATED:
        return 0.0
    if case in "XU":
        return WRITTEN if case == "X" else TITLED
    if page.sections.get(page.plain[i], "u") not in "uE" or (title == "dr" and at == i):
        return 0.0
    return _in_small(page, i, title)


def _in_small(page: Page, i: int, title: str) -> float:
    first, rough = page.code(page.plain[i])[0], page.coarse(page.plain[i])
    if first == "u" or rough in "nmplb":
        return TITLED
    if rough in "tv":
        return TITLED / 2 if title in ONE_PERSON and page.case[i] in "sa" else 0.0
    plain = page.plain[i]
    bare = rough in "dck" and not (plain.startswith(_MADE) or plain in lexicon.cues("states") or lex.acting(plain))
    if first == "c" and title in ONE_PERSON:
        return TITLED
    if not (bare and page.closed(i)):
        return 0.0
    return TITLED if title in ONE_PERSON else TITLED / 2


_MADE = ("ge", "ver", "be", "ont", "on")
"""How words begin that say what somebody did or is: "gebeld", "verhuisd", "onrustig"."""


def marginals(scores: Sequence[float], links: Sequence[float]) -> list[float]:
    """Return the chance of each word in a chain, given its score and what two names in a row add (forward, backward)."""
    if len(scores) == 1:
        return [_sigmoid(scores[0])]
    ahead = [scores[0]]
    for score, link in zip(scores[1:], links, strict=True):
        ahead.append(score + _carry(ahead[-1], link))
    back = [0.0]
    for score, link in zip(reversed(scores[1:]), reversed(links), strict=True):
        back.append(_carry(score + back[-1], link))
    return [_sigmoid(a + b) for a, b in zip(ahead, reversed(back), strict=True)]


def _carry(odds: float, link: float) -> float:
    """Return the log-odds that a neighbour passes on: log of (1 + e^(odds + link)) / (1 + e^odds)."""
    return _softplus(odds + link) - _softplus(odds)


def _softplus(value: float) -> float:
    return value if value > 30 else math.log1p(math.exp(value))


def _sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds > -60 else 0.0
