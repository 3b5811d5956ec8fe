"""Where a person is answered: in the modal that is open, in the thread that they read, and nowhere that stays."""

from __future__ import annotations

import pytest

from compassbot.chats.slack.payload import spot_of
from compassbot.chats.slack.pictures import Pictures
from compassbot.chats.slack.show import Show
from compassbot.chats.slack.tell import Telling
from compassbot.talk.view import Card, Image, Text
from tests.slack import payloads
from tests.slack.edge import RESPONSE_URL, Edge, Fault
from tests.slack.edge_office import EdgeColleague, EdgeOffice, buttons_in, read
from tests.slack.local import DILEMMAS, LEARNING, TEAM
from tests.slack.test_edge import join, share
from tests.slack.test_edge_shown import draws

EXPIRED = Fault(404, '{"ok":false,"error":"expired_url"}')
ELSEWHERE = "Kijk op het tabblad Home"
OUTSIDER = "Meedoen kan alleen met een account"
OTHER = "T0OTHER"


async def test_one_can_go_on_and_on_in_a_modal(edge: Edge, fatma: EdgeColleague) -> None:
    """Slack takes three modals on each other: what tells something takes the place of what told something before."""
    await fatma.presses_at_home("De principes")
    for _ in range(4):
        await fatma.presses_in("Gastvrijheid")
        assert "Werkvragen" in read(fatma.view)
        await fatma.presses_in("Alle principes")
        assert "Gastvrijheid" in read(fatma.view)
    assert len(edge.modals[fatma.user]) == 1
    assert fatma.inbox == ""


async def test_a_form_lies_on_what_was_told_and_what_follows_it_closes_all(office: EdgeOffice, edge: Edge) -> None:
    """Who leaves a form sees again what they came from, as long as it is still so."""
    hanna = office.person("Hanna", "wmo", "administrator")
    await hanna.presses_at_home("Beheer")
    await hanna.presses_in("Kanalen")
    told, asked = edge.modals[hanna.user]
    assert asked["previous_view_id"] == told["id"]
    assert not asked.get("clear_on_close")
    await hanna.fills(deliberation_place=DILEMMAS, learning_place=LEARNING)
    assert edge.modals[hanna.user] == []  # the driver closes what only tells something, with all below it


async def test_a_press_in_a_modal_that_changed_meanwhile_changes_nothing(edge: Edge, fatma: EdgeColleague) -> None:
    """Two quick presses: the first is shown, and the second does not come as a message that stays."""
    await fatma.presses_at_home("De principes")
    before = fatma.view
    twice = [payloads.pressed_in(fatma.user, button, before) for button in buttons_in(before, "")[:2]]
    for press in twice:
        await fatma.office.send(press)
        await fatma.office.settles()
    assert fatma.view["title"]["text"] == buttons_in(before, "")[0]["text"]["text"]
    assert fatma.inbox == ""


async def test_who_presses_too_late_in_a_modal_hears_it_in_that_modal(office: EdgeOffice, edge: Edge) -> None:
    """A form must open within three seconds, and the sentence about it need not."""
    hanna = office.person("Hanna", "wmo", "administrator")
    await hanna.presses_at_home("Beheer")
    press = payloads.pressed_in(hanna.user, buttons_in(hanna.view, "Kanalen")[0], hanna.view)
    edge.late.add(press["trigger_id"])
    await office.send(press)
    await office.settles()
    assert "Het duurde net te lang" in read(hanna.view)
    assert hanna.inbox == ""


