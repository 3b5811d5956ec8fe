"""Anonymity is a property of the data: what a thief with the whole database and the log can and cannot find."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
import structlog

from compassbot.app.asgi import make_app
from compassbot.app.web_office import open_office
from compassbot.model.deliberations import quarter_of
from compassbot.settings import Settings
from compassbot.store.books import Books
from compassbot.store.tables import metadata
from compassbot.store.web_messages import WebMessage
from tests.conversations.stories import DILEMMA, TURNS, concludes, deliberate, group_of, shares, takes_turn, to_round
from tests.office import Office

NAMES = ("fatma", "joost", "mei", "sanne", "daan", "noor", "ilse")
WITH_PEOPLE = {"people", "roles"}
"""The only tables that may hold a chat's id of a person; neither knows of any dilemma."""


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Everything that is logged meanwhile."""
    lines: list[str] = []

    def keep(_: object, __: str, event: dict[str, object]) -> str:
        lines.append(json.dumps(event, default=str))
        raise structlog.DropEvent

    before = structlog.get_config()["processors"]
    structlog.configure(processors=[keep])
    yield lines
    structlog.configure(processors=before)


def on_disk(office: Office, folder: Path) -> bytes:
    """Return every byte of the database, after all that was written is in its file."""
    office.parts.database.run_now(lambda _: None)
    with sqlite3.connect(folder / "office.sqlite") as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()
    return b"".join(path.read_bytes() for path in sorted(folder.glob("office.sqlite*")))


def rows(office: Office, table: str) -> list[str]:
    """Return the rows of a table as text."""

    def work(books: object) -> list[str]:
        found = books.connection.execute(sa.select(metadata.tables[table])).all()  # type: ignore[attr-defined]
        return [str(tuple(row)).lower() for row in found]

    return office.parts.database.run_now(work)


async def live_a_week(office: Office) -> None:
    """A dilemma, five participants, a digest, and a step on a signal."""
    fatma = office.person("Fatma of inkomen")
    office.person("Ilse of wmo", "manager")
    await shares(fatma)
    await deliberate(fatma, group_of(office))
    await office.waits(until="monday 08:00")


async def test_no_table_holds_a_person_beside_a_dilemma(office: Office, logged: list[str]) -> None:
    """After a lived week a person's id is found in two tables only, and in no line of the log."""
    await live_a_week(office)
    found = {
        table for table in metadata.tables for row in rows(office, table) if any(f":{name}" in row for name in NAMES)
    }
    found |= {
        table for table in metadata.tables for row in rows(office, table) if any(f"@{name}" in row for name in NAMES)
    }
    assert found == WITH_PEOPLE
    assert not any(name in line.lower() for line in logged for name in NAMES)


async def test_no_byte_outside_those_tables_names_a_person(office: Office, tmp_path: Path) -> None:
    """Without the two tables of people no name is left anywhere in the file, not even in a page that is free."""
    await live_a_week(office)

    def drop(books: object) -> None:
        for table in WITH_PEOPLE:
            books.connection.execute(sa.delete(metadata.tables[table]))  # type: ignore[attr-defined]

    office.parts.database.run_now(drop)
    disk = on_disk(office, tmp_path).lower()
    assert DILEMMA["situation"].lower().encode() in disk  # this is the right file
    assert not [name for name in NAMES if f"memory:{name}".encode() in disk or f"memory:@{name}".encode() in disk]


async def test_after_closing_nobody_can_find_who_took_part(office: Office) -> None:
    """The participants and the key of their hashes are gone; what is left of an answer has a number."""
    await live_a_week(office)
    assert rows(office, "participants") == []
    assert not any("answers:" in row for row in rows(office, "keys"))
    whose = office.parts.database.run_now(
        lambda books: books.connection.exec_driver_sql("SELECT DISTINCT who FROM answers ORDER BY who").scalars().all()
    )
    assert list(whose) == ["1", "2", "3", "4", "5"]
    assert not any("hoe lang al" in row and "''" not in row for row in rows(office, "questions"))


def standing_in_order(office: Office) -> list[str]:
    """Return who stands behind findings, in the order in which the rows lie in the file."""
    query = "SELECT who FROM standing ORDER BY rowid"
    return list(office.parts.database.run_now(lambda books: books.connection.exec_driver_sql(query).scalars().all()))


