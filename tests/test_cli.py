"""The command line does what its help says, and tells in a sentence what it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from compassbot.app.opening import open_database
from compassbot.settings import Settings
from tests.office import KEY

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("COMPASSBOT_")}


def run(*arguments: str, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command line, with what is typed into it."""
    command = [sys.executable, "-m", "compassbot", *arguments]
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, env=ENVIRONMENT | settings, timeout=60, check=False
    )


def test_help_imports_nothing_heavy() -> None:
    """`--help` loads neither the database, nor pydantic, nor a web server, so that it is quick."""
    code = "import sys, compassbot.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"sqlalchemy", "pydantic", "starlette", "uvicorn", "yaml", "matplotlib"} & set(loaded)


def test_help_names_every_command() -> None:
    """`--help` lists what there is to do."""
    said = run("--help").stdout
    for command in ("demo", "serve", "check", "administrator", "principles", "guard", "digest"):
        assert command in said


def test_principles_forgives_a_typo() -> None:
    """A misspelt name in either language finds the principle."""
    assert "Gastvrijheid" in run("principles", "gastvrijhied").stdout
    assert "Hospitality" in run("principles", "gastvrijheid", "--language", "en").stdout
    assert len(run("principles").stdout.splitlines()) == 7


def test_check_says_in_words_what_is_missing(tmp_path: Path) -> None:
    """Without a chat nobody can reach the bot: exit 1, and the way out."""
    said = run("check", COMPASSBOT_DATA_DIR=str(tmp_path))
    assert said.returncode == 1
    assert "missing  chat: nobody can reach the bot" in said.stdout
    assert "to do    departments" in said.stdout
    there = run("check", COMPASSBOT_DATA_DIR=str(tmp_path), COMPASSBOT_WEB_CHAT="office")
    assert there.returncode == 0, there.stdout


def test_a_broken_principles_file_keeps_the_bot_from_starting(tmp_path: Path) -> None:
    """The sentence names the file and the line; there is no traceback."""
    broken = tmp_path / "principles.yaml"
    broken.write_text("principles:\n  - id: kindness\n    nl: {name: [\n", encoding="utf8")
    said = run("demo", "--empty", "--no-browser", "--data-dir", str(tmp_path), COMPASSBOT_PRINCIPLES=str(broken))
    assert said.returncode == 1
    assert "principles.yaml, line" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_damaged_database_keeps_the_bot_from_starting(tmp_path: Path) -> None:
    """A file that is no database is named as such."""
    (tmp_path / "compassbot.sqlite").write_bytes(b"this is no database at all, but long enough to be read" * 40)
    said = run("demo", "--no-browser", "--port", "0", "--data-dir", str(tmp_path))
    assert said.returncode == 1
    assert "damaged or no database" in said.stderr


def test_a_missing_table_keeps_the_bot_from_starting(tmp_path: Path) -> None:
    """The table is named, and what to do."""
    import sqlite3

    assert run("check", COMPASSBOT_DATA_DIR=str(tmp_path), COMPASSBOT_WEB_CHAT="office").returncode == 0
    with sqlite3.connect(tmp_path / "compassbot.sqlite") as database:
        database.execute("DROP TABLE answers")
    said = run("check", COMPASSBOT_DATA_DIR=str(tmp_path), COMPASSBOT_WEB_CHAT="office")
    assert said.returncode == 1
    assert "these tables are missing: answers" in said.stdout


@pytest.mark.parametrize("command", [("check",), ("serve",), ("demo", "--no-browser", "--port", "0")])
def test_a_lost_key_keeps_the_bot_from_starting(command: tuple[str, ...], tmp_path: Path) -> None:
    """The sentence names the key and says what to do, and no new key is made beside the database."""
    settings = {"COMPASSBOT_DATA_DIR": str(tmp_path), "COMPASSBOT_WEB_CHAT": "office"}
    used_once(tmp_path)
    (tmp_path / "compassbot.key").unlink()
    said = run(*command, **settings)
    assert said.returncode == 1
    assert "does not open this database. Put back the copy of compassbot.key" in said.stdout + said.stderr
    assert "Traceback" not in said.stderr
    assert not (tmp_path / "compassbot.key").exists()


def test_another_key_keeps_the_bot_from_starting(tmp_path: Path) -> None:
    """A key that is a key, and not the one of this database, is refused by the name of its setting."""
    used_once(tmp_path)
    said = run("check", COMPASSBOT_DATA_DIR=str(tmp_path), COMPASSBOT_WEB_CHAT="office", COMPASSBOT_KEY=KEY.decode())
    assert said.returncode == 1
    assert "the key in COMPASSBOT_KEY does not open this database" in said.stdout


def used_once(folder: Path) -> None:
    """Make a database in a folder, in which a first thing was sealed."""
    database = open_database(Settings(data_dir=folder))
    database.run_now(lambda books: books.vault.seal("letters", "something"))
    database.close()


