"""The codes of a finding: causes, building blocks, and themes by field of life."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field as Check
from pydantic import model_validator

from compassbot.model.file_parts import Bilingual, BilingualLabel, Frozen, Id, Wrong, refuse_twice
from compassbot.model.yaml_file import load

FOLDER = Path(__file__).parent


class Code(Frozen):
    """Something a finding can be marked with: `code.name("nl")` is its label."""

    id: Id
    name: BilingualLabel


class Cause(Code):
    """Where a problem comes from; `meaning(language)` explains it in a line."""

    meaning: Bilingual


class Block(Code):
    """What could help: a building block; `meaning(language)` explains it in a line."""

    meaning: Bilingual


class Theme(Code):
    """An issue that comes back in casework."""


class Field(Code):
    """A field of life, with its themes."""

    themes: Annotated[tuple[Theme, ...], Check(min_length=1)]


class _Causes(Frozen):
    causes: Annotated[tuple[Cause, ...], Check(min_length=1)]

    @model_validator(mode="after")
    def _check(self) -> _Causes:
        refuse_twice([each.id for each in self.causes], "causes")
        return self


class _Blocks(Frozen):
    blocks: Annotated[tuple[Block, ...], Check(min_length=1)]

    @model_validator(mode="after")
    def _check(self) -> _Blocks:
        refuse_twice([each.id for each in self.blocks], "blocks")
        return self


class _Themes(Frozen):
    fields: Annotated[tuple[Field, ...], Check(min_length=1)]

    @model_validator(mode="after")
    def _check(self) -> _Themes:
        refuse_twice([each.id for each in self.fields], "fields")
        seen: set[str] = set()
        for number, field in enumerate(self.fields):
            for nth, theme in enumerate(field.themes):
                at = ("fields", number, "themes", nth, "id")
                if not theme.id.startswith(f"{field.id}-"):
                    raise Wrong(f"the id '{theme.id}' must start with '{field.id}-', the id of its field", *at)
                if theme.id in seen:
                    raise Wrong(f"the id '{theme.id}' stands here for the second time", *at)
                seen.add(theme.id)
        return self


AnyCode = TypeVar("AnyCode", bound=Code)


@dataclass(frozen=True)
class Taxonomy:
    """All codes, each list in the order of its file."""

    causes: tuple[Cause, ...]
    blocks: tuple[Block, ...]
    fields: tuple[Field, ...]

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Return the themes of all fields."""
        return tuple(theme for field in self.fields for theme in field.themes)

    def cause(self, key: str) -> Cause:
        """Return the cause with this id. Raises KeyError."""
        return _with_id(self.causes, key)

    def block(self, key: str) -> Block:
        """Return the building block with this id. Raises KeyError."""
        return _with_id(self.blocks, key)

    def field(self, key: str) -> Field:
        """Return the field of life with this id. Raises KeyError."""
        return _with_id(self.fields, key)

    def theme(self, key: str) -> Theme:
        """Return the theme with this id. Raises KeyError."""
        return _with_id(self.themes, key)

    def field_of(self, theme: str) -> Field:
        """Return the field that holds the theme with this id. Raises KeyError."""
        for field in self.fields:
            if any(each.id == theme for each in field.themes):
                return field
        raise KeyError(theme)


def _with_id(codes: Iterable[AnyCode], key: str) -> AnyCode:
    for each in codes:
        if each.id == key:
            return each
    raise KeyError(key)


@cache
def load_taxonomy(folder: Path | None = None) -> Taxonomy:
    """Return the codes of a folder with causes.yaml, blocks.yaml and themes.yaml, each read once.

    Without a folder: those that ship. Raises YamlFault.
    """
    place = folder or FOLDER
    return Taxonomy(
        causes=load(place / "causes.yaml", _Causes).causes,
        blocks=load(place / "blocks.yaml", _Blocks).blocks,
        fields=load(place / "themes.yaml", _Themes).fields,
    )
