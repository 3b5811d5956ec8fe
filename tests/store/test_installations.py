"""What a workspace gave is sealed, a state is good once, and what is forgotten is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from compassbot.grant import Grant
from compassbot.store.database import Database
from compassbot.store.installations import GOOD_FOR, RENEWS_WITHIN
from compassbot.store.tables import install_states, installations
from compassbot.store.tenants import address_of, folder_of, is_team, schema_of

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
GIVEN = Grant("T0WERK", "xoxb-first", "xoxe-first", NOW + timedelta(hours=12), "U0ILSE", "en")


def kept(database: Database, team: str = GIVEN.team) -> Grant | None:
    """Return what is kept of a workspace."""
    return database.run_now(lambda books: books.installations.get(team))


@pytest.fixture
def installed(database: Database, tmp_path: Path) -> Database:
    """A database in which one workspace installed the app."""
    database.run_now(lambda books: books.installations.keep(GIVEN, NOW, tmp_path))
    return database


def test_what_a_workspace_gave_is_read_back_and_sealed(installed: Database) -> None:
    """The token comes back whole, and no column of its row holds it or who installed the app."""
    assert kept(installed) == GIVEN
    row = installed.run_now(lambda books: books.connection.execute(sa.select(installations)).one())
    assert not any(secret in str(tuple(row)) for secret in ("xoxb", "xoxe", "ILSE"))


def test_installing_again_keeps_when_the_workspace_began(installed: Database, tmp_path: Path) -> None:
    """A new token takes the place of the old one; the database of the workspace is the same one."""
    again = replace(GIVEN, token="xoxb-again")
    installed.run_now(lambda books: books.installations.keep(again, NOW + timedelta(days=3), tmp_path))
    assert kept(installed) == again
    assert installed.run_now(lambda books: books.installations.since()) == {GIVEN.team: NOW}


def test_who_leaves_has_no_token_from_then_on_and_no_row_at_the_end(installed: Database, tmp_path: Path) -> None:
    """The token goes at once, the rest when the workspace was let go of; a second time there is nothing to do."""
    assert installed.run_now(lambda books: books.installations.leave(GIVEN.team))
    assert kept(installed) is None
    assert installed.run_now(lambda books: books.installations.enter(GIVEN.team, tmp_path)) is None
    assert not installed.run_now(lambda books: books.installations.leave(GIVEN.team))
    assert installed.run_now(lambda books: books.installations.leaving()) == [GIVEN.team]
    installed.run_now(lambda books: books.installations.forget(GIVEN.team, tmp_path))
    assert installed.run_now(lambda books: books.connection.execute(sa.select(installations)).all()) == []


def test_one_that_has_the_app_is_not_forgotten(installed: Database, tmp_path: Path) -> None:
    """Forgetting is only for a workspace that was uninstalled."""
    installed.run_now(lambda books: books.installations.forget(GIVEN.team, tmp_path))
    assert kept(installed) == GIVEN


def test_a_word_of_leaving_that_comes_late_does_nothing(installed: Database) -> None:
    """Whoever uninstalled the app and installed it again keeps it, also when Slack tells of the first only then."""
    assert not installed.run_now(lambda books: books.installations.leave(GIVEN.team, NOW - timedelta(minutes=5)))
    assert kept(installed) == GIVEN
    assert installed.run_now(lambda books: books.installations.leave(GIVEN.team, NOW))


def test_a_token_that_is_taken_back_goes_and_nothing_else(installed: Database, tmp_path: Path) -> None:
    """The workspace stays, with who installed it and when it began; installing again gives it a token."""
    times = [NOW + timedelta(seconds=1), NOW + timedelta(seconds=2)]
    taken = [installed.run_now(lambda books, at=at: books.installations.take_back(GIVEN.team, at)) for at in times]
    assert taken == [True, False]
    assert kept(installed) == replace(GIVEN, token="", refresh="", expires_at=None)
    assert installed.run_now(lambda books: books.installations.enter(GIVEN.team, tmp_path))
    again = replace(GIVEN, token="xoxb-again")
    installed.run_now(lambda books: books.installations.keep(again, NOW + timedelta(days=3), tmp_path))
    assert kept(installed) == again
    assert installed.run_now(lambda books: books.installations.since()) == {GIVEN.team: NOW}


def test_a_token_that_is_newer_is_not_taken_back(installed: Database, tmp_path: Path) -> None:
    """Slack tells in whole seconds: a word of the same second is about the token before it. One that left has none."""
    assert not installed.run_now(lambda books: books.installations.take_back(GIVEN.team, NOW))
    assert kept(installed) == GIVEN
    installed.run_now(lambda books: books.installations.leave(GIVEN.team))
    assert not installed.run_now(lambda books: books.installations.take_back(GIVEN.team, NOW + timedelta(days=1)))
    assert installed.run_now(lambda books: books.installations.leaving()) == [GIVEN.team]


def test_a_token_is_renewed_by_one_at_a_time(installed: Database) -> None:
    """For a minute no other process may; after that one may again, for the first may be gone."""
    tries = [NOW, NOW + RENEWS_WITHIN / 2, NOW + RENEWS_WITHIN * 2]
    allowed = [installed.run_now(lambda books, at=at: books.installations.may_renew(GIVEN.team, at)) for at in tries]
    assert allowed == [True, False, True]


def test_a_new_token_takes_the_place_of_the_one_it_was_fetched_with(installed: Database, tmp_path: Path) -> None:
    """When the app was installed again meanwhile that token stays."""
    first = replace(GIVEN, token="xoxb-second", refresh="xoxe-second")
    assert installed.run_now(lambda books: books.installations.renewed(GIVEN, first))
    assert kept(installed) == first
    other = replace(GIVEN, token="xoxb-other", refresh="xoxe-other")
    assert not installed.run_now(lambda books: books.installations.renewed(GIVEN, other))
    assert kept(installed) == first
    installed.run_now(lambda books: books.installations.keep(other, NOW, tmp_path))
    assert installed.run_now(lambda books: books.installations.may_renew(GIVEN.team, NOW))


def test_a_state_is_good_once_and_for_ten_minutes(database: Database) -> None:
    """One that was used, is old, was changed, or is none of ours is refused."""
    now = [NOW]

    def use(state: str) -> bool:
        return database.run_now(lambda books: books.installations.use_state(state, now[0]))

    first, second = (database.run_now(lambda books: books.installations.new_state(NOW)) for _ in range(2))
    assert first != second
    assert [use(first), use(first)] == [True, False]
    later = f"{int(second.partition('-')[0]) + 60}-{second.partition('-')[2]}"
    assert [use(made_up) for made_up in (later, "", ".", "1-x.y", "é")] == [False] * 5
    now[0] = NOW + GOOD_FOR
    assert not use(second)
    now[0] = NOW + timedelta(days=2)
    third = database.run_now(lambda books: books.installations.new_state(now[0]))
    assert use(third)
    states = database.run_now(lambda books: books.connection.execute(sa.select(install_states.c.state)).scalars().all())
    assert [third.endswith(state) for state in states] == [True]


@pytest.mark.parametrize("team", ["", "T", "t0werk", "T0/../..", "T0\n", 'T"; DROP', "T" + "0" * 31, "U0ILSE", "T0é"])
def test_what_is_no_workspace_becomes_no_path_and_no_schema(team: str, tmp_path: Path) -> None:
    """Only what Slack names a workspace does."""
    assert not is_team(team)
    for use in (
        schema_of,
        lambda each: folder_of(tmp_path, each),
        lambda each: address_of("sqlite://", tmp_path, each),
    ):
        with pytest.raises(ValueError, match="no id of a workspace"):
            use(team)


def test_options_that_an_address_has_are_kept(tmp_path: Path) -> None:
    """A schema is added to what an organisation asks of its PostgreSQL, and the password stays what it was."""
    address = address_of("postgresql+psycopg://me:a%40b@host/name?options=-cwork_mem%3D8MB", tmp_path, "T0WERK")
    url = sa.make_url(address)
    assert (url.password, url.query["options"]) == ("a@b", "-cwork_mem=8MB -csearch_path=workspace_t0werk")
