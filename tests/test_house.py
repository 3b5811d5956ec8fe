"""The house itself: what sets it up, what it is licensed under, who may import whom."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.import_contracts import faults, table

ROOT = Path(__file__).parent.parent
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pinned(lock: str) -> dict[str, str]:
    """Each package of a lock file with its one version; the last one where platforms differ."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    found = [re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", line) for line in lines]
    return {canonicalize_name(match[1]): match[2] for match in found if match}


def asked(*groups: str) -> list[Requirement]:
    """What pyproject.toml asks for: always the bot's own dependencies, and those of the named groups or extras."""
    project, more = PYPROJECT["project"], PYPROJECT["dependency-groups"] | PYPROJECT["project"]["optional-dependencies"]
    return [Requirement(line) for line in [*project["dependencies"], *(one for name in groups for one in more[name])]]


def tracked_texts() -> dict[str, str]:
    """Every text file that git holds, by its path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    paths = [path for path in listed.decode().split("\0") if path and (ROOT / path).is_file()]
    contents = {path: (ROOT / path).read_bytes() for path in paths}
    return {path: content.decode() for path, content in contents.items() if b"\0" not in content}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_host_and_no_folder(lock: str) -> None:
    """Whoever installs takes the packages from where their own machine takes packages."""
    content = (ROOT / lock).read_text(encoding="utf-8")

    assert re.findall(r"\w+://\S*|--[a-z-]*(?:index|links|host)\S*| @ \S+|^[./]\S*", content, re.MULTILINE) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_file_has_a_hash(lock: str) -> None:
    """What is installed is what was locked, byte for byte."""
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip())

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(("lock", "groups"), [(LOCKS[0], ["build"]), (LOCKS[1], ["build", "dev", "teams"])])
def test_the_lock_files_hold_what_pyproject_asks_for(lock: str, groups: list[str]) -> None:
    """Nobody adds a dependency and forgets `make lock`."""
    versions = pinned(lock)
    wanted = {canonicalize_name(one.name): one.specifier for one in asked(*groups)}

    assert {name: str(bound) for name, bound in wanted.items() if versions.get(name, "0") not in bound} == {}


def test_tests_run_on_the_versions_that_the_bot_runs_on() -> None:
    """Both lock files agree on every package that they share."""
    bot, tests = (pinned(lock) for lock in LOCKS)

    assert {name: version for name, version in bot.items() if tests.get(name) != version} == {}


def test_make_alone_lists_every_target() -> None:
    """A newcomer who types `make` sees all that they can do, each with a line of help."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()) - {"FORCE"}

    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout

    assert {line.split()[1] for line in listed.splitlines() if len(line.split()) > 2} == targets


def test_contributing_names_every_target() -> None:
    """CONTRIBUTING.md explains each target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    assert {target for target in targets if f"`make {target}`" not in contributing} == set()


def test_the_wheel_holds_all_that_the_bot_reads(tmp_path: Path) -> None:
    """Whoever installs the package has the words, pages, methods and default principles too, not the code alone."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")

    inside = set(zipfile.ZipFile(wheel).namelist())

    ours = {path for path in tracked_texts() if path.startswith("compassbot/")}
    assert (ours | {"compassbot/principles.yaml"}) - inside == set()


@pytest.mark.parametrize(
    ("python", "told"),
    [
        ("python-of-nobody", "python-of-nobody is not a Python 3.11 or newer that runs."),
        ("false", "false is not a Python 3.11 or newer that runs."),
    ],
)
def test_a_python_that_will_not_do_is_told_in_a_sentence(python: str, told: str, tmp_path: Path) -> None:
    """`make install PYTHON=...` with something that is no Python stops, says so, and leaves nothing behind."""
    script = ROOT / "tools/make_venv.sh"

    run = subprocess.run(["sh", script, tmp_path / "venv", python], check=False, capture_output=True, text=True)

    assert (run.returncode, run.stdout, list(tmp_path.iterdir())) == (1, "", [])
    assert run.stderr.startswith(told)


def test_without_any_python_make_says_what_it_needs(tmp_path: Path) -> None:
    """On a machine without Python the newcomer reads which version to install."""
    script = f'PATH={tmp_path}; . "{ROOT}/tools/make_venv.sh"'

    run = subprocess.run(["sh", "-c", script, "sh", tmp_path / "venv"], check=False, capture_output=True, text=True)

    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("compassbot needs Python 3.11 or newer")


