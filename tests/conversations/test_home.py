"""`/kompas` alone: what can I do, what is mine, what waits for me."""

from __future__ import annotations

from tests.conversations.stories import DILEMMA, deliberate, group_of, shares, takes_turn
from tests.office import Office


async def test_a_newcomer_sees_what_can_be_done(office: Office) -> None:
    """Nothing is open yet, and the commands are there."""
    joost = office.person("Joost of wmo")
    await joost.says("/kompas")
    assert "Er staat nu niets open" in joost.said
    assert "/kompas dilemma" in joost.said
    await joost.presses("Deel een dilemma")
    assert joost.form


async def test_what_waits_for_an_answer_is_listed_until_it_is_given(office: Office) -> None:
    """A dilemma is listed with its round, and not once it was answered."""
    joost = office.person("Joost of wmo")
    await shares(office.person("Fatma of inkomen"))
    await joost.says("/kompas")
    assert "Doe mee met 1" in joost.said
    await takes_turn(joost, question="")
    await joost.says("/kompas")
    assert "Doe mee met 1" not in joost.said


async def test_only_the_author_sees_a_dilemma_as_theirs(office: Office) -> None:
    """A colleague's page never says whose it is."""
    fatma, joost = office.people("Fatma of inkomen", "Joost of wmo")
    await shares(fatma)
    await fatma.says("/kompas")
    assert "Van jou" in fatma.said
    await joost.says("/kompas")
    assert "Van jou" not in joost.said
    assert "fatma" not in joost.said.lower()


async def test_after_the_last_look_back_nothing_is_listed_as_mine(office: Office) -> None:
    """Then not even the bot can know."""
    fatma = office.person("Fatma of inkomen")
    await shares(fatma)
    await deliberate(fatma, group_of(office))
    await fatma.says("/kompas")
    assert DILEMMA["question"] in fatma.said
    await office.waits(days=52)
    await fatma.says("/kompas")
    assert "Van jou" not in fatma.said


async def test_roles_see_their_own_buttons(office: Office) -> None:
    """The digest is offered to a manager and settings to an administrator, to nobody else."""
    people = {role: office.person(f"{role} of wmo", role) for role in ("caseworker", "manager", "administrator")}
    for person in people.values():
        await person.says("/kompas")
    has = {role: ("[Het weekoverzicht]" in one.said, "[Beheer]" in one.said) for role, one in people.items()}
    assert has == {"caseworker": (False, False), "manager": (True, False), "administrator": (False, True)}


async def test_commands_are_completed_in_both_languages() -> None:
    """A chat that completes commands gets each with what it does."""
    from compassbot.conversations.home import commands

    assert [name for name, _ in commands("nl")][:2] == ["/kompas", "/kompas dilemma"]
    assert [name for name, _ in commands("en")][2:] == ["/compass principles", "/compass digest", "/compass settings"]


async def test_home_tells_until_when_a_round_waits_and_when_we_look_back(office: Office) -> None:
    """What is due stands beside each matter, and the principles are at hand."""
    fatma = office.person("Fatma of inkomen")
    group = group_of(office)
    await shares(fatma)
    await group[0].says("/kompas")
    assert "tot dinsdag 17 november 2026 om" in group[0].said
    assert "Gastvrijheid · Verantwoordelijkheid" in group[0].said
    await deliberate(fatma, group)
    await fatma.says("/kompas")
    assert "Terugkijken op" in fatma.said
