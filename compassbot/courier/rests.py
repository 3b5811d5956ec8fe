"""What has to rest, and until when: lanes after a message, and the changes of a whole chat."""

from __future__ import annotations

from dataclasses import dataclass, field

EARLY = 0.05
"""Seconds by which a letter is taken from the outbox before its lane has rested, so that it leaves on time."""


@dataclass(slots=True)
class Rests:
    """What rests, by name, and until when in the time of the event loop, which nobody sets back."""

    _until: dict[str, float] = field(default_factory=dict[str, float])

    def rest(self, name: str, until: float) -> None:
        """Let it rest until then."""
        self._until[name] = until

    def until(self, name: str) -> float:
        """Return until when it rests; a moment that has passed when it does not."""
        return self._until.get(name, 0.0)

    def names(self, now: float) -> list[str]:
        """Return what does not begin yet, not even a little early; and forget what no longer rests."""
        self._until = {name: until for name, until in self._until.items() if until > now}
        return [name for name, until in self._until.items() if until > now + EARLY]

    def first(self, now: float) -> float:
        """Return when the first of those that `names` returned then may begin, or infinity."""
        ends = (until - EARLY for until in self._until.values() if until > now + EARLY)
        return min(ends, default=float("inf"))
