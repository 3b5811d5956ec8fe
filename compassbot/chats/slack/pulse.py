"""How long ago Slack was last heard, for /healthz: a bot that is up but deaf looks healthy from outside."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pulse:
    """Notes when Slack was last heard and last answered well, over HTTP and over Socket Mode alike.

    `clock` returns seconds that never go back. It may start anywhere.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the clock."""
        self._clock = clock
        self._event: float | None = None
        self._answer: float | None = None
        self._connected: bool | None = None
        self._connections = 0

    def event(self) -> None:
        """Note that Slack sent something that a person did, or that happened in the workspace."""
        self._event = self._clock()

    def answer(self) -> None:
        """Note that Slack's Web API answered well, or that an acknowledgement went out over an open connection."""
        self._answer = self._clock()

    def connected(self) -> None:
        """Note that a Socket Mode connection was let in: the first, or a next one."""
        self._connected = True
        self._connections += 1

    def disconnected(self) -> None:
        """Note that no Socket Mode connection is open: none yet, or none any more."""
        self._connected = False

    def as_health(self) -> dict[str, float | int | str | None]:
        """Return what /healthz tells of Slack.

        Seconds are whole; None means never. `slack_connected` is None over HTTP, where nothing stays open.
        `slack_reconnects` counts every connection after the first, also those that Slack asked for.
        """
        return {
            "slack_seconds_since_event": self._since(self._event),
            "slack_seconds_since_answer": self._since(self._answer),
            "slack_connected": self._connected,
            "slack_reconnects": max(0, self._connections - 1),
        }

    def _since(self, moment: float | None) -> int | None:
        return None if moment is None else int(self._clock() - moment)