@pytest.mark.parametrize("command", [("check",), ("serve",)])
def test_a_folder_without_the_method_cura_keeps_the_bot_from_starting(command: tuple[str, ...], tmp_path: Path) -> None:
    """A folder that is not there, or lacks the method that every dilemma is shared with, is named."""
    said = run(
        *command,
        COMPASSBOT_DATA_DIR=str(tmp_path),
        COMPASSBOT_WEB_CHAT="office",
        COMPASSBOT_METHODS=str(tmp_path / "none"),
    )
    assert said.returncode == 1
    assert f"there is no cura.yaml in {tmp_path / 'none'}" in said.stdout + said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize(
    "address", ["nonsense", "mysql://me:secret@host/name", "oracel://me:secret@host/name", "postgresql://h:port/name"]
)
def test_another_kind_of_database_is_refused_in_a_sentence(address: str, tmp_path: Path) -> None:
    """The setting is named with an example, and its password is not repeated."""
    said = run("check", COMPASSBOT_DATA_DIR=str(tmp_path), COMPASSBOT_DATABASE_URL=address)
    assert said.returncode == 1
    assert "COMPASSBOT_DATABASE_URL is no address of a PostgreSQL database" in said.stdout
    assert "secret" not in said.stdout + said.stderr
    assert "Traceback" not in said.stderr


def test_an_address_may_begin_with_postgres() -> None:
    """Both ways in which people write it lead to the same driver."""
    for beginning in ("postgres", "postgresql", "postgresql+psycopg"):
        assert Settings(database_url=f"{beginning}://me@host/name").url == "postgresql+psycopg://me@host/name"


def test_check_looks_at_the_design_tokens(tmp_path: Path) -> None:
    """A file that is not there is told before somebody opens a page."""
    said = run(
        "check",
        COMPASSBOT_DATA_DIR=str(tmp_path),
        COMPASSBOT_WEB_CHAT="office",
        COMPASSBOT_TOKENS_CSS=str(tmp_path / "none.css"),
    )
    assert said.returncode == 1
    assert "missing  design tokens" in said.stdout


def test_guard_and_digest_speak_the_language_of_the_setting(tmp_path: Path) -> None:
    """Without --language COMPASSBOT_LANGUAGE decides."""
    assert "[telephone number]" in run("guard", typed="Call 06-12345678.", COMPASSBOT_LANGUAGE="en").stdout
    used_once(tmp_path)
    arguments = ("digest", "--week", "2026-W47", "--data-dir", str(tmp_path))
    dutch, english = run(*arguments).stdout, run(*arguments, COMPASSBOT_LANGUAGE="en").stdout
    assert dutch
    assert english == run(*arguments, "--language", "en").stdout != dutch


def test_the_first_administrator_is_named_on_the_command_line(tmp_path: Path) -> None:
    """`check` says how; afterwards somebody has the role, and the log of administration says so without a name."""
    settings = {"COMPASSBOT_DATA_DIR": str(tmp_path), "COMPASSBOT_WEB_CHAT": "office"}
    assert (
        "to do    an administrator: name the first one with `compassbot administrator PERSON`"
        in run("check", **settings).stdout
    )
    assert "web:ilse is an administrator" in run("administrator", "web:ilse", **settings).stdout
    assert "ok       an administrator" in run("check", **settings).stdout
    database = open_database(Settings(data_dir=tmp_path))
    query = "SELECT actor, action, object FROM audit"
    noted = database.run_now(lambda books: books.connection.exec_driver_sql(query).all())
    database.close()
    assert [tuple(row) for row in noted] == [("command line", "give_role", "administrator")]
    refused = run("administrator", "ilse", **settings)
    assert (refused.returncode, "web:ilse" in refused.stderr) == (1, True)


@pytest.mark.parametrize("week", ["2026-47", "W47", "2026-W60", ""])
def test_digest_wants_a_week(week: str, tmp_path: Path) -> None:
    """Something that is no week is refused with an example of one."""
    said = run("digest", "--week", week, "--data-dir", str(tmp_path))
    assert said.returncode == 1
    assert "Write it as 2026-W47" in said.stderr


def test_digest_of_an_empty_folder_is_told(tmp_path: Path) -> None:
    """A folder without a compassbot is named; nothing is made in it."""
    said = run("digest", "--week", "2026-W47", "--data-dir", str(tmp_path))
    assert said.returncode == 1
    assert "there is no compassbot in" in said.stderr
    assert not list(tmp_path.iterdir())


def test_a_wrong_setting_is_named() -> None:
    """A setting that cannot be is named with the variable it stands in."""
    said = run("check", COMPASSBOT_WEB_CHAT="sometimes")
    assert said.returncode == 1
    assert "COMPASSBOT_WEB_CHAT" in said.stderr
