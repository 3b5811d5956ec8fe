"""Checks "who may import whom" of the design as one table, for import-linter.

import-linter's own `protected` contract can say the same in nineteen pieces, but stops at a room that does not exist
yet and says nothing of a room that nobody listed. See docs/decisions/0002-import-contracts.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grimp import ImportGraph

EVERYTHING = "*"


def table(lines: Iterable[str], arrow: str) -> dict[str, frozenset[str]]:
    """Lines like "store -> model, talk" as a mapping from the left name to the right names.

    Raises:
        ValueError: a line has no arrow, or two lines speak of the same name.
    """
    read: dict[str, frozenset[str]] = {}
    for line in lines:
        left, found, right = line.partition(arrow)
        if not found:
            raise ValueError(f"{line!r} has no {arrow!r}")
        if left.strip() in read:
            raise ValueError(f"{left.strip()!r} is there twice")
        read[left.strip()] = frozenset(name.strip() for name in right.split(",") if name.strip())
    return read


def room_of(module: str, rooms: Iterable[str]) -> str | None:
    """The longest of the names in `rooms` that `module`, named without "compassbot.", is or lies in."""
    fitting = [room for room in rooms if module == room or module.startswith(f"{room}.")]
    return max(fitting, key=len, default=None)


def faults(
    imports: Mapping[str, Iterable[str]],
    rooms: Mapping[str, frozenset[str]],
    outsiders: Mapping[str, frozenset[str]],
    root: str,
) -> Iterator[str]:
    """A sentence for each import that the tables do not allow; `imports` maps a module of ours to what it imports."""
    for importer in sorted(imports):
        if importer == root:
            continue
        room = room_of(importer.removeprefix(f"{root}."), rooms)
        if room is None:
            yield f"{importer} has no room: add it to `rooms` in pyproject.toml"
            continue
        for imported in sorted(imports[importer]):
            if imported.startswith(f"{root}."):
                target = room_of(imported.removeprefix(f"{root}."), rooms)
                allowed = target is None or target == room or bool({target, EVERYTHING} & rooms[room])
            else:
                importers = outsiders.get(imported.split(".")[0])
                allowed = importers is None or room in importers
            if not allowed:
                yield f"{importer} may not import {imported}"


class RoomsContract(Contract):
    """Every direct import between rooms, and of some packages from outside, is one that the tables allow."""

    type_name = "rooms"

    rooms = fields.ListField(subfield=fields.StringField())
    outsiders = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """The contract is kept when `faults` finds none."""
        (root,) = cast("list[str]", self.session_options["root_packages"])
        ours = [module for module in graph.modules if module.split(".")[0] == root]
        found = list(
            faults(
                {module: graph.find_modules_directly_imported_by(module) for module in ours},
                table(cast("list[str]", self.rooms), "->"),
                table(cast("list[str]", self.outsiders), "<-"),
                root,
            )
        )
        return ContractCheck(kept=not found, metadata={"faults": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each fault."""
        for fault in check.metadata["faults"]:
            output.print_error(fault)
