"""What must be sent leaves once, in order within its lane, after the commit; what fails waits and is tried again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from compassbot.app.asgi import Running, make_app
from compassbot.courier import Courier
from compassbot.store import lanes
from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.outbox import Letter
from compassbot.store.tables import outbox, rests
from compassbot.talk.chat import Message, Pace, Person, Place
from compassbot.talk.errors import Unreachable, Unsure, Wait
from compassbot.talk.view import Card, Cards, pack
from tests.office import open_office, sqlite_url

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@dataclass
class Fickle:
    """A chat that fails as it is told to, once for each fault, and else keeps what arrives."""

    name: str = "chat"
    pace: Pace = Pace()  # noqa: RUF009 - it cannot be changed
    many_languages: bool = True
    faults: list[Exception] = field(default_factory=list[Exception])
    arrived: list[str] = field(default_factory=list[str])
    keys: list[str] = field(default_factory=list[str])

    async def post(self, place: Place, cards: Cards, key: str) -> Message:
        """Keep it, with the thread it is in."""
        self._take(f"{place.id}{' > ' + place.thread if place.thread else ''}: {cards['nl'].title}", key)
        return Message(place, f"id{len(self.arrived)}")

    async def update(self, message: Message, cards: Cards, key: str) -> None:
        """Keep the change."""
        self._take(f"{message.id} = {cards['nl'].title}", key)

    async def write_to(self, person: Person, cards: Cards, key: str) -> Message:
        """Keep it as a direct message."""
        return await self.post(Place(person.id), cards, key)

    def _take(self, what: str, key: str) -> None:
        self.keys.append(key)
        if self.faults:
            raise self.faults.pop(0)
        self.arrived.append(what)


@pytest.fixture
def chat() -> Fickle:
    """A chat at the network's edge."""
    return Fickle()


@pytest.fixture
def courier(database: Database, chat: Fickle) -> Courier:
    """What is tested."""
    return Courier(database, {"chat": chat})


def put(
    database: Database, title: str, to: str = "chat:a", *, kind: str = "post", at: datetime = NOW, **more: str
) -> None:
    """Put a letter in the outbox."""
    letter = Letter(kind, "chat", to if kind != "update" else "", pack({"nl": Card(title)}), **more)
    database.run_now(lambda books: books.outbox.put(letter, at))


async def test_letters_leave_in_order_within_a_lane(database: Database, courier: Courier, chat: Fickle) -> None:
    """Ten posts in two places arrive each in the order in which they were written."""
    for number in range(10):
        put(database, str(number), f"chat:{'ab'[number % 2]}")
    assert await courier.deliver(NOW) == 10
    assert [each for each in chat.arrived if each.startswith("chat:a")] == [f"chat:a: {n}" for n in range(0, 10, 2)]
    assert [each for each in chat.arrived if each.startswith("chat:b")] == [f"chat:b: {n}" for n in range(1, 10, 2)]


async def test_a_letter_leaves_once(database: Database, courier: Courier, chat: Fickle) -> None:
    """What has left is no longer in the outbox."""
    put(database, "once")
    await courier.deliver(NOW)
    assert await courier.deliver(NOW) == 0
    assert chat.arrived == ["chat:a: once"]
    assert database.run_now(lambda books: books.outbox.waiting()) == 0


async def test_what_asks_to_wait_is_tried_again_then_and_keeps_its_place(
    database: Database, courier: Courier, chat: Fickle
) -> None:
    """A lane waits as long as the platform asks for, nobody overtakes, and other lanes go on."""
    chat.faults = [Wait(30)]
    put(database, "first")
    put(database, "second")
    put(database, "elsewhere", "chat:b")
    await courier.deliver(NOW)
    assert chat.arrived == ["chat:b: elsewhere"]
    await courier.deliver(NOW + 29 * SECOND)
    assert chat.arrived == ["chat:b: elsewhere"]
    await courier.deliver(NOW + 30 * SECOND)
    assert chat.arrived == ["chat:b: elsewhere", "chat:a: first", "chat:a: second"]


async def test_a_wait_of_nothing_is_no_endless_loop(database: Database, courier: Courier, chat: Fickle) -> None:
    """A platform that says "wait 0 seconds" is asked again a second later, not at once for ever."""
    chat.faults = [Wait(0)]
    put(database, "first")
    assert await courier.deliver(NOW) == 0
    assert await courier.deliver(NOW + SECOND) == 1


