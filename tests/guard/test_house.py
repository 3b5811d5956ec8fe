"""The guard as a guest in the house: cheap to import, silent, and with words for all it finds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from compassbot import guard
from compassbot.guard import lexicon

WORDS = Path(guard.__file__).parents[1] / "words"


def test_importing_it_loads_no_library_and_no_list() -> None:
    """A command that does not read texts does not pay for the guard."""
    code = (
        "import sys, compassbot.guard as g; print([m for m in ('phonenumbers', 'stdnum', 'gzip') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_there_is_a_sentence_for_every_kind(language: str) -> None:
    """Each kind has a sentence and a noun in both languages."""
    keys = {
        line.partition(" =")[0] for line in (WORDS / language / "guard.ftl").read_text(encoding="utf-8").splitlines()
    }
    names = {kind.replace("_", "-") for kind in guard.KINDS}
    assert {f"guard-{name}" for name in names} | {f"guard-kind-{name}" for name in names} <= keys


def test_the_lists_fit_in_two_megabytes() -> None:
    """All data together stay small enough to ship with the bot."""
    assert sum(path.stat().st_size for path in lexicon.DATA.iterdir()) < 2_000_000


def test_every_list_has_its_source() -> None:
    """Where a list comes from is written beside it."""
    sources = (lexicon.DATA / "SOURCES.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in sources for path in lexicon.DATA.iterdir() if path.suffix != ".md")
