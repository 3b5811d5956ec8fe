"""What a conversation has at hand while it answers one event, or does one thing that is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from compassbot.conversations.organisation import Organisation, read_organisation
from compassbot.guard import Case, Identifier, read
from compassbot.model.methods import Method
from compassbot.model.principles import Principles
from compassbot.model.taxonomy import Taxonomy
from compassbot.store.books import Books
from compassbot.store.outbox import Letter
from compassbot.talk.chat import Event, Person, Reply
from compassbot.talk.errors import Closed, NotAllowed
from compassbot.talk.view import Card, mention, pack
from compassbot.words import LANGUAGES, Words

Make = Callable[[Words], Card]
"""Makes a card in a language: what many people read is made in each."""

Reads = Callable[[str, str, Case], list[Identifier]]
"""The guard: finds in a text, for a language and a case, what could identify somebody."""

Role = str
CASEWORKER, FACILITATOR, MANAGER, ADMINISTRATOR = ROLES = ("caseworker", "facilitator", "manager", "administrator")


@dataclass(frozen=True)
class House:
    """What is read at start-up and never changes while running: all of it theirs to edit."""

    principles: Principles
    taxonomy: Taxonomy
    methods: dict[str, Method]


@dataclass
class Desk:
    """The books of this transaction, the hour, the house, the words of the person who is answered, and the guard."""

    books: Books
    now: datetime
    house: House
    language: str = ""
    reads: Reads = read
    found: dict[str, list[Identifier]] = field(default_factory=dict[str, list[Identifier]])
    """What the guard found in what was just typed: read once, and gone with this event."""
    cases: dict[tuple[str, str], Case] = field(default_factory=dict[tuple[str, str], Case])
    """The memory of the case that was typed in, by dilemma or by person: read once as well."""

    @cached_property
    def organisation(self) -> Organisation:
        """What the organisation chose."""
        return read_organisation(self.books.settings.all())

    @cached_property
    def words(self) -> Words:
        """The sentences in the language of the person who is answered."""
        return Words(self.language or self.organisation.language)

    def post(self, place: str, make: Make, *, subject: str = "", under: str = "") -> None:
        """Say something in a place, outside the quiet hours; `under` names the subject whose thread it goes into."""
        self._queue(Letter("post", chat_of(place), place, self._packed(make), subject, under), hold=True)

    def update(self, subject: str, make: Make) -> None:
        """Put another card in the place of one that was said; nobody is called by it, so it goes at once."""
        self._change(subject, self._packed(make))

    def refresh(self, subject: str) -> None:
        """Show a card anew as it is when it leaves: it is made once then, however many changed it until then.

        What makes it stands in `everything.ANEW`.
        """
        self.books.outbox.show_anew(subject, chat_of(self.organisation.deliberation_place), self.now)

    def write_to(self, person: str, make: Make, *, subject: str = "", hold: bool = True) -> None:
        """Write to one person; `hold=False` for an answer to what they did just now."""
        self._queue(Letter("write", chat_of(person), person, self._packed(make), subject), hold=hold)

    def require(self, person: Person, *roles: Role) -> None:
        """Let only people with one of these roles go on. Raises NotAllowed with a sentence that says who can."""
        if self.books.people.roles(person.id) & set(roles):
            return
        who = [mention(each) for role in roles for each in self.books.people.with_role(role)]
        names = ", ".join(self.words(f"role-{role}") for role in roles)
        if who:
            raise NotAllowed(self.words("denied", roles=names, who=", ".join(who[:5])))
        raise NotAllowed(self.words("denied-nobody", roles=names))

    def departments(self) -> Sequence[tuple[str, str]]:
        """Return ids and names of the departments, in the language of the person."""
        return [(each.id, each.name(self.words.language)) for each in self.organisation.departments]

    def made_anew(self, subject: str, anew: Mapping[str, Anew], *, all_languages: bool = True) -> str | None:
        """Return a card that leaves now, packed; None when there is nothing to show any more.

        Without `all_languages` it is made in that of the organisation alone.
        """
        kind, _, about = subject.partition(":")
        make = anew[kind](self, about)
        return self._packed(make, all_languages=all_languages) if make else None

    def _packed(self, make: Make, *, all_languages: bool = True) -> str:
        languages = self._languages() if all_languages else [self.organisation.language]
        return pack({language: make(Words(language)) for language in languages})

    def _languages(self) -> list[str]:
        first = self.organisation.language
        return [first, *(language for language in LANGUAGES if language != first)]

    def _change(self, subject: str, packed: str) -> None:
        if self.books.outbox.fold(subject, packed):
            return
        posted = self.books.outbox.where(subject)
        chat = posted.chat if posted else chat_of(self.organisation.deliberation_place)
        self._queue(Letter("update", chat, posted.place if posted else "", packed, subject), hold=False)

    def _queue(self, letter: Letter, *, hold: bool) -> None:
        due_at = self.organisation.quiet.next_open(self.now) if hold else self.now
        self.books.outbox.put(letter, due_at)


@dataclass(frozen=True)
class Duty:
    """Something that falls due by itself.

    `find` returns what is due now, as ids; `do` does one of them and does nothing when it is no longer
    due; `next` returns the first moment at which something may be due.
    """

    name: str
    find: Callable[[Desk], Sequence[str]]
    do: Callable[[Desk, str], None]
    next: Callable[[Desk], datetime | None]


Handler = Callable[[Event, Desk], Reply]
Anew = Callable[[Desk, str], Make | None]
"""Returns what makes a card as it is now, given what follows the first colon of its subject; None without any."""


def gone(desk: Desk) -> Closed:
    """Return the sentence for something that is no longer there."""
    return Closed(desk.words("gone"))


def chat_of(id: str) -> str:
    """Return the chat of a place or a person, by its id."""
    return id.partition(":")[0]
