"""One case: in all its texts, the same person gets the same placeholder, and nobody gets somebody else's."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import count

PLACEHOLDER = re.compile(r"\[[^\W\d_][^\[\]\n]{0,39}\]")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def placeholders(text: str) -> list[str]:
    """Return the placeholders that stand in a text, such as "[klant A]", in order."""
    return PLACEHOLDER.findall(text)


def _bracketed(label: str) -> str:
    """Return a placeholder with its brackets. Raises ValueError for what is none."""
    whole = label if label.startswith("[") else f"[{label}]"
    if not PLACEHOLDER.fullmatch(whole):
        raise ValueError(
            f'a placeholder is a letter and up to 39 characters in brackets, as "[persoon A]", not {label!r}.'
        )
    return whole


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
        """Go on with a case, or begin one. Raises ValueError for what is no placeholder.

        - `given`: what `Case.given` was, to go on from: {"[persoon A]": ["fatima", "yilmaz"]}, the parts disguised.
        - `taken`: placeholders that nobody new may get, such as those in texts that `read` does not see. `read` itself
          reserves those in its text. The brackets may be left out.
        - `disguise`: what makes of a part of a name (in small letters, without accents) what `given` shows: a keyed hash.
          It is the same each time, so that a name is known again. Without it the parts are shown as they are.
        """
        self._given: dict[str, set[str]] = {}
        self._bearers: dict[str, list[str]] = {}
        self._taken = set(map(_bracketed, [taken] if isinstance(taken, str) else taken))
        whole = {
            _bracketed(label): [parts] if isinstance(parts, str) else parts for label, parts in (given or {}).items()
        }
        self.recall(whole)
        self._tried: dict[str, int] = {}
        self._disguise = disguise

    @property
    def given(self) -> dict[str, list[str]]:
        """Return the disguised parts of the names behind each placeholder."""
        return {label: sorted(parts) for label, parts in self._given.items()}

    def recall(self, given: Mapping[str, Collection[str]]) -> None:
        """Take what was given in the same case before: when that is read later than the case was begun."""
        for label, parts in given.items():
            self._give(label, parts)
            self._taken.add(label)

    def reserve(self, text: str) -> None:
        """Let nobody new get a placeholder that stands in this text."""
        self._taken.update(placeholders(text))

    def stands(self, placeholder: str) -> bool:
        """Return whether a placeholder stands in a text of the case, as far as it was read."""
        return placeholder in self._taken

    def placeholder(self, name: Collection[str], role: str, *, lettered: bool) -> str:
        """Return the placeholder of who bears these parts of a name: the one they have, or a new one for their role."""
        parts = {self._disguise(part) for part in name}
        label = self._known(parts) or self._new(role, lettered)
        self._give(label, parts)
        self._taken.add(label)
        return label

    def _give(self, label: str, parts: Collection[str]) -> None:
        known = self._given.setdefault(label, set())
        for part in set(parts) - known:
            self._bearers.setdefault(part, []).append(label)
        known.update(parts)

    def _known(self, parts: set[str]) -> str:
        """Return the placeholder of the first whose known parts hold all of these, or are all among them."""
        bearers = dict.fromkeys(label for part in sorted(parts) for label in self._bearers.get(part, ()))
        same = [label for label in bearers if self._given[label] >= parts or self._given[label] <= parts]
        return min(same, key=list(self._given).index) if len(same) > 1 else next(iter(same), "")

    def _new(self, role: str, lettered: bool) -> str:
        if not lettered and self._free(f"[{role}]"):
            return f"[{role}]"
        for number in count(self._tried.get(role, 0)):
            label = f"[{role} {_LETTERS[number] if number < len(_LETTERS) else number + 1}]"
            if self._free(label):
                self._tried[role] = number + 1
                return label
        raise AssertionError("there are more numbers than people")

    def _free(self, label: str) -> bool:
        """Return whether a placeholder is nobody's: "[klant]" is not, once there is a "[klant A]"."""
        return label not in self._taken and f"{label[:-1]} A]" not in self._taken
