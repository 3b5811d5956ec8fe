"""`compassbot guard`: what it prints, of which characters, and by which exit code it tells what became of it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from compassbot.app import guarding, waiting

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("COMPASSBOT_")}


def guard(*options: str, typed: str | bytes = "", **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run it with what is typed into it, byte for byte."""
    given = typed.encode() if isinstance(typed, str) else typed
    command = [sys.executable, "-m", "compassbot", "guard", *options]
    return subprocess.run(
        command, input=given, capture_output=True, env=ENVIRONMENT | settings, timeout=60, check=False
    )


def said(*options: str, typed: str | bytes = "") -> str:
    """What it prints."""
    return guard(*options, typed=typed).stdout.decode()


def test_lines_get_lines_back() -> None:
    """Each line of JSON gets one back, with all there is to know of what was found, and no text that was not found."""
    rows = [{"id": "a", "text": "Bel 06-12345678."}, {"id": 5, "text": "Mag ik dit laten rusten?"}]
    first, second = map(json.loads, said("--jsonl", typed="\n".join(map(json.dumps, rows))).splitlines())
    assert first["id"] == "a"
    assert first["found"] == [
        {
            "start": 4,
            "end": 15,
            "kind": "phone",
            "outcome": "certain",
            "certain": True,
            "suggestion": "[telefoonnummer]",
            "why": "Dit lijkt een telefoonnummer.",
        }
    ]
    assert second == {"id": 5, "found": []}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("nonsense", 'line 2 is no JSON object with "id" and "text".'),
        ('["id", "text"]', 'line 2 is no JSON object with "id" and "text".'),
        ('{"text": "Bel Samira."}', 'line 2 is no JSON object with "id" and "text".'),
        ('{"id": 5}', 'line 2 is no JSON object with "id" and "text".'),
        ('{"id": 5, "text": 7}', 'line 2: "text" is no text in quotes.'),
        ('{"id": 5, "text": null}', 'line 2: "text" is no text in quotes.'),
        (b'{"id": 5, "text": "\xe9"}', "line 2 is no text in UTF-8."),
        ("[" * 100_000, 'line 2 is no JSON object with "id" and "text".'),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_read(line: str | bytes, why: str) -> None:
    """It is told on stderr with its number, without a word of it; the lines around it are answered; the exit code is 2."""
    given = line.encode() if isinstance(line, str) else line
    told = guard(
        "--jsonl", "--check", typed=b'{"id": 1, "text": "06-12345678"}\n' + given + b'\n\n{"id": 3, "text": ""}'
    )
    assert [json.loads(row)["id"] for row in told.stdout.splitlines()] == [1, 3]
    assert told.stderr.decode().splitlines() == [f"compassbot: {why}"]
    assert told.returncode == 2


def test_a_text_is_shown_before_and_after(tmp_path: Path) -> None:
    """A file is read, what was found is told, and the proposal follows."""
    file = tmp_path / "text.txt"
    file.write_text("Mijn klant belt met 06-12345678.", encoding="utf8")
    shown = said(str(file))
    assert "06-12345678  ->  [telefoonnummer]" in shown
    assert shown.endswith("\n\nMijn klant belt met [telefoonnummer].\n")


def test_a_reminder_is_shown_and_left_as_it_is() -> None:
    """The table has the outcome of each find; only what cannot or may not be posted is replaced."""
    shown = said(typed="Hij is de zoon van een wethouder. Bel 06-12345678.")
    assert "de zoon van een wethouder  ->  [zoon van een bekend persoon]  herinnering" in shown
    assert shown.endswith("Hij is de zoon van een wethouder. Bel [telefoonnummer].\n")


def test_the_exit_code_tells_what_was_found_only_when_asked() -> None:
    """With `--check` a text with something certain in it ends in 1, for a script; without it reading went well: 0."""
    told = [
        guard(*options, typed=text).returncode
        for options in ((), ("--check",))
        for text in ("Bel 06-12345678.", "Roos belt.", "De enige imker van het dorp belt.", "Er is niets.")
    ]
    assert told == [0, 0, 0, 0, 1, 0, 0, 0]