async def test_the_messages_of_the_app_never_tell_whose_a_dilemma_is(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """They stay, also when nobody may know any more who raised it: an answer that comes there names nothing."""
    await share(fatma)
    before = fatma.inbox
    edge.misbehaves(RESPONSE_URL, EXPIRED)
    await fatma.presses("Trek het terug")
    told = edge.in_channel(fatma.user)[-1]
    assert ELSEWHERE in read(told)
    assert "eruggetrokken" not in fatma.inbox.removeprefix(before)
    assert buttons_in(told, "") == []


async def test_a_button_for_one_dilemma_does_not_come_in_the_messages_of_the_app(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """Who is too late for a form, and cannot be told beside the button, is told without a button of that dilemma."""
    await share(fatma)
    joost = office.person("Joost")
    press = joost.press("Doe mee")
    edge.late.add(press["trigger_id"])
    edge.misbehaves(RESPONSE_URL, EXPIRED)
    await office.send(press)
    await office.settles()
    assert "Het duurde net te lang" in joost.inbox
    assert buttons_in(edge.in_channel(joost.user)[-1], "") == []


async def test_an_answer_comes_in_the_thread_only_when_it_is_read_there(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """Pressed in the channel, under which a thread hangs: in the channel. Pressed in the thread: in the thread."""
    await share(fatma)
    await join(office.person("Mei"))
    joost = office.person("Joost")
    [root] = [one for one in edge.in_channel(DILEMMAS) if "thread_ts" not in one]
    assert any(one.get("thread_ts") == root["ts"] for one in edge.messages)
    close = joost.press("Sluit deze ronde")["actions"][0]
    await office.send(payloads.pressed(joost.user, close, {**root, "thread_ts": root["ts"]}, joost.url))
    hung = {**root, "ts": "1764000000.999999", "thread_ts": root["ts"]}
    await office.settles()
    await office.send(payloads.pressed(joost.user, close, hung, joost.url))
    await office.settles()
    private = payloads.pressed_privately(joost.user, close, joost.url)
    private["container"]["thread_ts"] = root["ts"]
    await office.send(private)
    await office.settles()
    assert [body.get("thread_ts") for _, body in edge.answers] == [None, root["ts"], root["ts"]]


async def test_a_channel_that_is_gone_can_be_replaced(office: EdgeOffice, edge: Edge) -> None:
    """Slack opens no form in which it is chosen: it opens without, and says so."""
    hanna = office.person("Hanna", "wmo", "administrator")
    edge.gone = {DILEMMAS}
    await hanna.says("/kompas beheer")
    assert hanna.answer
    await office.send(payloads.pressed_privately(hanna.user, buttons_in(hanna.answer.json(), "Kanalen")[0], hanna.url))
    await office.settles()
    assert "is er niet meer" in read(hanna.view)
    assert [one["element"].get("initial_conversation") for one in hanna.view["blocks"] if one["type"] == "input"] == [
        None,
        None,
    ]
    edge.gone = set()
    await hanna.fills(deliberation_place="C0NEW", learning_place=LEARNING)
    chosen = office.parts.database.run_now(lambda books: books.settings.all())
    assert chosen["deliberation_place"] == "slack:C0NEW"


async def test_a_colleague_who_left_does_not_keep_the_roles_from_being_changed(office: EdgeOffice, edge: Edge) -> None:
    """The same for people."""
    hanna = office.person("Hanna", "wmo", "administrator")
    office.person("Joost", "wmo", "facilitator")
    edge.gone = {"U0JOOST"}
    await hanna.presses_at_home("Beheer")
    await hanna.presses_in("Rollen")
    assert "is er niet meer" in read(hanna.view)
    await hanna.fills(administrator=[hanna.user])
    assert office.parts.database.run_now(lambda books: books.people.with_role("facilitator")) == []


async def test_a_message_too_long_for_a_form_says_what_is_missing(office: EdgeOffice, fatma: EdgeColleague) -> None:
    """Slack takes 3000 characters in a question: above it stands that the rest is not there."""
    await office.send(payloads.message_shortcut(fatma.user, "dilemma_from_message", "x" * 3500, fatma.url))
    await office.settles()
    assert "Alleen de eerste 3000 tekens" in read(fatma.view)
    fatma.edge.modals.clear()
    joost = office.person("Joost")
    await joost.says("/kompas dilemma Kort")
    assert "3000" not in read(joost.view)


async def test_who_is_of_another_organisation_takes_no_part(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """In a channel that is shared they read along: a press gets a sentence and no form, and a form is not taken."""
    await share(fatma)
    eva = office.person("Eva")
    press = eva.press("Doe mee")
    press["user"]["team_id"] = OTHER
    await office.send(press)
    await office.settles()
    assert OUTSIDER in eva.told
    assert edge.modals[eva.user] == []

    await eva.presses("Doe mee")
    sent = eva.submit(department="wmo", question="")
    sent["user"]["team_id"], sent["team"]["id"] = OTHER, OTHER
    assert sent["view"]["app_installed_team_id"] == TEAM
    answer = await office.send(sent)
    assert answer.json()["response_action"] == "update"
    assert OUTSIDER in answer.text
    assert office.count("answers") == 0


async def test_colleagues_in_another_workspace_of_one_grid_take_part(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """An organisation with Enterprise Grid has many workspaces, and channels that they share."""
    await share(fatma)
    eva = office.person("Eva")
    grid = {"enterprise": {"id": "E0GEMEENTE", "name": "De gemeente"}}
    press = {**eva.press("Doe mee"), **grid}
    press["team"]["enterprise_id"], press["user"]["team_id"] = "E0GEMEENTE", OTHER
    await office.send(press)
    await office.settles()
    sent = {**eva.submit(department="wmo", question=""), **grid}
    sent["team"] |= {"id": OTHER, "enterprise_id": "E0GEMEENTE"}
    sent["user"]["team_id"] = OTHER
    assert (await office.send(sent)).status_code == 200
    assert office.count("answers") == 1


@pytest.mark.parametrize("url", ["http://example.org/answer", "ftp://127.0.0.1/x", "file:///etc/passwd", ""])
async def test_an_answer_goes_to_slack_alone(office: EdgeOffice, edge: Edge, fatma: EdgeColleague, url: str) -> None:
    """An address without https is not posted to; the answer comes elsewhere."""
    await share(fatma)
    joost = office.person("Joost")
    press = joost.press("Sluit deze ronde")
    await office.send({**press, "response_url": url, "trigger_id": f"late.{joost.user}"})
    await office.settles()
    assert edge.called(RESPONSE_URL) == []
    assert ELSEWHERE in joost.inbox or "gespreksleider" in read(joost.view)


async def test_an_answer_is_not_taken_on_to_another_address(
    office: EdgeOffice, edge: Edge, fatma: EdgeColleague
) -> None:
    """A redirect is no answer of Slack."""
    await share(fatma)
    joost = office.person("Joost")
    edge.misbehaves(RESPONSE_URL, Fault(307, "elsewhere", {"Location": f"{edge.address}/answer/{joost.user}/2"}))
    await joost.presses("Sluit deze ronde")
    assert joost.told == ""
    assert ELSEWHERE in joost.inbox


@pytest.mark.parametrize("where", ["beside", "modal"])
async def test_a_picture_that_is_asked_for_comes_as_soon_as_slack_shows_it(
    office: EdgeOffice, edge: Edge, where: str
) -> None:
    """In a modal its words stand there at once, for a modal must open in time; the picture follows."""
    office.chat.pictures = Pictures(office.chat.calls, draws)
    edge.scans_for = 1.0
    ilse = office.person("Ilse")
    body = payloads.shortcut(ilse.user, "share_dilemma") | ({"response_url": ilse.url} if where == "beside" else {})
    card = Card("Wat wij leerden", (Text("Drie."), Image("/pictures/1.png", "Drie staven")))
    await Telling(office.chat, spot_of(body), Show(office.chat.seal, "nl")).card(card, Card("Elders"))
    shown = edge.answers[-1][1] if where == "beside" else ilse.view
    assert [one["type"] for one in shown["blocks"]][-1] == "image"
    assert ilse.inbox == ""
    if where == "modal":
        assert edge.called("views.open")[0]["view"]["blocks"][-1]["type"] == "rich_text"
