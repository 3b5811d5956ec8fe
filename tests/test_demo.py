"""The demonstration starts with twelve weeks that were lived, in which nobody can be found."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from compassbot.app.parts import Parts, house_of, put_together
from compassbot.app.web_office import web_chat
from compassbot.demo.build import Still, build, settle
from compassbot.demo.people import load_office
from compassbot.demo.plan import plan
from compassbot.demo.scripts import load_scripts
from compassbot.settings import Settings
from compassbot.store.books import Books
from compassbot.store.database import Database
from compassbot.talk.chat import Chat
from compassbot.talk.memory import MemoryChat
from compassbot.talk.view import Image, words_of
from tests.office import KEY, TUESDAY, Office

HOUSE = house_of(Settings())
FIELDS = {"income", "care", "youth", "debts", "housing", "taxes", "service"}


@dataclass
class History:
    """A history that was built: its file, and what was said in it."""

    path: Path
    chat: MemoryChat
    language: str
    parts: Parts

    def said_in(self, place: str) -> list[str]:
        """Return what was said in a place, in the language of the history."""
        return [words_of(said.card(self.language)) for said in self.chat.said if said.place.id == place]

    @property
    def digests(self) -> list[str]:
        """Return the weekly digests, oldest first."""
        title = {"nl": "Wat wij leerden · week", "en": "What we learned · week"}[self.language]
        return [text for text in self.said_in("web:learning") if text.startswith(title)]

    @property
    def story(self) -> list[list[str]]:
        """Return all that was said; the order within a round tells nothing, and is drawn anew each time."""
        return [
            sorted(re.sub(r"\b[CD]\b", "?", line) for line in words_of(said.card(self.language)).splitlines())
            for said in self.chat.said
        ]


def lived(folder: Path, seed: int, language: str) -> History:
    """Return the history of a seed."""
    chat = MemoryChat(name="web")
    path = folder / f"{language}-{seed}.sqlite"
    asyncio.run(
        build(
            path,
            KEY,
            HOUSE,
            chats=lambda _: {"web": chat},
            seed=seed,
            language=language,
            until=TUESDAY,
            say=lambda _: None,
        )
    )
    return History(path, chat, language, put_together(Database(f"sqlite:///{path}", KEY), HOUSE, Still(TUESDAY)))


@pytest.fixture(scope="module")
def dutch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """The history of seed 1, in Dutch."""
    history = lived(tmp_path_factory.mktemp("dutch"), 1, "nl")
    yield history
    history.parts.database.close()


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """The history of seed 2, in English."""
    history = lived(tmp_path_factory.mktemp("english"), 2, "en")
    yield history
    history.parts.database.close()


def test_the_office_is_an_organisation():
    """A visitor can be a caseworker of four departments, who leads, who manages, who administers, who is new."""
    office = load_office()
    assert 10 <= len(office.people) <= 12
    assert len({one.department for one in office.people if one.raises}) >= 4
    assert office.with_role("facilitator")
    assert len(office.with_role("manager")) == 2
    assert office.with_role("administrator")
    assert [one.id for one in office.people if one.new]
    assert any("ervaring" in one.role["nl"].lower() for one in office.people)
    assert office.people[0].id == "fatma"
    assert {one.department for one in office.people} <= {one.id for one in office.departments}
    names = [one.name for one in office.people]
    assert len(set(names)) == len(names)


def test_the_page_shows_the_same_office(tmp_path: Path):
    """The web chat has every person and channel, each with both languages, and the places that the bot uses."""
    office = load_office()
    parts = put_together(Database(f"sqlite:///{tmp_path / 'office.sqlite'}", KEY), HOUSE, Still(TUESDAY))
    rooms = web_chat(parts, office).office
    assert [one.name for one in rooms.colleagues] == [one.name for one in office.people]
    assert all({"nl", "en"} <= set(one.role) & set(one.department) for one in rooms.colleagues)
    assert rooms.has(office.place("deliberation"))
    assert rooms.has(office.place("learning"))
    parts.database.close()


async def test_what_is_new_at_first_sight_is_believable(tmp_path: Path):
    """Somebody who opens the page finds a few messages marked as new, the digest among them, and not three months."""
    path = tmp_path / "office.sqlite"
    office = load_office()

    def chats(parts: Parts) -> Mapping[str, Chat]:
        return {"web": web_chat(parts, office)}

    await build(path, KEY, HOUSE, chats=chats, seed=1, language="nl", until=TUESDAY, say=lambda _: None)
    parts = put_together(Database(f"sqlite:///{path}", KEY), HOUSE, Still(TUESDAY))
    chat = web_chat(parts, office)
    for one in chat.office.colleagues:
        unread = await chat.archive.unread(one.person, chat.office.places(one))
        assert all(0 <= count <= 9 for count in unread.values()), unread
        assert unread[office.place("learning")] > 0
    parts.database.close()


def test_many_dilemmas_of_every_field_were_raised(dutch: History):
    """At least twenty-four dilemmas are in the channel, and something was found in each field of life but one."""
    raised = [text for text in dutch.said_in("web:dilemmas") if re.match(r"Dilemma \d+", text)]
    assert len(raised) >= 24
    weeks = [f"2026-W{week}" for week in range(34, 48)]
    findings = dutch.parts.database.run_now(lambda books: books.findings.in_weeks(weeks))
    assert len({finding.theme.partition("-")[0] for finding in findings} & FIELDS) >= 6


def test_rounds_close_in_each_way(dutch: History):
    """A facilitator closed some; one dilemma was withdrawn, one ended without an agreement."""
    noted = rows(dutch.path, "SELECT action FROM audit")
    assert noted.count(("close_round",)) >= 5
    assert noted.count(("settle_signal",)) >= 5
    assert len(rows(dutch.path, "SELECT 1 FROM dilemmas WHERE status = 'withdrawn'")) == 1
    assert len(rows(dutch.path, "SELECT 1 FROM agreements WHERE status = 'dropped'")) == 1
    finished = rows(dutch.path, "SELECT id FROM dilemmas WHERE status IN ('closed', 'forgotten')")
    agreed = rows(dutch.path, "SELECT dilemma FROM agreements")
    assert len(finished) == len(agreed) + 1  # one that nobody concluded
    assert any("Terugkijken: is de afspraak nagekomen?" in text for text in dutch.said_in("web:dilemmas"))


def test_texts_past_their_term_are_gone(dutch: History):
    """Of the first weeks only the codes are left, in the store and in the channel."""
    old = rows(dutch.path, "SELECT situation || question FROM dilemmas WHERE status = 'forgotten'")
    assert len(old) > 5
    assert set(old) == {("",)}


@pytest.mark.parametrize("history", ["dutch", "english"])
def test_the_last_digest_tells_something_and_names_nobody(history: str, request: pytest.FixtureRequest):
    """At least three lines recur, there is a picture and a signal that waits, and no name of anyone."""
    lived_one: History = request.getfixturevalue(history)
    last = lived_one.digests[-1]
    words = {
        "nl": ("Dit speelt al langer\n(.*?)\nWaar staan", "Al \\d+ weken geen stap gezet"),
        "en": ("This has come up for longer\n(.*?)\nWhere are", "No step was taken for \\d+ weeks"),
    }[lived_one.language]
    recurring = re.search(words[0], last, re.DOTALL)
    assert recurring
    assert len([line for line in recurring[1].splitlines() if line]) >= 3
    assert re.search(words[1], last)
    assert "week 46" in last
    card = [said for said in lived_one.chat.said if said.place.id == "web:learning"]
    assert any(isinstance(part, Image) for said in card for part in said.card().parts)
    names = [name for one in load_office().people for name in one.name.split() if name[0].isupper()]
    for text in lived_one.digests:
        assert [name for name in names if re.search(rf"\b{name}\b", text)] == []


def test_a_visitor_can_join_in_at_once(dutch: History):
    """One dilemma has just begun; in another the judgements are hidden, and two whom the visitor can be are awaited."""
    open_ones = dutch.parts.database.run_now(lambda books: books.dilemmas.with_status("open"))
    kinds = [HOUSE.methods[one.method].rounds[one.round].kind for one in open_ones]
    assert sorted(kinds) == ["clarify", "judge"]
    assert all(one.closes_at - TUESDAY > timedelta(hours=2) for one in open_ones)
    threads = "\n".join(dutch.said_in("web:dilemmas"))
    assert "3 antwoorden. Wij wachten nog op 2 collega’s." in threads
    halfway = open_ones[kinds.index("judge")]
    visitors = [one.person for one in load_office().people if one.raises]

    def awaited(books: Books) -> list[str]:
        taking_part = books.dilemmas.participants(halfway.id)
        known = [(person, books.dilemmas.who(halfway.id, person)) for person in visitors]
        return [
            person
            for person, who in known
            if who in taking_part and not books.answers.answered(halfway.id, "judgement", who)
        ]

    found = dutch.parts.database.run_now(awaited)
    assert len(found) == 2
    assert "web:fatma" in found


def test_the_same_seed_tells_the_same_story_and_another_seed_another(dutch: History, tmp_path: Path):
    """What people see hangs on the seed alone."""
    again = lived(tmp_path, 1, "nl")
    again.parts.database.close()
    assert again.story == dutch.story
    drawn = [
        [
            (case.script.id, case.starts, sorted(case.group))
            for case in plan(load_office(), load_scripts(), seed, TUESDAY)
        ]
        for seed in (1, 1, 2)
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_an_english_history_is_english(english: History):
    """What people write and what the bot says is English; the codes are in each reader's own language."""
    everything = "\n".join(words_of(said.card("en")) for said in english.chat.said).lower()
    for dutch_word in (" het ", " niet ", " wij ", " een ", " wordt "):
        assert dutch_word not in everything
    for text in (script.nl.agreement for script in load_scripts()):
        assert text.lower() not in everything


