"""What people expect of a first-class app of Slack, tried in a workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from compassbot.chats.slack.manifest import MESSAGE_SHORTCUT, SHARE_SHORTCUT
from tests.conversations.stories import DILEMMA, deliberate, group_of, shares, takes_turn, to_round
from tests.office import sqlite_url
from tests.slack.local import DILEMMAS, LEARNING, words_in
from tests.slack.office import SlackColleague, SlackOffice, slack_office


@pytest.fixture
async def office(tmp_path: Path, empty_file: Path) -> AsyncIterator[SlackOffice]:
    """An office in a workspace, over HTTP."""
    async with slack_office(tmp_path, sqlite_url(tmp_path)) as made:
        yield made
        assert await made.slack.faults() == []


@pytest.fixture
def fatma(office: SlackOffice) -> SlackColleague:
    """A caseworker."""
    return office.person("Fatma of inkomen")


async def filled_in(office: SlackOffice, user: str, name: str) -> str:
    """Return what stands in a question of the open modal."""
    view = await office.slack.modal(user)
    assert view
    blocks = [block for block in view["blocks"] if block.get("block_id", "").startswith(f"{name}~")]
    return str(blocks[0]["element"].get("initial_value", ""))


async def test_help_is_one_word_away(fatma: SlackColleague) -> None:
    """`/kompas help` tells what can be done, to this person alone, without a call to Slack's Web API."""
    await fatma.says("/kompas help")
    assert "/kompas principes" in fatma.said
    assert await fatma.office.slack.calls("chat.postEphemeral") == []


async def test_an_unknown_word_gets_a_sentence(fatma: SlackColleague) -> None:
    """With what was typed, exactly as typed."""
    await fatma.says("/kompas *dilema* <b>")
    assert "Ik ken “*dilema* <b>” niet" in fatma.said


async def test_the_global_shortcut_shares_a_dilemma(office: SlackOffice, fatma: SlackColleague) -> None:
    """Deel een dilemma: it opens the same form as the command, wherever one is."""
    await office.slack.shortcut(fatma.user, SHARE_SHORTCUT)
    view = await office.slack.sees_modal(fatma.user, "Deel een dilemma")
    assert view["submit"]["text"] == "Verder"


async def test_a_message_becomes_the_beginning_of_a_dilemma(office: SlackOffice, fatma: SlackColleague) -> None:
    """Its words stand in the form, links readable, and nobody who is mentioned in it is named."""
    said = await office.slack.says(
        "U0JOOST", DILEMMAS, "Zij &lt;de moeder&gt; vroeg <@U0MEI|mei> of <https://x.nl|dit> mag"
    )
    await office.slack.message_shortcut(fatma.user, DILEMMAS, said["ts"], MESSAGE_SHORTCUT)
    await office.slack.sees_modal(fatma.user)
    assert await filled_in(office, fatma.user, "situation") == "Zij <de moeder> vroeg … of dit mag"


async def test_who_leaves_a_form_finds_it_as_it_was(office: SlackOffice, fatma: SlackColleague) -> None:
    """What is typed is kept while it is typed, and stands there when the form is opened again."""
    await fatma.says("/kompas dilemma")
    view = await office.slack.modal(fatma.user)
    assert view
    block = next(one for one in view["blocks"] if one.get("block_id", "").startswith("situation~"))
    assert block["dispatch_action"]
    await office.slack.type_in_modal(fatma.user, block["block_id"], "Een half verhaal")
    await office.slack.close_modal(fatma.user)
    await fatma.says("/kompas dilemma")
    assert await filled_in(office, fatma.user, "situation") == "Een half verhaal"


async def test_the_second_page_lies_on_the_first(office: SlackOffice, fatma: SlackColleague) -> None:
    """One can go back to the first page, and all closes after the last."""
    await fatma.says("/kompas dilemma")
    await fatma.fills(**DILEMMA)
    assert len(await office.slack.modals()) == 2
    await fatma.fills()
    assert "Dilemma 1 is geplaatst" in fatma.said
    assert await office.slack.modals() == []


async def test_a_refusal_stands_beside_its_question(fatma: SlackColleague) -> None:
    """An empty-looking answer is refused in the form, where it was typed, and nothing is lost."""
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "moment": "🙂🙂"})
    assert list(fatma.refused) == ["moment"]
    assert await fatma.office.slack.modal(fatma.user)


async def test_app_home_shows_my_matters_and_follows_what_i_do(office: SlackOffice, fatma: SlackColleague) -> None:
    """Open deliberations, what is due, the principles; after a turn from there it is up to date."""
    await shares(fatma)  # type: ignore[arg-type]
    joost = office.person("Joost of wmo")
    await office.slack.open_home(joost.user)
    view = await office.slack.sees_home(joost.user, "Doe mee met 1")
    assert "Gastvrijheid" in "\n".join(words_in(view))
    assert "tot dinsdag 17 november 2026" in "\n".join(words_in(view))
    await office.slack.press_at_home(joost.user, "Doe mee met 1")
    await office.slack.sees_modal(joost.user)
    await joost.fills(department="wmo", question="")
    view = await office.slack.sees_home(joost.user, "Er staat nu niets open")
    await office.slack.open_home(fatma.user)
    await office.slack.sees_home(fatma.user, "Van jou")


