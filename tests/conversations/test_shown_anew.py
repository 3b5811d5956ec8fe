"""A card that shows how far something is, is made when it leaves: once, and as it is then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from compassbot.courier import Courier
from compassbot.store.books import Books
from compassbot.store.outbox import TO_BE_MADE, Letter
from compassbot.talk.chat import Event, Message, Place
from compassbot.talk.memory import MemoryChat
from compassbot.talk.view import Card, Cards, pack
from tests.conversations.stories import DILEMMA, TURNS, group_of, shares, takes_turn, to_round
from tests.office import DILEMMAS, Colleague, Office


@dataclass
class Down(MemoryChat):
    """A chat in which nothing can be changed while it is down, and that refuses to post so many times."""

    down: bool = False
    refuses: int = 0

    async def post(self, place: Place, cards: Cards, key: str) -> Message:
        """Keep a card for everybody in the place, or refuse it."""
        if self.refuses and place.thread:
            self.refuses -= 1
            raise ConnectionRefusedError
        return await super().post(place, cards, key)

    async def update(self, message: Message, cards: Cards, key: str) -> None:
        """Put another card where that one stood, unless it is down."""
        if self.down:
            raise ConnectionRefusedError
        await super().update(message, cards, key)


def flaky(office: Office) -> Down:
    """Let an office have a chat that can be down."""
    chat = office.chat = Down()
    office.parts.chats["memory"] = chat
    return chat


async def answers(colleague: Colleague, number: int, filled: dict[str, Any]) -> None:
    """Answer the round with this number, counted from 0, with nobody sending anything yet."""
    [dilemma] = colleague.office.parts.database.run_now(lambda books: books.dilemmas.with_status("open"))
    about = f"{dilemma.id}:{number}"
    await colleague.office.parts.bot.hear(
        Event("", "submit", colleague.person, Place(DILEMMAS), "take_turn", about, answers=filled)
    )


def waiting(books: Books) -> list[str]:
    """Return what the letters that wait hold."""
    return list(books.connection.exec_driver_sql("SELECT packed FROM outbox").scalars())


async def test_answers_that_come_together_are_shown_together_in_one_change(any_office: Office) -> None:
    """However many people answer before the card leaves, it leaves once; until then nothing they typed waits in it."""
    office = any_office
    fatma, group = office.person("Fatma of inkomen"), group_of(office)
    await shares(fatma)
    await to_round(fatma, group, 4)
    card = office.chat.said[-1]
    for colleague, matters in zip(group[:3], ("Rust.", "Eerlijkheid.", "Vertrouwen."), strict=True):
        await answers(colleague, 3, {"who": "resident", "matters": matters})
    assert office.parts.database.run_now(waiting) == [TO_BE_MADE]
    changed = card.changed
    await office.parts.courier.deliver(office.now)
    assert card.changed == changed + 1
    assert all(matters in office.thread for matters in ("Rust", "Eerlijkheid", "Vertrouwen", "3 antwoorden"))


async def test_a_round_that_closed_before_its_card_left_is_shown_closed(office: Office) -> None:
    """A change that could not leave says nothing any more once the round has closed: what the group said stands."""
    chat = flaky(office)
    fatma, group = office.person("Fatma of inkomen"), group_of(office)
    await shares(fatma)
    await to_round(fatma, group, 4)
    chat.down = True
    await takes_turn(group[0], **TURNS[3])
    for colleague in group[1:]:
        await takes_turn(colleague, **TURNS[3])
    chat.down = False
    await office.waits(minutes=10)
    closed = next(said for said in chat.said if said.card().title.startswith("Ronde 4 van 10"))
    assert "Deze ronde is gesloten" in str(closed.card().parts[-1])
    assert str(closed.card().parts).count(str(TURNS[3]["matters"]).rstrip(".")) == len(group)
    assert not closed.card().buttons
    assert office.parts.database.run_now(lambda books: books.outbox.waiting()) == 0


async def test_a_round_that_closed_before_it_was_said_is_said_all_the_same(office: Office) -> None:
    """Its card waited for an invitation, then for a chat that was down: what the group said is not lost."""
    chat = flaky(office)
    fatma, group = office.person("Fatma of inkomen"), group_of(office)
    chat.uninvited.add(DILEMMAS)
    await shares(fatma)
    for colleague in group[:-1]:
        await answers(colleague, 0, {"question": "", "department": colleague.department})
    await answers(group[0], 0, {"question": "Hoe lang al?"})
    chat.uninvited.clear()
    chat.refuses = 1
    await office.waits(minutes=1)
    assert "Dilemma 1" in office.channel
    assert len(office.said_in(DILEMMAS)) == 1
    await answers(group[-1], 0, {"question": "", "department": group[-1].department})
    await fatma.presses("Geef antwoord")
    await fatma.fills(answer="Sinds een half jaar.")
    await office.waits(minutes=10)
    assert next(said.card().title for said in chat.said if said.place.thread).startswith("Ronde 1 van 10")
    assert "Sinds een half jaar" in office.thread
    assert "Ronde 2 van 10" in office.thread


async def test_a_dilemma_that_was_withdrawn_before_its_card_left_shows_nothing_of_it(office: Office) -> None:
    """What a change would have shown is made from what is there: of texts that were deleted nothing is."""
    chat = flaky(office)
    fatma, joost = office.people("Fatma of inkomen", "Joost of wmo")
    await shares(fatma)
    chat.down = True
    await takes_turn(joost, question="Hoe lang al?")
    await fatma.presses("Trek het terug")
    chat.down = False
    await office.waits(minutes=10)
    assert "teruggetrokken" in office.channel
    assert DILEMMA["situation"].partition(".")[0] not in office.channel
    assert office.parts.database.run_now(lambda books: books.outbox.waiting()) == 0


async def test_a_card_that_cannot_be_made_is_given_up_and_others_leave(office: Office) -> None:
    """A fault of ours in one card holds up nothing else, and is counted."""
    database, chat = office.parts.database, office.chat

    def fails(books: Books, subject: str, *_: object) -> str | None:
        raise LookupError(subject)

    def put(books: Books) -> None:
        books.outbox.put(Letter("post", "memory", "memory:a", TO_BE_MADE, "odd:1"), office.now)
        books.outbox.put(Letter("post", "memory", "memory:a", pack({"nl": Card("after")})), office.now)

    database.run_now(put)
    await Courier(database, office.parts.chats, anew=fails).deliver(office.now)
    assert [said.card().title for said in chat.said] == ["after"]
    assert database.run_now(lambda books: books.outbox.counted())["letters_given_up"] == 1


async def test_a_card_is_made_in_the_languages_in_which_its_chat_shows_it(office: Office) -> None:
    """Where all in a place read one language, a card that is made when it leaves is made in that one alone."""
    fatma, group = office.person("Fatma of inkomen"), group_of(office)
    await shares(fatma)
    await to_round(fatma, group, 4)
    card = office.chat.said[-1]
    await takes_turn(group[0], **TURNS[3])
    assert list(card.cards) == ["nl", "en"]
    office.chat.many_languages = False
    await takes_turn(group[1], **TURNS[3])
    assert list(card.cards) == ["nl"]
