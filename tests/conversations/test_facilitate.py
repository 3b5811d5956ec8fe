"""A facilitator closes a round; others are told who can."""

from __future__ import annotations

from tests.conversations.stories import TURNS, group_of, shares, takes_turn, to_round
from tests.office import DILEMMAS, Office


async def test_a_facilitator_closes_a_round_before_its_time(office: Office) -> None:
    """The answers so far are shown and the next round opens."""
    facilitator = office.person("Ria of wmo", "facilitator")
    await shares(office.person("Fatma of inkomen"))
    await takes_turn(group_of(office)[0], question="Hoe lang al?")
    await facilitator.presses("Sluit deze ronde")
    assert "Je hebt de ronde gesloten" in facilitator.said
    assert "Ronde 2 van 10" in office.thread


async def test_others_hear_in_private_who_can_close_a_round(office: Office) -> None:
    """The sentence names the role and the people who have it; the round stays open."""
    office.person("Ria of wmo", "facilitator")
    joost = office.person("Joost of wmo")
    await shares(office.person("Fatma of inkomen"))
    before = office.channel
    await joost.presses("Sluit deze ronde")
    assert "alleen iemand met de rol gespreksleider" in joost.said.lower().replace("dit kan ", "")
    assert "@ria" in joost.said
    assert office.channel == before


async def test_without_a_facilitator_the_sentence_says_who_can_give_the_role(office: Office) -> None:
    """Nobody has the role yet: the administrator can give it."""
    joost = office.person("Joost of wmo")
    await shares(office.person("Fatma of inkomen"))
    await joost.presses("Sluit deze ronde")
    assert "/kompas beheer" in joost.said


async def test_a_manager_or_administrator_is_no_facilitator(office: Office) -> None:
    """Rights over figures and settings are no rights over a conversation."""
    await shares(office.person("Fatma of inkomen"))
    for role in ("manager", "administrator"):
        other = office.person(f"{role} of wmo", role)
        await other.presses("Sluit deze ronde")
        assert "Dit kan alleen" in other.said
    assert "Ronde 2 van 10" not in office.channel


async def test_closing_twice_closes_one_round(office: Office) -> None:
    """A second press on the same button says that the round was closed, and closes no other."""
    facilitator = office.person("Ria of wmo", "facilitator")
    await shares(office.person("Fatma of inkomen"))
    await facilitator.presses("Sluit deze ronde")
    event = facilitator.last
    assert event
    await facilitator._does(event)
    assert "Deze ronde is gesloten" in facilitator.said
    assert "Ronde 3 van 10" not in office.channel


async def test_closing_is_noted_without_a_person_beside_the_dilemma(office: Office) -> None:
    """The log of special rights holds the role, the act and the number: no person's id."""
    facilitator = office.person("Ria of wmo", "facilitator")
    await shares(office.person("Fatma of inkomen"))
    await facilitator.presses("Sluit deze ronde")
    rows = office.parts.database.run_now(
        lambda books: books.connection.exec_driver_sql("SELECT actor, action, object, result FROM audit").all()
    )
    assert [tuple(row) for row in rows] == [("facilitator", "close_round", "dilemma 1", "done")]


async def test_a_facilitator_cannot_see_hidden_answers_by_closing_their_own_round_early_alone(office: Office) -> None:
    """Before closing even a facilitator sees a number: no button shows answers to one person."""
    facilitator = office.person("Ria of wmo", "facilitator")
    fatma, group = office.person("Fatma of inkomen"), group_of(office)
    await shares(fatma)
    await to_round(fatma, group, 6)
    await takes_turn(group[0], **TURNS[5])
    assert str(TURNS[5]["why"]) not in office.channel
    assert facilitator.inbox == ""
    labels = {button.label for said in office.said_in(DILEMMAS) for button in said.card().buttons}
    assert not any("toon" in label.lower() or "bekijk" in label.lower() for label in labels)
