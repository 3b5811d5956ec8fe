"""The courier sends lanes side by side, at the pace of the chat, and lets no letter get lost."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from compassbot.conversations.dilemma_card import card_subject
from compassbot.courier import ROOM, Bounds, Courier
from compassbot.store.database import Database
from compassbot.store.migrate import upgrade
from compassbot.store.outbox import Letter
from compassbot.talk.chat import Message, Pace, Person, Place
from compassbot.talk.errors import NotConnected, NotInvited, NotSent, Unreachable, Wait
from compassbot.talk.view import Card, Cards, pack
from tests.conversations.stories import shares
from tests.office import DILEMMAS, KEY, Office, sqlite_url
from tests.postgresql import PostgreSQL

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass
class Platform:
    """A chat that refuses what comes faster than its limit, holds what it is told to hold, and keeps the rest."""

    name: str = "chat"
    pace: Pace = Pace()  # noqa: RUF009 - it cannot be changed
    many_languages: bool = True
    limit: float = 0.0
    """Seconds between two messages in a place, and between two updates anywhere, as the platform counts them."""
    held: dict[str, asyncio.Event] = field(default_factory=dict[str, asyncio.Event])
    faults: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    arrived: list[str] = field(default_factory=list[str])
    refused: int = 0
    side_by_side: int = 0
    _now: int = 0
    _last: dict[str, float] = field(default_factory=dict[str, float])

    async def post(self, place: Place, cards: Cards, key: str) -> Message:
        """Keep it."""
        await self._take(place.id, place.id, cards["nl"].title)
        return Message(place, f"id{len(self.arrived)}")

    async def update(self, message: Message, cards: Cards, key: str) -> None:
        """Keep the change."""
        await self._take("updates", message.place.id, cards["nl"].title)

    async def write_to(self, person: Person, cards: Cards, key: str) -> Message:
        """Keep it as a direct message."""
        return await self.post(Place(person.id), cards, key)

    async def _take(self, counted: str, place: str, title: str) -> None:
        self._now += 1
        self.side_by_side = max(self.side_by_side, self._now)
        try:
            if title in self.held:
                await self.held[title].wait()
            if self.faults[place]:
                raise self.faults[place].pop(0)
            now = asyncio.get_running_loop().time()
            if self.limit and now < self._last.get(counted, 0.0) + self.limit:
                self.refused += 1
                raise Wait(self.limit)
            self._last[counted] = now
            self.arrived.append(f"{place}: {title}")
        finally:
            self._now -= 1


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new database of each kind."""
    if request.param == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql")
        return server.new()
    return sqlite_url(tmp_path)


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """A new database of each kind."""
    made = Database(address, KEY, durable=False)
    upgrade(made.engine)
    yield made
    made.close()


def put(database: Database, title: str, to: str = "chat:a", kind: str = "post", subject: str = "") -> None:
    """Put a letter in the outbox."""
    letter = Letter(kind, "chat", to if kind != "update" else "", pack({"nl": Card(title)}), subject)
    database.run_now(lambda books: books.outbox.put(letter, NOW))


def waiting(database: Database) -> int:
    """Return how many letters wait."""
    return database.run_now(lambda books: books.outbox.waiting())


def unsure(database: Database) -> int:
    """Return how many letters perhaps arrived twice."""
    return database.run_now(lambda books: books.outbox.counted())["letters_unsure"]


async def until(holds: Callable[[], bool]) -> None:
    """Return once something holds. Raises AssertionError after some seconds."""
    for _ in range(1500):
        if holds():
            return
        await asyncio.sleep(0.004)
    raise AssertionError


async def test_a_letter_that_hangs_holds_up_its_own_lane_only(database: Database) -> None:
    """Eleven lanes empty themselves beside one whose first letter gets no answer."""
    chat = Platform(held={"slow": asyncio.Event()})
    courier = Courier(database, {"chat": chat})
    put(database, "slow")
    put(database, "behind")
    for number in range(33):
        put(database, str(number), f"chat:{number % 11}")
    delivering = asyncio.create_task(courier.deliver(NOW))
    await until(lambda: len(chat.arrived) == 33)
    assert not delivering.done()
    assert not [each for each in chat.arrived if each.startswith("chat:a")]
    chat.held["slow"].set()
    assert await delivering == 35
    assert chat.arrived[-2:] == ["chat:a: slow", "chat:a: behind"]


