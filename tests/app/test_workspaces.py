"""Two workspaces in one process see nothing of each other; one that is broken or gone does not hinder the other."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from structlog.testing import capture_logs

from compassbot.app.opening import open_database, open_workspace
from compassbot.app.parts import Parts, house_of
from compassbot.app.workspaces import CannotOpen, Workspaces, begin
from compassbot.conversations.desk import ADMINISTRATOR, Desk
from compassbot.conversations.weekly_digest import publish
from compassbot.grant import Grant
from compassbot.settings import Settings
from compassbot.store import migrate
from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.store.engines import OtherSchema, engine_for
from compassbot.store.migrate import current, newest
from compassbot.store.tables import metadata
from compassbot.store.tenants import address_of, folder_of
from compassbot.talk.chat import Event, Person, Place, Reply
from compassbot.talk.memory import MemoryChat
from compassbot.talk.view import Card, Form, words_of
from tests.conversations.stories import DILEMMA
from tests.office import DEPARTMENTS, KEY, TUESDAY, Standing
from tests.pooler import pooler
from tests.postgresql import PostgreSQL

WERK, ZORG = "T0WERK", "T0ZORG"
MAIN_ONLY = {"installations", "install_states"}


@dataclass
class Workspace:
    """A workspace on a chat in memory."""

    parts: Parts
    chat: MemoryChat = field(default_factory=lambda: MemoryChat("slack"))
    closed: bool = False
    slow: float = 0.0

    async def close(self) -> None:
        """Note that it was let go of, after so many seconds."""
        await asyncio.sleep(self.slow)
        self.closed = True

    async def hear(self, kind: Any, action: str, person: str = "ilse", **more: Any) -> Reply:
        """Let somebody do something."""
        event = Event("", kind, Person(f"slack:{person}"), Place("slack:dilemmas"), action, **more)
        return await self.parts.hear(event)

    async def sent(self) -> str:
        """Return all that was said, once everything that is due has left."""
        await self.parts.courier.deliver(self.parts.hours.now())
        return "\n".join(words_of(said.card("nl")) for said in self.chat.said)


@dataclass
class Building:
    """A server: the main database, and the workspaces in it."""

    settings: Settings
    main: Database
    hours: Standing = field(default_factory=lambda: Standing(TUESDAY))
    joined: list[str] = field(default_factory=list[str])
    changed: list[str] = field(default_factory=list[str])

    def process(self) -> Workspaces[Workspace]:
        """Return the workspaces as one process has them."""
        house = house_of(self.settings)
        return Workspaces(self.main, self.settings, house, self._join, hours=self.hours, changed=self.changed.append)

    def _join(self, team: str, parts: Parts) -> Workspace:
        self.joined.append(team)
        return Workspace(parts)

    def there(self) -> list[str]:
        """Return the folders or schemas of workspaces that are there."""
        if self.main.alone:
            return sorted(path.name for path in (self.settings.data_dir / "workspaces").glob("*"))
        query = sa.text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'workspace%' ORDER BY 1")
        found = self.main.run_now(lambda books: books.connection.execute(query).scalars().all())
        return [name.removeprefix("workspace_").upper() for name in found]

    def rows(self) -> dict[str, int]:
        """Return how many rows each table of the main database has, where it has any."""
        return rows(self.main)


def rows(database: Database) -> dict[str, int]:
    """Return how many rows each table of a database has, where it has any."""

    def work(books: Books) -> dict[str, int]:
        counts = {
            name: books.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }
        return {name: count for name, count in counts.items() if count}

    return database.run_now(work)


def content(database: Database) -> str:
    """Return all that stands in the tables of a database, as text."""

    def work(books: Books) -> str:
        return "\n".join(
            str(tuple(row)) for table in metadata.tables.values() for row in books.connection.execute(sa.select(table))
        )

    return database.run_now(work)


@pytest.fixture(params=["sqlite", "postgresql"])
def building(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A server on each kind of database."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgresql").new()
    settings = Settings(data_dir=tmp_path / "data", database_url=url, key=KEY.decode())
    main = open_database(settings)
    yield Building(settings, main)
    main.close()


@pytest.fixture
async def workspaces(building: Building) -> AsyncIterator[Workspaces[Workspace]]:
    """The workspaces of a server, without any."""
    made = building.process()
    yield made
    await made.close()


def given(team: str, installer: str = "ilse", language: str = "nl") -> Grant:
    """Return what a workspace gives when it installs the app."""
    return Grant(team, f"xoxb-{team}", installer=installer, language=language)


async def add(workspaces: Workspaces[Workspace], *teams: str) -> list[Workspace]:
    """Let workspaces install the app."""
    for team in teams:
        await workspaces.installed(given(team))
    found = [await workspaces.of(team) for team in teams]
    assert all(found)
    return [each for each in found if each]


async def forget(workspaces: Workspaces[Workspace], team: str) -> None:
    """Let a workspace take the app away, and wait until nothing of it is left."""
    await workspaces.uninstalled(team)
    await workspaces.tick(TUESDAY)


async def settle(workspace: Workspace) -> None:
    """Choose departments and places, as the first administrator does."""
    chosen = {"deliberation_place": "slack:dilemmas", "learning_place": "slack:learning"}
    await workspace.hear("submit", "settings", about="departments", answers={"departments": DEPARTMENTS})
    await workspace.hear("submit", "settings", about="places", answers=chosen)


async def share(workspace: Workspace) -> None:
    """Put a dilemma to colleagues, as fatma."""
    form = await workspace.hear("command", "dilemma", "fatma")
    while isinstance(form, Form):
        filled = {question.name: question.initial for question in form.questions}
        filled |= {name: value for name, value in {**DILEMMA, "department": "inkomen"}.items() if name in filled}
        form = await workspace.hear("submit", form.action, "fatma", about=form.about, answers=filled)
    assert isinstance(form, Card)


async def test_who_installs_the_app_is_the_first_administrator_and_is_told_what_to_do(
    workspaces: Workspaces[Workspace],
) -> None:
    """The welcome leads to the settings, which that person may change; it is said once."""
    [werk] = await add(workspaces, WERK)
    said = await werk.sent()
    assert said.startswith("Welkom bij Kompas")
    assert "[Kies de instellingen]" in said
    assert isinstance(await werk.hear("press", "settings"), Card)
    assert "Beheer" in words_of(await werk.hear("press", "settings"))  # type: ignore[arg-type]
    await workspaces.installed(given(WERK, "stranger"))
    assert await werk.sent() == said
    kept = werk.parts.database.run_now(lambda books: (books.people.with_role(ADMINISTRATOR), books.settings.all()))
    assert kept[0] == ["slack:ilse"]
    assert datetime.fromisoformat(kept[1]["started_at"]) == TUESDAY.astimezone(UTC)


async def test_who_installs_in_english_is_welcomed_in_english(workspaces: Workspaces[Workspace]) -> None:
    """The language of the browser is the first one of the channels, until an administrator chooses another."""
    await workspaces.installed(given(WERK, language="en"))
    werk = await workspaces.of(WERK)
    assert werk
    await werk.sent()
    [welcome] = werk.chat.said
    assert next(iter(welcome.cards.values())).title == "Welcome to Compass"


async def test_what_one_does_is_in_no_table_of_the_other(building: Building, workspaces: Workspaces[Workspace]) -> None:
    """Roles, settings, dilemmas, letters and digests of one leave every table of the other as it was."""
    werk, zorg = await add(workspaces, WERK, ZORG)
    await zorg.sent()
    before = content(zorg.parts.database)
    await settle(werk)
    await share(werk)
    werk.parts.database.run_now(lambda books: books.people.give("slack:joost", "manager"))
    werk.parts.database.run_now(lambda books: publish(Desk(books, TUESDAY, werk.parts.house), "2026-W46"))
    await workspaces.tick(TUESDAY)

    there = rows(werk.parts.database)
    assert {"dilemmas", "roles", "settings", "digests"} <= set(there)
    assert content(zorg.parts.database) == before
    assert DILEMMA["question"] in await werk.sent()
    assert DILEMMA["question"] not in await zorg.sent()
    assert set(building.rows()) <= {"installations", "keys"}
    assert MAIN_ONLY & (set(there) | set(rows(zorg.parts.database))) == set()


async def test_a_dilemma_of_one_cannot_be_reached_from_the_other(workspaces: Workspaces[Workspace]) -> None:
    """Its id is unknown there."""
    werk, zorg = await add(workspaces, WERK, ZORG)
    await settle(werk)
    await settle(zorg)
    await share(werk)
    id = werk.parts.database.run_now(lambda books: books.dilemmas.with_status("open")[0].id)
    here = await werk.hear("press", "take_turn", "joost", about=id)
    there = await zorg.hear("press", "take_turn", "joost", about=id)
    assert isinstance(here, Form)
    assert isinstance(there, Card)


async def test_one_that_does_not_have_the_app_is_refused(building: Building, workspaces: Workspaces[Workspace]) -> None:
    """Nothing is opened or made for it, whatever it calls itself."""
    for team in ("T0NONE", "", "../T0WERK", "t0werk"):
        assert await workspaces.of(team) is None
    with pytest.raises(ValueError, match="no id"):
        await workspaces.installed(given("../T0WERK"))
    assert building.there() == []
    assert building.joined == []


async def test_events_at_the_same_moment_open_it_once(building: Building, workspaces: Workspaces[Workspace]) -> None:
    """Ten that come first get the same workspace, and the welcome is queued once."""
    await building.main.run(lambda books: books.installations.keep(given(WERK), TUESDAY, building.settings.data_dir))
    found = await asyncio.gather(*(workspaces.of(WERK) for _ in range(10)))
    assert len({id(each) for each in found}) == 1
    assert building.joined == [WERK]
    assert found[0]
    assert (await found[0].sent()).count("Welkom bij Kompas") == 1


async def test_opening_does_not_hold_up_others(workspaces: Workspaces[Workspace]) -> None:
    """While tables are made, other work of this process goes on."""
    ticks = 0

    async def other() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.001)
            ticks += 1

    going = asyncio.create_task(other())
    await add(workspaces, WERK)
    going.cancel()
    assert ticks > 3


async def test_an_uninstalled_workspace_leaves_nothing(building: Building, workspaces: Workspaces[Workspace]) -> None:
    """No row, no schema, no file; what comes from it later is refused and opens nothing; the other goes on."""
    werk, zorg = await add(workspaces, WERK, ZORG)
    await settle(werk)
    await share(werk)
    await workspaces.uninstalled(WERK)
    assert await workspaces.of(WERK) is None
    await workspaces.tick(TUESDAY)

    assert building.there() == [ZORG]
    assert building.main.run_now(lambda books: list(books.installations.since())) == [ZORG]
    assert building.rows()["installations"] == 1
    assert WERK not in content(building.main)
    assert await workspaces.of(WERK) is None
    assert building.joined == [WERK, ZORG]
    assert building.changed.count(WERK) >= 2
    assert (werk.closed, zorg.closed) == (True, False)
    assert await zorg.hear("command", "beheer")


async def test_what_is_under_way_when_it_is_forgotten_ends(
    building: Building, workspaces: Workspaces[Workspace]
) -> None:
    """Fifty events at that moment are answered, each with something; nothing hangs and nothing comes back."""
    [werk] = await add(workspaces, WERK)
    with capture_logs():
        answers = [asyncio.create_task(werk.hear("command", "")) for _ in range(50)]
        await forget(workspaces, WERK)
        replies = await asyncio.wait_for(asyncio.gather(*answers), 30)
        replies.append(await asyncio.wait_for(werk.hear("command", ""), 30))
    assert all(isinstance(reply, Card) for reply in replies)
    assert building.there() == []


async def test_a_workspace_that_comes_back_begins_anew(building: Building, workspaces: Workspaces[Workspace]) -> None:
    """Nothing of before is there, whoever installs it is welcomed, and a late word of leaving does nothing."""
    [before] = await add(workspaces, WERK)
    await settle(before)
    await share(before)
    await workspaces.uninstalled(WERK)
    building.hours.set(TUESDAY + timedelta(hours=1))
    await workspaces.installed(given(WERK, "noor"))
    await workspaces.uninstalled(WERK, TUESDAY)
    again = await workspaces.of(WERK)
    assert again
    assert again is not before
    kept = again.parts.database.run_now(lambda books: (books.people.with_role(ADMINISTRATOR), rows_of_dilemmas(books)))
    assert kept == (["slack:noor"], 0)
    assert "Welkom bij Kompas" in await again.sent()


async def test_one_that_comes_back_at_once_is_another_one(
    building: Building, workspaces: Workspaces[Workspace]
) -> None:
    """What it had is closed before it is thrown away, and the new one stays open, whatever is still to be forgotten."""
    [before] = await add(workspaces, WERK)
    before.slow = 0.3
    await workspaces.uninstalled(WERK)
    forgetting = asyncio.create_task(workspaces.tick(TUESDAY))
    [again] = await add(workspaces, WERK)
    assert before.closed
    await forgetting
    await workspaces.tick(TUESDAY)
    assert (again is before, again.closed, await workspaces.of(WERK)) == (False, False, again)
    assert await again.hear("command", "beheer")
    assert building.there() == [WERK]


async def test_all_are_let_go_of_side_by_side(building: Building, workspaces: Workspaces[Workspace]) -> None:
    """A server that stops waits as long as the slowest takes, and not for each in turn."""
    teams = await add(workspaces, WERK, ZORG, "T0BELASTING", "T0STAD")
    for each in teams:
        each.slow = 1.0
    began = asyncio.get_running_loop().time()
    await workspaces.close()
    assert asyncio.get_running_loop().time() - began < 3
    assert all(each.closed for each in teams)


def rows_of_dilemmas(books: Books) -> int:
    """Return how many dilemmas there are."""
    return books.connection.execute(sa.select(sa.func.count()).select_from(metadata.tables["dilemmas"])).scalar_one()


async def test_forgetting_goes_on_after_a_restart(building: Building, workspaces: Workspaces[Workspace]) -> None:
    """One that was leaving when the process was killed is gone after the next tick."""
    await add(workspaces, WERK)
    await workspaces.close()
    await building.main.run(lambda books: books.installations.leave(WERK))
    assert building.there() == [WERK]
    restarted = building.process()
    assert await restarted.of(WERK) is None
    await restarted.tick(TUESDAY)
    assert building.there() == []
    assert building.rows().get("installations", 0) == 0


async def test_each_is_ticked_without_an_event(building: Building, workspaces: Workspaces[Workspace]) -> None:
    """After a restart what falls due in each is done, also where nobody does anything."""
    first, second = await add(workspaces, WERK, ZORG)
    await settle(first)
    await settle(second)
    await workspaces.close()
    restarted = building.process()
    monday = TUESDAY + timedelta(days=6)
    building.hours.set(monday)
    await restarted.tick(monday)
    for team in (WERK, ZORG):
        again = await restarted.of(team)
        assert again
        assert again.parts.database.run_now(lambda books: books.digests.latest()) == "2026-W47"
    await restarted.close()


async def test_there_is_no_digest_of_a_week_before_it_began(workspaces: Workspaces[Workspace]) -> None:
    """A workspace that was installed on Tuesday publishes nothing of last week."""
    [werk] = await add(workspaces, WERK)
    await settle(werk)
    await workspaces.tick(TUESDAY)
    assert werk.parts.database.run_now(lambda books: books.digests.latest()) is None


async def test_beginning_is_once(workspaces: Workspaces[Workspace]) -> None:
    """Without an installer, as with one bot token, only the moment is kept; a restart does not move it."""
    [werk] = await add(workspaces, WERK)
    await begin(werk.parts, TUESDAY + timedelta(days=30), "slack:joost")
    kept = werk.parts.database.run_now(lambda books: (books.people.with_role(ADMINISTRATOR), books.settings.all()))
    assert (kept[0], kept[1]["started_at"]) == (["slack:ilse"], TUESDAY.astimezone(UTC).isoformat())


async def test_one_that_is_broken_does_not_hinder_the_other(tmp_path: Path) -> None:
    """A damaged file is told with a number that is in the log, without content; the other is opened and ticked."""
    settings = Settings(data_dir=tmp_path / "data", key=KEY.decode())
    building = Building(settings, open_database(settings))
    workspaces = building.process()
    await add(workspaces, WERK, ZORG)
    await workspaces.close()
    file = folder_of(settings.data_dir, WERK) / "compassbot.sqlite"
    file.write_bytes(b"no database at all " * 400)
    restarted = building.process()
    with capture_logs() as logs:
        await restarted.tick(TUESDAY)
        with pytest.raises(CannotOpen) as broken:
            await restarted.of(WERK)
    assert broken.value.reference in {line["reference"] for line in logs}
    assert {line["team"] for line in logs} == {WERK}
    zorg = await restarted.of(ZORG)
    assert zorg
    assert await zorg.hear("command", "beheer")
    await restarted.uninstalled(WERK)
    await restarted.tick(TUESDAY)
    assert building.there() == [ZORG]
    await restarted.close()
    building.main.close()


async def test_all_are_opened_at_once_after_an_upgrade(tmp_path: Path) -> None:
    """The first tick of a new version finds six files that an old one left, and brings the tables of each up to date."""
    settings = Settings(data_dir=tmp_path / "data", key=KEY.decode())
    building = Building(settings, open_database(settings))
    teams = [f"T000{number}" for number in range(6)]
    for team in teams:
        await building.main.run(lambda books, team=team: _left_by_an_old_version(books, team, settings.data_dir))
    workspaces = building.process()
    with capture_logs() as logs:
        await workspaces.tick(TUESDAY)
    assert logs == []
    assert [current(parts.database.engine) for parts in workspaces.open()] == [newest()] * 6
    await workspaces.close()
    building.main.close()


def _left_by_an_old_version(books: Books, team: str, folder: Path) -> None:
    """Let a workspace have the app, and a file with the tables of the first version."""
    books.installations.keep(given(team), TUESDAY, folder)
    books.installations.enter(team, folder)
    engine = engine_for(address_of("sqlite://", folder, team))
    with engine.begin() as connection:
        command.upgrade(migrate._config(connection), "0001")
    engine.dispose()


async def test_a_file_that_came_back_can_be_opened(tmp_path: Path) -> None:
    """After the back-up is put in its place nothing needs to be started again."""
    settings = Settings(data_dir=tmp_path / "data", key=KEY.decode())
    building = Building(settings, open_database(settings))
    workspaces = building.process()
    await add(workspaces, WERK)
    await workspaces.close()
    file = folder_of(settings.data_dir, WERK) / "compassbot.sqlite"
    shutil.copy(file, tmp_path / "copy")
    file.write_bytes(b"no database at all " * 400)
    restarted = building.process()
    with capture_logs(), pytest.raises(CannotOpen):
        await restarted.of(WERK)
    shutil.copy(tmp_path / "copy", file)
    werk = await restarted.of(WERK)
    assert werk
    assert werk.parts.database.run_now(lambda books: books.people.with_role(ADMINISTRATOR)) == ["slack:ilse"]
    await restarted.close()
    building.main.close()


async def test_what_one_process_forgot_the_other_lets_go_of(postgresql: PostgreSQL, tmp_path: Path) -> None:
    """Two processes on one PostgreSQL: within a minute the other refuses it, or has it as it is after it came back."""
    settings = Settings(data_dir=tmp_path / "data", database_url=postgresql.new(), key=KEY.decode())
    building = Building(settings, open_database(settings))
    one, other = building.process(), building.process()
    [_] = await add(one, WERK)
    before = await other.of(WERK)
    assert before
    await forget(one, WERK)
    await other.tick(TUESDAY)
    assert before.closed
    assert await other.of(WERK) is None

    [_] = await add(one, WERK)
    opened = await other.of(WERK)
    await forget(one, WERK)
    building.hours.set(TUESDAY + timedelta(minutes=1))
    [_] = await add(one, WERK)
    await other.tick(TUESDAY + timedelta(minutes=1))
    assert await other.of(WERK) is not opened
    await one.close()
    await other.close()
    building.main.close()


async def test_a_schema_stays_the_place_of_a_connection(postgresql: PostgreSQL, tmp_path: Path) -> None:
    """After an error, a savepoint that was undone, and being handed back, no connection looks into another schema."""
    settings = Settings(data_dir=tmp_path / "data", database_url=postgresql.new(), key=KEY.decode())
    building = Building(settings, open_database(settings))
    workspaces = building.process()
    [werk] = await add(workspaces, WERK)
    database = werk.parts.database

    def place(books: Books) -> str:
        return str(books.connection.exec_driver_sql("SHOW search_path").scalar())

    def undone(books: Books) -> str:
        savepoint = books.connection.begin_nested()
        books.connection.exec_driver_sql("SET LOCAL search_path TO public")
        savepoint.rollback()
        return place(books)

    def fails(books: Books) -> None:
        books.connection.exec_driver_sql("SET search_path TO public")
        raise RuntimeError("broke")

    assert await database.run(undone) == "workspace_t0werk"
    with pytest.raises(RuntimeError, match="broke"):
        await database.run(fails)
    places = await asyncio.gather(*(database.run(place) for _ in range(20)))
    assert set(places) == {"workspace_t0werk"}
    await workspaces.close()
    building.main.close()


async def test_a_pooler_that_puts_all_in_one_schema_is_refused(postgresql: PostgreSQL, tmp_path: Path) -> None:
    """Where a connection does not look into the schema of its workspace nothing is read or made through it."""
    address = postgresql.new()
    with pooler(address) as through:
        settings = Settings(data_dir=tmp_path / "data", database_url=through, key=KEY.decode())
        main = open_database(settings)
        building = Building(settings, main)
        workspaces = building.process()
        before = content(main)
        with capture_logs() as logs, pytest.raises(CannotOpen):
            await workspaces.installed(given(WERK))
        with pytest.raises(OtherSchema, match="pooler"):
            open_workspace(settings, WERK)
        assert {line["team"] for line in logs} == {WERK}
        assert "OtherSchema" in logs[0]["fault"]
        assert before == ""
        assert set(building.rows()) <= {"installations", "keys"}
        await workspaces.close()
        main.close()


async def test_connections_of_a_workspace_are_few_and_none_where_nothing_is_done(
    postgresql: PostgreSQL, tmp_path: Path
) -> None:
    """Twenty things at once take three of them at most; a minute in which nobody does anything leaves none."""
    settings = Settings(data_dir=tmp_path / "data", database_url=postgresql.new(), key=KEY.decode())
    building = Building(settings, open_database(settings))
    workspaces = building.process()
    werk, zorg = await add(workspaces, WERK, ZORG)

    def connection(books: Books) -> int:
        return int(books.connection.exec_driver_sql("SELECT pg_backend_pid() FROM pg_sleep(0.05)").scalar_one())

    def alive(books: Books) -> int:
        query = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'workspace%%'"
        return int(books.connection.exec_driver_sql(query).scalar_one())

    assert len(set(await asyncio.gather(*(werk.parts.database.run(connection) for _ in range(20))))) <= 3
    await workspaces.tick(TUESDAY)
    assert await building.main.run(alive) > 0
    await workspaces.tick(TUESDAY)
    async with asyncio.timeout(10):
        while await building.main.run(alive):  # noqa: ASYNC110 - the server tells of no connection that ends
            await asyncio.sleep(0.05)
    assert await zorg.hear("command", "beheer")
    assert await werk.hear("command", "beheer")
    await workspaces.close()
    building.main.close()
