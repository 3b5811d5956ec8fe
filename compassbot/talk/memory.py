"""A chat that keeps everything in lists: what tests stand on, and the shortest example of a Chat."""

from __future__ import annotations

from dataclasses import dataclass, field

from compassbot.talk.chat import Message, Pace, Person, Place
from compassbot.talk.errors import NotInvited, NotSent, Unreachable
from compassbot.talk.view import Card, Cards, in_language


@dataclass
class Said:
    """One card as it stands in a place, under a thread or not."""

    place: Place
    id: str
    cards: Cards
    changed: int = 0

    def card(self, language: str = "nl") -> Card:
        """Return the card as a reader of that language sees it."""
        return in_language(self.cards, language)


@dataclass
class MemoryChat:
    """Everything that was said, in order.

    `unreachable` holds places that are gone, `uninvited` those in which the bot is not, and `faults` what else a place
    answers.
    """

    name: str = "memory"
    pace: Pace = Pace()  # noqa: RUF009 - it cannot be changed
    many_languages: bool = True
    said: list[Said] = field(default_factory=list[Said])
    unreachable: set[str] = field(default_factory=set[str])
    uninvited: set[str] = field(default_factory=set[str])
    faults: dict[str, NotSent] = field(default_factory=dict[str, NotSent])
    _keys: dict[str, Message] = field(default_factory=dict[str, Message])

    async def post(self, place: Place, cards: Cards, key: str) -> Message:
        """Keep a card for everybody in the place."""
        if place.id in self.unreachable:
            raise Unreachable(place.id)
        if place.id in self.uninvited:
            raise NotInvited
        if place.id in self.faults:
            raise self.faults[place.id]
        if key not in self._keys:
            self.said.append(Said(place, f"m{len(self.said) + 1}", cards))
            self._keys[key] = Message(place, self.said[-1].id)
        return self._keys[key]

    async def update(self, message: Message, cards: Cards, key: str) -> None:
        """Put another card where that one stood."""
        said = next(said for said in self.said if said.id == message.id)
        said.cards = cards
        said.changed += 1

    async def write_to(self, person: Person, cards: Cards, key: str) -> Message:
        """Keep a card for one person."""
        return await self.post(inbox(person), cards, key)


def inbox(person: Person) -> Place:
    """Return the place where that person's direct messages from the bot are."""
    chat, _, name = person.id.partition(":")
    return Place(f"{chat}:@{name}")
