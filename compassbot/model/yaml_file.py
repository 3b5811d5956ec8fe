"""Reads a YAML file that people edit by hand, and tells them in a sentence which line is wrong."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

AnyModel = TypeVar("AnyModel", bound=BaseModel)
Place = tuple[str | int, ...]

NEAR = 66  # of 100: how alike two keys must be before one is offered for the other
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class YamlFault(ValueError):
    """A file that cannot be used. Its text is a sentence for the person who edits the file.

    `path` is the file; `line` counts from 1, and is None where no line is to blame.
    """

    def __init__(self, path: Path, line: int | None, sentence: str) -> None:
        """Make the sentence, as: principles.yaml, line 14: 'question' is not known here."""
        self.path = path
        self.line = line
        where = path.name if line is None else f"{path.name}, line {line}"
        super().__init__(f"{where}: {sentence}")


class Wrong(ValueError):
    """Raised by a model that checks several parts against each other: `at` leads to the wrong one."""

    def __init__(self, sentence: str, *at: str | int) -> None:
        """Take what is wrong, and the keys and list positions from the model down to it."""
        self.at = at
        super().__init__(sentence)


class Frozen(BaseModel):
    """What is read from a file: it cannot be changed, and holds no key that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise ValueError(f"the id '{text}' may hold only small letters, digits and hyphens")
    return text


Id = Annotated[str, AfterValidator(_slug), StringConstraints(max_length=40)]
"""A name for programs: small letters, digits and hyphens; it stays the same when a label changes."""

Label = Annotated[str, StringConstraints(min_length=1, max_length=60)]
"""A few words, short enough for a choice in every chat."""

Sentences = Annotated[str, StringConstraints(min_length=1, max_length=600)]
"""One to a few sentences."""


class Bilingual(Frozen):
    """One text in Dutch and English: `title("nl")`. A language that is not there gives Dutch."""

    nl: Sentences
    en: Sentences

    def __call__(self, language: str) -> str:
        """Return the text in "nl" or "en"."""
        return self.en if language == "en" else self.nl


class BilingualLabel(Bilingual):
    """A few words in Dutch and English, short enough for a choice in every chat."""

    nl: Label
    en: Label


def load(path: Path, model: type[AnyModel]) -> AnyModel:
    """Return the file as a `model`. Raises YamlFault, with the first mistake as a sentence."""
    root, data = _parse(path, _read(path))
    try:
        return model.model_validate(data)
    except ValidationError as invalid:
        line, sentence = min(_mistakes(invalid, root, model), key=lambda mistake: mistake[:2])[1:]
        raise YamlFault(path, line, sentence) from invalid


def refuse_twice(ids: list[str], *at: str) -> None:
    """Raise Wrong at the second of two equal ids in the list that `at` leads to."""
    for number, each in enumerate(ids):
        if each in ids[:number]:
            raise Wrong(f"the id '{each}' stands here for the second time", *at, number, "id")


# Reading and parsing


_TEXT, _DATE, _MERGE = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "timestamp", "merge"))


class _Loader(yaml.SafeLoader):
    """Reads plain values only, keeps every key and date as the text it is, and refuses a key given twice."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - pyyaml's own way to say which words become what
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _DATE]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be one word", problem_mark=key.start_mark)
            if key.value in seen:
                twice = f"'{key.value}' stands here for the second time"
                raise yaml.MarkedYAMLError(problem=twice, problem_mark=key.start_mark)
            seen.add(key.value)
            if key.tag != _MERGE:
                key.tag = _TEXT
        return super().construct_mapping(node, deep)


def _read(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise YamlFault(path, None, f"there is no such file in {path.parent.absolute()}") from None
    except OSError as fault:
        raise YamlFault(path, None, f"the file cannot be read ({fault.strerror})") from fault
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise YamlFault(path, line, "a character here is not UTF-8; save the file as UTF-8") from fault


def _parse(path: Path, text: str) -> tuple[yaml.Node, object]:
    try:
        root, data = _Loader(text).get_single_node(), _Loader(text).get_single_data()
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        raise YamlFault(path, line, "a character here cannot be shown; take it out") from fault
    except yaml.MarkedYAMLError as fault:
        line, sentence = _explain(fault, text)
        raise YamlFault(path, line, sentence) from fault
    except RecursionError as fault:
        raise YamlFault(path, None, "the file goes too many levels deep") from fault
    except ValueError as fault:
        raise YamlFault(path, None, f"the file holds a value that cannot be read ({fault})") from fault
    if root is None:
        raise YamlFault(path, None, "the file is empty")
    return root, data


def _explain(fault: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    mark = fault.problem_mark or fault.context_mark
    line = mark.line + 1 if mark else 1
    written = "".join(text.splitlines()[line - 1 : line])
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return line, "the line starts with a tab; use spaces"
    said = f"{fault.context} {fault.problem}"
    for part, sentence in _AT_THE_START.items():
        if part in said and fault.context_mark:
            return fault.context_mark.line + 1, sentence
    for part, sentence in _ON_THE_SPOT.items():
        if part in said:
            return line, sentence
    return line, fault.problem or "this cannot be read"


_AT_THE_START = {  # what pyyaml says, and what to tell of the line where the trouble begins
    "quoted scalar": "a quotation mark is opened here and not closed",
    "flow": "what stands between brackets here cannot be read; close the bracket, "
    "and put a text with a comma, colon or question mark in quotes",
    "could not find expected ':'": "a colon is missing after the key",
}
_ON_THE_SPOT = {
    "mapping values are not allowed": "a colon stands where none can; put the text in quotes, "
    "or check how far the line is indented",
    "block end": "the line is indented otherwise than the lines it belongs to",
    "single document": "a second document starts here; a file holds one",
    "cannot start any token": "a text cannot start with this character; put it in quotes",
    "undefined alias": "a text that starts with * must stand in quotes",
    "could not determine a constructor": "a text that starts with ! must stand in quotes",
}


# From pydantic's errors to sentences


def _mistakes(invalid: ValidationError, root: yaml.Node, model: type[BaseModel]) -> Iterator[tuple[int, int, str]]:
    """Yield (rank, line, sentence).

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
