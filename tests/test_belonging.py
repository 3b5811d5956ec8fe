"""The database of a bot for real and that of the demo never meet."""

from __future__ import annotations

from pathlib import Path

import pytest

from compassbot.app.opening import open_database
from compassbot.app.parts import Parts, house_of, put_together
from compassbot.app.refusing import CannotStart
from compassbot.app.serving import serve
from compassbot.app.slack_office import running_slack
from compassbot.app.web_office import furnish
from compassbot.settings import Settings
from tests.test_cli import run

SLACK = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "0" * 32}


def parts_of(settings: Settings) -> Parts:
    """Return the parts on the database of the settings."""
    return put_together(open_database(settings), house_of(settings))


def test_made_up_dilemmas_do_not_come_to_slack(tmp_path: Path) -> None:
    """A folder in which the demo was lived is refused in a sentence, with what to do."""
    office = Settings(data_dir=tmp_path / "data", web_chat="office")
    parts = parts_of(office)
    furnish(parts, office)
    with pytest.raises(CannotStart, match="made-up office of the demo"):
        running_slack(parts, Settings(data_dir=tmp_path / "data", **SLACK))
    parts.database.close()


def test_real_dilemmas_are_not_opened_to_every_visitor(tmp_path: Path) -> None:
    """The demo refuses the folder of a bot in Slack, and changes nothing in it."""
    parts = parts_of(Settings(data_dir=tmp_path / "data"))
    parts.database.run_now(lambda books: books.settings.set("deliberation_place", "slack:C0DILEMMAS"))
    with pytest.raises(CannotStart, match="every visitor"):
        furnish(parts, Settings(data_dir=tmp_path / "data", web_chat="office"))
    assert parts.database.run_now(lambda books: list(books.settings.all())) == ["deliberation_place"]
    parts.database.close()


def test_the_chat_without_a_login_is_not_open_beside_slack(tmp_path: Path) -> None:
    """One or the other: who sets both is told."""
    with pytest.raises(CannotStart, match="cannot be open beside Slack"):
        serve(Settings(data_dir=tmp_path / "data", web_chat="office", **SLACK))


def test_what_is_kept_is_for_nobody_else_on_the_server(tmp_path: Path) -> None:
    """The folder is made for its owner alone."""
    parts_of(Settings(data_dir=tmp_path / "data")).database.close()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_an_administrator_in_slack_is_named_by_a_member_id(tmp_path: Path) -> None:
    """A name that Slack does not know is refused, with where the id is to be found."""
    for wrong in ("slack:willem", "slack:u0willem", "U0WILLEM", "@willem"):
        said = run("administrator", wrong, COMPASSBOT_DATA_DIR=str(tmp_path))
        assert said.returncode == 1
        assert "Copy member ID" in said.stderr
    assert run("administrator", "slack:U0WILLEM", COMPASSBOT_DATA_DIR=str(tmp_path)).returncode == 0
