"""Looking up a principle, forgiving of typing errors and of language."""

from __future__ import annotations

import pytest

from tests.office import Colleague, Office


@pytest.fixture
def joost(office: Office) -> Colleague:
    """Somebody who looks something up."""
    return office.person("Joost of wmo")


@pytest.mark.parametrize("typed", ["luisteren", "Luisteren", "luistern", "lisuteren", "listening"])
async def test_a_principle_is_found_in_spite_of_typing_errors_and_language(joost: Colleague, typed: str) -> None:
    """The card has its meaning, working questions, an example and what it clashes with."""
    await joost.says(f"/kompas principes {typed}")
    assert joost.card
    assert joost.card.title == "Luisteren"
    for heading in ("Werkvragen", "Een voorbeeld", "Hier botst het mee"):
        assert heading in joost.said


async def test_without_a_name_all_are_listed_with_a_button_each(office: Office, joost: Colleague) -> None:
    """A press on one of them opens it."""
    await joost.says("/kompas principes")
    assert joost.card
    assert [button.label for button in joost.card.buttons] == [
        each.name("nl") for each in office.parts.house.principles.principles
    ]
    await joost.presses("Vakmanschap")
    assert joost.card.title == "Vakmanschap"


async def test_something_else_leads_to_the_nearest(joost: Colleague) -> None:
    """What nobody can mean is repeated as typed, with what it could have been."""
    await joost.says("/kompas principes *zwemmen*")
    assert "“*zwemmen*”" in joost.said


async def test_a_principle_that_is_gone_leads_to_all(office: Office, joost: Colleague) -> None:
    """An old button under a changed principles.yaml does no harm."""
    event_of = joost
    await event_of.says("/kompas principes")
    event = joost.last
    assert event
    await joost._does(type(event)("", "press", joost.person, event.place, "principle", about="thrift"))
    assert "Onze leidende principes" in joost.said


async def test_in_english(office: Office) -> None:
    """An English reader gets the English text, also for a Dutch name."""
    ann = office.people("Ann of wmo", language="en")[0]
    await ann.says("/compass principles luisteren")
    assert ann.card
    assert ann.card.title == "Listening"
