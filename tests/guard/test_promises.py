"""What the guard promises of any text, tried on thousands."""

from __future__ import annotations

import json
import re
import string
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban as iban_check
from stdnum.nl import bsn as bsn_check

from compassbot import guard
from compassbot.guard.plates import SIDECODES

ROWS = [json.loads(line) for line in (Path(__file__).parent / "texts.jsonl").read_text(encoding="utf-8").splitlines()]
CLEAN = [row["text"] for row in ROWS if row["clean"]]
MANY = settings(max_examples=250, deadline=None)
ANYTHING = settings(max_examples=150, deadline=None)


@st.composite
def in_clean_text(draw: st.DrawFn, what: str) -> tuple[str, int]:
    """A clean text with `what` between two of its sentences, and where it begins."""
    text = draw(st.sampled_from(CLEAN))
    places = [0, *(m.end() for m in re.finditer(r"[.?!] ", text))]
    at = draw(st.sampled_from(places))
    return f"{text[:at]}{what} {text[at:]}", at


def found_whole(text: str, at: int, what: str, kind: str) -> bool:
    """Whether an identifier of the kind covers exactly what was put in."""
    return any((f.start, f.end, f.kind) == (at, at + len(what), kind) for f in guard.read(text))


def grouped(draw: st.DrawFn, digits: str, separators: str) -> str:
    """The digits in groups of two to four with one and the same separator."""
    sep = draw(st.sampled_from(["", *separators]))
    size = draw(st.sampled_from([3, 4, 5] if sep else [9]))
    return sep.join(digits[i : i + size] for i in range(0, len(digits), size))


@given(st.data())
@MANY
def test_any_valid_bsn_is_found(data: st.DataObject) -> None:
    """Nine digits that pass the 11-proef are found in any grouping, without a cue."""
    first = data.draw(st.integers(10_000_000, 99_999_999))
    last = sum((9 - i) * int(d) for i, d in enumerate(str(first))) % 11
    digits = f"{first}{last}"
    if last == 10 or not bsn_check.is_valid(digits):
        return
    what = grouped(data.draw, digits, " -.")
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+|\d{4}.\d{4}.\d", what) and "." in what:
        what = digits
    text, at = data.draw(in_clean_text(what))
    assert found_whole(text, at, what, "bsn")


@given(st.data())
@MANY
def test_any_valid_iban_is_found(data: st.DataObject) -> None:
    """An account number that passes mod 97 is found closed up and in fours, in either case."""
    bank = data.draw(st.sampled_from(["ABNA", "INGB", "RABO", "SNSB", "TRIO", "KNAB", "BUNQ"]))
    account = f"{data.draw(st.integers(1, 9_999_999_999)):010d}"
    bare = "NL" + iban_check.calc_check_digits("NL00" + bank + account) + bank + account
    fours = " ".join(bare[i : i + 4] for i in range(0, len(bare), 4))
    what = data.draw(st.sampled_from([bare, fours, bare.lower(), fours.replace(" ", ".")]))
    text, at = data.draw(in_clean_text(what))
    assert found_whole(text, at, what, "iban")


@given(st.data())
@MANY
def test_any_mobile_number_is_found(data: st.DataObject) -> None:
    """A Dutch mobile number is found however it is grouped, with 06 or +31."""
    digits = f"{data.draw(st.integers(10_000_000, 59_999_999))}"
    head = data.draw(st.sampled_from(["06", "06-", "06 ", "+316", "+31 6 ", "+31 (0)6 ", "00316", "(06) "]))
    what = head + data.draw(
        st.sampled_from(
            [
                digits,
                f"{digits[:4]} {digits[4:]}",
                " ".join(re.findall("..", digits)),
                f"{digits[:2]} {digits[2:5]} {digits[5:]}",
            ]
        )
    )
    text, at = data.draw(in_clean_text(what))
    assert found_whole(text, at, what, "phone")


@given(st.data())
@MANY
def test_any_plate_is_found(data: st.DataObject) -> None:
    """A plate of any sidecode is found with hyphens in either case, and closed up in capitals."""
    code = data.draw(st.sampled_from(SIDECODES))
    plate = "".join(
        data.draw(st.sampled_from("BDFGHJKLNPRSTVXZ" if c == "X" else "123456789" if c == "9" else "-")) for c in code
    )
    what = data.draw(st.sampled_from([plate, plate.lower(), plate.replace("-", "")]))
    text, at = data.draw(in_clean_text(what))
    assert any(f.start <= at and f.end >= at + len(what) for f in guard.read(text))


