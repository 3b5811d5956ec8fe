"""Letters when Slack or the network misbehaves: none is lost, and none arrives twice that need not."""

from __future__ import annotations

from typing import Any, cast

import pytest

from tests.conversations.stories import DILEMMA, shares, takes_turn
from tests.office import Colleague
from tests.slack.edge import Edge, Fault, down, limited, lost, refused
from tests.slack.edge_office import SHORT, EdgeColleague, EdgeOffice, buttons_in
from tests.slack.local import DILEMMAS


async def share(colleague: EdgeColleague, **changes: Any) -> None:
    """Share a dilemma, both pages."""
    await shares(cast("Colleague", cast("Any", colleague)), **changes)


async def join(colleague: EdgeColleague) -> None:
    """Answer the first round of the last dilemma."""
    await takes_turn(cast("Colleague", cast("Any", colleague)), question="")


def cards(edge: Edge) -> int:
    """Return how often the card of a dilemma is there: it has the button to take part."""
    return sum(bool(buttons_in(one, "Doe mee")) for one in edge.in_channel(DILEMMAS) if "thread_ts" not in one)


async def test_all_is_well(office: EdgeOffice, edge: Edge, fatma: EdgeColleague) -> None:
    """A dilemma is posted once, and its author has a message about it."""
    await share(fatma)
    assert cards(edge) == 1
    assert DILEMMA["question"] in office.said_in(DILEMMAS)
    assert "Jouw dilemma 1" in fatma.inbox
    assert (await office.health())["letters_unsure"] == 0


