"""What the guard stopped is nowhere: not in the database, not in the log, not in any message."""

from __future__ import annotations

from pathlib import Path

import pytest

from compassbot.talk.view import words_of
from tests.conversations.stories import DILEMMA, group_of, shares, takes_turn, to_round
from tests.office import Office

TYPED = ("Yilmaz", "111222333", "12345678", "Kerkstraat 12", "yilmaz")


def bytes_in(folder: Path) -> bytes:
    """Return all that the database wrote."""
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.name.startswith("office.sqlite"))


async def test_neither_text_nor_finds_are_kept_or_logged(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names and numbers that were typed on the way stand in no byte of the database and in no line of the log."""
    fatma = office.person("Fatma of inkomen")
    group = group_of(office)
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "situation": "Mevrouw Yilmaz, BSN 111222333, woont op Kerkstraat 12."})
    await fatma.fills(situation="Zij belt vanaf 06-12345678. Yilmaz huilt.")
    await fatma.fills()
    await to_round(fatma, group, 4)
    await group[0].presses("Doe mee")
    await group[0].fills(who="resident", matters="Yilmaz wil rust, bel 06-12345678.")
    await group[0].fills()
    await takes_turn(group[1], who="resident", matters="Dat zij gehoord wordt.")
    await shares(group[2])

    kept = bytes_in(tmp_path)
    assert DILEMMA["question"].encode() in kept
    logged = "".join(capsys.readouterr())
    said = "\n".join(words_of(card) for each in office.chat.said for card in each.cards.values())
    for secret in TYPED:
        assert secret.encode() not in kept
        assert secret not in logged
        assert secret not in said