async def test_no_order_of_rows_tells_who_raised_a_dilemma(office: Office) -> None:
    """The author stands behind a finding only once it is final, and all stand in the order of their hashes."""
    fatma, group = office.person("Fatma of inkomen"), group_of(office)
    await shares(fatma)
    assert standing_in_order(office) == []
    await to_round(fatma, group, 8)
    author = office.parts.database.run_now(
        lambda books: books.vault.hash(f"quarter:{quarter_of(office.now)}", fatma.person.id)
    )
    assert len(standing_in_order(office)) == len(group)
    assert author not in standing_in_order(office)
    await concludes(group[0])
    for colleague in group:
        await takes_turn(colleague, agree="yes", share="yes")
    stand = standing_in_order(office)
    assert author in stand
    assert len(stand) == len(group) + 1
    assert stand == sorted(stand)


async def test_withdrawn_texts_leave_no_byte_behind(office: Office, tmp_path: Path) -> None:
    """Story, question, answers and proposal are overwritten, in the tables and in the outbox."""
    fatma, group = office.person("Fatma of inkomen"), group_of(office)
    await shares(fatma)
    await to_round(fatma, group, 5)
    await takes_turn(group[0], **TURNS[4])
    texts = [DILEMMA["situation"], DILEMMA["cost_b"], "Hoe lang al?", str(TURNS[3]["matters"]), str(TURNS[4]["option"])]
    assert all(text.encode() in on_disk(office, tmp_path) for text in texts)
    await fatma.presses("Trek het terug")
    disk = on_disk(office, tmp_path)
    assert not [text for text in texts if text.encode() in disk]


async def test_texts_past_their_term_leave_no_byte_behind(office: Office, tmp_path: Path) -> None:
    """After thirty days only codes are left, and what the group agreed."""
    await live_a_week(office)
    await office.waits(days=32)
    disk = on_disk(office, tmp_path)
    for text in (DILEMMA["situation"], DILEMMA["question"], str(TURNS[3]["matters"]), str(TURNS[5]["why"])):
        assert text.encode() not in disk
    assert b"income-gifts" in disk


async def test_a_withdrawn_dilemma_has_no_author_and_nobody_behind_it(office: Office) -> None:
    """The seal, its key, the address of the receipt and the hashes are gone at once."""
    fatma, group = office.person("Fatma of inkomen"), group_of(office)
    await shares(fatma)
    await to_round(fatma, group, 3)
    await fatma.presses("Trek het terug")
    assert rows(office, "participants") == rows(office, "standing") == rows(office, "answers") == []
    assert not any("author:" in row or "answers:" in row for row in rows(office, "keys"))
    assert not any("receipt:" in row or "ask:" in row for row in rows(office, "messages"))


async def test_the_web_chat_keeps_what_one_person_sees_for_a_day(office: Office) -> None:
    """An answer such as "Dilemma 1 has been posted" stands beside a hash of that person, so it goes."""
    running = open_office(office.parts, Settings())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(make_app(running)), base_url="http://office") as browser:
        typed = {"as": "fatma", "in": "dilemmas", "event": "0123456789abcdef", "text": "/kompas"}
        await browser.post("/do/say", data=typed)
        await browser.post("/do/say", data=typed | {"event": "0123456789abcdee", "text": "Goedemorgen"})
    assert len(rows(office, "web_messages")) == 2
    await office.waits(days=2)
    [left] = rows(office, "web_messages")
    assert "goedemorgen" in left


async def test_read_marks_tell_not_whose_inbox_is_whose(office: Office) -> None:
    """A read mark is one hash of reader and place: two marks of one person share nothing, and marks still work."""
    running = open_office(office.parts, Settings())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(make_app(running)), base_url="http://office") as browser:
        typed = {"as": "joost", "in": "dilemmas", "event": "0123456789abcdef", "text": "Goedemorgen"}
        await browser.post("/do/say", data=typed)
        for place in ("dilemmas", "bot"):
            await browser.get(f"/as/fatma/{place}")

    def look(books: Books) -> tuple[set[str], int, int]:
        web = books.web
        one, other, inbox = web.hash("web:fatma"), web.hash("web:mei"), web.hash("web:@fatma")
        for reader in (one, other):
            for place in ("web:dilemmas", inbox):
                web.mark_read(reader, place)
        kept = books.connection.execute(sa.select(metadata.tables["web_reads"])).all()
        values = [value for who, place, _ in kept for value in (who, place) if value]
        assert len(values) == len(set(values)) >= 4
        web.add(WebMessage(0, "web:dilemmas", "", "", "Nieuw", other, "", office.now, 0), "key")
        unread = [web.unread(each, ["web:dilemmas"])["web:dilemmas"] for each in (one, other)]
        return set(values) & {one, other, inbox}, *unread

    assert office.parts.database.run_now(look) == (set(), 1, 0)


