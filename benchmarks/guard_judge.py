"""Judges what a reader found in texts against what is to be found there: leak, residue, false positives, F1.

A text leaks when at least one of its identifiers is not touched by any find, whatever its kind. It leaves residue when a
part of an identifier stays: a word of three letters or more that is no particle, or anything with a digit, of which not
every character is found. What is marked soft is neither missed nor wrongly found. False positives are counted in clean
texts, and only kinds that block: what a tool calls a date or an organisation is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.guard.rows import Row, Span

BLOCKING = frozenset(
    "person bsn iban phone email address postcode date_of_birth licence_plate case_number ip url username".split()
)
_PARTICLES = frozenset(
    "van de den der het ter ten el al ben v d vd von bin te in op t en and hs bis la".split()
)  # what may stay of a name without telling whose it is
_WORD = re.compile(r"[\w'’]+")

Found = tuple[int, int, str]
"""Where it begins, where it ends, and its kind."""


@dataclass
class Count:
    """What is counted over the texts of a set."""

    telling: int = 0  # texts with an identifier
    leaking: int = 0
    residue: int = 0
    numbered: int = 0  # texts with an identifier that is no name
    leaking_numbers: int = 0
    clean_words: int = 0
    false: int = 0
    clean: int = 0
    flagged: int = 0
    people: int = 0
    people_found: int = 0
    people_exact: int = 0
    called_people: int = 0
    called_right: int = 0
    kinds: dict[str, list[int]] = field(default_factory=dict[str, list[int]])  # missed, of all
    errors: list[str] = field(default_factory=list[str])

    def figures(self) -> dict[str, float]:
        """Return the shares, the false positives per 1000 clean words, and F1 for people."""
        recall, exact = _share(self.people_found, self.people), _share(self.people_exact, self.people)
        precision = _share(self.called_right, self.called_people)
        return {
            "texts": self.telling + self.clean,
            "leak": _share(self.leaking, self.telling),
            "leak_numbers": _share(self.leaking_numbers, self.numbered),
            "residue": _share(self.residue, self.telling),
            "false_per_1000_words": 1000 * _share(self.false, self.clean_words),
            "clean_texts_flagged": _share(self.flagged, self.clean),
            "person_f1": _f1(precision, recall),
            "person_f1_exact": _f1(_share(self.people_exact, self.called_people), exact),
        }


def judge(rows: Sequence[Row], found: Sequence[Sequence[Found]]) -> Count:
    """Return the counts of a set; `found` has for each row what was found in its text."""
    count = Count()
    for row, finds in zip(rows, found, strict=True):
        _people(count, row, finds)
        hard = [span for span in row["spans"] if not span.get("soft")]
        if hard:
            _telling(count, row, hard, finds)
        _clean(count, row, [one for one in finds if one[2] in BLOCKING])
    return count


def _telling(count: Count, row: Row, hard: Sequence[Span], finds: Sequence[Found]) -> None:
    missed = [span for span in hard if not any(_touches(one, span) for one in finds)]
    left = {id(span): rest for span in hard if (rest := _left(row["text"], span, finds))}
    for span in hard:
        kind = count.kinds.setdefault(span["type"], [0, 0])
        kind[0] += span in missed
        kind[1] += 1
    count.telling += 1
    count.leaking += bool(missed)
    count.residue += bool(left)
    count.numbered += any(span["type"] != "person" for span in hard)
    count.leaking_numbers += any(span["type"] != "person" for span in missed)
    count.errors += [_line("MISS", row, span["start"], span["end"], span["type"]) for span in missed]
    count.errors += [
        _line("PART", row, span["start"], span["end"], f"{span['type']} leaves {left[id(span)]}")
        for span in hard
        if id(span) in left and span not in missed
    ]


def _clean(count: Count, row: Row, finds: Sequence[Found]) -> None:
    """Count what is found where nothing is, in clean texts, and note it in all."""
    wrong = [one for one in finds if not any(_touches(one, span) for span in row["spans"])]
    count.errors += [_line("FALSE", row, *one) for one in wrong]
    if row["clean"]:
        count.clean += 1
        count.clean_words += len(row["text"].split())
        count.false += len(finds)
        count.flagged += bool(finds)


def _people(count: Count, row: Row, finds: Sequence[Found]) -> None:
    called = [one for one in finds if one[2] == "person"]
    people = [span for span in row["spans"] if span["type"] == "person"]
    hard = [span for span in people if not span.get("soft")]
    count.called_people += len(called)
    count.called_right += sum(any(_touches(one, span) for span in people) for one in called)
    count.people += len(hard)
    count.people_found += sum(any(_touches(one, span) for one in called) for span in hard)
    edges = {(start, end) for start, end, _ in called}
    count.people_exact += sum((span["start"], span["end"]) in edges for span in hard)


def _touches(one: Found, span: Span) -> bool:
    return one[0] < span["end"] and span["start"] < one[1]


def _left(text: str, span: Span, finds: Sequence[Found]) -> list[str]:
    """Return the telling words of an identifier that are not wholly found."""
    covered = {at for start, end, _ in finds for at in range(max(start, span["start"]), min(end, span["end"]))}
    return [word for word, places in _words(text, span) if not covered.issuperset(places)]


def _words(text: str, span: Span) -> Iterator[tuple[str, range]]:
    for match in _WORD.finditer(text, span["start"], span["end"]):
        word = match.group()
        short = len(word) < 3 and not any(map(str.isdigit, word))
        if word.lower() not in _PARTICLES and not short:
            yield word, range(*match.span())


def _line(what: str, row: Row, start: int, end: int, kind: str) -> str:
    around = row["text"][max(0, start - 30) : end + 20]
    return f"{what:5} {row['id']:8} {kind:14} {row['text'][start:end]!r}   …{around!r}"


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
