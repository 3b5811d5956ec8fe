"""One case: in all its texts, the same person gets the same placeholder, and nobody gets somebody else's."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import count

_PLACEHOLDER = re.compile(r"\[[^\W\d_][^\[\]\n]{0,39}\]")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def placeholders(text: str) -> list[str]:
    """Return the placeholders that stand in a text, such as "[klant A]", in order."""
    return _PLACEHOLDER.findall(text)


class Case:
    """Which placeholder each person was given in the texts of one case so far.

    Pass the same one to `read` for each text of the case. To go on later, keep `given`; give `disguise` a keyed hash,
    and what is kept holds no part of any name.
    """

    def __init__(
        self,
        given: Mapping[str, Collection[str]] | None = None,
        taken: Iterable[str] = (),
        disguise: Callable[[str], str] = str,
    ) -> None:
        """Take what was `given` before (disguised), placeholders that are `taken`, and what disguises a part of a name."""
        self._given = {label: set(parts) for label, parts in (given or {}).items()}
        self._taken = {*self._given, *taken}
        self._disguise = disguise

    @property
    def given(self) -> dict[str, list[str]]:
        """Return the disguised parts of the names behind each placeholder."""
        return {label: sorted(parts) for label, parts in self._given.items()}

    def reserve(self, text: str) -> None:
        """Let nobody new get a placeholder that stands in this text."""
        self._taken.update(placeholders(text))

    def placeholder(self, name: Collection[str], role: str, *, lettered: bool) -> str:
        """Return the placeholder of who bears these parts of a name: the one they have, or a new one for their role."""
        parts = {self._disguise(part) for part in name}
        label = self._known(parts) or next(each for each in _labels(role, lettered) if self._free(each))
        self._given.setdefault(label, set()).update(parts)
        self._taken.add(label)
        return label

    def _known(self, parts: set[str]) -> str:
        same = (label for label, known in self._given.items() if known and (known.issuperset(parts) or known <= parts))
        return next(same, "") if parts else ""

    def _free(self, label: str) -> bool:
        """Return whether a placeholder is nobody's: "[klant]" is not, once there is a "[klant A]"."""
        return label not in self._taken and f"{label[:-1]} A]" not in self._taken


def _labels(role: str, lettered: bool) -> Iterator[str]:
    if not lettered:
        yield f"[{role}]"
    for number in count():
        yield f"[{role} {_LETTERS[number] if number < len(_LETTERS) else number + 1}]"
