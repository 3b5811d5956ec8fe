"""Says our own placeholders in another language: a text that was begun in one goes on in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from compassbot.guard import broader
from compassbot.guard.case import PLACEHOLDER
from compassbot.guard.suggest import WORDS

_LETTERED = re.compile(r"(.+) ([A-Z]|\d+)")
_DECADE = re.compile(r"(?:jaren|the) (\d{3}0)s?")
_YEAR = re.compile(r"(.+) (?:van|of) (\d{4})")


def in_language(text: str, language: str) -> str:
    """Return a text with each placeholder that we could have proposed as we would in this language.

    The rest stays: what people wrote between brackets themselves, and a role, which is a word of their own.
    """
    return PLACEHOLDER.sub(lambda match: f"[{_said(match.group()[1:-1], language)}]", text) if "[" in text else text


def _said(label: str, language: str) -> str:
    terms = _terms(language)
    lettered, decade, year = _LETTERED.fullmatch(label), _DECADE.fullmatch(label), _YEAR.fullmatch(label)
    role, comma, band = label.rpartition(", ")
    if label in terms:
        return terms[label]
    if decade:
        return f"the {decade[1]}s" if language == "en" else f"jaren {decade[1]}"
    if year and year[1] in terms:
        return f"{terms[year[1]]} {'of' if language == 'en' else 'van'} {year[2]}"
    if lettered:
        return f"{_said(lettered[1], language)} {lettered[2]}"
    return f"{role}{comma}{terms[band]}" if band in terms else label


@cache
def _terms(language: str) -> dict[str, str]:
    """Return how each term of any language is said in this one."""
    return {said: terms[language] for terms in _tables() for said in terms.values() if language in terms}


def _tables() -> Iterator[dict[str, str]]:
    for kind in WORDS["nl"]:
        yield {language: terms[kind] for language, terms in WORDS.items()}
    for words in (broader.BANDS, broader.QUARTERS):
        for nth in range(len(words["nl"])):
            yield {language: terms[nth] for language, terms in words.items()}
