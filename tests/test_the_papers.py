"""README and docs agree with the code: settings, commands, tables, terms, names and links."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined
from typer.main import get_command

from compassbot.chats.slack.manifest import EVENTS, SCOPES
from compassbot.cli import app
from compassbot.conversations.forget import DRAFTS_FOR, SEEN_FOR
from compassbot.conversations.home import commands
from compassbot.conversations.organisation import Organisation
from compassbot.demo.people import load_office
from compassbot.model.methods import load_methods
from compassbot.model.suppression import COMPARED
from compassbot.settings import Settings
from compassbot.store.tables import metadata
from compassbot.words import FOLDER as WORDS
from compassbot.words import LANGUAGES

ROOT = Path(__file__).parent.parent
RUNNING, PRIVACY, HOUSE, FIRST_HOUR, SLACK = (
    ROOT / "docs" / f"{name}.md" for name in ("running", "privacy", "house", "first-hour", "slack")
)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAPERS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
FOR_READERS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
"""What somebody reads who wants to use the bot now."""
LATER = re.compile(r"\b(later|not yet|not connected yet|planned)\b", re.IGNORECASE)


def name_of(paper: Path) -> str:
    """Return a paper's path as people name it."""
    return paper.relative_to(ROOT).as_posix()


def read(paper: Path) -> str:
    """Return a paper's text."""
    return paper.read_text(encoding="utf-8")


def prose(paper: Path) -> str:
    """Return a paper without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", read(paper), flags=re.MULTILINE | re.DOTALL)


def blocks(paper: Path, language: str) -> list[str]:
    """Return a paper's blocks of code in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", read(paper), re.MULTILINE | re.DOTALL)


def rows(text: str) -> Iterator[list[str]]:
    """Return the cells of each row of each table, without heads and rules."""
    lines = text.splitlines()
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        if line.startswith("|") and not line.startswith("|---") and not after.startswith("|---"):
            assert before.startswith("|"), f"a table without a head: {line}"
            yield [cell.strip() for cell in line.strip("|").split("|")]


def section(paper: Path, heading: str) -> str:
    """Return what stands under a heading of the second level."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", read(paper), re.MULTILINE | re.DOTALL)
    assert found, f"{name_of(paper)} has no ## {heading}"
    return found[1]


def commands_there() -> dict[str, set[str]]:
    """Return the commands of the command line, `slack manifest` among them, each with its options."""
    found = dict(get_command(app).commands)  # pyright: ignore[reportAttributeAccessIssue]
    found |= {f"slack {name}": command for name, command in found.pop("slack").commands.items()}
    return {
        name: {one for each in command.params for one in (*each.opts, *each.secondary_opts) if one.startswith("--")}
        for name, command in found.items()
    }


COMMAND = r"compassbot ((?:slack )?[a-z]+)"


def anchor(heading: str) -> str:
    """Return the anchor that a heading gets on code platforms."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def spoken(language: str) -> str:
    """Return every sentence of a language, and the titles of the rounds, as one text."""
    files = "\n".join(path.read_text(encoding="utf-8") for path in sorted((WORDS / language).glob("*.ftl")))
    titles = [round.title(language) for method in load_methods().values() for round in method.rounds]
    return "\n".join([files, *titles])


def test_every_setting_is_explained_with_its_default() -> None:
    """docs/running.md has a row for each setting, with the default of the code, and no row for one that is not there."""
    told = {
        row[0].strip("`"): row[1].strip("`") for row in rows(section(RUNNING, "Settings")) if "COMPASSBOT_" in row[0]
    }
    there: dict[str, str] = {}
    for name, field in Settings.model_fields.items():
        assert field.default is not PydanticUndefined, f"{name} has no default"
        there[f"COMPASSBOT_{name.upper()}"] = str(field.default) if field.default not in (None, "") else "empty"

    assert told == there


