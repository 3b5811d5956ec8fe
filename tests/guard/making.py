"""Makes valid numbers and addresses of every kind, in every form they are written in, and puts them into clean texts."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Sequence
from functools import cache

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from stdnum import iban as iban_check
from stdnum.nl import bsn as bsn_check

Made = tuple[str, str]
"""The form that it is written in, and what is written."""

SIDECODES = (
    "XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9", "9-XXX-99",
    "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9",
)  # fmt: skip
"""X is a letter, 9 a digit. Source: RDW, "Kentekenformats"."""

ACCOUNTS = {
    "NL": "AAAA9999999999", "BE": "9" * 12, "DE": "9" * 18, "FR": "9" * 10 + "X" * 11 + "99", "ES": "9" * 20,
    "IT": "A" + "9" * 10 + "X" * 12, "PL": "9" * 24, "TR": "999990" + "X" * 16, "RO": "AAAA" + "X" * 16,
    "GB": "AAAA" + "9" * 14, "PT": "9" * 21, "LU": "999" + "X" * 13, "AT": "9" * 16, "HR": "9" * 17,
    "BG": "AAAA999999" + "X" * 8, "SE": "9" * 20, "CH": "99999" + "X" * 12, "IE": "AAAA" + "9" * 14,
}  # fmt: skip
"""A is a letter, 9 a digit, X either. Source: the IBAN registry of SWIFT."""

AREAS = (
    "10 13 15 20 23 24 26 30 33 35 36 38 40 43 45 46 50 53 55 58 70 71 72 73 74 75 76 77 78 79 111 113 114 115 117 118 161 "
    "162 164 165 166 167 168 172 174 180 181 182 183 184 186 187 222 223 224 226 227 228 229 251 252 255 294 297 299 313 "
    "314 315 316 317 318 320 321 341 342 343 344 345 346 347 348 411 412 413 416 418 475 478 481 485 486 487 488 492 493 "
    "495 497 499 511 512 513 514 515 516 517 518 519 521 522 523 524 525 527 528 529 541 543 544 545 546 547 548 561 562 "
    "566 570 571 572 573 575 577 578 591 592 593 594 595 596 597 598 599"
).split()
"""Area codes without their 0. Source: the numbering plan of the Netherlands (ACM)."""

ABROAD = ("BE", "DE", "PL", "TR", "MA", "GB", "FR", "ES", "IT", "RO", "BG", "UA", "SR", "CW", "SY", "PT")
_GROUPS = {
    6: ("6", "222", "33"),
    7: ("7", "322", "34", "223", "43", "2221"),
    8: ("8", "44", "2222", "233", "323", "332"),
}


def _digits(chance: random.Random, shape: str) -> str:
    """Return the shape with A, X and 9 filled in."""
    fill = {"A": string.ascii_uppercase, "9": string.digits, "X": string.ascii_uppercase + string.digits}
    return "".join(chance.choice(fill[c]) if c in fill else c for c in shape)


def _grouped(text: str, sizes: Sequence[int], separator: str) -> str:
    ends = [sum(sizes[: i + 1]) for i in range(len(sizes))]
    return separator.join(text[end - size : end] for size, end in zip(sizes, ends, strict=True))


def bsn(chance: random.Random) -> Made:
    """Return a citizen service number of nine digits, or of eight where the first is a nought that was left out."""
    while True:
        digits = f"{chance.randrange(1_000_000, 100_000_000):08d}"
        digits += str(sum((9 - i) * int(digit) for i, digit in enumerate(digits)) % 11)
        if bsn_check.is_valid(digits):
            break
    form = chance.choice(["closed", "spaces", "dots", "hyphens"])
    separator = {"spaces": " ", "dots": ".", "hyphens": "-"}.get(form, "")
    if form in ("closed", "spaces") and digits[0] == "0" and not re.match("0(?:19|20)", digits):
        short = _grouped(digits[1:], chance.choice([[2, 3, 3], [4, 4], [3, 3, 2]]), separator)
        return f"eight digits, {form}", short
    sizes = chance.choice([[3, 3, 3], [4, 2, 3], [2, 3, 4], [4, 4, 1], [2, 2, 2, 3], [3, 2, 4], [2, 2, 3, 2]])
    if form == "dots" and digits.endswith("000"):
        form, separator = "closed", ""  # 123.456.000 is an amount
    return form, _grouped(digits, sizes, separator)


def iban(chance: random.Random) -> Made:
    """Return an account number of one of eighteen countries."""
    country = chance.choice([*ACCOUNTS, *["NL"] * 8])
    account = _digits(chance, ACCOUNTS[country])
    bare = country + iban_check.calc_check_digits(f"{country}00{account}") + account
    form = chance.choice(["closed", "fours", "dots", "hyphens"])
    separator = {"fours": " ", "dots": ".", "hyphens": "-"}.get(form, "")
    written = separator.join(bare[i : i + 4] for i in range(0, len(bare), 4))
    small = chance.random() < 0.3
    return f"{country}, {form}{', small' if small else ''}", written.lower() if small else written


def phone(chance: random.Random) -> Made:
    """Return a telephone number of a person: Dutch in every national form, or foreign."""
    return chance.choice([_mobile, _mobile, _fixed, _fixed, _foreign])(chance)


def _mobile(chance: random.Random) -> Made:
    rest = _digits(chance, chance.choice("123456") + "9" * 7)
    head = chance.choice(
        ["06", "06-", "06 ", "06.", "06/", "06 - ", "(06) ", "+316", "+31 6 ", "+31-6-", "+31 (0)6 ", "+31(0)6", "+3106", "00316", "0031 6 ", "0031-6-"]
    )  # fmt: skip
    if chance.random() < 0.1:  # 0651 40 22 98: the first two of the rest with the 06
        return "mobile, 06xx", f"06{rest[:2]} " + _grouped(rest[2:], [2, 2, 2], " ")
    return f"mobile, {head.strip()}", head + _in_groups(chance, rest)


def _fixed(chance: random.Random) -> Made:
    area = chance.choice(AREAS)
    rest = _digits(chance, chance.choice("2345678") + "9" * (8 - len(area)))
    head = chance.choice(["0{}", "0{}-", "0{} ", "0{}.", "0{}/", "0{} - ", "(0{}) ", "(0{})", "+31{}", "+31 {} ", "+31-{}-", "+31 (0){} ", "+31(0){}", "0031{}", "0031 {} "])  # fmt: skip
    return f"fixed, {head.format('xx').strip()}", head.format(area) + _in_groups(chance, rest)


def _in_groups(chance: random.Random, digits: str) -> str:
    sizes = [int(size) for size in chance.choice(_GROUPS[len(digits)])]
    return _grouped(digits, sizes, chance.choice("  .-"))


@cache
def _example(country: str, kind: int) -> str:
    """Return a valid number of a country, closed up with its +, as the library gives one."""
    example = phonenumbers.example_number_for_type(country, kind)
    assert example is not None
    return phonenumbers.format_number(example, PhoneNumberFormat.E164)


def _foreign(chance: random.Random) -> Made:
    country = chance.choice(ABROAD)
    kind = chance.choice([PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE])
    example = _example(country, kind)
    while True:
        number = phonenumbers.parse(example[:-5] + _digits(chance, "99999"))
        if phonenumbers.is_valid_number(number):
            break
    form = chance.choice(["+ closed", "+", "00", "00 closed", "+ hyphens"])
    closed = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    spaced = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    written = closed if "closed" in form else spaced.replace(" ", "-") if "hyphens" in form else spaced
    return f"{country}, {form}", re.sub(r"^\+", "00", written) if form.startswith("00") else written


def email(chance: random.Random) -> Made:
    """Return a mail address, also one that is written so that machines do not see it."""

    def word(least: int, most: int) -> str:
        return "".join(chance.choices(string.ascii_lowercase, k=chance.randint(least, most)))

    name = chance.choice([".", "_", "-", ""]).join(word(1, 9) for _ in range(chance.randint(1, 3)))
    name += chance.choice(["", "", str(chance.randint(1, 1999)), f"+{word(2, 6)}"])
    parts = [*(word(2, 12) for _ in range(chance.choice([1, 1, 1, 2]))), chance.choice("nl nl com org eu be de net frl amsterdam".split())]  # fmt: skip
    form, at, dot = chance.choice(
        [("plain", "@", "."), ("plain", "@", "."), ("capitals", "@", "."), ("(at)", " (at) ", "."), ("[at]", "[at]", "."),
         ("(at) (dot)", "(at)", "(dot)"), ("at punt", " at ", " punt "), ("at dot", " at ", " dot "), ("apenstaartje", " apenstaartje ", " punt ")]
    )  # fmt: skip
    written = name + at + dot.join(parts)
    return form, written.upper() if form == "capitals" else written


def plate(chance: random.Random) -> Made:
    """Return a Dutch licence plate of any sidecode; vowels, C and Q are not given out, M and W only as the first."""
    code = chance.choice(SIDECODES)
    written = "".join(chance.choice("BDFGHJKLNPRSTVXZ") if c == "X" else chance.choice(string.digits) if c == "9" else c for c in code)  # fmt: skip
    if code[0] == "X" and chance.random() < 0.1:
        written = chance.choice("MW") + written[1:]
    form = chance.choice(["hyphens", "closed", "spaces"])
    small = chance.random() < 0.5
    written = written.replace("-", {"hyphens": "-", "closed": "", "spaces": " "}[form])
    return f"{form}{', small' if small else ''}", written.lower() if small else written


MAKERS: dict[str, Callable[[random.Random], Made]] = {
    "bsn": bsn, "iban": iban, "phone": phone, "email": email, "licence_plate": plate,
}  # fmt: skip
