"""What a button or a form carries through Slack and back: ids under a seal, so that none can be made up."""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict, dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Carried:
    """What a press or a submission is about: `action` and `about` as in talk.chat.Event, never content.

    `place` and `thread` are Slack's own ids of where it was asked; `home` says that it was on App Home.
    """

    action: str
    about: str = ""
    place: str = ""
    thread: str = ""
    home: bool = False


class Seal:
    """Seals with one key: what was sealed for one workspace opens in no other."""

    def __init__(self, key: bytes) -> None:
        """Take the key, which no workspace shares with another."""
        self._key = key

    def close(self, carried: Carried) -> str:
        """Return it as a short text for a button's value or a view's private metadata."""
        packed = json.dumps(list(asdict(carried).values()), separators=(",", ":"))
        return self._mark(packed) + packed

    def open(self, sealed: str) -> Carried:
        """Return what was sealed. Raises ValueError for what we did not seal."""
        mark, packed = sealed[:_MARK], sealed[_MARK:]
        if not hmac.compare_digest(mark.encode(), self._mark(packed).encode()):
            raise ValueError("not sealed by us")
        return Carried(*json.loads(packed))

    def name(self, key: str) -> str:
        """Return a name for a key that tells nothing of it: not which keys were made one after the other."""
        return self._mark(f"name {key}")

    def _mark(self, packed: str) -> str:
        return hmac.new(self._key, packed.encode(), sha256).hexdigest()[:_MARK]


_MARK = 24
"""Hexadecimal digits of the seal: 96 bits."""