def test_no_paper_names_a_setting_that_is_not_there() -> None:
    """Every COMPASSBOT_ name in a paper is a setting."""
    there = {f"COMPASSBOT_{name.upper()}" for name in Settings.model_fields}

    assert {name for paper in PAPERS for name in re.findall(r"COMPASSBOT_[A-Z_]+", read(paper))} - there == set()


def test_what_an_organisation_chooses_is_told_with_its_default() -> None:
    """The defaults of /kompas beheer in docs/running.md are those of the code."""
    told = {row[0]: row[1] for row in rows(section(RUNNING, "Settings"))}
    base = Organisation()

    assert (base.digest_day, f"Monday {base.digest_time:%H:%M}") == (0, told["Day and time of the digest"])
    assert told["Quiet hours"] == f"from {base.quiet.begin:%H:%M} to {base.quiet.end:%H:%M}, and at weekends"
    assert base.quiet.weekends
    assert told["Fewest people behind a line"].startswith(f"{base.k},")
    assert told["Keep texts after the deliberation"] == f"{base.text_days} days"
    assert told["Keep the log of administration"] == f"{base.audit_days} days"


def test_every_command_and_option_is_in_the_readme() -> None:
    """The README's table has a row for each command, and in it each of its options."""
    told = {
        found[1]: " ".join(row)
        for row in rows(section(ROOT / "README.md", "The command line"))
        if (found := re.match(f"`{COMMAND}", row[0]))
    }
    there = commands_there()

    assert told.keys() == there.keys()
    assert {name: options - set(re.findall(r"--[a-z-]+", told[name])) for name, options in there.items()} == {
        name: set() for name in there
    }
    assert {name: set(re.findall(r"--[a-z-]+", told[name])) - options for name, options in there.items()} == {
        name: set() for name in there
    }


def test_no_paper_names_a_command_or_option_that_is_not_there() -> None:
    """`compassbot …` in a paper is a command of the command line, with options that it has."""
    there = commands_there()
    for paper in PAPERS:
        for name, rest in re.findall(rf"`(?:\.venv/bin/)?{COMMAND}([^`\n]*)`", read(paper)):
            assert name in there, f"{name_of(paper)}: compassbot {name}"
            assert set(re.findall(r"--[a-z-]+", rest)) <= there[name], f"{name_of(paper)}: compassbot {name}{rest}"


@pytest.mark.parametrize("paper", ["README.md", "docs/guard.md"])
def test_what_a_paper_shows_of_the_guard_is_what_it_says(paper: str) -> None:
    """The example of the command line is what that command prints."""
    (shown,) = blocks(ROOT / paper, "console")
    typed, _, said = shown.partition("\n")
    text = re.match(r"\$ echo '(.*)' \| .venv/bin/compassbot (.*)", typed)
    assert text
    run = subprocess.run(
        [sys.executable, "-m", "compassbot", *text[2].split()],
        input=f"{text[1]}\n", capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip

    assert run.stdout.strip() == said.strip()


@pytest.mark.parametrize("paper", PAPERS, ids=name_of)
def test_every_target_of_make_exists(paper: Path) -> None:
    """`make something` in a paper is a target of the Makefile, and a variable beside it is one that it reads."""
    makefile = read(ROOT / "Makefile")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    code = "\n".join([*blocks(paper, "sh"), *re.findall(r"`([^`\n]+)`", prose(paper))])
    asked = re.findall(r"^(?:\$ )?make((?: +[a-z]+(?![=\w]))*)((?: +[A-Z]+=\S*)*)", code, re.MULTILINE)

    assert {target for words, _ in asked for target in words.split()} - targets == set()
    variables = {name for _, rest in asked for name in re.findall(r"([A-Z]+)=", rest)}
    assert {name for name in variables if f"$({name})" not in makefile} == set()


@pytest.mark.parametrize("paper", PAPERS, ids=name_of)
def test_every_link_and_picture_exists(paper: Path) -> None:
    """A link inside the house leads to a file or folder that git keeps, and to a heading that it has."""
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(paper)):
        if re.match(r"https?://", target):
            continue
        path, _, heading = target.partition("#")
        there = (paper.parent / path).resolve() if path else paper
        name = there.relative_to(ROOT).as_posix()
        assert name in kept or any(one.startswith(f"{name}/") for one in kept), f"{name_of(paper)}: {target}"
        if heading:
            headings = re.findall(r"^#+ (.*)$", read(there), re.MULTILINE)
            assert heading in {anchor(one) for one in headings}, f"{name_of(paper)}: {target}"


