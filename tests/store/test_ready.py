"""Statements that go straight to the driver say the same as those that go the long way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from compassbot.store.books import Books
from compassbot.store.ready import Ready
from compassbot.store.tables import answers, outbox, seen
from tests.office import Office

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)


def test_each_column_is_read_as_its_type_has_it(any_office: Office) -> None:
    """A moment comes back in UTC with its zone, JSON as it was given, on both databases, written either way."""

    def work(books: Books) -> None:
        books.first_time("e1", NOON.astimezone(timezone(timedelta(hours=5))))
        books.answers.give("d1", "r1", "w1", {"why": "Ja, é", "stakes": {"a": 3}})
        moment, content = sa.select(seen.c.at), sa.select(answers.c.content)
        for query in (moment, content):
            assert Ready(query).scalar(books.connection) == books.connection.execute(query).scalar()
        assert Ready(moment).scalar(books.connection) == NOON.replace(hour=0)
        assert Ready(content).scalar(books.connection) == {"why": "Ja, é", "stakes": {"a": 3}}

    any_office.parts.database.run_now(work)


def test_values_in_a_statement_stay_as_they_are(any_office: Office) -> None:
    """What the statement itself holds needs no parameter; None is a value too."""
    query = sa.select(seen.c.event).where(seen.c.event == sa.bindparam("event"), seen.c.event != "")

    def work(books: Books) -> None:
        books.first_time("e1", NOON)
        assert Ready(query).scalars(books.connection, event="e1") == ["e1"]
        assert Ready(query).first(books.connection, event="") is None
        assert Ready(query).scalar(books.connection, event=None) is None

    any_office.parts.database.run_now(work)


def test_how_many_rows_were_changed_is_told(any_office: Office) -> None:
    """A deletion of two rows tells two."""

    def work(books: Books) -> int:
        books.first_time("e1", NOON)
        books.first_time("e2", NOON)
        return Ready(sa.delete(seen)).change(books.connection)

    assert any_office.parts.database.run_now(work) == 2


def test_an_error_names_the_statement_and_not_what_was_kept(any_office: Office) -> None:
    """It is the error that SQLAlchemy would have raised, without the values."""
    twice = Ready(sa.insert(seen), "event", "at")

    def work(books: Books) -> None:
        for _ in range(2):
            twice.change(books.connection, event="secret", at=NOON)

    with pytest.raises(sa.exc.IntegrityError) as raised:
        any_office.parts.database.run_now(work)
    assert "INSERT INTO seen" in str(raised.value.statement)
    assert raised.value.params is None
    assert raised.value.hide_parameters


def test_a_default_that_nobody_would_fill_in_is_refused(any_office: Office) -> None:
    """A statement that leaves a column to SQLAlchemy's own default is a mistake of ours, and says so."""
    short = Ready(sa.insert(outbox), "lane")
    with pytest.raises(AssertionError, match="default"):
        any_office.parts.database.run_now(lambda books: short.change(books.connection, lane="x"))


def test_work_that_is_undone_takes_no_statement_along(office_on_postgresql: Office) -> None:
    """After many plain statements and a rollback on the same connection, what was prepared is still there."""
    database = office_on_postgresql.parts.database

    def undone(books: Books) -> None:
        for _ in range(20):
            books.connection.execute(sa.text("SELECT 1"))
        raise ValueError("undone")

    for number in range(3):
        assert database.run_now(lambda books, number=number: books.first_time(f"event-{number}", NOON))
        with pytest.raises(ValueError, match="undone"):
            database.run_now(undone)
        database.run_now(lambda books: books.connection.execute(sa.text("SELECT 1")))
    assert not database.run_now(lambda books: books.first_time("event-0", NOON))