async def test_what_nobody_knows_is_tried_again_under_the_same_key(
    database: Database, courier: Courier, chat: Fickle
) -> None:
    """After a lost answer the chat can see by the key that it had this one already."""
    chat.faults = [Unsure()]
    put(database, "perhaps")
    await courier.deliver(NOW)
    await courier.deliver(NOW + 6 * SECOND)
    assert chat.arrived == ["chat:a: perhaps"]
    assert chat.keys[0] == chat.keys[1]


async def test_pauses_grow_and_stay_bounded(database: Database, courier: Courier, chat: Fickle) -> None:
    """A chat that is down for a day is tried less and less often, but at least every ten minutes."""
    chat.faults = [ConnectionRefusedError() for _ in range(60)]
    put(database, "late")
    moments: list[datetime] = []
    now = NOW
    while not chat.arrived:
        moments.append(now)
        await courier.deliver(now)
        due = database.run_now(lambda books: books.outbox.next_due())
        now = due or now
    pauses = [after - before for before, after in pairwise(moments)]
    assert pauses[:3] == [5 * SECOND, 10 * SECOND, 20 * SECOND]
    assert max(pauses) == timedelta(minutes=10)


async def test_what_cannot_be_reached_is_dropped_and_holds_nobody_up(
    database: Database, courier: Courier, chat: Fickle
) -> None:
    """A channel that is gone: that letter is given up, the next one leaves."""
    chat.faults = [Unreachable()]
    put(database, "gone")
    put(database, "next")
    await courier.deliver(NOW)
    assert chat.arrived == ["chat:a: next"]
    assert database.run_now(lambda books: books.outbox.waiting()) == 0


def counted(database: Database) -> dict[str, int]:
    """What is told on /healthz."""
    return database.run_now(lambda books: books.outbox.counted())


async def test_a_letter_that_fails_always_is_given_up_and_its_lane_goes_on(
    database: Database, courier: Courier, chat: Fickle
) -> None:
    """After twelve failures of its own, within two hours; it is counted, and the next one leaves."""
    chat.faults = [ValueError() for _ in range(12)]
    put(database, "broken")
    put(database, "next")
    now = NOW
    while not chat.arrived and now < NOW + timedelta(hours=2):
        await courier.deliver(now)
        now = database.run_now(lambda books: books.outbox.next_due()) or now
    assert chat.arrived == ["chat:a: next"]
    assert chat.faults == []
    assert counted(database) == {"letters_given_up": 1, "letters_unsure": 0}


async def test_what_perhaps_arrived_is_counted_and_never_given_up(
    database: Database, courier: Courier, chat: Fickle
) -> None:
    """Lost answers and requests to wait are no failures of the letter, however many there are."""
    chat.faults = [fault for _ in range(15) for fault in (Unsure(), Wait(1))]
    put(database, "late")
    for hour in range(31):
        await courier.deliver(NOW + timedelta(hours=hour))
    assert chat.arrived == ["chat:a: late"]
    assert counted(database) == {"letters_given_up": 0, "letters_unsure": 15}


async def test_a_letter_that_cannot_be_read_holds_nobody_up(database: Database, courier: Courier, chat: Fickle) -> None:
    """A row that was damaged is dropped and counted; its lane and the others go on."""
    for number in range(12):
        put(database, "damaged", f"chat:{number}")
    database.run_now(lambda books: books.connection.execute(sa.update(outbox).values(address=b"nonsense")))
    put(database, "same lane", "chat:0")
    put(database, "elsewhere", "chat:b")
    await courier.deliver(NOW)
    assert sorted(chat.arrived) == ["chat:0: same lane", "chat:b: elsewhere"]
    assert counted(database)["letters_given_up"] == 12