def test_no_person_stands_beside_a_dilemma(dutch: History):
    """The ids of people are in what they told about themselves and in roles, and in no other column of any table."""
    found = {
        (table, column)
        for table, column, value in cells(dutch.path)
        if re.search(rb"web:(?!dilemmas\b|learning\b|general\b)", value)
    }
    assert found == {("people", "person"), ("roles", "person")}
    columns = {name for _, name, *_ in rows(dutch.path, "PRAGMA table_info(people)")}
    assert columns == {"person", "department", "language"}


def test_the_dead_build_leaves_nothing_and_does_not_hinder_the_next(tmp_path: Path):
    """What a killed build left beside the place is thrown away, and a build that breaks leaves no file."""
    (tmp_path / "office.sqlite.making").write_bytes(b"half")

    def no_chats(_: Parts) -> Mapping[str, Chat]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(
            build(
                tmp_path / "office.sqlite",
                KEY,
                HOUSE,
                chats=no_chats,
                seed=1,
                language="nl",
                until=TUESDAY,
                say=lambda _: None,
            )
        )
    assert not (tmp_path / "office.sqlite").exists()


def test_the_built_file_is_alone_and_whole(dutch: History):
    """Nothing of the making lies beside it, and its clock stands at the end of the history."""
    dutch.parts.database.close()
    assert [path.name for path in dutch.path.parent.iterdir() if "making" in path.name] == []
    assert rows(dutch.path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(dutch.path, "SELECT value FROM settings WHERE name = 'office_time'") == [
        ('"2026-11-17T09:00:00+00:00"',)
    ]


async def test_an_empty_office_has_all_but_a_history(office: Office):
    """With --empty departments, places and roles are chosen, and the bot says hello once."""
    office.chat.name = "web"
    office.parts.chats["web"] = office.chat
    await office.parts.database.run(lambda books: settle(books, load_office(), "en", TUESDAY))
    await office.waits(minutes=1)
    assert [said.place.id for said in office.chat.said] == ["web:general"]
    kept = await office.parts.database.run(lambda books: (books.settings.all(), books.people.department("web:fatma")))
    assert kept[0]["deliberation_place"] == "web:dilemmas"
    assert kept[0]["language"] == "en"
    assert kept[1] == "inkomen"


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query on the file."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def cells(path: Path) -> Iterator[tuple[str, str, bytes]]:
    """Yield every value in the file, with its table and column."""
    for (table,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'"):
        columns = [str(name) for _, name, *_ in rows(path, f"PRAGMA table_info({table})")]
        for row in rows(path, f"SELECT * FROM {table}"):  # noqa: S608 - the names of our own tables
            for column, value in zip(columns, row, strict=True):
                yield str(table), column, value if isinstance(value, bytes) else str(value).encode()