def test_what_could_not_be_read_is_never_taken_for_what_was_found(tmp_path: Path) -> None:
    """A file that is not there or no UTF-8, an option that does not exist, a setting that is wrong: 2, and a sentence."""
    file = tmp_path / "text.txt"
    told = [guard("--check", str(tmp_path / "none")), guard("--check", str(tmp_path)), guard("--check", "--nonsense")]
    told += [guard("--language", "de"), guard("--check", typed="Bel", COMPASSBOT_PORT="x")]
    for text in (b"caf\xe9", "Bel Samira".encode("utf-16"), "Bel Samira".encode("utf-16-le")):
        file.write_bytes(text)
        told.append(guard("--check", str(file)))
    assert [each.returncode for each in told] == [2] * len(told)
    assert all(each.stderr and b"Traceback" not in each.stderr for each in told)


def test_a_guard_that_fails_is_not_a_find(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is told as what could not be read, with the kind of the fault and no word of the text."""
    file = tmp_path / "text.txt"
    file.write_text("Yilmaz belt.", encoding="utf8")

    def fails(text: str, language: str) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr(guarding, "read", fails)
    with pytest.raises(guarding.Failed) as told:
        list(guarding.lines_of(file, "nl", as_json=False, as_jsonl=False))
    assert "RuntimeError" in str(told.value)
    assert "Yilmaz" not in str(told.value)


@pytest.mark.parametrize("options", [(), ("-",), ("--language", "nl", "-")])
def test_a_hyphen_is_what_comes_in(options: tuple[str, ...]) -> None:
    """Without a file, or as "-", it reads what comes in."""
    assert "[telefoonnummer]" in said(*options, typed="Bel 06-12345678.")


def test_nothing_found_is_said_in_one_line() -> None:
    """A text without finds, and no text at all, give a sentence; as JSON they give an empty list."""
    assert said(typed="Er is niets.\n") == (
        "Niets gevonden wat iemand kan aanwijzen. Lees het zelf nog eens: de controle kan iets missen.\n"
    )
    assert said(typed=" \n") == said(typed="") == "Er staat geen tekst in.\n"
    assert json.loads(said("--json", typed="Niets.\n")) == {"found": [], "proposal": "Niets.\n"}
    assert said("--jsonl", typed="") == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_offsets_and_ends_of_lines_are_those_of_the_file(tmp_path: Path, end: str, mark: bytes) -> None:
    """Each end of a line counts as it stands there and comes out again; the mark of UTF-8 is no part of the text."""
    text = f"Dag, é!{end or ' '}Bel 06-12345678.{end}"
    file = tmp_path / "text.txt"
    file.write_bytes(mark + text.encode())
    told = json.loads(said("--json", str(file)))
    assert [text[each["start"] : each["end"]] for each in told["found"]] == ["06-12345678"]
    proposal = text.replace("06-12345678", "[telefoonnummer]")
    assert told["proposal"] == proposal
    shown = said(str(file))
    assert shown.endswith(f"\n\n{proposal}" if end else f"\n\n{proposal}\n")
    row = mark + json.dumps({"id": 1, "text": text}).encode()
    assert json.loads(said("--jsonl", typed=row))["found"] == told["found"]


def test_nul_is_read_as_a_space_and_a_terminal_gets_no_commands() -> None:
    """A NUL between two words keeps them apart; what moves a cursor or colours is not printed in the table."""
    found = json.loads(said("--json", typed="zaak\0bel\x000612345678\0morgen vroeg"))["found"]
    assert [(each["start"], each["end"]) for each in found] == [(9, 19)]
    table, _, _ = said(typed="Bel mevrouw Fatima \x1b[31mYilmaz\x1b[0m.").partition("\n\n")
    assert "\x1b" not in table


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_terminal_sees_how_far_it_is_and_nothing_of_it_stays() -> None:
    """The bar fills, never says that it is done before it is, and is wiped; what is no terminal gets nothing."""
    terminal, file = Terminal(), io.StringIO()
    for stream in (terminal, file):
        with waiting.bar(lambda: 5.0, stream=stream, step=0.01):
            time.sleep(0.2)
    assert " 99%" in terminal.getvalue()
    assert terminal.getvalue().endswith(" \r")
    assert file.getvalue() == ""


def test_how_far_it_is_in_lines_is_counted(tmp_path: Path) -> None:
    """Of a file of lines the bar knows the share that was read."""
    file = tmp_path / "lines"
    file.write_bytes(b"a\n" * 10)
    with file.open("rb") as source:
        lines = waiting.Counted(source)
        shares = [round(lines.share, 1) for _ in lines]
    assert shares == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
