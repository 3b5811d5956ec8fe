"""The office of the demonstration: who works there and where they talk. Plain data, which the app turns into a chat."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

T = TypeVar("T")
Wording = Mapping[str, str]
"""One text in each language: `{"nl": "Inkomen", "en": "Income"}`."""

CHAT = "web"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Plain(BaseModel):
    """A part of the demonstration as its files tell it: a key that nobody knows is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DemoDepartment(Plain):
    """A department by its id, and its name in each language."""

    id: str
    name: Wording


class DemoPerson(Plain):
    """Somebody a visitor can be.

    `roles` are what the bot knows them as, `role` what the page says of them. `raises` is set for the
    one who raises the dilemmas of a department in the history, `new` for who never used the bot.
    """

    id: str
    name: str
    role: Wording
    roles: tuple[str, ...] = ()
    department: str
    department_name: Wording = {}
    raises: bool = False
    new: bool = False

    @property
    def person(self) -> str:
        """Return the id that events carry: `web:fatma`."""
        return person_id(self.id)


class DemoChannel(Plain):
    """A place where everybody reads along, and what the bot uses it for."""

    id: str
    name: Wording
    topic: Wording
    purpose: Literal["deliberation", "learning", ""] = ""


class Welcome(Plain):
    """The first message of the bot."""

    title: Wording
    text: Wording


class DemoOffice(Plain):
    """The whole office. `others` are colleagues without a name: ids by department."""

    name: Wording
    departments: tuple[DemoDepartment, ...]
    channels: tuple[DemoChannel, ...]
    people: tuple[DemoPerson, ...]
    others: Mapping[str, tuple[str, ...]]
    welcome: Welcome

    def place(self, purpose: str) -> str:
        """Return the id of the channel that the bot uses for something: `web:dilemmas`; "" for none."""
        return next((f"{CHAT}:{one.id}" for one in self.channels if one.purpose == purpose), "")

    def with_role(self, role: str) -> tuple[str, ...]:
        """Return the person ids of who has a role."""
        return tuple(one.person for one in self.people if role in one.roles)

    def author(self, department: str) -> str:
        """Return the person id of who raises the dilemmas of a department."""
        return next(one.person for one in self.people if one.raises and one.department == department)

    def participants(self) -> dict[str, str]:
        """Return who takes part in the history: the department of each person id."""
        known = {one.person: one.department for one in self.people if one.raises}
        unknown = {person_id(id): department for department, ids in self.others.items() for id in ids}
        return known | unknown


def person_id(id: str) -> str:
    """Return the id that events carry, for the id in our files."""
    return f"{CHAT}:{id}"


@cache
def load_office() -> DemoOffice:
    """Return the office that ships."""
    office = read("office.yaml", DemoOffice)
    names = {one.id: one.name for one in office.departments}
    people = tuple(one.model_copy(update={"department_name": names[one.department]}) for one in office.people)
    return office.model_copy(update={"people": people})


def read(name: str, kind: type[T]) -> T:
    """Return a file of the demonstration as that kind of thing. Raises ValueError where it is not."""
    text = (files("compassbot.demo") / name).read_text(encoding="utf-8")
    return TypeAdapter(kind).validate_python(yaml.load(text, _LOADER))  # noqa: S506 - both are safe loaders
