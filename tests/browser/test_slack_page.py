"""The page of the workspace of the tests, in a real Chromium: what one does there reaches the bot, and all of it shows."""

from __future__ import annotations

from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.local import BOT_TOKEN, DILEMMAS, FATMA
from tests.slack.look import look
from tests.slack.tiny import tiny_workspace

QUESTION = "Is it fair to wait?"


async def test_the_page_is_a_slack_to_click_in(tmp_path: Path) -> None:
    """A command, a modal, a button, a thread and App Home: each works on the page, and a picture can be taken of it."""
    async with tiny_workspace(tmp_path, "events") as (slack, heard), look(slack, FATMA) as window:
        await window.says("/kompas dilemma")
        await window.sees_modal("Share")
        await window.fills("Your question", QUESTION)
        await window.fills("How?", "In a call")
        modal = await window.picture(tmp_path / "modal.png")
        await window.sends()

        await window.sees("call. Nobody yet.")
        card = await slack.sees(DILEMMAS, QUESTION)
        await window.presses("Join in")
        await window.sees("One joined.")
        channel = await window.picture(tmp_path / "channel.png")
        await window.at_thread(DILEMMAS, card["ts"], "The week")
        thread = await window.picture(tmp_path / "thread.png")

        await window.at_home("Yours")
        home = await window.picture(tmp_path / "home.png")
        await window.presses("Share a dilemma")
        await window.sees_modal("Share")
        assert heard[-1]["view"]["type"] == "home"
        assert all(one.read_bytes().startswith(b"\x89PNG") for one in (modal, channel, thread, home))
        assert await slack.faults() == []


async def test_rich_text_and_pictures_by_file_show(tmp_path: Path) -> None:
    """What the page itself does not know is shown all the same, and what cannot be shown is named."""
    async with tiny_workspace(tmp_path, "socket") as (slack, _), look(slack, FATMA) as window:
        await slack.command(FATMA, DILEMMAS, "/kompas")
        await slack.submit(FATMA, question=QUESTION)
        card = await slack.sees(DILEMMAS, QUESTION)
        await slack.press(FATMA, DILEMMAS, card["ts"], "Join in")
        await window.at_thread(DILEMMAS, card["ts"], "The week")
        file = (await slack.messages(DILEMMAS, thread=card["ts"]))[-1]["files"][0]["id"]
        picture = {"type": "image", "slack_file": {"id": file}, "alt_text": "Of the week"}
        table = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}
        client = AsyncWebClient(BOT_TOKEN, base_url=slack.api_url)
        await client.chat_postMessage(channel=DILEMMAS, text="Of the week", blocks=[picture, table])

        assert await window.page.locator("blockquote strong").first.inner_text() == QUESTION
        shown = window.page.get_by_alt_text("Of the week")
        await shown.wait_for(state="attached")
        await window.picture(tmp_path / "week.png")
        assert await shown.evaluate("picture => picture.naturalWidth") == 1
        assert await window.cannot_show() == ["[table]"]