async def test_the_web_chat_keeps_no_key_that_can_be_read(office: Office) -> None:
    """What a message was sent under is a hash, and still lets it in once."""

    def twice(books: Books) -> tuple[bool, bool]:
        message = WebMessage(0, "web:dilemmas", "", "", "Hallo", "", "", office.now, 0)
        return books.web.add(message, "say-fatma-1")[1], books.web.add(message, "say-fatma-1")[1]

    assert office.parts.database.run_now(twice) == (True, False)
    query = "SELECT key FROM web_messages"
    [key] = office.parts.database.run_now(lambda books: books.connection.exec_driver_sql(query).scalars().all())
    assert len(key) == 32
    assert "fatma" not in key


async def test_an_event_is_kept_with_its_day_only(office: Office) -> None:
    """The moment of an event would tell which message it became; after its term it is forgotten all the same."""
    await office.person("Fatma of inkomen").says("/kompas")
    query = sa.select(metadata.tables["seen"].c.at)
    moments = office.parts.database.run_now(lambda books: books.connection.execute(query).scalars().all())
    assert moments
    assert {f"{each:%H:%M:%S.%f}" for each in moments} == {"00:00:00.000000"}
    await office.waits(days=8)
    assert rows(office, "seen") == []


async def test_an_edit_leaves_no_byte_of_the_old_text(office: Office, tmp_path: Path) -> None:
    """What a case holder takes out of their story is gone, not merely hidden."""
    fatma = office.person("Fatma of inkomen")
    await shares(fatma, situation="Een heel herkenbaar verhaal over een bakker.")
    await fatma.presses("Pas de tekst aan")
    await fatma.fills(situation="Een verhaal over een ondernemer.")
    assert b"herkenbaar verhaal" not in on_disk(office, tmp_path)


async def test_a_fault_is_logged_without_content(office: Office, logged: list[str]) -> None:
    """The log says where it broke and under which number, never what was typed or by whom."""
    fatma = office.person("Fatma of inkomen")
    await fatma.says("/kompas dilemma")
    await fatma.fills(**DILEMMA)
    office.parts.database.run_now(lambda books: books.connection.exec_driver_sql("DROP TABLE dilemmas"))
    await fatma.fills()
    assert len(logged) == 1
    assert "event failed" in logged[0]
    assert not any(str(text) in logged[0] for text in (*DILEMMA.values(), "fatma") if len(str(text)) > 4)


async def test_a_fault_of_a_page_is_logged_without_content(office: Office, logged: list[str]) -> None:
    """Somebody who reads or types when the database fails reads a number, which is all that leads to the log."""
    app = make_app(open_office(office.parts, Settings()))
    office.parts.database.run_now(lambda books: books.connection.exec_driver_sql("DROP TABLE web_messages"))
    typed = {"as": "fatma", "in": "dilemmas", "event": "0123456789abcdef", "text": DILEMMA["situation"]}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office") as browser:
        page = await browser.get("/as/fatma/dilemmas")
        said = await browser.post("/do/say", data=typed)
    assert (page.status_code, said.status_code) == (500, 500)
    references = [json.loads(line)["reference"] for line in logged]
    assert [number in text for number, text in zip(references, (page.text, said.json()[""]), strict=True)] == [True] * 2
    assert not any(word in "".join(logged) for word in (DILEMMA["situation"], "fatma"))


async def test_a_fault_outside_the_pages_is_logged_without_content(office: Office, logged: list[str]) -> None:
    """A picture that cannot be had says a number too, and no traceback leaves the app."""
    app = make_app(open_office(office.parts, Settings()))
    office.parts.database.run_now(lambda books: books.connection.exec_driver_sql("DROP TABLE pictures"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office") as browser:
        answer = await browser.get("/pictures/abc.png")
    assert answer.status_code == 500
    assert json.loads(logged[0])["reference"] in answer.text


async def test_an_error_of_the_database_never_quotes_what_was_kept(office: Office) -> None:
    """The statement that failed is told, and not its values."""
    with pytest.raises(sa.exc.OperationalError) as raised:
        office.parts.database.run_now(
            lambda books: books.connection.execute(sa.text("INSERT INTO none VALUES (:said)"), {"said": "geheim"})
        )
    assert "geheim" not in str(raised.value)


async def test_no_query_can_count_what_one_person_did(office: Office) -> None:
    """No table has a column for a person beside one for a dilemma, an answer or a signal."""
    for table in metadata.tables.values():
        if "person" in table.columns:
            assert table.name in WITH_PEOPLE
            assert not {"dilemma", "signal", "round", "content"} & set(table.columns.keys())
