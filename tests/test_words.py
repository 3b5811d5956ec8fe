"""Every sentence the bot says is there in both languages, with the same values, and none is left over."""

from __future__ import annotations

import ast as python
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from compassbot.conversations.home import COMMANDS
from compassbot.guard import KINDS, REMINDERS
from compassbot.model.deliberations import TIMES, VOICES
from compassbot.model.dilemmas import TEXTS
from compassbot.model.methods import load_methods
from compassbot.words import FOLDER, LANGUAGES, Words

SOURCES = Path("compassbot")
CALLED = re.compile(r"""\bwords\(\s*(f?)"([^"]+)"|_key\s*=\s*(f?)"([^"]+)"|\.has\((f?)"([^"]+)"\)""")
IN_TEMPLATES = re.compile(r"""["']([a-z0-9-]+)["']""")
KEY_LIKE = re.compile(r"[a-z](?:[a-z0-9-]|\[a-z0-9-\]\+)*")


class Values(Visitor):
    """Collects the values that a sentence asks for."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's name for it
        """Note one."""
        self.found.add(node.id.name)


def sentences(language: str) -> dict[str, set[str]]:
    """Return the keys of a language, each with the values it asks for."""
    found: dict[str, set[str]] = {}
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf8")).body:
            assert not isinstance(entry, ast.Junk), f"{path}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{path}: {entry.id.name} is there twice"
                values = Values()
                values.visit(entry)
                found[entry.id.name] = values.found
    return found


def patterns() -> list[re.Pattern[str]]:
    """Return what may be a key in our sources: each string, and each f-string with anything in its gaps."""
    found: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        for node in python.walk(python.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, python.Constant) and isinstance(node.value, str):
                found.add(re.escape(node.value))
            elif isinstance(node, python.JoinedStr):
                found.add("".join(_piece(value) for value in node.values))
    found |= {
        r"guard-[a-z0-9-]+",
        r"guard-kind-[a-z0-9-]+",
        r"web-clock-[a-z0-9-]+",
    }  # put together by the guard and a template
    for path in [*SOURCES.rglob("*.html"), *SOURCES.rglob("*.js")]:
        found |= {re.escape(text) for text in IN_TEMPLATES.findall(path.read_text(encoding="utf8"))}
    return [re.compile(text) for text in found if KEY_LIKE.fullmatch(text.replace("\\", ""))]


def _piece(value: python.expr) -> str:
    """A piece of an f-string as a pattern: of what is filled in we know only what ids are made of."""
    return (
        re.escape(value.value) if isinstance(value, python.Constant) and isinstance(value.value, str) else "[a-z0-9-]+"
    )


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    """A sentence that is in one language is in the other, and asks for the same values."""
    dutch, english = (sentences(language) for language in LANGUAGES)
    assert set(dutch) == set(english)
    assert {key for key in dutch if dutch[key] != english[key]} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_the_code_names_is_there(language: str) -> None:
    """A key that is spelled out in a call exists."""
    said = sentences(language)
    named = {
        key
        for path in SOURCES.rglob("*.py")
        for groups in CALLED.findall(path.read_text(encoding="utf8"))
        for marked, key in (groups[:2], groups[4:])
        if key and not marked and "{" not in key
    }
    assert len(named) > 100
    assert named - set(said) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_is_put_together_is_there(language: str) -> None:
    """Keys made of a prefix and an id exist for each id."""
    kinds = {round.kind for method in load_methods(None).values() for round in method.rounds}
    wanted = {
        "share-{}": [name.replace("_", "-") for name in TEXTS],
        "share-{}-hint": [name.replace("_", "-") for name in TEXTS],
        "time-{}": TIMES,
        "voice-{}": VOICES,
        "turn-{}": kinds,
        "guard-{}": [kind.replace("_", "-") for kind in (*KINDS, *REMINDERS)],
        "guard-kind-{}": [kind.replace("_", "-") for kind in (*KINDS, *REMINDERS)],
        "guard-outcome-{}": ("certain", "probable", "reminder"),
        "command-{}": [name or "home" for name in COMMANDS],
        "hint-{}": ("mark", "how", "comma", "long", "verdict", "opener", "intro"),
        "over-{}": ("closed", "withdrawn", "forgotten"),
        "mine-{}": ("open", "closed", "withdrawn", "forgotten"),
        "receipt-{}": ("closed", "withdrawn", "forgotten"),
        "kept-{}": ("yes", "partly", "no", "dont-know"),
        "settled-{}": ("taken-up", "decided", "done", "declined"),
        "digest-signal-{}": ("received", "taken-up", "decided", "done", "declined"),
        "month-{}": range(1, 13),
        "weekday-{}": range(7),
        "role-{}": ("caseworker", "facilitator", "manager", "administrator"),
        "role-{}-hint": ("facilitator", "manager", "administrator"),
        "settings-change-{}": ("departments", "places", "rhythm", "terms", "roles"),
        "settings-intro-{}": ("departments", "places", "rhythm", "terms", "roles"),
        "stake-{}": range(4),
    }
    words = Words(language)
    missing = [form.format(id) for form, ids in wanted.items() for id in ids if not words.has(form.format(id))]
    assert missing == []


def test_no_sentence_is_left_that_nobody_says() -> None:
    """Each key is a string somewhere in our sources, or fits one that is put together there."""
    said = patterns()
    assert [key for key in sentences("nl") if not any(pattern.fullmatch(key) for pattern in said)] == []


def test_a_missing_key_is_an_error_and_not_an_empty_sentence() -> None:
    """A person never reads the name of a key."""
    with pytest.raises(KeyError, match="nothing-like-this"):
        Words("nl")("nothing-like-this")


def test_a_missing_value_is_an_error_too() -> None:
    """A sentence is never said with a hole in it."""
    with pytest.raises(KeyError, match="command-unknown"):
        Words("nl")("command-unknown")


def test_an_unknown_language_gets_dutch() -> None:
    """Somebody whose chat speaks French reads the organisation's first language."""
    assert Words("fr").language == "nl"
