"""What Slack does not show as it was sent: new pictures, changed cards, channels that the bot was put out of."""

from __future__ import annotations

import pytest

from compassbot.chats.slack.pictures import Pictures
from compassbot.chats.slack.send import SlackChat
from compassbot.store.outbox import Letter
from compassbot.talk.chat import Message, Person, Place
from compassbot.talk.errors import NotInvited, Unreachable
from compassbot.talk.view import Button, Card, Image, Text, pack
from tests.conversations.stories import DILEMMA
from tests.slack.edge import Edge, refused
from tests.slack.edge_office import EdgeOffice, buttons_in, read
from tests.slack.local import DILEMMAS, LEARNING
from tests.slack.test_edge import join, share

ALT = "Drie staven: zes, vier en twee zaken"
DIGEST = Card(
    "Wat wij leerden",
    (Text("Drie signalen."), Image("/pictures/1.png", ALT)),
    (Button("Bekijk", "digest"),),
)


async def draws(address: str) -> bytes | None:
    """Draw a picture."""
    assert address == "/pictures/1.png"
    return b"\x89PNG"


@pytest.fixture
def office(office: EdgeOffice) -> EdgeOffice:
    """An office that draws pictures, and whose Slack looks through new files by the clock of the office."""
    office.chat.pictures = Pictures(office.chat.calls, draws)
    office.edge.clock = lambda: office.parts.hours.now().timestamp()
    return office


async def put(office: EdgeOffice, card: Card = DIGEST) -> None:
    """Let a digest be sent to the channel of system learning."""
    letter = Letter("post", "slack", f"slack:{LEARNING}", pack({"nl": card}), "digest:1")
    office.parts.database.run_now(lambda books: books.outbox.put(letter, office.parts.hours.now()))
    await office.settles()


def kinds(message: dict[str, object]) -> list[str]:
    """Return the types of the blocks of a message."""
    blocks = message.get("blocks")
    return [one["type"] for one in blocks] if isinstance(blocks, list) else []


async def test_a_new_picture_is_waited_for(office: EdgeOffice, edge: Edge) -> None:
    """Slack looks through it for five seconds and refuses it until then: the digest comes whole, once, a little later."""
    edge.scans_for = 5.0
    await put(office)
    assert edge.in_channel(LEARNING) == []
    await office.waits(minutes=2.5 / 60)
    await office.waits(minutes=4.5 / 60)
    [digest] = edge.in_channel(LEARNING)
    assert kinds(digest) == ["header", "rich_text", "image", "actions"]
    assert len(edge.called("files.completeUploadExternal")) == 1
    assert (await office.health())["letters_waiting"] == 0


async def test_nobody_else_waits_for_a_new_picture(office: EdgeOffice, edge: Edge) -> None:
    """Messages in other channels leave meanwhile."""
    edge.scans_for = 60.0
    await put(office)
    fatma = office.person("Fatma", "inkomen")
    await share(fatma)
    assert edge.in_channel(LEARNING) == []
    assert DILEMMA["question"] in office.said_in(DILEMMAS)


async def test_a_picture_that_slack_never_shows_is_told_in_words(office: EdgeOffice, edge: Edge) -> None:
    """After fourteen seconds all else comes as it should, buttons too, with what the picture says in its place."""
    edge.scans_for = 3600.0
    await put(office)
    for seconds in (2.5, 4.5, 8.5):
        assert edge.in_channel(LEARNING) == []
        await office.waits(minutes=seconds / 60)
    [digest] = edge.in_channel(LEARNING)
    assert kinds(digest) == ["header", "rich_text", "rich_text", "actions"]
    assert ALT in read({"blocks": digest["blocks"]})
    assert len(edge.called("files.completeUploadExternal")) == 1
    edge.scans_for = 0.0
    await put(office)
    assert kinds(edge.in_channel(LEARNING)[1]) == ["header", "rich_text", "image", "actions"]


async def test_blocks_that_are_wrong_without_pictures_too_become_words(office: EdgeOffice, edge: Edge) -> None:
    """Only when Slack takes the same blocks without the picture neither, the words come alone."""
    edge.misbehaves("chat.postMessage", *[refused("invalid_blocks")] * 5, to=LEARNING)
    await put(office)
    for seconds in (2.5, 4.5, 8.5):
        await office.waits(minutes=seconds / 60)
    [digest] = edge.in_channel(LEARNING)
    assert kinds(digest) == []
    assert ALT in digest["text"]


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long"])
async def test_a_change_whose_blocks_are_wrong_is_seen_in_words(office: EdgeOffice, edge: Edge, code: str) -> None:
    """With text alone Slack would keep the old blocks: nobody would see the change, and what is wiped would stay."""
    place = Place(f"slack:{DILEMMAS}")
    before = Card("Voor", (Text("Wat eerst werd gezegd"),), (Button("Doe mee", "join"),))
    message = await office.chat.post(place, {"nl": before}, "letter-1")
    edge.misbehaves("chat.update", refused(code))
    await office.chat.update(message, {"nl": Card("Na", (Text("Wat nu wordt gezegd"),))}, "letter-2")
    [card] = edge.in_channel(DILEMMAS)
    assert "Wat nu wordt gezegd" in read(card)
    assert "eerst" not in read(card)
    assert buttons_in(card, "") == []


async def test_a_card_changes_after_the_bot_is_let_in_again(office: EdgeOffice, edge: Edge) -> None:
    """The bot is put out of the channel while a dilemma is taken back: after an invitation its text goes all the same."""
    hanna, fatma = office.person("Hanna", "wmo", "administrator"), office.person("Fatma", "inkomen")
    await share(fatma)
    edge.not_in = {DILEMMAS}
    await fatma.presses("Trek het terug")
    await office.waits(minutes=3)
    assert DILEMMA["question"] in office.said_in(DILEMMAS)
    assert "/invite" in hanna.inbox
    edge.not_in.clear()
    await office.waits(minutes=2)
    assert DILEMMA["question"] not in office.said_in(DILEMMAS)
    assert (await office.health())["letters_waiting"] == 0


async def test_where_nobody_can_invite_the_bot_a_change_is_given_up(office: EdgeOffice, edge: Edge) -> None:
    """The messages to one person: an administrator who was told of them would read whose they are."""
    chat: SlackChat = office.chat
    message = await chat.write_to(Person("slack:U0FATMA"), {"nl": Card("Hoi")}, "letter-1")
    edge.not_in = {"D0FATMA", DILEMMAS}
    with pytest.raises(Unreachable):
        await chat.update(message, {"nl": Card("Dag")}, "letter-2")
    with pytest.raises(NotInvited):
        await chat.update(Message(Place(f"slack:{DILEMMAS}"), "1764000000.000001"), {"nl": Card("Dag")}, "letter-3")


async def test_messages_that_left_together_cannot_be_seen_to(office: EdgeOffice, edge: Edge) -> None:
    """What Slack keeps beside a message tells nothing of its neighbours in the outbox, and is the same the next time."""
    fatma = office.person("Fatma", "inkomen")
    await share(fatma)
    await join(office.person("Joost"))
    keys = [one["metadata"]["event_payload"]["key"] for one in edge.messages]
    assert len(set(keys)) == len(keys) > 2
    assert all(len(key) == 24 and "letter" not in key for key in keys)
    names = [office.chat.seal.name(key) for key in ("letter-1", "letter-1", "letter-2")]
    assert names[0] == names[1] != names[2]
