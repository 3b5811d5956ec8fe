"""Remembers for a moment which forms were sent: what Slack still tells of typing in them is older than what was sent."""

from __future__ import annotations

import time
from collections.abc import Callable

MOMENT = 2.0
"""Seconds: two requests that leave Slack one after the other may arrive the other way round within them."""


class Sent:
    """The forms that were sent a moment ago, by the id of their view; `clock` returns seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the clock."""
        self._clock = clock
        self._at: dict[str, float] = {}

    def note(self, view: str) -> None:
        """Note that a form is sent, and forget those that were sent longer ago."""
        now = self._clock()
        self._at.pop(view, None)
        self._at[view] = now  # the last one, so that the oldest is first
        while now - self._at[oldest := next(iter(self._at))] >= MOMENT:
            del self._at[oldest]

    def just(self, view: str) -> bool:
        """Return whether a form was sent a moment ago."""
        return self._clock() - self._at.get(view, float("-inf")) < MOMENT