async def test_a_card_asked_for_at_home_comes_in_a_modal(office: SlackOffice, fatma: SlackColleague) -> None:
    """App Home has no place for an answer to one person, so it opens, and its buttons go deeper."""
    await office.slack.open_home(fatma.user)
    await office.slack.sees_home(fatma.user)
    await office.slack.press_at_home(fatma.user, "De principes")
    await office.slack.sees_modal(fatma.user)
    await office.slack.press_in_modal(fatma.user, "Gastvrijheid")
    await office.settles()
    view = await office.slack.sees_modal(fatma.user, "Gastvrijheid")
    assert "Werkvragen" in "\n".join(words_in(view))


async def test_what_cannot_be_undone_is_confirmed(office: SlackOffice, fatma: SlackColleague) -> None:
    """Slack asks before a dilemma is taken back, with what will happen."""
    await shares(fatma)  # type: ignore[arg-type]
    _, message, id = await office.button(fatma, "Trek")
    [button] = [one for block in message["blocks"] for one in block.get("elements", []) if one.get("action_id") == id]
    assert button["confirm"]["deny"]["text"] == "Annuleren"
    await fatma.presses("Trek")
    assert "teruggetrokken" in office.channel


async def test_what_only_one_may_see_is_seen_by_one(office: SlackOffice, fatma: SlackColleague) -> None:
    """A denial is for who pressed, and says who can."""
    await shares(fatma)  # type: ignore[arg-type]
    joost = office.person("Joost of wmo")
    await joost.presses("Sluit deze ronde")
    assert "Dit kan alleen iemand met de rol gespreksleider" in joost.said
    assert "Dit kan alleen" not in office.channel
    assert not [one for one in await office.slack.messages(DILEMMAS, "U0MEI") if "ephemeral_to" in one]


async def test_the_digest_comes_with_its_picture_and_all_that_it_says(
    office: SlackOffice, fatma: SlackColleague
) -> None:
    """Uploaded once for all who read it, with an alternative text; the plain text holds it too."""
    manager = office.person("Ilse of wmo", "manager")
    group = group_of(office)  # type: ignore[arg-type]
    await shares(fatma)  # type: ignore[arg-type]
    await deliberate(fatma, group)  # type: ignore[arg-type]
    await office.waits(until="monday 08:00")
    [digest] = [one for one in await office.slack.messages(LEARNING) if "Wat wij leerden" in one["text"]]
    [picture] = [block for block in digest["blocks"] if block["type"] == "image"]
    assert picture["slack_file"]["id"]
    assert "Verantwoordelijkheid" in picture["alt_text"]
    assert picture["alt_text"][:200] in digest["text"]
    assert len(await office.slack.calls("files.getUploadURLExternal")) == 1
    assert "Wat wij leerden" in manager.inbox


async def test_an_administrator_chooses_channels_and_people_from_lists(office: SlackOffice) -> None:
    """Slack's own lists, for which the bot needs no right to read channels or people."""
    hanna = office.person("Hanna of wmo", "administrator")
    await hanna.says("/kompas beheer")
    await hanna.presses("Kanalen")
    await hanna.fills(deliberation_place=DILEMMAS, learning_place=LEARNING)
    await hanna.says("/kompas beheer")
    await hanna.presses("Rollen")
    await hanna.fills(facilitator=["U0JOOST"], administrator=[hanna.user])
    roles = office.parts.database.run_now(lambda books: books.people.with_role("facilitator"))
    assert roles == ["slack:U0JOOST"]


async def test_who_reads_english_gets_all_of_it_in_english(tmp_path: Path, empty_file: Path) -> None:
    """The language of the channels is the language of forms, cards and Slack's own buttons."""
    async with slack_office(tmp_path, sqlite_url(tmp_path), language="en") as office:
        fatma = office.person("Fatma of inkomen", language="en")
        await fatma.says("/compass dilemma")
        view = await office.slack.modal(fatma.user)
        assert view
        assert (view["title"]["text"], view["submit"]["text"], view["close"]["text"]) == (
            "Share a dilemma",
            "Next",
            "Cancel",
        )
        await fatma.fills(**DILEMMA)
        await fatma.fills()
        assert "Join in" in office.channel
        group = [office.person(f"{name} of wmo", language="en") for name in ("Joost", "Mei", "Sanne", "Daan", "Noor")]
        await to_round(fatma, group, 2)  # type: ignore[arg-type]
        assert "Round 2 of 10" in office.thread
        assert "Ronde" not in office.thread
        await takes_turn(group[0], choice="a")  # type: ignore[arg-type]
        assert await office.slack.faults() == []
