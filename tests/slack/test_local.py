"""The workspace of the tests does what Slack does: a tiny bot lives in it, over HTTP and over Socket Mode."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.slack.local import DILEMMAS, ELSEWHERE, FATMA, JOOST, LocalSlack, local_slack, words_in
from tests.slack.tiny import tiny_workspace

Found = dict[str, Any]
QUESTION = "Is it fair to wait?"


@pytest.fixture(params=["events", "socket"])
async def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[LocalSlack, list[Found]]]:
    """A workspace with the tiny bot, and what the bot heard."""
    async with tiny_workspace(tmp_path, request.param) as made:
        yield made


async def test_a_command_leads_through_a_modal_to_a_message(workspace: tuple[LocalSlack, list[Found]]) -> None:
    """A command opens a modal, what is wrong stands beside the question, and what is right is posted for all."""
    slack, heard = workspace
    assert (await slack.command(FATMA, DILEMMAS, "/kompas", "dilemma")).status == 200
    modal = await slack.sees_modal(FATMA, "Share")
    assert await slack.modal(JOOST) is None
    assert heard[0]["text"] == "dilemma"

    with pytest.raises(AssertionError, match="q: not filled in"):
        await slack.submit(FATMA)
    with pytest.raises(AssertionError, match="q: 2 characters, at least 5"):
        await slack.submit(FATMA, question="a?")
    wrong = await slack.submit(FATMA, question="No question.")
    assert wrong.said == {"response_action": "errors", "errors": {"q": "That is not a question."}}
    assert await slack.modal_errors() == {"q": "That is not a question."}

    await slack.submit(FATMA, **{"Your question": QUESTION, "h": "In a call"})
    card = await slack.sees(DILEMMAS, QUESTION)
    assert "call. Nobody yet." in list(words_in(card["blocks"]))
    assert await slack.modals() == []
    submitted = [one for one in heard if one.get("type") == "view_submission"]
    assert [one["view"]["id"] for one in submitted] == [modal["id"], modal["id"]]
    assert await slack.faults() == []


async def test_what_stood_in_a_modal_is_sent_along(workspace: tuple[LocalSlack, list[Found]]) -> None:
    """A choice that was made in advance and not touched is sent with the rest."""
    slack, heard = workspace
    await slack.command(FATMA, DILEMMAS, "/kompas")
    await slack.submit(FATMA, question=QUESTION)

    values = heard[-1]["view"]["state"]["values"]
    assert values["h"]["how"]["selected_option"]["value"] == "rounds"
    assert values["q"] == {"question": {"type": "plain_text_input", "value": QUESTION}}


async def test_a_press_in_a_modal_changes_it_and_it_keeps_its_id(workspace: tuple[LocalSlack, list[Found]]) -> None:
    """The bot hears in which modal a button was pressed, and what was filled in; the changed modal has the same id."""
    slack, heard = workspace
    await slack.command(FATMA, DILEMMAS, "/kompas")
    modal = await slack.sees_modal(FATMA, "Share")
    await slack.press_in_modal(FATMA, "More questions", question="half a sen")

    changed = await slack.sees_modal(FATMA, "More questions")
    assert changed["id"] == modal["id"]
    press = heard[-1]
    assert press["container"] == {"type": "view", "view_id": modal["id"]}
    assert press["view"]["state"]["values"]["q"]["question"]["value"] == "half a sen"
    assert "message" not in press
    await slack.press_in_modal(FATMA, "more")
    assert heard[-1]["view"]["id"] == modal["id"]
    await slack.submit(FATMA, question="More?!")
    assert (await slack.sees_modal(FATMA, "More questions"))["id"] == modal["id"]
    await slack.close_modal(FATMA)
    assert await slack.modal(FATMA) is None


async def test_a_press_on_a_message_changes_it_for_all(workspace: tuple[LocalSlack, list[Found]]) -> None:
    """A button of a message changes the message, and a picture goes into its thread."""
    slack, _ = workspace
    await slack.command(FATMA, DILEMMAS, "/kompas")
    await slack.submit(FATMA, question=QUESTION)
    card = await slack.sees(DILEMMAS, QUESTION)
    await slack.press(JOOST, DILEMMAS, card["ts"], "Join in")

    await slack.sees(DILEMMAS, "One joined.")

    async def files() -> list[Found]:
        return [file for one in await slack.messages(DILEMMAS, thread=card["ts"]) for file in one.get("files", [])]

    assert [one["alt_txt"] for one in await slack.until(files, "no picture in the thread")] == ["Nothing"]
    assert await slack.faults() == []


async def test_an_ephemeral_is_for_one_person_and_can_go(workspace: tuple[LocalSlack, list[Found]]) -> None:
    """Only that person sees it, the bot gets no message along with a press, and its response_url takes it away."""
    slack, heard = workspace
    await slack.command(FATMA, DILEMMAS, "/kompas")
    await slack.submit(FATMA, question=QUESTION)
    only = await slack.sees(DILEMMAS, "It is there.", user=FATMA)
    assert [one["text"] for one in await slack.messages(DILEMMAS, user=JOOST)] == [QUESTION]

    await slack.press(FATMA, DILEMMAS, only["ts"], "Hide")
    assert heard[-1]["container"]["is_ephemeral"] is True
    assert "message" not in heard[-1]

    async def is_gone() -> bool:
        return only not in await slack.messages(DILEMMAS)

    await slack.until(is_gone, "it is still there")
    assert {"delete_original": True}.items() <= next(
        one for _, one in await slack.sent() if "delete_original" in one
    ).items()


async def test_an_answer_to_a_command_is_for_that_person_alone(workspace: tuple[LocalSlack, list[Found]]) -> None:
    """What the bot answers straight away is ephemeral, as in Slack."""
    slack, _ = workspace
    await slack.command(FATMA, DILEMMAS, "/kompas", "help")

    only = await slack.sees(DILEMMAS, "What I can do", user=FATMA)
    assert (only["subtype"], only["ephemeral_to"]) == ("ephemeral", FATMA)
    assert await slack.messages(DILEMMAS, user=JOOST) == []


async def test_shortcuts_and_app_home_open_a_modal(workspace: tuple[LocalSlack, list[Found]]) -> None:
    """A global shortcut, a shortcut of a message and a button of App Home reach the bot, each as what it is."""
    slack, heard = workspace
    await slack.shortcut(FATMA, "share")
    assert (heard[-1]["type"], heard[-1]["callback_id"]) == ("shortcut", "share")
    assert "channel" not in heard[-1]
    await slack.sees_modal(FATMA, "Share")
    await slack.close_modal(FATMA)

    said = await slack.says(JOOST, DILEMMAS, "I wonder")
    await slack.message_shortcut(JOOST, DILEMMAS, said["ts"], "share_this")
    assert (heard[-1]["type"], heard[-1]["message"]["text"]) == ("message_action", "I wonder")
    assert (await slack.sees_modal(JOOST, "Share"))["private_metadata"] == said["ts"]
    await slack.close_modal(JOOST)

    assert await slack.home(FATMA) is None
    await slack.open_home(FATMA)
    await slack.sees_home(FATMA, "*Yours*")
    await slack.press_at_home(FATMA, "Share a dilemma")
    assert heard[-1]["container"]["type"] == "view"
    assert heard[-1]["view"]["type"] == "home"
    await slack.sees_modal(FATMA, "Share")
    assert await slack.faults() == []


async def test_what_slack_refuses_is_refused(workspace: tuple[LocalSlack, list[Found]]) -> None:
    """A trigger works once, a closed modal cannot be changed, and the bot cannot post where it is not."""
    slack, heard = workspace
    await slack.command(FATMA, DILEMMAS, "/kompas")
    modal = await slack.sees_modal(FATMA)
    await slack.close_modal(FATMA)
    token = {"authorization": "Bearer xoxb-kompas"}
    async with httpx.AsyncClient(base_url=slack.api_url, headers=token) as client:

        async def error(method: str, **arguments: Any) -> str:
            return str((await client.post(method, json=arguments)).json().get("error"))

        view = {"type": "modal", "title": {"type": "plain_text", "text": "Again"}, "blocks": []}
        assert await error("views.open", trigger_id=heard[0]["trigger_id"], view=view) == "exchanged_trigger_id"
        assert await error("views.open", trigger_id="1.2.made-up", view=view) == "invalid_trigger_id"
        assert await error("views.update", view_id=modal["id"], view=view) == "not_found"
        assert await error("chat.postMessage", channel=ELSEWHERE, text="Hello") == "not_in_channel"
        assert await error("chat.postMessage", channel="C0NOWHERE", text="Hello") == "channel_not_found"


async def test_events_are_told_only_when_they_were_asked_for(workspace: tuple[LocalSlack, list[Found]]) -> None:
    """The bot does not hear what people say; it hears that it was uninstalled."""
    slack, heard = workspace
    await slack.says(FATMA, DILEMMAS, "Nobody's business")
    await slack.event("app_uninstalled")

    assert [one["event"]["type"] for one in heard] == ["app_uninstalled"]


async def test_a_trigger_is_too_old_after_three_seconds(tmp_path: Path) -> None:
    """A modal that comes too late is refused, as in Slack."""
    async with tiny_workspace(tmp_path, "events") as (slack, heard):
        await slack.command(FATMA, DILEMMAS, "/kompas", "help")
        await asyncio.sleep(3.05)
        view = {"type": "modal", "title": {"type": "plain_text", "text": "Late"}, "blocks": []}
        async with httpx.AsyncClient() as client:
            late = await client.post(
                f"{slack.api_url}views.open", json={"trigger_id": heard[0]["trigger_id"], "view": view}
            )
        assert late.json() == {"ok": False, "error": "expired_trigger_id"}


async def test_a_bot_that_does_not_listen_is_seen(tmp_path: Path) -> None:
    """What reaches no bot fails a test, unless the test says that it may."""
    for mode, status in (("events", 0), ("socket", None)):
        async with local_slack(tmp_path / mode, mode=mode, request_url="http://127.0.0.1:9/slack/events") as slack:
            with pytest.raises(AssertionError, match=f"answered {status}"):
                await slack.command(FATMA, DILEMMAS, "/kompas")
            slack.strict = False
            assert (await slack.command(FATMA, DILEMMAS, "/kompas")).status is status


async def test_a_wrong_signature_reaches_nobody(tmp_path: Path) -> None:
    """What the workspace sends is signed: Bolt takes it, and refuses the same with another signature."""
    async with tiny_workspace(tmp_path, "events") as (slack, heard):
        await slack.command(FATMA, DILEMMAS, "/kompas", "help")
        stamp = str(int(time.time()))
        headers = {"x-slack-signature": "v0=00", "x-slack-request-timestamp": stamp}
        async with httpx.AsyncClient() as client:
            refused = await client.post(slack.request_url, data={"command": "/kompas"}, headers=headers)
        assert refused.status_code == 401
        assert len(heard) == 1
