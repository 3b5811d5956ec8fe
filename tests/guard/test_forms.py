"""Some five hundred forms in which people type what identifies, and as many that look like it; each a line of a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compassbot import guard
from compassbot.guard import structured as layer
from compassbot.guard.normal import normalise
from compassbot.guard.tokens import cut

FOLDER = Path(__file__).parent
_MARKED = re.compile(r"\{(.*?)\}", re.S)


def lines(name: str) -> list[str]:
    """The lines of a file of forms, in which a line break is written as a backslash and an n."""
    written = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in written if line and not line.startswith("#")]


def unmarked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of a line without its braces, and where each thing to find stands in it."""
    text, spans, at = "", list[tuple[int, int]](), 0
    for match in _MARKED.finditer(line):
        text += line[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text, at = text + match[1], match.end()
    return text + line[at:], spans


def found(text: str) -> list[tuple[int, int, str]]:
    """What the finders of all that has a form find in the text, and the dates of birth that stand beside people."""
    plain = normalise(text)
    finds = layer.finds(plain.text, cut(plain.text), [])
    dates = [(one.start, one.end, one.kind) for one in guard.read(text) if one.kind == "date_of_birth"]
    return [*dates, *((*plain.original(each.start, each.end), each.kind) for each in finds)]


@pytest.mark.parametrize("line", lines("forms_found.txt"))
def test_it_is_found_whole_and_called_what_it_is(line: str) -> None:
    """Every letter and digit of what identifies is found in this form, and it is called by its kind."""
    kind, _, marked = line.partition(" | ")
    text, spans = unmarked(marked)
    all_found = found(text)

    for start, end in spans:
        covered = {at for one in all_found for at in range(one[0], one[1])}
        assert [text[at] for at in range(start, end) if text[at].isalnum() and at not in covered] == []
        assert kind in [one[2] for one in all_found if one[0] < end and start < one[1]]


@pytest.mark.parametrize("text", lines("forms_clean.txt"))
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    """Amounts, hours, laws, norms, versions, budget codes, desks and rooms of public buildings lead to nobody."""
    assert [(kind, text[start:end]) for start, end, kind in found(text)] == []