@pytest.mark.parametrize("paper", [one for one in PAPERS if one.name != "CHANGELOG.md"], ids=name_of)
def test_every_file_that_a_paper_names_exists(paper: Path) -> None:
    """A path in one of our folders that stands between backticks is there."""
    ours = r"`((?:compassbot|docs|tests|tools|benchmarks)/[\w./-]+)`"
    named = re.findall(ours, prose(paper)) + re.findall(r"`((?!pylock)\w+\.(?:md|toml|lock|yml))`", prose(paper))

    assert [name for name in named if not (ROOT / name).exists() and not (paper.parent / name).exists()] == []


@pytest.mark.parametrize("paper", [one for one in PAPERS if blocks(one, "python")], ids=name_of)
def test_python_in_a_paper_runs(paper: Path, tmp_path: Path) -> None:
    """Every block of Python in a paper can be pasted and run."""
    for block in blocks(paper, "python"):
        subprocess.run([sys.executable, "-W", "error", "-c", block], check=True, capture_output=True, cwd=tmp_path)


def test_every_room_is_in_the_house() -> None:
    """docs/house.md has a row for each folder and file that lies at the top of compassbot."""
    told = {re.sub(r"[`]", "", row[0]).removeprefix("compassbot/") for row in rows(section(HOUSE, "The rooms"))}
    there = {path.name for path in (ROOT / "compassbot").iterdir() if not path.name.startswith("__")}

    assert told == there


@pytest.mark.parametrize("paper", DECISIONS, ids=name_of)
def test_a_decision_has_four_parts(paper: Path) -> None:
    """A decision says what was chosen, why, what was left, and when to look again, and fits on a page."""
    said = read(paper)
    number = int(paper.name[:4])

    assert said.startswith(f"# {number}. ")
    found = re.findall(r"^\*\*(Choice\.|Why\.|Left\.|Look again\*?\*?)", said, re.MULTILINE)
    assert [one.strip("*") for one in found] == ["Choice.", "Why.", "Left.", "Look again"]
    assert len(said.split()) < 400


