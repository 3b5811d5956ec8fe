"""The main job, from a typed dilemma to Monday's digest and the look back."""

from __future__ import annotations

from tests.conversations.stories import DILEMMA, TAPS, TURNS, concludes, group_of, shares, takes_turn
from tests.office import Office


async def test_what_three_departments_find_on_tuesday_is_read_by_managers_on_monday(any_office: Office) -> None:
    """A finding reaches the digest without the name of anyone who had it, and comes back to who raised it."""
    office = any_office
    fatma = office.person("Fatma of inkomen")
    manager = office.person("Ilse of wmo", "manager")
    group = group_of(office)
    joost = group[0]

    await shares(fatma)
    assert DILEMMA["question"] in office.channel
    assert "fatma" not in office.channel.lower()
    assert "Jouw dilemma 1" in fatma.inbox

    await takes_turn(joost, question="Hoe lang krijgt zij die boodschappen al?")
    assert "Hoe lang krijgt zij" in fatma.inbox
    for colleague in group[1:]:
        await takes_turn(colleague, question="")
    assert "Ronde 1 van 10" in office.thread  # the case holder is awaited
    await fatma.presses("Geef antwoord")
    await fatma.fills(answer="Sinds een half jaar.")
    assert "Inbrenger: Sinds een half jaar." in office.thread
    assert "Ronde 2 van 10" in office.thread

    for turn in TURNS[1:5]:
        for colleague in group:
            await takes_turn(colleague, **turn)
    assert "Nog niemand noemde: iemand met ervaringskennis, een andere afdeling" in office.thread
    judgement = {**TURNS[5], "why": "Ik zou het doen."}
    for colleague in group[:-1]:
        await takes_turn(colleague, **judgement)
    assert "Ik zou het doen" not in office.thread
    assert "Wij wachten nog op 1 collega" in office.thread
    await takes_turn(
        group[-1], choice="a", principle="equality", why="Anders is het oneerlijk voor anderen.", cost="Zij."
    )
    assert "Ik zou het doen" in office.thread
    assert "B · 80%" in office.thread
    assert "Ook dit is gezegd" in office.thread
    assert "4 collega’s kozen anders dan in hun eerste reactie" in office.thread

    for colleague in group:
        await takes_turn(colleague, **TURNS[6])
    await concludes(group[1])
    for colleague in group:
        await takes_turn(colleague, agree="yes", share="yes", keep="Let op de kinderen." if colleague is joost else "")
    assert "5 collega’s zijn het eens" in office.thread
    for colleague in group:
        await takes_turn(colleague, **TAPS)
    assert "Het gesprek is klaar" in office.thread

    await office.waits(until="monday 08:00")
    assert "Giften en boodschappen" in office.learning
    assert "5 of meer" in office.learning
    assert "Giften en boodschappen" in manager.inbox
    for text in (office.learning, manager.inbox):
        assert not any(name in text.lower() for name in ("fatma", "joost", "mei", "sanne"))

    await manager.presses("Volgende stap")
    await manager.fills(
        state="decided", reason="Vanaf januari tellen giften tot een vast bedrag niet mee.", owner="teamleider Inkomen"
    )
    assert "Er is een besluit" in office.thread
    assert "Er is een besluit" in fatma.inbox

    await office.waits(days=40)
    assert "Is de afspraak nagekomen?" in fatma.inbox
    await office.waits(days=5)
    assert "Terugkijken: is de afspraak nagekomen?" in office.thread
