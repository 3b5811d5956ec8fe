"""Who presses or types always gets an answer in time, whatever Slack's Web API does: a form, or a sentence why not."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from compassbot.chats.slack.manifest import MESSAGE_SHORTCUT, SHARE_SHORTCUT
from tests.conversations.stories import DILEMMA
from tests.slack import payloads
from tests.slack.edge import RESPONSE_URL, Edge, Fault, deaf, down, limited, lost, refused, slow
from tests.slack.edge_office import IN_TIME, SHORT, EdgeColleague, EdgeOffice, buttons_in, copied, edge_office
from tests.slack.local import DILEMMAS
from tests.slack.test_edge import cards, share

AGAIN = "Probeer opnieuw"


@pytest.fixture
def joost(office: EdgeOffice) -> EdgeColleague:
    """Another one."""
    return office.person("Joost")


def value_of(view: dict[str, object], question: str) -> str:
    """Return what stands in a question of a form."""
    state = payloads.state_of(view, {})
    return next(str(one["answer"]["value"]) for block, one in state.items() if block.startswith(f"{question}~"))


async def test_who_is_too_late_for_a_form_may_press_again(edge: Edge, fatma: EdgeColleague) -> None:
    """expired_trigger_id after a command: a sentence for this person alone, whose button opens the form, words and all."""
    edge.misbehaves("views.open", refused("expired_trigger_id"))
    await fatma.says("/kompas dilemma Een half verhaal")
    assert "Het duurde net te lang" in fatma.told
    assert edge.modals["U0FATMA"] == []
    await fatma.presses(AGAIN)
    assert value_of(fatma.view, "situation") == "Een half verhaal"


async def test_who_is_too_late_to_take_part_may_press_again(
    edge: Edge, fatma: EdgeColleague, joost: EdgeColleague
) -> None:
    """expired_trigger_id after a press: the same, for the round that was meant."""
    await share(fatma)
    edge.misbehaves("views.open", refused("expired_trigger_id"))
    await joost.presses("Doe mee")
    assert joost.form is None
    await joost.presses(AGAIN)
    await joost.fills(department="wmo", question="")
    assert joost.office.count("answers") == 1


async def test_who_took_a_shortcut_too_late_is_told_in_a_direct_message(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """A global shortcut comes with no address for an answer."""
    edge.misbehaves("views.open", *[refused("expired_trigger_id")] * 2)
    await fatma.office.send(payloads.shortcut(fatma.user, SHARE_SHORTCUT))
    await office.settles()
    assert "Het duurde net te lang" in fatma.inbox
    await fatma.presses(AGAIN)
    assert fatma.form


async def test_a_message_whose_shortcut_was_too_late_is_kept(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """Its words stand in the form that opens after all."""
    edge.misbehaves("views.open", refused("expired_trigger_id"))
    await office.send(payloads.message_shortcut(fatma.user, MESSAGE_SHORTCUT, "Zij vroeg of dit mag", fatma.url))
    await office.settles()
    await fatma.presses(AGAIN)
    assert value_of(fatma.view, "situation") == "Zij vroeg of dit mag"


async def test_a_message_with_a_picture_is_refused_with_the_reason(office: EdgeOffice, fatma: EdgeColleague) -> None:
    """Nobody can see beforehand who is in it: no form opens, and its words go nowhere."""
    sent = payloads.message_shortcut(fatma.user, MESSAGE_SHORTCUT, "Kijk eens", fatma.url)
    await office.send({**sent, "message": {**sent["message"], "files": [{"id": "F0PICTURE"}]}})
    await office.settles()
    assert fatma.form is None
    assert "foto of bestand" in fatma.said
    assert office.count("drafts") == 0


async def test_a_button_in_a_form_that_opens_nothing_is_told_of(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """A press inside App Home or a form comes with no address for an answer either."""
    await office.send(payloads.event("app_home_opened", user=fatma.user, channel="D0FATMA", tab="home"))
    await office.settles()
    home = edge.homes[fatma.user]
    edge.misbehaves("views.open", *[refused("expired_trigger_id")] * 2)
    await office.send(payloads.pressed_in(fatma.user, buttons_in(home, "Deel een dilemma")[0], home))
    await office.settles()
    assert "Het duurde net te lang" in fatma.inbox


async def test_a_slow_form_opens_and_the_press_was_answered_long_before(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """Nothing slow stands before the acknowledgement."""
    edge.misbehaves("views.open", slow(0.5))
    began = asyncio.get_running_loop().time()
    await office.send(payloads.command(fatma.user, "/kompas dilemma", fatma.url))
    assert asyncio.get_running_loop().time() - began < 0.4
    await office.settles()
    assert fatma.form
    assert fatma.told == ""


@pytest.mark.parametrize(
    "fault",
    [down(500), down(503), refused("internal_error"), refused("invalid_arguments"), limited(30), deaf(), lost()],
    ids=["500", "503", "internal", "arguments", "429", "hangs", "lost"],
)
async def test_who_gets_no_form_hears_why(office: EdgeOffice, edge: Edge, fatma: EdgeColleague, fault: Fault) -> None:
    """When Slack breaks down, a sentence says that nothing is lost and what to do; the next press works."""
    office.chat.calls.seconds = SHORT
    edge.misbehaves("views.open", fault)
    await fatma.says("/kompas dilemma")
    assert "Slack laat mij nu geen formulier openen" in fatma.told
    edge.modals.clear()
    await fatma.says("/kompas dilemma")
    assert fatma.form


@pytest.mark.parametrize("fault", [Fault(404, '{"ok":false,"error":"expired_url"}'), down(500), lost(), deaf()])
async def test_an_answer_whose_address_is_no_longer_good_arrives_all_the_same(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, joost: EdgeColleague, fault: Fault
) -> None:
    """A direct message says where to look: what was answered does not stand in it, for it stays."""
    office.chat.calls.seconds = SHORT
    await share(fatma)
    edge.misbehaves(RESPONSE_URL, fault)
    await joost.presses("Sluit deze ronde")
    assert "Kijk op het tabblad Home" in joost.inbox
    assert "gespreksleider" not in joost.inbox


async def test_where_the_bot_is_not_an_answer_goes_to_the_person(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """No address, and no invitation: the sentence comes as a direct message."""
    edge.not_in = {DILEMMAS}
    edge.misbehaves("views.open", refused("expired_trigger_id"))
    edge.misbehaves(RESPONSE_URL, Fault(404, "expired_url"))
    await fatma.says("/kompas dilemma")
    assert "Het duurde net te lang" in fatma.inbox


async def test_a_form_sent_while_slack_is_down_is_kept(office: EdgeOffice, edge: Edge, fatma: EdgeColleague) -> None:
    """The answer is stored and acknowledged; what all others see of it comes later."""
    await fatma.says("/kompas dilemma")
    edge.always["*"] = down()
    await fatma.fills(**DILEMMA)
    await fatma.fills()
    assert office.count("dilemmas") == 1
    assert fatma.answer
    assert "Dilemma 1 is geplaatst" in fatma.answer.text
    assert cards(edge) == 0
    edge.always.clear()
    await office.waits(minutes=5)
    assert cards(edge) == 1


async def test_every_answer_comes_in_time_while_slack_hangs(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, joost: EdgeColleague
) -> None:
    """Commands, presses, forms, shortcuts and events are answered at once, though no call of ours ends."""
    await share(fatma)
    await fatma.says("/kompas dilemma")
    edge.always["*"] = deaf()
    home = payloads.event("app_home_opened", user=joost.user, channel="D0JOOST", tab="home")
    deeds = [
        payloads.command(joost.user, "/kompas", joost.url),
        payloads.command(joost.user, "/kompas dilemma", joost.url),
        joost.press("Doe mee"),
        joost.press("Sluit deze ronde"),
        fatma.submit(**DILEMMA),
        payloads.shortcut(joost.user, SHARE_SHORTCUT),
        home,
    ]
    answers = await asyncio.wait_for(asyncio.gather(*map(office.send, deeds)), IN_TIME)
    assert [answer.status_code for answer in answers] == [200] * len(deeds)
    edge.wakes()


@pytest.mark.parametrize("fault", [deaf(), down(), refused("invalid_auth"), refused("internal_error")])
async def test_a_bot_that_starts_while_slack_is_down_answers_in_time(
    edge: Edge, tmp_path: Path, empty_file: Path, fault: Fault
) -> None:
    """It cannot ask which workspace it is in: a command gets a sentence, an event is delivered again, and then all works."""
    edge.always["*"] = fault
    async with edge_office(edge, copied(empty_file, tmp_path), ready=False) as office:
        fatma = office.person("Fatma")
        again = payloads.event("app_home_opened", user=fatma.user, channel="D0FATMA", tab="home")
        deeds = (payloads.command(fatma.user, "/kompas dilemma", fatma.url), again)
        said, later = await asyncio.gather(*map(office.send, deeds))
        assert (said.status_code, said.json()["response_type"]) == (200, "ephemeral")
        assert later.status_code == 503
        edge.always.clear()
        assert (await office.send(again)).status_code == 200
        await fatma.says("/kompas dilemma")
        assert fatma.form


async def test_a_bot_that_was_in_its_workspace_before_needs_no_answer_of_slack_to_start(
    edge: Edge, tmp_path: Path, empty_file: Path
) -> None:
    """It is known from before the restart which workspace it is in: what is filled in while Slack is down is kept."""
    url = copied(empty_file, tmp_path)
    async with edge_office(edge, url) as office:
        await office.person("Fatma").says("/kompas dilemma")
    edge.always["*"] = down()
    async with edge_office(edge, url, new=False, ready=False) as office:
        fatma = office.person("Fatma", "inkomen")
        await fatma.fills(**DILEMMA)
        await fatma.fills()
        assert office.count("dilemmas") == 1
