"""What Slack sends twice is done once: one after the other, at the same moment, out of order, and around a restart."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from compassbot.chats.slack.manifest import MESSAGE_SHORTCUT, SHARE_SHORTCUT
from compassbot.courier import Bounds
from tests.conversations.stories import DILEMMA
from tests.slack import payloads
from tests.slack.edge import Edge, Found, lost, slow
from tests.slack.edge_office import EdgeColleague, EdgeOffice, copied, edge_office
from tests.slack.local import DILEMMAS
from tests.slack.test_edge import cards, share

TIMES = 3


@pytest.fixture
def joost(office: EdgeOffice) -> EdgeColleague:
    """A facilitator."""
    return office.person("Joost", "wmo", "facilitator")


async def deliver(office: EdgeOffice, body: Found, *, together: bool) -> Sequence[Any]:
    """Deliver the same payload three times, and return the answers."""
    if together:
        answers: Sequence[Any] = await asyncio.gather(*(office.send(body) for _ in range(TIMES)))
    else:
        answers = [await office.send(body) for _ in range(TIMES)]
    assert {answer.status_code for answer in answers} == {200}
    await office.settles()
    return answers


both = pytest.mark.parametrize("together", [False, True], ids=["in turn", "together"])


@both
async def test_a_press_is_done_once(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, joost: EdgeColleague, together: bool
) -> None:
    """A round is closed, told of to who closed it, and noted, once; it is not closed a second time."""
    await share(fatma)
    edge.answers.clear()
    await deliver(office, joost.press("Sluit deze ronde"), together=together)
    assert office.count("audit") == 1
    assert len(edge.answers) == 1
    assert "Ronde 3" not in office.said_in(DILEMMAS)


@both
@pytest.mark.parametrize("kind", ["command", "press", "shortcut", "message"])
async def test_a_form_opens_once(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, joost: EdgeColleague, kind: str, together: bool
) -> None:
    """And nobody is told that it did not open."""
    await share(fatma)
    told = len(edge.answers)
    bodies = {
        "command": lambda: payloads.command(joost.user, "/kompas dilemma", joost.url),
        "press": lambda: joost.press("Doe mee"),
        "shortcut": lambda: payloads.shortcut(joost.user, SHARE_SHORTCUT),
        "message": lambda: payloads.message_shortcut(joost.user, MESSAGE_SHORTCUT, "Zij vroeg het", joost.url),
    }
    await deliver(office, bodies[kind](), together=together)
    assert len(edge.modals[joost.user]) == 1
    assert len(edge.answers) == told
    assert joost.inbox == ""


@both
async def test_a_command_that_answers_at_once_does_so_once(
    office: EdgeOffice, fatma: EdgeColleague, together: bool
) -> None:
    """The card stands in the first answer; the others only acknowledge."""
    answers = await deliver(office, payloads.command(fatma.user, "/kompas", fatma.url), together=together)
    assert sorted(bool(answer.content) for answer in answers) == [False, False, True]


@both
async def test_a_dilemma_is_posted_once(office: EdgeOffice, edge: Edge, fatma: EdgeColleague, together: bool) -> None:
    """However often its last page is delivered; the first page gives the same next page each time."""
    await fatma.says("/kompas dilemma")
    first = await deliver(office, fatma.submit(**DILEMMA), together=together)
    assert len({answer.text for answer in first}) == 1
    fatma.takes(first[0])
    await deliver(office, fatma.submit(), together=together)
    assert office.count("dilemmas") == 1
    assert cards(edge) == 1


@both
async def test_a_turn_is_taken_once(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, joost: EdgeColleague, together: bool
) -> None:
    """One answer is kept, and the question goes to the case holder once."""
    await share(fatma)
    await joost.presses("Doe mee")
    before = len(edge.in_channel(fatma.user))
    await deliver(office, joost.submit(department="wmo", question="Hoe lang al?"), together=together)
    assert office.count("answers") == 1
    assert len(edge.in_channel(fatma.user)) == before + 1


@both
async def test_a_form_that_was_refused_can_be_sent_again(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, together: bool
) -> None:
    """What could not stand is said each time, and the mended form is taken."""
    await fatma.says("/kompas dilemma")
    refused = await deliver(office, fatma.submit(**{**DILEMMA, "moment": "🙂"}), together=together)
    assert {answer.json()["response_action"] for answer in refused} == {"errors"}
    await fatma.fills(**DILEMMA)
    await fatma.fills()
    assert cards(edge) == 1


@both
async def test_an_event_is_heard_as_often_as_it_comes_and_shows_one_home(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, together: bool
) -> None:
    """App Home is published again, which nobody sees; nothing is written."""
    before = office.rows("seen")
    body = payloads.event("app_home_opened", user=fatma.user, channel="D0FATMA", tab="home")
    await deliver(office, body, together=together)
    assert list(edge.homes) == [fatma.user]
    assert office.rows("seen") == before


async def test_a_modal_sent_again_as_it_stands_is_taken_once(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """Two presses on its button are two submissions with triggers of their own, of one and the same form."""
    await fatma.says("/kompas dilemma")
    await fatma.fills(**DILEMMA)
    await asyncio.gather(*(office.send(fatma.submit()) for _ in range(2)))
    await office.settles()
    assert office.count("dilemmas") == 1
    assert cards(edge) == 1


async def test_two_people_who_press_at_the_same_moment_both_count(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, joost: EdgeColleague
) -> None:
    """Both get the form, both answers are kept, and the card of the dilemma stands there once."""
    await share(fatma)
    mei = office.person("Mei", "belastingen")
    await asyncio.gather(office.send(joost.press("Doe mee")), office.send(mei.press("Doe mee")))
    await office.settles()
    forms = (joost.submit(department="wmo", question=""), mei.submit(department="belastingen", question=""))
    await asyncio.gather(*map(office.send, forms))
    await office.settles()
    assert office.count("answers") == 2
    assert cards(edge) == 1


async def test_two_facilitators_who_close_a_round_at_the_same_moment_close_one(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, joost: EdgeColleague
) -> None:
    """The second one hears that it is over."""
    await share(fatma)
    sanne = office.person("Sanne", "jeugd", "facilitator")
    await asyncio.gather(office.send(joost.press("Sluit deze ronde")), office.send(sanne.press("Sluit deze ronde")))
    await office.settles()
    assert office.count("audit") == 1
    assert "Ronde 3" not in office.said_in(DILEMMAS)
    assert len(edge.answers) == 2


async def test_what_comes_out_of_order_does_no_harm(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, joost: EdgeColleague
) -> None:
    """A form of a round that is over, and a letter typed in a form that was sent, change nothing."""
    await share(fatma)
    await joost.presses("Doe mee")
    late = joost.submit(department="wmo", question="Hoe lang al?")
    await joost.presses("Sluit deze ronde")
    await office.send(late)
    assert office.count("answers") == 0
    await fatma.says("/kompas dilemma")
    typed = payloads.typed(fatma.user, fatma.view, "situation", "Half")
    await fatma.fills(**DILEMMA)
    assert (await office.send(typed)).status_code == 200
    await fatma.fills()
    assert office.count("dilemmas") == 2
    assert cards(edge) == 2
    assert "Half" not in office.said_in(DILEMMAS)


@pytest.mark.parametrize("arrived", [False, True], ids=["not sent", "sent, not noted"])
async def test_a_restart_between_commit_and_send_loses_nothing(
    edge: Edge, tmp_path: Path, empty_file: Path, arrived: bool
) -> None:
    """What was queued leaves after the start; what was under way may come twice, and is counted."""
    url = copied(empty_file, tmp_path)
    async with edge_office(edge, url) as office:
        fatma = office.person("Fatma", "inkomen")
        await fatma.says("/kompas dilemma")
        await fatma.fills(**DILEMMA)
        if arrived:
            edge.misbehaves("chat.postMessage", lost(hangs=True), to=DILEMMAS)
        else:
            office.parts.courier._closing = True  # as a kill after the commit: nobody sends any more
        await office.send(fatma.submit())
        await asyncio.sleep(0.1)
    assert cards(edge) == arrived
    async with edge_office(edge, url, new=False) as office:
        await office.waits(minutes=1)
        assert cards(edge) == 1 + arrived
        assert "Jouw dilemma 1" in office.said_in("U0FATMA")
        assert (await office.health())["letters_unsure"] == arrived
        assert (await office.health())["letters_waiting"] == 0


async def test_a_letter_under_way_when_the_bot_stops_is_waited_for(
    edge: Edge, tmp_path: Path, empty_file: Path
) -> None:
    """It left, is noted, and is not sent again after the start."""
    url = copied(empty_file, tmp_path)
    async with edge_office(edge, url) as office:
        office.parts.courier._bounds = Bounds()
        fatma = office.person("Fatma", "inkomen")
        await fatma.says("/kompas dilemma")
        await fatma.fills(**DILEMMA)
        edge.misbehaves("chat.postMessage", slow(0.5), to=DILEMMAS)
        await office.send(fatma.submit())
        await asyncio.sleep(0.1)
    async with edge_office(edge, url, new=False) as office:
        await office.waits(minutes=5)
        assert cards(edge) == 1
        assert (await office.health())["letters_unsure"] == 0


async def test_what_slack_delivers_again_after_a_restart_was_done_already(
    edge: Edge, tmp_path: Path, empty_file: Path
) -> None:
    """The process ended before its answer arrived: press, form and event come again to the next one."""
    url = copied(empty_file, tmp_path)
    async with edge_office(edge, url) as office:
        fatma, joost = office.person("Fatma", "inkomen"), office.person("Joost", "wmo", "facilitator")
        await fatma.says("/kompas dilemma")
        await fatma.fills(**DILEMMA)
        sent = fatma.submit()
        await office.send(sent)
        await office.settles()
        closed = joost.press("Sluit deze ronde")
        await office.send(closed)
        await office.settles()
    async with edge_office(edge, url, new=False) as office:
        before = json.dumps([office.rows(name) for name in ("dilemmas", "audit", "answers", "outbox")], default=str)
        for body in (sent, closed, payloads.event("app_home_opened", user="U0FATMA", channel="D0FATMA", tab="home")):
            assert (await office.send(body)).status_code == 200
        await office.settles()
        after = json.dumps([office.rows(name) for name in ("dilemmas", "audit", "answers", "outbox")], default=str)
        assert after == before
        assert "U0FATMA" in edge.homes
