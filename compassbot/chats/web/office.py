"""Who works in the office, and where they talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Wording = Mapping[str, str]
"""One text in each language: `{"nl": "Inkomen", "en": "Income"}`."""

CHAT = "web"


def worded(wording: Wording, language: str) -> str:
    """Return the text in `language`, else in the first language it has, else nothing."""
    return wording.get(language) or next(iter(wording.values()), "")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here. `id` stands in addresses: small letters, digits and hyphens."""

    id: str
    name: str
    role: Wording
    department: Wording

    @property
    def person(self) -> str:
        """Return the id that events and messages carry."""
        return f"{CHAT}:{self.id}"

    @property
    def inbox(self) -> str:
        """Return the place where the bot's direct messages to this colleague are."""
        return f"{CHAT}:@{self.id}"

    @property
    def initials(self) -> str:
        """Return one or two capitals for the round mark beside the name."""
        words = self.name.split() or ["?"]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


@dataclass(frozen=True, slots=True)
class Channel:
    """A place where everybody reads along."""

    id: str
    name: Wording
    topic: Wording

    @property
    def place(self) -> str:
        """Return the id that events and messages carry."""
        return f"{CHAT}:{self.id}"


@dataclass(frozen=True, slots=True)
class Office:
    """The people and channels. A first visit is made as the first colleague, in the first channel."""

    name: Wording
    colleagues: tuple[Colleague, ...]
    channels: tuple[Channel, ...]

    def colleague(self, person: str) -> Colleague | None:
        """Return whose person id this is (`web:fatma`), or None."""
        return next((one for one in self.colleagues if one.person == person), None)

    def channel(self, place: str) -> Channel | None:
        """Return which channel has this place id (`web:dilemmas`), or None."""
        return next((one for one in self.channels if one.place == place), None)

    def has(self, place: str) -> bool:
        """Return whether there is such a channel or inbox."""
        return self.channel(place) is not None or any(one.inbox == place for one in self.colleagues)

    def places(self, colleague: Colleague) -> tuple[str, ...]:
        """Return every place that this colleague reads, their own inbox last."""
        return (*(channel.place for channel in self.channels), colleague.inbox)
