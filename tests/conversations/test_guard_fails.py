"""A guard that breaks lets nothing through, says so, and loses nothing that was typed."""

from __future__ import annotations

import pytest

from compassbot.app.parts import house_of, make_bot
from compassbot.conversations.lines import Lines
from compassbot.guard import Case, Identifier, read
from compassbot.settings import Settings
from tests.conversations.stories import AGREEMENT, DILEMMA, group_of, shares, takes_turn, to_round
from tests.office import Colleague, Office

SECRET = "Samira van de Kerkstraat"


def breaks(text: str, language: str, case: Case) -> list[Identifier]:
    """A guard that trips over what it reads, and says what that was."""
    raise ValueError(text)


def give(office: Office, *, works: bool) -> None:
    """Give the office a guard that works, or one that does not."""
    parts = office.parts
    parts.bot = make_bot(parts.database, house_of(Settings()), parts.hours, reads=read if works else breaks)


def told(colleague: Colleague) -> str:
    """Return the sentence on the form."""
    assert colleague.form, colleague.said
    return colleague.refused[""]


async def test_a_dilemma_is_not_posted_and_its_text_is_still_there(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """The form stays open with a sentence and a number; who comes back later finds the text and can post it then."""
    fatma = office.person("Fatma of inkomen")
    give(office, works=False)
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "situation": f"{SECRET} vraagt hulp."})
    assert "De controle op namen en nummers werkt nu niet." in told(fatma)
    assert office.channel == ""
    logged = "".join(capsys.readouterr())
    assert "guard failed" in logged
    assert "ValueError at breaks" in logged
    assert "Samira" not in logged
    give(office, works=True)
    await fatma.says("/kompas dilemma")
    assert fatma.form
    assert f"{SECRET} vraagt hulp." in [question.initial for question in fatma.form.questions]


async def test_an_answer_an_edit_and_a_conclusion_are_not_taken(office: Office) -> None:
    """Nothing that people type after the dilemma gets through either, until the guard works again."""
    fatma = office.person("Fatma of inkomen")
    group = group_of(office)
    await shares(fatma)
    await to_round(fatma, group, 8)
    give(office, works=False)
    await group[0].presses("Doe mee")
    await group[0].fills(**AGREEMENT)
    assert "werkt nu niet" in told(group[0])
    await fatma.presses("Pas de tekst aan")
    await fatma.fills(situation=f"{SECRET} vraagt hulp.")
    assert "werkt nu niet" in told(fatma)
    assert "Samira" not in office.thread
    give(office, works=True)
    await takes_turn(group[0], **AGREEMENT)
    assert group[0].form


async def test_a_command_is_not_said_back_unread(office: Office) -> None:
    """What the guard could not read is not repeated, not even to who typed it."""
    give(office, works=False)
    joost = office.person("Joost of wmo")
    await joost.says(f"/kompas principes {SECRET}")
    assert "werkt nu niet" in joost.said
    assert "Samira" not in joost.said


@pytest.mark.parametrize("sure", [False, True])
def test_a_line_in_our_own_chat_is_not_sent(sure: bool) -> None:
    """A message to colleagues waits too, also when it is sent once more."""
    why, again = Lines((), breaks).why_not("Hallo allemaal", "nl", sure=sure)
    assert "werkt nu niet" in why
    assert not again