async def test_lanes_leave_side_by_side_and_not_without_bound(database: Database) -> None:
    """Of a hundred lanes that hang, fifty are under way at once."""
    chat = Platform(held={"all": asyncio.Event()})
    courier = Courier(database, {"chat": chat})
    for number in range(100):
        put(database, "all", f"chat:{number}")
    delivering = asyncio.create_task(courier.deliver(NOW))
    await until(lambda: chat.side_by_side == ROOM)
    await asyncio.sleep(0.1)
    chat.held["all"].set()
    assert await delivering == 100
    assert chat.side_by_side == ROOM


async def test_a_new_letter_leaves_while_another_hangs(database: Database) -> None:
    """Who wakes the courier does not wait for a letter that is under way."""
    chat = Platform(held={"slow": asyncio.Event()})
    courier = Courier(database, {"chat": chat})
    put(database, "slow")
    delivering = asyncio.create_task(courier.deliver(NOW))
    await asyncio.sleep(0.1)
    put(database, "new", "chat:b")
    courier.wake(NOW)
    await until(lambda: len(chat.arrived) == 1)
    assert chat.arrived == ["chat:b: new"]
    chat.held["slow"].set()
    assert await delivering == 2


async def test_each_lane_keeps_the_pace_and_its_order(database: Database) -> None:
    """Five messages to each of eight places arrive in order, none refused, in hardly more than the least time."""
    chat = Platform(pace=Pace(message=0.3), limit=0.3)
    courier = Courier(database, {"chat": chat})
    for number in range(40):
        put(database, str(number // 8), f"chat:{number % 8}")
    begun = asyncio.get_running_loop().time()
    assert await courier.deliver(NOW) == 40
    took = asyncio.get_running_loop().time() - begun
    assert chat.refused == 0
    for place in range(8):
        mine = [each for each in chat.arrived if each.startswith(f"chat:{place}:")]
        assert mine == [f"chat:{place}: {number}" for number in range(5)]
    assert 4 * 0.3 <= took < 4 * 0.3 * 1.5  # a busy machine; benchmarks/slack_pacing.py measures


async def test_a_lane_that_rests_is_over_when_nothing_waits_in_it(database: Database) -> None:
    """Who delivers one message does not wait for a rest that nobody needs."""
    chat = Platform(pace=Pace(message=20.0, update=20.0))
    courier = Courier(database, {"chat": chat})
    put(database, "card", subject="s")
    async with asyncio.timeout(5):
        assert await courier.deliver(NOW) == 1
        put(database, "elsewhere", "chat:b")
        assert await courier.deliver(NOW) == 1


async def test_changes_of_a_card_fold_into_the_last_while_the_chat_rests(database: Database) -> None:
    """A card that changes twenty times in a rest is changed once after it."""
    chat = Platform(pace=Pace(update=1.0), limit=1.0)
    courier = Courier(database, {"chat": chat})
    put(database, "card", subject="s")
    await courier.deliver(NOW)
    put(database, "first", kind="update", subject="s")
    delivering = asyncio.create_task(courier.deliver(NOW))
    await until(lambda: len(chat.arrived) == 2)
    for number in range(20):
        put(database, str(number), kind="update", subject="s")
        courier.wake(NOW)
        await asyncio.sleep(0.001)
    await delivering
    await courier.deliver(NOW)
    assert chat.arrived == ["chat:a: card", "chat:a: first", "chat:a: 19"]
    assert chat.refused == 0


async def test_updates_count_for_the_whole_chat_and_hold_up_no_message(database: Database) -> None:
    """Changes of cards in three places keep the pace together; a message elsewhere goes ahead."""
    chat = Platform(pace=Pace(update=0.3), limit=0.3)
    courier = Courier(database, {"chat": chat})
    for place in "abc":
        put(database, "card", f"chat:{place}", subject=place)
    await courier.deliver(NOW)
    for place in "abc":
        put(database, "changed", kind="update", subject=place)
    put(database, "message", "chat:d")
    begun = asyncio.get_running_loop().time()
    assert await courier.deliver(NOW) == 4
    assert asyncio.get_running_loop().time() - begun >= 0.6
    assert chat.refused == 0
    assert chat.arrived[3:5] == ["chat:a: changed", "chat:d: message"] or chat.arrived[3] == "chat:d: message"
    assert sorted(chat.arrived[3:]) == ["chat:a: changed", "chat:b: changed", "chat:c: changed", "chat:d: message"]


async def test_a_chat_that_asks_to_wait_with_updates_waits_with_all_of_them(database: Database) -> None:
    """Slack counts updates for a whole workspace: after a refusal none is sent until then, and messages go on."""
    chat = Platform()
    courier = Courier(database, {"chat": chat})
    for place in "ab":
        put(database, "card", f"chat:{place}", subject=place)
    await courier.deliver(NOW)
    chat.faults["chat:a"] = [Wait(30)]
    put(database, "changed", kind="update", subject="a")
    await courier.deliver(NOW)
    put(database, "changed", kind="update", subject="b")
    put(database, "message", "chat:c")
    await courier.deliver(NOW + 29 * SECOND)
    assert chat.arrived[2:] == ["chat:c: message"]
    await courier.deliver(NOW + 30 * SECOND)
    assert sorted(chat.arrived[3:]) == ["chat:a: changed", "chat:b: changed"]


async def test_two_processes_keep_the_pace_together(postgresql: PostgreSQL) -> None:
    """Twelve messages to two places, sent by two couriers on one database: in order, and none is refused."""
    address = postgresql.new()
    first, second = Database(address, KEY), Database(address, KEY)
    chat = Platform(pace=Pace(message=0.3), limit=0.3)

    def now() -> datetime:
        return datetime.now(UTC)

    both = [Courier(each, {"chat": chat}, time=now) for each in (first, second)]
    for number in range(12):
        put(first, f"{number // 2:02}", f"chat:{'ab'[number % 2]}")
    async with asyncio.timeout(20):
        while waiting(first):
            await asyncio.gather(*(courier.deliver(now()) for courier in both))
            await asyncio.sleep(0.01)
    for courier in both:
        await courier.close()
    first.close()
    second.close()
    assert chat.refused == 0
    for place in "ab":
        mine = [each for each in chat.arrived if each.startswith(f"chat:{place}")]
        assert mine == [f"chat:{place}: {number:02}" for number in range(6)]


async def test_what_is_under_way_for_longer_than_a_lease_is_sent_by_nobody_else(database: Database) -> None:
    """Who is alive claims again what it still sends, however long the platform takes."""
    chat = Platform(held={"slow": asyncio.Event()})
    one, other = (Courier(database, {"chat": chat}, bounds=Bounds(patience=0.05)) for _ in range(2))
    put(database, "slow")
    for seconds in range(0, 40, 4):
        assert await one.deliver(NOW + seconds * SECOND) == 0
        assert await other.deliver(NOW + seconds * SECOND) == 0
    chat.held["slow"].set()
    assert await one.deliver(NOW + 40 * SECOND) == 1
    assert chat.arrived == ["chat:a: slow"]
    assert unsure(database) == 0


async def test_the_courier_comes_back_by_itself_when_a_platform_asked_to_wait(database: Database) -> None:
    """What must wait a second leaves after it, and not at the next tick of the clock."""
    chat = Platform(faults=defaultdict(list, {"chat:a": [Wait(1)]}))
    courier = Courier(database, {"chat": chat}, time=lambda: datetime.now(UTC))
    put(database, "first")
    assert await courier.deliver(datetime.now(UTC)) == 0
    await until(lambda: len(chat.arrived) == 1)
    await courier.close()
    assert waiting(database) == 0


async def test_what_was_under_way_when_a_process_died_is_counted(database: Database) -> None:
    """A message and a direct message may arrive twice then; a second update does no harm."""
    put(database, "card", subject="s")
    chat = Platform()
    await Courier(database, {"chat": chat}).deliver(NOW)
    put(database, "post", "chat:b")
    put(database, "write", "chat:fatma", kind="write")
    put(database, "update", kind="update", subject="s")
    assert len(database.run_now(lambda books: books.outbox.claim(NOW))) == 3
    assert await Courier(database, {"chat": chat}).deliver(NOW + 61 * SECOND) == 3
    assert unsure(database) == 2


async def test_what_the_only_process_had_in_hand_is_counted_at_its_start(database: Database) -> None:
    """Where nobody else can be, it is sent at once, and counted all the same."""
    put(database, "first")
    put(database, "second", "chat:b")
    assert len(database.run_now(lambda books: books.outbox.claim(NOW, 1))) == 1
    database.run_now(lambda books: books.outbox.release(NOW))
    chat = Platform()
    assert await Courier(database, {"chat": chat}).deliver(NOW) == 2
    assert unsure(database) == 1


async def test_no_answer_at_all_is_no_sure_failure(database: Database) -> None:
    """A message that timed out may have arrived, and is counted; a change that did is only tried again."""
    chat = Platform()
    courier = Courier(database, {"chat": chat})
    put(database, "card", subject="s")
    await courier.deliver(NOW)
    chat.faults["chat:a"] = [TimeoutError(), TimeoutError()]
    put(database, "changed", kind="update", subject="s")
    put(database, "next")
    await courier.deliver(NOW)
    assert unsure(database) == 0
    await courier.deliver(NOW + 6 * SECOND)
    assert unsure(database) == 0
    await courier.deliver(NOW + 30 * SECOND)
    assert chat.arrived == ["chat:a: card", "chat:a: changed", "chat:a: next"]
    chat.faults["chat:a"] = [TimeoutError()]
    put(database, "perhaps")
    await courier.deliver(NOW + 30 * SECOND)
    assert unsure(database) == 1
    assert waiting(database) == 1


async def test_closing_lets_what_is_under_way_end(database: Database) -> None:
    """A letter that gets its answer while the bot stops is not sent again."""
    chat = Platform(held={"slow": asyncio.Event()})
    courier = Courier(database, {"chat": chat})
    put(database, "slow")
    put(database, "not begun")
    delivering = asyncio.create_task(courier.deliver(NOW))
    await asyncio.sleep(0.1)
    closing = asyncio.create_task(courier.close())
    await asyncio.sleep(0.05)
    chat.held["slow"].set()
    await asyncio.gather(closing, delivering)
    assert chat.arrived == ["chat:a: slow"]
    assert waiting(database) == 1
    assert unsure(database) == 0
    assert await Courier(database, {"chat": chat}).deliver(NOW) == 1


async def test_closing_breaks_off_what_hangs_and_counts_it(database: Database) -> None:
    """The next start sends it at once: nobody waits for a lease."""
    chat = Platform(held={"slow": asyncio.Event()})
    courier = Courier(database, {"chat": chat}, bounds=Bounds(grace=0.05))
    put(database, "slow")
    delivering = asyncio.create_task(courier.deliver(NOW))
    await asyncio.sleep(0.1)
    await courier.close()
    await delivering
    assert unsure(database) == 1
    chat.held["slow"].set()
    assert await Courier(database, {"chat": chat}).deliver(NOW) == 1


async def test_nobody_waits_for_an_answer_longer_than_the_lease(database: Database) -> None:
    """What takes too long is broken off, counted and tried again."""
    chat = Platform(held={"slow": asyncio.Event()})
    courier = Courier(database, {"chat": chat}, bounds=Bounds(under_way=0.1))
    put(database, "slow")
    assert await courier.deliver(NOW) == 0
    assert unsure(database) == 1
    chat.held["slow"].set()
    assert await courier.deliver(NOW + 6 * SECOND) == 1


async def test_a_letter_for_a_chat_that_is_not_set_up_is_kept(database: Database) -> None:
    """Somebody left a token out: what waits is not lost by one start."""
    put(database, "first")
    assert await Courier(database, {}).deliver(NOW) == 0
    assert waiting(database) == 1
    assert await Courier(database, {"chat": Platform()}).deliver(NOW + timedelta(minutes=10)) == 1


@pytest.mark.parametrize("fault", [NotInvited(), NotConnected("token_revoked")])
async def test_what_somebody_must_mend_is_never_given_up(database: Database, fault: NotSent) -> None:
    """After two days in which nobody does, the letter is there, in its place, and no failure was counted."""
    chat = Platform()
    courier = Courier(database, {"chat": chat})
    put(database, "first")
    put(database, "second")
    now = NOW
    chat.faults["chat:a"] = [fault] * 300
    while chat.faults["chat:a"]:
        await courier.deliver(now)
        due = database.run_now(lambda books: books.outbox.next_due())
        assert due
        assert due - now <= timedelta(minutes=10)
        now = due
    assert await courier.deliver(now) == 2
    assert chat.arrived == ["chat:a: first", "chat:a: second"]
    assert database.run_now(lambda books: books.outbox.counted()) == {"letters_given_up": 0, "letters_unsure": 0}


async def test_who_can_invite_the_bot_is_told_once_a_day(any_office: Office) -> None:
    """The administrator reads what to type; the author reads that the dilemma is kept; it comes by itself."""
    office = any_office
    ilse = office.person("Ilse of wmo", "administrator")
    fatma = office.person("Fatma of inkomen")
    office.chat.uninvited.add(DILEMMAS)
    await shares(fatma)
    await office.parts.courier.deliver(office.now)
    assert office.channel == ""
    assert ilse.inbox.count("/invite @") == 1
    assert "#dilemmas" in ilse.inbox
    assert fatma.inbox.count("Je dilemma is bewaard") == 1
    await office.waits(minutes=5)
    assert ilse.inbox.count("/invite @") == 1
    office.chat.uninvited.clear()
    await office.waits(minutes=1)
    assert "Dilemma 1" in office.channel
    assert fatma.inbox.count("Je dilemma is bewaard") == 1


async def test_without_an_administrator_the_author_hears_who_can_name_one(office: Office) -> None:
    """Nobody is said to know of it when nobody does."""
    fatma = office.person("Fatma of inkomen")
    office.chat.uninvited.add(DILEMMAS)
    await shares(fatma)
    await office.parts.courier.deliver(office.now)
    assert "er is geen beheerder die dat kan regelen" in fatma.inbox
    assert "Een beheerder weet ervan" not in fatma.inbox


async def test_another_dilemma_on_the_same_day_tells_its_author_only(office: Office) -> None:
    """Administrators have read it already; who raised the second has not."""
    ilse = office.person("Ilse of wmo", "administrator")
    fatma, joost = office.person("Fatma of inkomen"), office.person("Joost of wmo")
    office.chat.uninvited.add(DILEMMAS)
    await shares(fatma)
    await shares(joost)
    office.chat.uninvited.clear()
    await office.waits(minutes=1)
    assert ilse.inbox.count("/invite @") == 1
    assert office.channel.count("Doe mee") >= 2


async def test_that_a_dilemma_was_kept_is_forgotten_with_its_author(office: Office) -> None:
    """The private message about it is wiped with the others when nobody may know any more who raised it."""
    fatma = office.person("Fatma of inkomen")
    office.chat.uninvited.add(DILEMMAS)
    await shares(fatma)
    [dilemma] = office.parts.database.run_now(lambda books: books.dilemmas.with_status("open"))
    assert office.parts.database.run_now(lambda books: books.outbox.subjects(f"news:{dilemma.id}:"))
    assert card_subject(dilemma) == f"dilemma:{dilemma.id}"
    await fatma.presses("Trek het terug")
    office.chat.uninvited.clear()
    await office.waits(days=3)
    assert "Je dilemma is bewaard" not in fatma.inbox


async def test_over_a_chat_that_lets_nobody_in_nobody_is_told(office: Office) -> None:
    """A sentence that arrives once all is well helps nobody; a missing right can be told of."""
    ilse = office.person("Ilse of wmo", "administrator")
    office.chat.faults[DILEMMAS] = NotConnected("token_revoked")
    await shares(office.person("Fatma of inkomen"))
    assert ilse.inbox == ""
    office.chat.faults[DILEMMAS] = NotConnected("missing_scope")
    await office.waits(minutes=1)
    assert ilse.inbox.count("missing_scope") == 1
    office.chat.faults.clear()
    await office.waits(minutes=11)
    assert "Dilemma 1" in office.channel


async def test_a_place_that_is_gone_is_told_to_nobody(office: Office) -> None:
    """What can never arrive is dropped, as before."""
    ilse = office.person("Ilse of wmo", "administrator")
    office.chat.faults[DILEMMAS] = Unreachable(DILEMMAS)
    await shares(office.person("Fatma of inkomen"))
    assert ilse.inbox == ""
    assert office.parts.database.run_now(lambda books: books.outbox.waiting()) == 0


async def test_who_waits_to_deliver_loses_patience_and_the_rest_goes_on(database: Database) -> None:
    """The clock's tick does not stand still because one channel has much to say."""
    chat = Platform(pace=Pace(message=0.1), limit=0.1)
    courier = Courier(database, {"chat": chat}, bounds=Bounds(patience=0.15))
    for number in range(5):
        put(database, str(number))
    assert await courier.deliver(NOW) < 5
    await until(lambda: len(chat.arrived) == 5)
    with suppress(TimeoutError):
        await courier.deliver(NOW)
    assert waiting(database) == 0
