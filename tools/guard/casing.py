"""The same text as people type it: in lower case, in capitals, on a telephone, with what was found masked."""

from __future__ import annotations

import random
import re

from examples import MASK, Builder, Example


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