async def test_a_post_that_must_wait_arrives_once_after_the_wait(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """429 with Retry-After: the channel is left alone so long, and nobody else waits for it."""
    edge.misbehaves("chat.postMessage", limited(30), to=DILEMMAS)
    await share(fatma)
    assert cards(edge) == 0
    assert "Jouw dilemma 1" in fatma.inbox
    await office.waits(minutes=0.4)
    assert len([one for one in edge.called("chat.postMessage") if one["channel"] == DILEMMAS]) == 1
    await office.waits(minutes=0.2)
    assert cards(edge) == 1
    assert (await office.health())["letters_unsure"] == (await office.health())["letters_waiting"] == 0


async def test_an_update_that_must_wait_arrives_after_the_wait(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """429 on a change of a card: letters to others leave meanwhile, those to the same channel keep their order."""
    await share(fatma)
    edge.misbehaves("chat.update", limited(30))
    await join(office.person("Joost"))
    changed = len(edge.called("chat.update"))
    mei = office.person("Mei", "belastingen")
    await share(mei, department="belastingen")
    assert "Jouw dilemma 2" in mei.inbox
    assert (cards(edge), len(edge.called("chat.update"))) == (1, changed)
    await office.waits(minutes=0.6)
    assert cards(edge) == 2
    assert len(edge.called("chat.update")) > changed
    assert (await office.health())["letters_waiting"] == 0


@pytest.mark.parametrize(
    "fault", [down(500), down(503), refused("internal_error"), refused("fatal_error")], ids=["500", "503", "i", "f"]
)
async def test_a_breakdown_of_slack_is_waited_for(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, fault: Fault
) -> None:
    """Nobody knows whether it arrived: it is sent again after a pause, and that is counted."""
    edge.misbehaves("chat.postMessage", fault, fault, to=DILEMMAS)
    await share(fatma)
    assert cards(edge) == 0
    await office.waits(minutes=1)
    assert cards(edge) == 1
    assert (await office.health())["letters_unsure"] == 2
    assert (await office.health())["letters_waiting"] == 0


@pytest.mark.parametrize("hangs", [False, True], ids=["drops", "hangs"])
async def test_an_answer_that_is_lost_doubles_a_post_at_most_once(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, hangs: bool
) -> None:
    """Slack took it and we cannot know: there is one second copy, and it is counted."""
    office.chat.calls.seconds = SHORT
    edge.misbehaves("chat.postMessage", lost(hangs=hangs), to=DILEMMAS)
    await share(fatma)
    assert cards(edge) == 1
    await office.waits(minutes=1)
    assert cards(edge) == 2
    await office.waits(minutes=30)
    assert cards(edge) == 2
    assert (await office.health())["letters_unsure"] == 1
    assert (await office.health())["letters_waiting"] == 0


async def test_an_update_whose_answer_is_lost_is_sent_again_and_does_no_harm(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """The same card stands there, once, and nothing was doubled that would be counted."""
    await share(fatma)
    edge.misbehaves("chat.update", lost())
    await join(office.person("Joost"))
    await office.waits(minutes=1)
    assert cards(edge) == 1
    assert (await office.health())["letters_unsure"] == (await office.health())["letters_waiting"] == 0


async def test_a_slack_that_is_not_there_is_waited_for(office: EdgeOffice, edge: Edge, fatma: EdgeColleague) -> None:
    """A refused connection is sure: all that was done meanwhile arrives once, and nothing is counted as doubtful."""
    await fatma.says("/kompas dilemma")
    await edge.goes_away()
    await fatma.fills(**DILEMMA)
    await fatma.fills()
    await office.waits(minutes=2)
    await edge.comes_back()
    assert cards(edge) == 0
    await office.waits(minutes=11)
    assert cards(edge) == 1
    assert fatma.inbox.count("Jouw dilemma 1") >= 1
    assert (await office.health())["letters_unsure"] == (await office.health())["letters_waiting"] == 0


@pytest.mark.parametrize("code", ["token_revoked", "invalid_auth", "account_inactive", "missing_scope"])
async def test_what_is_done_while_the_connection_is_broken_arrives_when_it_is_mended(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, code: str
) -> None:
    """A form that was open is taken; who asks for another one is told why there is none, and who can mend it."""
    await fatma.says("/kompas dilemma")
    edge.always["*"] = refused(code)
    await fatma.fills(**DILEMMA)
    await fatma.fills()
    assert office.count("dilemmas") == 1
    joost = office.person("Joost")
    await joost.says("/kompas dilemma")
    assert code in joost.told.replace("\\", "")
    assert "beheerder" in joost.told
    await office.waits(minutes=60)
    assert edge.messages == []
    edge.always.clear()
    await office.waits(minutes=11)
    assert cards(edge) == 1
    assert "Jouw dilemma 1" in fatma.inbox
    assert (await office.health())["letters_unsure"] == (await office.health())["letters_waiting"] == 0


async def test_an_administrator_is_told_of_a_missing_scope_in_slack_itself(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """With Slack's code for it, once, and not to everybody."""
    hanna = office.person("Hanna", "wmo", "administrator")
    edge.misbehaves("chat.postMessage", refused("missing_scope"), refused("missing_scope"), to=DILEMMAS)
    await share(fatma)
    await office.waits(minutes=1)
    assert hanna.inbox.count("Er wacht een bericht") == 2  # in the plain text, and in the blocks
    assert "missing" in hanna.inbox
    assert "missing" not in fatma.inbox
    assert cards(edge) == 1


async def test_a_channel_without_the_bot_is_told_of_and_waited_for(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """Author and administrator hear it privately, with what to type; the dilemma comes after the invitation."""
    hanna = office.person("Hanna", "wmo", "administrator")
    edge.not_in = {DILEMMAS}
    await share(fatma)
    assert "Je dilemma is bewaard" in fatma.inbox
    assert "/invite" in hanna.inbox
    assert cards(edge) == 0
    edge.not_in.clear()
    await office.waits(minutes=2)
    assert cards(edge) == 1
    assert (await office.health())["letters_unsure"] == (await office.health())["letters_waiting"] == 0


@pytest.mark.parametrize("code", ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"])
async def test_blocks_that_slack_does_not_take_are_left_out(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague, code: str
) -> None:
    """The words arrive alone: better plain than lost."""
    edge.misbehaves("chat.postMessage", refused(code), to=DILEMMAS)
    await share(fatma)
    first = edge.in_channel(DILEMMAS)[0]
    assert "blocks" not in first
    assert DILEMMA["question"] in first["text"]
    assert first["metadata"]["event_payload"]["key"]


async def test_a_message_that_is_gone_is_not_changed_for_ever(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """Somebody removed it: nothing waits behind its next change."""
    await share(fatma)
    edge.messages.clear()
    edge.misbehaves("chat.update", refused("message_not_found"))
    joost = office.person("Joost")
    await share(joost, department="wmo")
    assert cards(edge) == 1
    await office.waits(minutes=5)
    assert (await office.health())["letters_waiting"] == 0
