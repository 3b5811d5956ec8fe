"""What a digest says of a week, and how it is kept for a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from compassbot.model.suppression import Published, Tendency, Threshold

if TYPE_CHECKING:
    from pydantic import TypeAdapter

State = Literal["received", "taken-up", "decided", "done", "declined"]
ENDED: tuple[State, ...] = ("done", "declined")


@dataclass(frozen=True, slots=True)
class Signal:
    """What the organisation does with a theme: its state, since which week, why, and who owns it (a role)."""

    id: str
    theme: str
    state: State
    reason: str
    owner: str
    since_week: str


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of a theme: at least `people` people, of several departments.

    `week` is the digest in which this was first said; `fresh` says that it is this one. `cause` is the
    leading cause or "", `tendency` whether most see it as structural.
    """

    theme: str
    field: str
    people: int
    cause: str
    tendency: Tendency
    sentences: tuple[str, ...]
    week: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Pressure:
    """Where principles are under pressure: `levels[row][column]`, a row a principle, a column a field.

    0 is nothing to show (nothing there, or too few people), 1 some, 2 more, 3 most.
    """

    principles: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    levels: tuple[tuple[int, ...], ...] = ()

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to show."""
        return not any(map(any, self.levels))


@dataclass(frozen=True, slots=True)
class SignalLine:
    """A signal as the digest tells it: `weeks` in this state; `waiting` when there was no step for long."""

    signal: Signal
    weeks: int
    waiting: bool

    @property
    def open(self) -> bool:
        """Return whether a next step can be taken."""
        return self.signal.state not in ENDED


@dataclass(frozen=True, slots=True)
class Topic:
    """What the management team is asked to talk about: the cause that leads in a theme; either may be ""."""

    theme: str
    cause: str


@dataclass(frozen=True, slots=True)
class Digest:
    """One week, ready to be worded.

    `first` asks for an explanation, `quiet` says that there is no news. `remember` is what was published
    now, to be passed as `earlier` to the next digests; `new_signals` the themes that become a signal.
    """

    week: str
    threshold: Threshold
    first: bool
    quiet: bool
    new: tuple[Line, ...] = ()
    recurring: tuple[Line, ...] = ()
    pressure: Pressure = Pressure()
    signals: tuple[SignalLine, ...] = ()
    more_signals: int = 0
    due: tuple[str, ...] = ()
    question: Topic | None = None
    new_signals: tuple[str, ...] = ()
    remember: tuple[Published, ...] = ()


def packed(digest: Digest) -> dict[str, Any]:
    """Return a digest as plain data for a record: all that is said, and not on whom it stands."""
    return _adapter().dump_python(replace(digest, remember=()), mode="json")


def unpacked(content: Mapping[str, Any]) -> Digest:
    """Return the digest that `packed` made into data, to be shown again. Raises ValueError if it is none."""
    return _adapter().validate_python(content)


@cache
def _adapter() -> TypeAdapter[Digest]:
    from pydantic import TypeAdapter

    return TypeAdapter(Digest)