def test_publiccode_says_what_catalogues_ask() -> None:
    """publiccode.yml has the keys that version 0.5 of the standard makes mandatory, with lengths it allows."""
    told = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    mandatory = {
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip

    assert mandatory - told.keys() == set()
    assert (told["publiccodeYmlVersion"], told["name"], told["legal"]["license"]) == ("0.5", "compassbot", "EUPL-1.2")
    assert told["description"].keys() == set(told["localisation"]["availableLanguages"]) == {"nl", "en"}
    for words in told["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]


def test_publiccode_tells_the_version_of_the_package() -> None:
    """The version in publiccode.yml is that of compassbot/__init__.py."""
    told = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))

    assert f'__version__ = "{told["softwareVersion"]}"' in (ROOT / "compassbot/__init__.py").read_text(encoding="utf-8")


def test_the_licence_is_the_whole_eupl() -> None:
    """LICENSE is the EUPL 1.2 from its title to its appendix, and the same where REUSE looks for it."""
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert re.findall(r"^(\d+)\.\s*[A-Z]", licence, re.MULTILINE) == [str(article) for article in range(1, 16)]
    assert licence.rstrip().endswith("require the production of a new EUPL version.")
    assert (ROOT / "LICENSES/EUPL-1.2.txt").read_text(encoding="utf-8") == licence


def test_no_file_knows_the_machine_that_it_was_written_on() -> None:
    """No path of a home folder, a workplace or a package mirror stands in any file."""
    machine = re.compile(r"/(?:home|Users)/\w+/|/ro" + r"ot/|/wo" + r"rk/|file:/" + r"//opt")

    assert [path for path, text in tracked_texts().items() if machine.search(text)] == []


def test_a_script_is_run_as_it_says() -> None:
    """Every file that begins with #! may be executed, and bash scripts stop at the first failure."""
    scripts = {path: text for path, text in tracked_texts().items() if text.startswith("#!")}

    assert [path for path in scripts if not (ROOT / path).stat().st_mode & 0o100] == []
    assert [
        path for path, text in scripts.items() if "bash" in text.split("\n")[0] and "-euo pipefail" not in text
    ] == []


def test_a_room_imports_only_what_its_line_allows() -> None:
    """The table of imports names a forbidden import, a package out of place and a module without a room."""
    rooms = table(["store -> model", "model ->", "app -> *", "chats ->", "chats.web -> model"], "->")
    outsiders = table(["sqlalchemy <- store"], "<-")
    imports = {
        "house": ["house.model"],
        "house.app": ["house.store", "sqlalchemy", "json"],
        "house.model.rules": ["house", "house.model.words", "house.store.tables"],
        "house.store.tables": ["house.model", "sqlalchemy"],
        "house.chats.web.show": ["house.model", "house.store"],
        "house.attic": [],
    }

    assert list(faults(imports, rooms, outsiders, "house")) == [
        "house.app may not import sqlalchemy",
        "house.attic has no room: add it to `rooms` in pyproject.toml",
        "house.chats.web.show may not import house.store",
        "house.model.rules may not import house.store.tables",
    ]


@pytest.mark.parametrize(("lines", "why"), [(["store model"], "has no '->'"), (["a -> b", "a ->"], "is there twice")])
def test_a_slip_in_the_table_of_imports_is_told(lines: list[str], why: str) -> None:
    """A line without an arrow, or a second line for one room, stops the check with a sentence."""
    with pytest.raises(ValueError, match=why):
        table(lines, "->")


def test_the_bot_asks_for_every_package_that_it_imports() -> None:
    """Nothing that compassbot imports is there only because another package happened to bring it along."""
    sources = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "compassbot").rglob("*.py")]
    nodes = [node for source in sources for node in ast.walk(source)]
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    outside = {name.split(".")[0] for name in imported} - sys.stdlib_module_names - {"compassbot"}
    wanted = {canonicalize_name(one.name) for one in asked("teams")}

    brought_by = metadata.packages_distributions()
    assert [one for one in sorted(outside) if not wanted & {canonicalize_name(d) for d in brought_by[one]}] == []
