"""What no form offers is not taken, however it is sent: not by a stranger, not by a page from before a change."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from compassbot.talk.chat import Event, Place
from compassbot.talk.errors import Refused
from tests.conversations.stories import AGREEMENT, CODES, DILEMMA, TURNS, gather, group_of, shares, takes_turn, to_round
from tests.office import DILEMMAS, Colleague, Office

NASTY = "Mw. F. Yilmaz BSN 111222333 [klik](https://elders.example)"


@pytest.fixture
async def fatma(office: Office) -> Colleague:
    """The author of a dilemma."""
    fatma = office.person("Fatma of inkomen")
    await shares(fatma)
    return fatma


async def _sends(colleague: Colleague, answers: Mapping[str, str | tuple[str, ...]]) -> None:
    """Send the open form with more than it asks."""
    form = colleague.form
    assert form
    filled = {question.name: question.initial for question in form.questions} | dict(answers)
    event = Event("forged", "submit", colleague.person, Place(DILEMMAS), form.action, form.about, answers=filled)
    await colleague.office.parts.bot.hear(event)
    await colleague.office.parts.courier.deliver(colleague.office.now)


async def test_a_stake_that_no_principle_has_is_not_kept(office: Office, fatma: Colleague) -> None:
    """A made-up principle in a turn reaches neither the thread nor the table, whatever it holds."""
    group = group_of(office)
    await to_round(fatma, group, 3)
    await group[0].presses("Doe mee")
    await _sends(group[0], TURNS[2] | {f"stake-{NASTY}": "3", "stake-x": "30000"})
    for colleague in group[1:]:
        await takes_turn(colleague, **TURNS[2])
    assert "Ronde 4 van 10" in office.thread
    assert "Yilmaz" not in office.thread


async def test_a_stake_outside_the_scale_is_refused(office: Office, fatma: Colleague) -> None:
    """A scale takes its own steps only."""
    group = group_of(office)
    await to_round(fatma, group, 3)
    await group[0].presses("Doe mee")
    with pytest.raises(Refused):
        await _sends(group[0], TURNS[2] | {"stake-listening": "30000"})


@pytest.mark.parametrize("code", ["departments", "principles", "theme", "cause"])
async def test_a_code_that_is_none_is_refused(office: Office, fatma: Colleague, code: str) -> None:
    """A conclusion holds the codes that exist, and nothing else that could be posted unread."""
    group = group_of(office)
    await to_round(fatma, group, 8)
    await takes_turn(group[0], **AGREEMENT)
    value = (NASTY,) if code in ("departments", "principles") else NASTY
    await group[0].fills(**{**CODES, code: value})
    assert code in group[0].refused
    assert "Yilmaz" not in office.thread


async def test_a_department_is_one_of_ours(office: Office, fatma: Colleague) -> None:
    """Who told their department is not asked again, and cannot change it on the side."""
    group = group_of(office)
    await gather(fatma, group)
    await group[0].presses("Doe mee")
    await _sends(group[0], {"choice": "a", "department": "anything at all"})
    told = office.parts.database.run_now(lambda books: books.people.department(group[0].person.id))
    assert told == "wmo"


async def test_who_worked_in_a_department_that_is_no_more_is_asked_again(office: Office, fatma: Colleague) -> None:
    """After a department was taken from the list, people say anew where they work."""
    joost = office.person("Joost of wmo")
    office.parts.database.run_now(lambda books: books.people.works_in(joost.person.id, "opgeheven"))
    await joost.presses("Doe mee")
    assert joost.form
    assert joost.form.questions[0].name == "department"


async def test_a_dilemma_takes_a_known_time_and_department(office: Office) -> None:
    """A time or department that does not exist is refused beside its question."""
    fatma = office.person("Fatma of inkomen")
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "time": "eternity", "department": "nowhere"})
    assert set(fatma.refused) == {"time", "department"}


async def test_a_look_back_comes_within_a_year(office: Office, fatma: Colleague) -> None:
    """A date so far away would keep author and agreement for ever."""
    group = group_of(office)
    await to_round(fatma, group, 8)
    await group[0].presses("Doe mee")
    await group[0].fills(**AGREEMENT, look_back="9999-12-31")
    assert "binnen een jaar" in group[0].refused["look_back"]


async def test_a_withdrawn_dilemma_is_not_looked_back_on(office: Office, fatma: Colleague) -> None:
    """Withdrawn in the last round, its agreement is gone too: nobody is asked about it weeks later."""
    group = group_of(office)
    await to_round(fatma, group, 8)
    await takes_turn(group[0], **AGREEMENT)
    await group[0].fills(**CODES)
    for colleague in group:
        await takes_turn(colleague, agree="yes", share="yes")
    await fatma.presses("Trek het terug")
    await office.waits(days=60)
    assert AGREEMENT["agreement"] not in office.thread


async def test_who_may_is_named_as_a_person(office: Office, fatma: Colleague) -> None:
    """The sentence for who may not names who can, as a mention and not as raw Markdown."""
    office.person("Ruud of wmo", "facilitator")
    joost = office.person("Joost of wmo")
    await joost.presses("Sluit deze ronde")
    assert "Vraag het aan @ruud" in joost.said
    assert "person:" not in joost.said
