"""All texts of a case are one to the guard: who is certain, which placeholders there are, in which language."""

from __future__ import annotations

import pytest

from compassbot.app.parts import house_of, make_bot
from compassbot.guard import Case, Identifier, read
from compassbot.settings import Settings
from tests.conversations.stories import shares, takes_turn
from tests.conversations.test_guard import begins, choices_of, marks_of, typed
from tests.office import Colleague, Office


@pytest.fixture
def fatma(office: Office) -> Colleague:
    """Somebody with a dilemma."""
    return office.person("Fatma of inkomen")


async def test_a_name_that_is_certain_in_one_text_has_no_box_in_another(office: Office, fatma: Colleague) -> None:
    """Once it is clear that Yilmaz is a resident, it is so in every text of the dilemma, also in one before it."""
    await begins(fatma, situation="Yilmaz belt mij vaak.", moment="Mevrouw Yilmaz is boos.", option_a="Ik bel Yilmaz.")
    assert choices_of(fatma) == []
    for name in ("situation", "moment", "option_a"):
        assert marks_of(fatma, name) == [("Yilmaz", "must", "[persoon A]")]
    await fatma.fills()
    assert "[persoon A] belt mij vaak." in office.channel


async def test_a_name_that_was_certain_stays_so_all_through_the_case(office: Office, fatma: Colleague) -> None:
    """A colleague who types it alone in a round, with small letters or as a word, cannot keep it either."""
    await begins(fatma, situation="Mevrouw Roos Yilmaz belt mij vaak.")
    await fatma.fills()
    joost = office.person("Joost of wmo")
    await takes_turn(joost, question="Wat wil Roos zelf?")
    assert choices_of(joost) == []
    assert typed(joost)["question"] == "Wat wil [persoon A] zelf?"


async def test_a_dilemma_that_was_begun_in_another_language_goes_on_in_that_of_the_page(
    office: Office, fatma: Colleague
) -> None:
    """No Dutch placeholder is left in what an English page proposes, whatever was accepted before."""
    await begins(
        fatma,
        situation="Mevrouw Yilmaz belt vanaf 06-12345678. Haar zoon Daan van 9 ook.",
        moment="Zij belt vanaf 06-12345678.",
    )
    await fatma.fills(situation="[persoon A] en [zoon, basisschool] bellen vanaf 06-12345678.")
    fatma.language = "en"
    await fatma.says("/compass dilemma")
    said = typed(fatma)
    assert said["situation"] == "[person A] en [zoon, primary school] bellen vanaf [telephone number]."
    assert said["moment"] == "Zij belt vanaf [telephone number]."
    await fatma.fills(situation="[person A] belt. Mevrouw Yilmaz ook.")
    await fatma.fills()
    assert "[person A] belt. Mevrouw [person A] ook." in office.channel


async def test_a_case_keeps_the_language_in_which_it_was_posted(office: Office, fatma: Colleague) -> None:
    """A colleague whose chat is English gets the placeholders of the Dutch dilemma, with English sentences."""
    await shares(fatma, situation="Mevrouw Yilmaz vraagt hulp.")
    ann = office.people("Ann of wmo", language="en")[0]
    await takes_turn(ann, question="Did Ms Yilmaz give 06-12345678, or did Samira de Wit?")
    assert typed(ann)["question"] == "Did Ms [persoon A] give [telefoonnummer], or did [persoon B]?"
    assert "This looks like a telephone number." in ann.said


async def test_a_placeholder_that_nobody_sees_any_more_does_not_come_back(office: Office, fatma: Colleague) -> None:
    """What was proposed for an earlier text, which its author replaced, says nothing about a name in the new one."""
    await begins(fatma, situation="Haar zoon Daan van 9 zit thuis.")
    assert typed(fatma)["situation"] == "Haar [zoon, basisschool] zit thuis."
    await fatma.fills(situation="Mijn buurman Daan belt.")
    assert typed(fatma)["situation"] == "Mijn [buurman] belt."
    await fatma.fills()
    joost = office.person("Joost of wmo")
    await takes_turn(joost, question="Wat wil Daan?")
    assert typed(joost)["question"] == "Wat wil [buurman]?"


async def test_a_text_is_read_once(office: Office, fatma: Colleague) -> None:
    """Somebody who waits for an answer waits for one reading of what they typed, also where a reminder follows."""
    texts: list[str] = []

    def reads(text: str, language: str, case: Case) -> list[Identifier]:
        texts.append(text)
        return read(text, language, case)

    await shares(fatma)
    parts = office.parts
    parts.bot = make_bot(parts.database, house_of(Settings()), parts.hours, reads=reads)
    joost = office.person("Joost of wmo")
    await takes_turn(joost, question="Kent zij Samira de Wit?")
    assert texts == ["Kent zij Samira de Wit?"]
    texts.clear()
    await joost.fills(question="Is hij de zoon van een wethouder?")
    assert "Een herinnering" in joost.said
    assert texts == ["Is hij de zoon van een wethouder?"]
