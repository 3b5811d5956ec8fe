"""In the evening and the weekend nobody is called, and no round loses time."""

from __future__ import annotations

from tests.conversations.stories import DILEMMA, shares, takes_turn
from tests.office import HERE, Office


async def test_a_dilemma_shared_in_the_evening_is_posted_in_the_morning(office: Office) -> None:
    """Its author hears so at once, and gets the receipt at once."""
    fatma = office.person("Fatma of inkomen")
    await office.waits(until="tuesday 21:00")
    await shares(fatma)
    assert "buiten werktijd" in fatma.said
    assert "Jouw dilemma 1" in fatma.inbox
    assert office.channel == ""
    await office.waits(until="wednesday 07:59")
    assert office.channel == ""
    await office.waits(until="wednesday 08:00")
    assert DILEMMA["question"] in office.channel


async def test_a_dilemma_of_friday_evening_waits_for_monday(office: Office) -> None:
    """The weekend is quiet, and the first round counts from Monday morning."""
    await office.waits(until="friday 18:30")
    await shares(office.person("Fatma of inkomen"))
    await office.waits(until="sunday 12:00")
    assert office.channel == ""
    [dilemma] = office.parts.database.run_now(lambda books: books.dilemmas.with_status("open"))
    opens = dilemma.opened_at.astimezone(HERE)
    assert (opens.weekday(), opens.hour) == (0, 8)
    assert dilemma.closes_at.astimezone(HERE).weekday() == 0


async def test_a_round_does_not_close_at_night(office: Office) -> None:
    """What is left of its time goes on in the morning."""
    await office.waits(until="tuesday 17:30")
    await shares(office.person("Fatma of inkomen"))
    await takes_turn(office.person("Joost of wmo"), question="")
    [dilemma] = office.parts.database.run_now(lambda books: books.dilemmas.with_status("open"))
    closes = dilemma.closes_at.astimezone(HERE)
    assert closes.day == 18
    assert 8 <= closes.hour < 18
    await office.waits(until="wednesday 07:59")
    [same] = office.parts.database.run_now(lambda books: books.dilemmas.with_status("open"))
    assert same.round == 0


async def test_who_works_late_gets_an_answer_and_calls_nobody(office: Office) -> None:
    """A turn at night is kept and thanked for; its question reaches the case holder in the morning."""
    fatma, joost = office.people("Fatma of inkomen", "Joost of wmo")
    await office.waits(until="tuesday 17:50")
    await shares(fatma)
    await office.waits(until="tuesday 23:00")
    await takes_turn(joost, question="Hoe lang al?")
    assert "je antwoord is binnen" in joost.said
    assert "Hoe lang al?" not in fatma.inbox
    await office.waits(until="wednesday 08:00")
    assert "Hoe lang al?" in fatma.inbox
