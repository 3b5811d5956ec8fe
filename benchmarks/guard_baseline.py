"""The best that is to be had today without a model: deduce, python-stdnum, phonenumbers and a few plain expressions.

deduce finds people, places, dates and institutions with the lists and rules that it brings; stdnum judges what looks like
a BSN or an IBAN, phonenumbers finds telephone numbers; the expressions are those that anybody would write beside them.
"""

from __future__ import annotations

import importlib
import ipaddress
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from benchmarks.guard_judge import Found

_TAGS = {
    "persoon": "person", "patient": "person", "bsn": "bsn", "telefoonnummer": "phone", "emailadres": "email", "url": "url",
    "id": "case_number", "datum": "date", "leeftijd": "age", "instelling": "organisation", "ziekenhuis": "organisation",
}  # fmt: skip
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b")
_BSN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){7,8}(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d\d(?: ?[A-Z0-9]){11,30}\b")
_PLATE = re.compile(
    r"\b(?=\w*-?\w*\d)(?=[\d-]*[A-Z])(?:[A-Z]{1,3}|\d{1,3})-(?:[A-Z]{1,3}|\d{1,3})-(?:[A-Z]{1,3}|\d{1,3})\b"
)
_PLAIN = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "ip": re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"),
    "postcode": _POSTCODE,
    "licence_plate": _PLATE,
}


def load() -> Callable[[str, str], list[Found]]:
    """Return the reader. The first time on a machine deduce builds its lists, which takes a minute or two."""
    logging.disable(logging.WARNING)
    names: Any = importlib.import_module("deduce").Deduce()

    def read(text: str, language: str) -> list[Found]:
        found = [*_named(names.deidentify(text).annotations), *_numbers(text), *_expressions(text)]
        return [one for one in dict.fromkeys(found) if not any(_inside(one, other) for other in found)]

    return read


def _inside(one: Found, other: Found) -> bool:
    """Return whether one is a part of another that is longer."""
    return other[0] <= one[0] and one[1] <= other[1] and one[1] - one[0] < other[1] - other[0]


def _named(annotations: Iterable[Any]) -> Iterator[Found]:
    for one in annotations:
        tag, text = str(one.tag), str(one.text)
        place = "postcode" if _POSTCODE.match(text) else "address" if re.search(r"\d", text) else "place"
        yield int(one.start_char), int(one.end_char), place if tag == "locatie" else _TAGS.get(tag, tag)


def _numbers(text: str) -> Iterator[Found]:
    import phonenumbers
    from stdnum import iban
    from stdnum.nl import bsn

    for match in _BSN.finditer(text):
        if bsn.is_valid(re.sub(r"\D", "", match.group())):
            yield *match.span(), "bsn"
    for match in _IBAN.finditer(text):
        if iban.is_valid(match.group()):
            yield *match.span(), "iban"
    for match in phonenumbers.PhoneNumberMatcher(text, "NL"):
        yield match.start, match.end, "phone"


def _expressions(text: str) -> Iterator[Found]:
    for kind, pattern in _PLAIN.items():
        for match in pattern.finditer(text):
            if kind != "ip" or _is_ip(match.group()):
                yield *match.span(), kind


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
