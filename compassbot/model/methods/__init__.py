"""Deliberation methods: one YAML file each, with its rounds in order."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from compassbot.model.file_parts import Bilingual, BilingualLabel, Frozen, Id, Sentences, Wrong, refuse_twice
from compassbot.model.yaml_file import YamlFault, load

FOLDER = Path(__file__).parent

Kind = Literal[
    "clarify",
    "park",
    "principles",
    "perspectives",
    "alternatives",
    "judge",
    "compare",
    "conclude",
    "agree",
    "evaluate",
]
"""What a round is about. The kinds are code; a method only chooses and orders them."""

ClosesWhen = Literal["everyone", "time"]
"""A round closes when everyone has answered (or its time is over), or only when its time is over.
A facilitator may always close it."""

HIDDEN = ("park", "judge")  # kinds whose answers nobody may see while others still answer


class Role(Frozen):
    """Somebody's part in a method."""

    id: Id
    name: BilingualLabel
    task: Bilingual


class Round(Frozen):
    """One step of a method.

    `hidden`: answers stay hidden until the round closes. `share`: the weight of this round when the
    time of the whole is divided.
    """

    id: Id
    kind: Kind
    title: BilingualLabel
    prompt: Bilingual
    hidden: bool
    share: Annotated[int, Field(gt=0)]
    closes_when: ClosesWhen

    @model_validator(mode="after")
    def _check(self) -> Round:
        if self.kind in HIDDEN and not self.hidden:
            raise Wrong(f"a round of the kind '{self.kind}' must be hidden: true", "hidden")
        return self


class Method(Frozen):
    """A way to deliberate, with its source and its rounds in order. `minutes`: what it takes a person."""

    id: Id
    name: BilingualLabel
    source: Sentences
    for_whom: Bilingual
    minutes: Annotated[int, Field(gt=0)]
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    rounds: Annotated[tuple[Round, ...], Field(min_length=3)]

    def round(self, key: str) -> Round:
        """Return the round with this id. Raises KeyError."""
        return self.rounds[self._position(key)]

    def after(self, key: str) -> Round | None:
        """Return the round that follows, or None after the last. Raises KeyError."""
        following = self._position(key) + 1
        return self.rounds[following] if following < len(self.rounds) else None

    def divide(self, total: timedelta) -> tuple[timedelta, ...]:
        """Return how much of the total time each round gets, in their order, by their shares."""
        whole = sum(each.share for each in self.rounds)
        return tuple(total * each.share / whole for each in self.rounds)

    def _position(self, key: str) -> int:
        for position, each in enumerate(self.rounds):
            if each.id == key:
                return position
        raise KeyError(key)

    @model_validator(mode="after")
    def _check(self) -> Method:
        refuse_twice([each.id for each in self.roles], "roles")
        refuse_twice([each.id for each in self.rounds], "rounds")
        kinds: list[Kind] = [each.kind for each in self.rounds]
        for kind in ("judge", "conclude", "evaluate"):
            _refuse_unless_one(kind, kinds)
        if "agree" in kinds and kinds.index("agree") < kinds.index("conclude"):
            raise Wrong("a round of the kind 'conclude' must come before 'agree'", "rounds", kinds.index("agree"))
        if kinds[-1] != "evaluate":
            raise Wrong("the round of the kind 'evaluate' must be the last", "rounds", kinds.index("evaluate"))
        return self


def _refuse_unless_one(kind: Kind, kinds: list[Kind]) -> None:
    if kind not in kinds:
        raise Wrong(f"a round of the kind '{kind}' is missing", "rounds")
    if kinds.count(kind) > 1:
        second = kinds.index(kind, kinds.index(kind) + 1)
        raise Wrong(f"this is the second round of the kind '{kind}'; a method has one", "rounds", second, "kind")


@cache
def load_method(key: str, folder: Path | None = None) -> Method:
    """Return the method in `<key>.yaml` of a folder, each read once; without a folder: of those that ship.

    Raises KeyError where there is no such method, YamlFault where its file is wrong.
    """
    paths = {path.stem: path for path in _files(folder)}
    if key not in paths:
        raise KeyError(key)
    method = load(paths[key], Method)
    if method.id != key:
        raise YamlFault(paths[key], None, f"the id must be that of the file: '{key}', not '{method.id}'")
    return method


def load_methods(folder: Path | None = None) -> dict[str, Method]:
    """Return all methods of a folder by id; without a folder: those that ship. Raises YamlFault."""
    return {path.stem: load_method(path.stem, folder) for path in _files(folder)}


def _files(folder: Path | None) -> list[Path]:
    return sorted((folder or FOLDER).glob("*.yaml"))
