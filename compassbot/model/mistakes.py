"""From what pydantic finds wrong in a file to a line and a sentence for the person who edits it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from compassbot.model.file_parts import Wrong

Place = tuple[str | int, ...]

NEAR = 66  # of 100: how alike two keys must be before one is offered for the other


def mistakes(invalid: ValidationError, root: yaml.Node, model: type[BaseModel]) -> Iterator[tuple[int, int, str]]:
    """Yield (rank, line, sentence) for each mistake in the file at `root`.

    A misspelt key ranks first: it explains why another is missing. A list that is too short ranks
    last: its wrong items were not counted.
    """
    for error in invalid.errors(include_url=False):
        place: Place = error["loc"]
        cause = error.get("ctx", {}).get("error")
        if isinstance(cause, Wrong):
            place = (*place, *cause.at)
        yield _RANK.get(error["type"], 1), _line(root, place), _sentence(error, place, model)


_RANK = {"extra_forbidden": 0, "too_short": 2, "too_long": 2}


def _line(node: yaml.Node, place: Place) -> int:
    """Return the line of the key or list item at `place`, or of the nearest thing around it."""
    line = node.start_mark.line
    for step in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            found = [pair for pair in node.value if pair[0].value == step]
            if not found:
                break
            key, node = found[-1]
            line = key.start_mark.line
        else:
            break
    return line + 1


def _sentence(error: ErrorDetails, place: Place, model: type[BaseModel]) -> str:
    kind, context, key = error["type"], error.get("ctx", {}), _name(place)
    if kind == "extra_forbidden":
        return f"{key} is not known here" + _did_you_mean(str(place[-1]), _keys(model, place[:-1]))
    if kind == "missing":
        return f"{key} is missing here"
    if kind == "value_error":
        return str(context["error"])
    if error["input"] is None:
        return f"{key} is empty; write something behind it"
    if kind == "model_type":
        return f"{key} must hold the keys {_listed(_keys(model, place))}"
    if kind == "literal_error":
        return f"{key} must be {context['expected']}, not '{error['input']}'" + _offer(error)
    if kind == "too_short":
        return f"{key} must hold at least {context['min_length']}, and holds {context['actual_length']}"
    if kind == "too_long":
        return f"{key} must hold at most {context['max_length']}, and holds {context['actual_length']}"
    if kind == "string_too_long":
        return f"{key} may be {context['max_length']} characters long, and is {len(str(error['input']).strip())}"
    return f"{key} {_MUST.get(kind, 'is not right: ' + error['msg'])}"


_MUST = {
    "string_type": "must be text; put it in quotes if it is a number, a date, yes or no",
    "string_too_short": "is empty; write something behind it",
    "list_type": "must be a list: lines that start with a hyphen",
    "tuple_type": "must be a list: lines that start with a hyphen",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "greater_than": "must be more than 0",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
}


def _name(place: Place) -> str:
    if not place:
        return "the file"
    if isinstance(place[-1], int):
        return f"number {place[-1] + 1} of {_name(place[:-1])}"
    return f"'{place[-1]}'"


def _listed(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _did_you_mean(word: str, known: list[str]) -> str:
    near = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=NEAR)
    if near:
        return f"; did you mean '{near[0]}'?"
    return f"; known are {_listed(known)}" if known else ""


def _offer(error: ErrorDetails) -> str:
    expected = re.findall(r"'([^']+)'", str(error.get("ctx", {}).get("expected", "")))
    near = process.extractOne(str(error["input"]), expected, scorer=fuzz.ratio, score_cutoff=NEAR)
    return f"; did you mean '{near[0]}'?" if near else ""


def _keys(model: type[BaseModel], place: Place) -> list[str]:
    """Return the keys that the model at `place` below `model` knows."""
    for step in place:
        if isinstance(step, int):
            continue
        fields = [field for name, field in model.model_fields.items() if step in (name, field.alias)]
        inner = _model_in(fields[0].annotation) if fields else None
        if inner is None:
            return []
        model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((inner for each in get_args(annotation) if (inner := _model_in(each))), None)
