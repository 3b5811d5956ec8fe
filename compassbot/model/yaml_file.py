"""Reads a YAML file that people edit by hand, and tells them in a sentence which line is wrong."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from compassbot.model.mistakes import mistakes

AnyModel = TypeVar("AnyModel", bound=BaseModel)


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


def load(path: Path, model: type[AnyModel]) -> AnyModel:
    """Return the file as a `model`. Raises YamlFault, with the first mistake as a sentence."""
    root, data = _parse(path, _read(path))
    try:
        return model.model_validate(data)
    except ValidationError as invalid:
        line, sentence = min(mistakes(invalid, root, model), key=lambda mistake: mistake[:2])[1:]
        raise YamlFault(path, line, sentence) from invalid


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
