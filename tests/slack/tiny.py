"""A bot of a hundred lines on Bolt alone, which proves that the workspace of the tests works; it is not compassbot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.serving import free_port
from tests.slack.local import APP_TOKEN, BOT_TOKEN, DILEMMAS, SIGNING_SECRET, LocalSlack, local_slack

Found = dict[str, Any]

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763b0b0b0000000c800a9f1ee2d9c0000000049454e44ae426082"
)


def plain(text: str) -> Found:
    """A text without markup."""
    return {"type": "plain_text", "text": text}


def button(action: str, text: str) -> Found:
    """A button."""
    return {"type": "button", "action_id": action, "text": plain(text), "value": "d1"}


def form(title: str, note: str = "") -> Found:
    """A modal with two questions, and a button that changes it."""
    options = [{"text": plain("In rounds"), "value": "rounds"}, {"text": plain("In a call"), "value": "call"}]
    question = {"type": "plain_text_input", "action_id": "question", "multiline": True, "min_length": 5}
    how = {"type": "static_select", "action_id": "how", "options": options, "initial_option": options[0]}
    return {
        "type": "modal",
        "callback_id": "share",
        "title": plain(title),
        "submit": plain("Share"),
        "private_metadata": note,
        "blocks": [
            {"type": "input", "block_id": "q", "label": plain("Your question"), "element": question},
            {"type": "input", "block_id": "h", "label": plain("How?"), "element": how},
            {"type": "actions", "block_id": "a", "elements": [button("more", "More questions")]},
        ],
    }


def card(question: str, how: str, joined: str) -> list[Found]:
    """What everybody sees."""
    said = {"type": "rich_text_quote", "elements": [{"type": "text", "text": question, "style": {"bold": True}}]}
    return [
        {"type": "header", "text": plain("A dilemma")},
        {"type": "rich_text", "block_id": "said", "elements": [said]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": f"{how}. {joined}"}]},
        {"type": "actions", "block_id": "acts", "elements": [button("join", "Join in")]},
    ]


def tiny_bot(client: AsyncWebClient, heard: list[Found]) -> AsyncApp:
    """A bot with a command, a form, a button, shortcuts and App Home. `heard` gets every payload."""
    bot = AsyncApp(client=client, signing_secret=SIGNING_SECRET, request_verification_enabled=True)

    @bot.middleware
    async def hears(body: Found, next: Any) -> None:  # noqa: A002
        heard.append(body)
        await next()

    _with_forms(bot)
    _with_messages(bot)
    return bot


def _with_forms(bot: AsyncApp) -> None:
    @bot.command("/kompas")
    async def command(ack: Any, body: Found, client: AsyncWebClient) -> None:
        if body["text"] == "help":
            await ack("What I can do")
            return
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form("Share"))

    @bot.shortcut("share")
    @bot.shortcut("share_this")
    @bot.action("at_home")
    async def opens(ack: Any, body: Found, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form("Share", body.get("message_ts", "")))

    @bot.action("more")
    async def more(ack: Any, body: Found, client: AsyncWebClient) -> None:
        await ack()
        await client.views_update(view_id=body["view"]["id"], view=form("More questions"))

    @bot.view("share")
    async def submitted(ack: Any, body: Found, view: Found, client: AsyncWebClient) -> None:
        values = view["state"]["values"]
        question, how = values["q"]["question"]["value"], values["h"]["how"]["selected_option"]["value"]
        if question == "More?!":
            await ack(response_action="update", view=form("More questions"))
            return
        if "?" not in question:
            await ack(response_action="errors", errors={"q": "That is not a question."})
            return
        await ack()
        await client.chat_postMessage(channel=DILEMMAS, text=question, blocks=card(question, how, "Nobody yet."))
        only = [{"type": "actions", "block_id": "own", "elements": [button("hide", "Hide")]}]
        await client.chat_postEphemeral(channel=DILEMMAS, user=body["user"]["id"], text="It is there.", blocks=only)


def _with_messages(bot: AsyncApp) -> None:
    @bot.action("join")
    async def join(ack: Any, body: Found, client: AsyncWebClient) -> None:
        await ack()
        message = body["message"]
        blocks = card(message["text"], "rounds", "One joined.")
        await client.chat_update(channel=DILEMMAS, ts=message["ts"], text=message["text"], blocks=blocks)
        uploaded = await client.files_upload_v2(
            channel=DILEMMAS,
            content=PICTURE,
            filename="week.png",
            title="The week",
            alt_txt="Nothing",
            thread_ts=message["ts"],
        )
        assert uploaded["ok"]

    @bot.action("hide")
    async def hide(ack: Any, respond: Any) -> None:
        await ack()
        await respond(delete_original=True)

    @bot.event("app_uninstalled")
    async def gone() -> None:
        return

    @bot.event("app_home_opened")
    async def home(event: Found, client: AsyncWebClient) -> None:
        blocks = [
            {"type": "section", "text": {"type": "mrkdwn", "text": "*Yours*"}},
            {"type": "actions", "block_id": "home", "elements": [button("at_home", "Share a dilemma")]},
        ]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


@asynccontextmanager
async def tiny_workspace(folder: Any, mode: str) -> AsyncIterator[tuple[LocalSlack, list[Found]]]:
    """Start a workspace with the tiny bot in it, over "events" (HTTP) or "socket"."""
    port = free_port()
    heard: list[Found] = []
    async with local_slack(folder, mode=mode, request_url=f"http://127.0.0.1:{port}/slack/events") as slack:
        bot = tiny_bot(AsyncWebClient(BOT_TOKEN, base_url=slack.api_url), heard)
        async with _over_http(bot, port) if mode == "events" else _over_socket(bot, slack):
            yield slack, heard


@asynccontextmanager
async def _over_http(bot: AsyncApp, port: int) -> AsyncIterator[None]:
    handler = AsyncSlackRequestHandler(bot)

    async def answers(request: Request) -> Response:
        return await handler.handle(request)

    routes = [Route("/slack/events", answers, methods=["POST"])]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=port, log_level="warning", lifespan="off"))
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  # uvicorn has no event for it
        await asyncio.sleep(0.01)
    yield
    server.should_exit = True
    await running


@asynccontextmanager
async def _over_socket(bot: AsyncApp, slack: LocalSlack) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(bot, APP_TOKEN)
    await handler.connect_async()
    await slack.connected()
    yield
    await handler.close_async()