async def test_what_was_given_up_is_told_to_who_watches(tmp_path: Path) -> None:
    """The page on health has both counts beside the letters that wait."""
    office = open_office(sqlite_url(tmp_path))
    office.parts.database.run_now(lambda books: books.settings.count("letters_given_up"))
    app = make_app(Running(office.parts, ()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office") as browser:
        told = (await browser.get("/healthz")).json()
    await office.parts.close()
    assert told == {"status": "ok", "letters_waiting": 0, "letters_given_up": 1, "letters_unsure": 0}


async def test_updates_of_one_card_fold_into_the_last(database: Database, courier: Courier, chat: Fickle) -> None:
    """Three changes that wait together are one call to the platform."""
    put(database, "card", subject="s")
    await courier.deliver(NOW)
    for title in ("one", "two", "three"):
        put(database, title, kind="update", subject="s")
    await courier.deliver(NOW)
    assert chat.arrived == ["chat:a: card", "id1 = three"]


async def test_a_change_of_what_waits_changes_what_is_said(database: Database, courier: Courier, chat: Fickle) -> None:
    """A post that was held for the morning is said as it is by then, once."""
    put(database, "evening", subject="s", at=NOW + timedelta(hours=10))
    put(database, "changed", kind="update", subject="s")
    await courier.deliver(NOW + timedelta(hours=10))
    assert chat.arrived == ["chat:a: changed"]


async def test_a_change_after_a_first_try_is_sent_behind_it(database: Database, courier: Courier, chat: Fickle) -> None:
    """The first try may have arrived: the chat would not take another card under its key."""
    chat.faults = [Unsure()]
    put(database, "card", subject="s")
    await courier.deliver(NOW)
    put(database, "changed", kind="update", subject="s")
    await courier.deliver(NOW + 6 * SECOND)
    assert chat.arrived == ["chat:a: card", "id1 = changed"]


async def test_a_reply_goes_into_the_thread_of_its_subject(database: Database, courier: Courier, chat: Fickle) -> None:
    """Also when both waited together."""
    put(database, "card", subject="s")
    put(database, "reply", under="s")
    await courier.deliver(NOW)
    assert chat.arrived == ["chat:a: card", "chat:a > id1: reply"]


async def test_what_is_held_for_the_morning_holds_up_nothing_else(
    database: Database, courier: Courier, chat: Fickle
) -> None:
    """A later letter in the same channel that may go now goes now."""
    morning = NOW + timedelta(hours=12)
    put(database, "morning", at=morning)
    put(database, "now")
    assert database.run_now(lambda books: books.outbox.next_due()) == NOW
    await courier.deliver(NOW)
    assert chat.arrived == ["chat:a: now"]
    assert database.run_now(lambda books: books.outbox.next_due()) == morning


async def test_what_is_taken_back_is_never_said(database: Database, courier: Courier, chat: Fickle) -> None:
    """A subject that waits goes with all that hangs under it; other letters stay."""
    put(database, "card", subject="s")
    put(database, "reply", under="s")
    put(database, "other")
    assert database.run_now(lambda books: books.outbox.take_back("s"))
    await courier.deliver(NOW)
    assert chat.arrived == ["chat:a: other"]


async def test_an_address_that_is_forgotten_while_its_letter_is_under_way_stays_forgotten(
    database: Database, courier: Courier, chat: Fickle
) -> None:
    """The letter arrives, and nothing remembers where."""
    put(database, "receipt", "chat:fatma", kind="write", subject="receipt:1")
    [letter] = database.run_now(lambda books: books.outbox.claim(NOW))
    database.run_now(lambda books: books.outbox.forget("receipt:1"))
    from compassbot.store.outbox import Posted

    database.run_now(lambda books: books.outbox.sent(letter, Posted("chat", "chat:fatma", "", "id1")))
    assert database.run_now(lambda books: books.outbox.where("receipt:1")) is None


async def test_a_change_arrives_although_the_address_is_forgotten_with_it(
    database: Database, courier: Courier, chat: Fickle
) -> None:
    """The last change of a card carries its address itself."""
    put(database, "receipt", "chat:fatma", kind="write", subject="receipt:1")
    await courier.deliver(NOW)
    put(database, "closed", kind="update", subject="receipt:1")
    database.run_now(lambda books: books.outbox.forget("receipt:1"))
    await courier.deliver(NOW)
    assert chat.arrived[-1] == "id1 = closed"


async def test_what_was_claimed_by_a_process_that_died_is_sent_after_its_lease(
    database: Database, courier: Courier, chat: Fickle
) -> None:
    """A lease keeps others away for ten seconds, not for ever, and who looks meanwhile knows when it is over."""
    put(database, "first")
    assert database.run_now(lambda books: books.outbox.claim(NOW))
    await courier.deliver(NOW + 9 * SECOND)
    assert chat.arrived == []
    assert database.run_now(lambda books: books.outbox.next_after(NOW + 9 * SECOND)) == NOW + 10 * SECOND
    await courier.deliver(NOW + 11 * SECOND)
    assert chat.arrived == ["chat:a: first"]


async def test_a_claim_by_a_clock_that_is_a_little_ahead_is_left_alone(database: Database) -> None:
    """Two processes never have quite the same time, and one of them sends a letter, not both."""
    put(database, "first")
    assert database.run_now(lambda books: books.outbox.claim(NOW + SECOND))
    assert database.run_now(lambda books: books.outbox.claim(NOW)) == []


async def test_a_clock_that_was_years_ahead_leaves_no_letter_behind(
    database: Database, courier: Courier, chat: Fickle
) -> None:
    """What was claimed or put off while the clock was wrong leaves once it is right again."""
    put(database, "first", at=NOW + timedelta(days=3650))
    put(database, "second", "chat:b")
    database.run_now(lambda books: books.outbox.claim(NOW + timedelta(days=3649)))
    await courier.deliver(NOW)
    assert sorted(chat.arrived) == ["chat:a: first", "chat:b: second"]


async def test_the_database_holds_no_address_that_can_be_read(database: Database) -> None:
    """An address is sealed: who reads the table learns nobody's name."""
    put(database, "hello", "chat:fatma", kind="write")
    [row] = database.run_now(lambda books: books.connection.exec_driver_sql("SELECT * FROM outbox").all())
    assert "fatma" not in str([bytes(value) if isinstance(value, memoryview) else value for value in row])


async def test_the_only_process_does_not_wait_for_a_lease_of_its_own(
    database: Database, courier: Courier, chat: Fickle
) -> None:
    """After a restart, what was in hand when the power went is sent at once."""
    put(database, "first")
    put(database, "second", "chat:b", at=NOW + 40 * SECOND)
    assert database.run_now(lambda books: books.outbox.claim(NOW))
    database.run_now(lambda books: books.outbox.release(NOW))
    await courier.deliver(NOW + SECOND)
    assert sorted(chat.arrived) == ["chat:a: first", "chat:b: second"]


class Explained(sa.Executable, sa.ClauseElement):
    """How a database finds what a statement asks for."""

    inherit_cache = False

    def __init__(self, statement: sa.Select[Any]) -> None:
        """Take the statement."""
        self.statement = statement


@compiles(Explained)
def _explained(element: Explained, compiler: Any, **kw: Any) -> str:
    how = "EXPLAIN QUERY PLAN" if compiler.dialect.name == "sqlite" else "EXPLAIN"
    return f"{how} {compiler.process(element.statement, **kw)}"


def test_a_claim_does_not_read_through_what_waits(database: Database) -> None:
    """However many letters wait, only the first of each lane is looked up: by its lane, then by its key."""
    row = {"kind": "post", "chat": "chat", "address": b"", "subject": "", "under": "", "packed": "{}", "attempts": 0}
    rows = [row | {"lane": f"{number % 50}", "due_at": NOW} for number in range(10_000)]
    values = {"now": NOW, "wrong": NOW + 7 * DAY, "lease": NOW + 60 * SECOND, "who": "", "most": 10, "lanes": ["1"]}

    def work(books: Books) -> str:
        books.connection.execute(sa.insert(outbox), rows)
        plans = [
            books.connection.execute(Explained(statement), values | {"paced": ["chat"], "chat": "chat"}).all()
            for statement in (lanes.ANY, lanes.MOST, lanes.ONE_UPDATE)
        ]
        return str(plans)

    plan = database.run_now(work)
    assert "ix_outbox_lane_due_at_id" in plan
    assert not re.search(r"SCAN (outbox|head|following)\b|Seq Scan on outbox", plan)


def test_a_database_can_be_asked_to_forget_what_left(database: Database) -> None:
    """On PostgreSQL a row that was deleted lies there until somebody sweeps; on SQLite there is nothing to do."""
    put(database, "gone")
    database.run_now(lambda books: books.connection.execute(sa.delete(outbox)))
    lanes.tidy(database.engine)
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect() as connection:
            pages = connection.exec_driver_sql("SELECT pg_relation_size('outbox')").scalar()
        assert pages == 0


async def test_the_hash_of_a_lane_is_kept_for_a_rest_only(database: Database, courier: Courier, chat: Fickle) -> None:
    """Who looks into the database a little later learns nothing of where something was said."""
    chat.pace = Pace(message=0.1)
    put(database, "first")
    await courier.deliver(NOW)
    count = sa.select(sa.func.count()).select_from(rests)
    assert database.run_now(lambda books: books.connection.execute(count).scalar()) == (0 if database.alone else 1)
    await Courier(database, {"chat": chat}).deliver(NOW + SECOND)
    assert database.run_now(lambda books: books.connection.execute(count).scalar()) == 0