def test_decisions_are_numbered_in_order() -> None:
    """Decisions count from one, without a gap and without a number twice."""
    assert [int(paper.name[:4]) for paper in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_page_on_privacy_names_every_table() -> None:
    """docs/privacy.md has one row for each table of the database, and for nothing else."""
    told = [row[0].strip("`") for row in rows(section(PRIVACY, "What is kept"))]

    assert sorted(told) == sorted(metadata.tables)


def test_the_page_on_privacy_tells_the_terms_of_the_code() -> None:
    """How long something is kept stands in docs/privacy.md as it is in the code."""
    told = {row[0].strip("`"): row[2] for row in rows(section(PRIVACY, "What is kept"))}
    base = Organisation()

    assert f"{base.text_days} days after closing" in told["dilemmas"]
    assert f"{base.audit_days} days" in told["audit"]
    assert f"{DRAFTS_FOR // timedelta(days=1)} days" in told["drafts"]
    assert f"{SEEN_FOR // timedelta(days=1)} days" in told["seen"]
    assert f"{COMPARED + 1} weeks after the quarter" in told["standing"]


@pytest.mark.parametrize("paper", FOR_READERS, ids=name_of)
@pytest.mark.parametrize("chat", ["slack", "teams"])
def test_no_paper_promises_a_chat_that_is_not_there(paper: Path, chat: str) -> None:
    """As long as a chat is not built, each sentence or row that names it says that it comes later."""
    if (ROOT / "compassbot" / "chats" / chat / "listen.py").exists():
        return
    pieces = re.split(r"\n\s*\n|\n(?=[|-] ?)|(?<=[.!?])\s+", prose(paper))

    assert [one for one in pieces if re.search(rf"\b{chat}\b", one, re.IGNORECASE) and not LATER.search(one)] == []


def test_the_page_on_slack_tells_what_slack_is_asked_for() -> None:
    """docs/slack.md has a row for each scope and each event of the manifest, and for nothing else."""
    told = [row[0].strip("`") for row in rows(section(SLACK, "What Slack is asked for"))]

    assert told == [*SCOPES, *EVENTS]


def test_what_somebody_reads_when_slack_fails_is_said_so() -> None:
    """Each sentence between quotation marks in docs/slack.md is in our words or in what `compassbot check` says."""
    checks = [read(ROOT / "compassbot" / "app" / f"{name}.py") for name in ("checking_slack", "checking_workspaces")]
    said = re.sub(r'"\s*f?"', "", "\n".join([spoken("en"), *checks]))
    quoted = re.findall("“(.+?)”", section(SLACK, "When something is wrong"))

    assert len(quoted) > 10
    assert [one for one in quoted if one not in said and one.replace("xoxb-", "{wanted}") not in said] == []


def test_every_figure_quoted_is_a_command() -> None:
    """A benchmark that a paper names is a file that says what it takes, and each file is in benchmarks/README.md."""
    scripts = {path.name for path in (ROOT / "benchmarks").glob("*.py")}
    quoted = {name for paper in PAPERS for name in re.findall(r"benchmarks/(\w+\.py)", read(paper))}
    explained = set(re.findall(r"benchmarks/(\w+\.py)", read(ROOT / "benchmarks" / "README.md")))

    assert (quoted - scripts, scripts - explained) == (set(), set())
    for line in blocks(ROOT / "benchmarks" / "README.md", "sh")[0].splitlines():
        script, *options = line.split()[1:]
        said = subprocess.run(
            [sys.executable, script, "--help"], check=True, capture_output=True, text=True, cwd=ROOT
        ).stdout
        assert [one for one in options if one.startswith("--") and one not in said] == []


@pytest.mark.parametrize("paper", [ROOT / "README.md", FIRST_HOUR, SLACK], ids=name_of)
def test_what_a_newcomer_types_is_a_command(paper: Path) -> None:
    """`/kompas …` and `/compass …` on the way in are commands of that language."""
    there = {typed for language in LANGUAGES for typed, _ in commands(language)}
    typed = re.findall(r"`(/(?:kompas|compass)(?: [a-z]+)?)[^`]*`", read(paper))

    assert typed
    assert set(typed) - there == set()


def test_what_a_newcomer_presses_is_there() -> None:
    """What stands in bold in docs/first-hour.md is a person, a place or words of the demo, exactly."""
    office = load_office()
    known = {one.name for one in office.people} | {one.role["en"] for one in office.people}
    known |= {one.name["en"] for one in office.channels}
    bold = re.findall(r"\*\*(.+?)\*\*", prose(FIRST_HOUR))

    said = spoken("en")
    missing = [one for one in bold if one not in known and one not in said and one.rstrip(".") not in said]
    assert missing == []


def test_the_people_of_the_readme_work_in_the_office() -> None:
    """The README names people and a button that the demo has, and how many people there are."""
    readme = read(ROOT / "README.md")
    office = load_office()
    first_names = {one.name.split()[0] for one in office.people}

    assert {"Fatma", "Joost", "Willem"} <= {name for name in first_names if re.search(rf"\b{name}\b", readme)}
    assert office.people[0].name.startswith("Fatma")
    assert (len(office.people), "twelve people" in readme) == (12, True)
    assert "join = Join in" in spoken("en")
    assert "join = Doe mee" in spoken("nl")