@given(st.data())
@MANY
def test_any_mail_address_is_found(data: st.DataObject) -> None:
    """A mail address of letters and digits is found."""
    word = st.text(string.ascii_lowercase + string.digits, min_size=2, max_size=10)
    what = f"{data.draw(word)}.{data.draw(word)}@{data.draw(word)}.example"
    text, at = data.draw(in_clean_text(what))
    assert found_whole(text, at, what, "email")


PIECES = st.sampled_from(
    ["Jan", "jansen", "van der", "mevrouw", "06-12345678", "123456782", "Kerkstraat 12", "1234 AB", "geb.", "12-03-1980",
     "PW/25/00731", "@piet", "a@b.nl", "[klant]", "[", "]", ".", ",", "\n", "'s", "é", "e\u0301", "\u200b", "😀", "مريم", "NL91",
     "dossier", "4", "A", "-", "J.", "zegt", "de", "klant", "groet,", "x" * 70]
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(max_size=300), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=30).map("".join)
)


@given(ANY_TEXT)
@ANYTHING
def test_finds_are_in_order_and_inside_the_text(text: str) -> None:
    """Whatever is typed, what is found is sorted, does not overlap and lies in the text; two readings agree."""
    found = guard.read(text)
    edges = [edge for f in found for edge in (f.start, f.end)]
    assert edges == sorted(edges)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert found == guard.read(text)


@given(ANY_TEXT)
@ANYTHING
def test_reading_what_was_rewritten_finds_nothing(text: str) -> None:
    """Whatever is typed, rewriting leaves nothing to find, and keeps all that was not found."""
    found = guard.read(text)
    written = guard.rewrite(text, found)
    assert guard.read(written) == []
    assert found or written == text


@given(ANY_TEXT)
@ANYTHING
def test_what_stops_is_gone_when_reminders_stay(text: str) -> None:
    """Whatever is typed, our proposal, which leaves reminders as they are, has nothing left in it that stops."""
    stops = [each for each in guard.read(text) if each.outcome != "reminder"]
    left = guard.read(guard.rewrite(text, stops))
    assert [each.kind for each in left if each.outcome != "reminder"] == []


SAME = "Bel 06-12345678 of mail a.b@c.example over BSN 111222333, NL91 ABNA 0417 1643 00 en kenteken AB-123-C."
FORMS: dict[str, Callable[[str], str]] = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "narrow spaces": lambda text: text.replace(" ", "\u202f"),
    "zero-width spaces": "\u200b".join,
    "full-width digits": lambda text: re.sub(r"\d", lambda digit: chr(ord(digit.group()) + 0xFEE0), text),
    "other dashes": lambda text: text.replace("-", "\u2011"),
    "capitals": str.upper,
    "small letters": str.lower,
    "line breaks between sentences": lambda text: f"Een zin.\n{text}\r\nEn nog een.",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_how_a_text_is_written_changes_nothing(form: str) -> None:
    """Case, line breaks, and the many ways to write one character: the same numbers and addresses are found."""
    kinds = ["phone", "email", "bsn", "iban", "licence_plate"]
    assert [each.kind for each in guard.read(SAME)] == kinds
    assert [each.kind for each in guard.read(FORMS[form](SAME))] == kinds


HEAVY = ["x", "a b ", "06 ", "1 2 3 4 ", "😀", "שלום עולם ", "van de ", "A.B.C.", "Jan Jansen ", "a@", "aa.bb.", "Straat 1, ", "NL91 ",
         "1-1-", "(((0", "AB-12-", "::::", "a\u0301", "[a", "[abc] ", "m. ", "1", "nummer ", "12 jan ", " ", "\n", "http://", "zorgzorg", "мир и ", "مريم ", "de enige huisarts in het dorp. ", "mijn zoon van 8 ", "van 43 met ALS ",
         "brand 3 maart ", "erfenis € 1.234,56 ", "\u0000\u0082ÿ", "[klant A] "]  # fmt: skip


@pytest.mark.parametrize("piece", HEAVY)
def test_ten_thousand_characters_of_anything_are_read_at_once(piece: str) -> None:
    """No text makes the guard hang: 10,000 characters take well under a second on any machine."""
    text = (piece * 10_000)[:10_000]
    guard.read("")
    began = time.process_time()  # of this process alone: other work on the machine does not count
    guard.read(text)
    assert time.process_time() - began < 0.5
