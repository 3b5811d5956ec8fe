"""A Slack workspace on this machine: local-slack with people who command, press, fill in and look.

local-slack 0.1.8 is a program from npm that plays Slack: the Web API, signed HTTP and Socket Mode, and a page to click
in. It is lenient, so `preload.js` beside this file, which it loads when it starts, adds what Slack does too:

- it listens on 127.0.0.1 alone;
- a modal stays open, with what was typed, when the bot does not take it (over HTTP);
- a press in a modal or in App Home tells the bot in which view it was, with what was filled in; a press on an ephemeral
  message tells that it is one, and brings no message along, as Slack has not kept it;
- global and message shortcuts (local-slack has none);
- an open modal keeps what stood in it from the start; an updated view keeps its id; views.update of a view that is no
  longer open is `not_found`;
- a trigger_id works once, for three seconds: then `exchanged_trigger_id` or `expired_trigger_id`;
- a message to a channel where the bot is not: `not_in_channel`;
- an answer to a response_url, or straight to a command, is for that person alone unless it says "in_channel";
- events that the app did not ask for are not sent; an envelope goes to one connection only;
- what was sent to a response_url is in the log; the log is not cut off at 1000 lines;
- rich text and pictures by `slack_file` are shown on the page (as mrkdwn, and by the address of the file).

What it does, and does well: signs each request; keeps ephemerals (`subtype: ephemeral`, `ephemeral_to`); serves
response_urls for ever, with replace_original and delete_original; views.open, push, update and publish; the answers
`errors`, `update`, `push` and `clear` to a submit; files v2 (three steps, with alt text); opens a DM for a user id.

What it does not, so that a test elsewhere must see to it:

- it accepts any block, any token, any scope and any second message: the judge beside this file looks at blocks;
- it never retries, never limits (429), never breaks down, sends nothing out of order: a fake at the network's edge does;
- there is one stack of modals for all people: whoever opens one closes that of another. `modal(user)` is None then;
- the API takes any name of a channel; a response_url never expires and may be used more than five times;
- its page shows ephemerals to everybody, and asks no confirmation. Choices made in advance do not show, though they are
  sent; a long text is typed in one line; a button in a modal does nothing. It has no picture of lists with several
  choices, of times, tables and markdown blocks, nor of radio buttons and checkboxes in a message: `Look.cannot_show`
  names them. Press and fill in those with the methods here.

    async with local_slack(tmp_path, request_url="http://127.0.0.1:8000/slack/events") as slack:
        await slack.command(FATMA, DILEMMAS, "/kompas", "dilemma")
        assert (await slack.modal(FATMA))["title"]["text"] == "Een dilemma"
        await slack.submit(FATMA, question="What is fair here?")
        card = await slack.sees(DILEMMAS, "What is fair here?")
        await slack.press(JOOST, DILEMMAS, card["ts"], "Doe mee")
        assert await slack.faults() == []
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.serving import free_port
from tests.slack.judge import faults_in_message, faults_in_view

BINARY = Path(sys.prefix) / "local-slack" / "node_modules" / "local-slack-linux-x64" / "bin" / "local-slack"
PRELOAD = Path(__file__).parent / "preload.js"
MISSING = "local-slack is missing: run sh tools/local_slack.sh .venv/bin/python .venv/local-slack, as make test does"

TEAM, APP, BOT = "T0KOMPAS", "A0KOMPAS", "U0KOMPAS"
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-kompas", "xapp-kompas", "a-secret-of-the-tests"
FATMA, JOOST, SANNE, WILLEM = "U0FATMA", "U0JOOST", "U0SANNE", "U0WILLEM"
PEOPLE = {FATMA: "Fatma", JOOST: "Joost", SANNE: "Sanne", WILLEM: "Willem"}
DILEMMAS, LEARNING, ELSEWHERE = "C0DILEMMAS", "C0LEARNING", "C0ELSEWHERE"
CHANNELS = {DILEMMAS: "dilemmas", LEARNING: "learning", ELSEWHERE: "elsewhere"}  # the bot is not in the last one
EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked")
IN_TIME = 3.0  # seconds in which Slack wants an answer, https://docs.slack.dev/interactivity/handling-user-interaction
SOON = 10.0  # seconds: what the bot does after its answer
STARTS = 60.0  # seconds: a busy machine starts slowly

Found = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the bot answered: the HTTP status (200 for an acknowledgement over the socket), the body, and how soon.

    The status is None when nothing was sent to it: it is not subscribed to that, or has no socket open. It is 0 when it
    does not listen, or says nothing at all for ten seconds.
    """

    status: int | None
    body: str
    seconds: float

    @property
    def said(self) -> Found:
        """Return the body as JSON; an empty one is {}."""
        return dict(json.loads(self.body)) if self.body.startswith("{") else {}


@dataclass
class LocalSlack:
    """The workspace. With `strict` every answer of the bot must be a 200 within three seconds."""

    folder: Path
    mode: str = "events"  # or "socket"
    request_url: str = ""
    people: Mapping[str, str] = field(default_factory=lambda: PEOPLE)
    channels: Mapping[str, str] = field(default_factory=lambda: CHANNELS)
    bot_is_not_in: Sequence[str] = (ELSEWHERE,)
    events: Sequence[str] = EVENTS
    strict: bool = True
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Return where its page is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        """Return where its Web API is, with the slash at the end that slack_sdk wants."""
        return f"{self.address}/api/"

    @property
    def log_file(self) -> Path:
        """Return the file with all that it printed."""
        return self.folder / "local-slack.log"

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        if not BINARY.exists():
            pytest.fail(MISSING, pytrace=False)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._start_process()
        await self._wait()

    def stop(self) -> None:
        """Stop it."""
        if self.process and self.process.poll() is None:
            self.process.kill()  # it keeps nothing that matters
            self.process.wait()

    async def connected(self) -> None:
        """Wait until a bot has opened a socket."""
        await self.until(self._is_connected, "no bot opened a socket")

    # What people do

    async def command(self, user: str, channel: str, command: str, text: str = "") -> Answer:
        """Type a slash command."""
        return await self._does(t="slash_command", user=user, channel=channel, command=command, text=text)

    async def press(self, user: str, channel: str, ts: str, button: str) -> Answer:
        """Press a button of a message, by its words or its action_id."""
        message = await self.message(channel, ts)
        return await self._presses(user, message["blocks"], button, channel=channel, messageTs=ts)

    async def choose(self, user: str, channel: str, ts: str, choice: str, value: str) -> Answer:
        """Choose an option, by its words or its value, of a list in a message, by its action_id."""
        message = await self.message(channel, ts)
        return await self._presses(user, message["blocks"], choice, value, channel=channel, messageTs=ts)

    async def press_in_modal(self, user: str, button: str, **values: Any) -> Answer:
        """Press a button of the open modal; `values` is what was filled in by then, as for submit."""
        view = await self._open_modal(user)
        filled = _filled_in(view, values)
        return await self._presses(user, view["blocks"], button, surface="modal", values=filled)

    async def type_in_modal(self, user: str, question: str, text: str) -> Answer:
        """Type in a question of the open modal that tells what is typed (`dispatch_action`)."""
        view = await self._open_modal(user)
        filled = _filled_in(view, {question: text})
        return await self._presses(user, view["blocks"], question, text, surface="modal", values=filled)

    async def press_at_home(self, user: str, button: str, choice: str | None = None) -> Answer:
        """Press a button of App Home, or choose an option of a list there."""
        view = await self.home(user)
        assert view, f"{user} has no App Home yet"
        return await self._presses(user, view["blocks"], button, choice, surface="home")

    async def submit(self, user: str, **values: Any) -> Answer:
        """Send the open modal. What is not named stays as it was.

        Args:
            user: whose modal it is
            values: for each question, by action_id, block_id or label, what is filled in: a text, a user id, a date, an
                option by value or words, or a list of those. None empties it.

        Raises:
            AssertionError: Slack's own page would not send this: something is missing, too long or too short.
        """
        view = await self._open_modal(user)
        assert view.get("submit"), "this modal has nothing to send"
        filled = _filled_in(view, values)
        faults = _faults_of_filling_in(view, filled)
        assert not faults, f"Slack does not let this be sent: {faults}"
        return await self._does(t="view_submit", user=user, values=filled)

    async def close_modal(self, user: str) -> Answer:
        """Close the open modal; the bot hears of it when the modal has notify_on_close."""
        await self._open_modal(user)
        return await self._does(t="view_close", user=user)

    async def shortcut(self, user: str, callback_id: str) -> Answer:
        """Take a global shortcut."""
        return await self._shortcut(user, next(iter(self.channels)), {"callback_id": callback_id})

    async def message_shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> Answer:
        """Take a shortcut of a message."""
        message = await self.message(channel, ts)
        return await self._shortcut(user, channel, {"callback_id": callback_id, "message": message})

    async def open_home(self, user: str) -> Answer:
        """Look at App Home."""
        return await self._does(t="open_home", user=user)

    async def says(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Found:
        """Write a message, and return it. The bot hears of it only when it is subscribed to messages."""
        said = {"user": user, "channel": channel, "text": text} | ({"thread_ts": thread_ts} if thread_ts else {})
        return dict((await self._post("/_control/message", said))["message"])

    async def event(self, kind: str, **more: Any) -> Answer:
        """Let Slack tell the bot of something, such as app_uninstalled."""
        event = {"type": kind, "event_ts": f"{time.time():.6f}", **more}
        return await self._does(t="open_home", user=next(iter(self.people)), event=event)

    # What people see

    async def modal(self, user: str) -> Found | None:
        """Return the open modal of a person, and None when that person has none."""
        state = await self._get("/_people/state")
        return state["stack"][-1] if state["stack"] and state["owner"] == user else None

    async def modals(self) -> list[Found]:
        """Return the open modals, the one on top last."""
        return list((await self._get("/_people/state"))["stack"])

    async def modal_errors(self) -> dict[str, str]:
        """Return what stands beside the questions of the open modal, by block_id."""
        return dict((await self._get("/_people/state"))["errors"] or {})

    async def home(self, user: str) -> Found | None:
        """Return the App Home of a person, and None when the bot never made one."""
        homes = (await self._get("/_people/state"))["homes"]
        return homes.get(user, {}).get(APP)

    async def messages(self, channel: str, user: str | None = None, thread: str | None = None) -> list[Found]:
        """Return what is in a channel, oldest first.

        Args:
            channel: its id; that of a person (U...) is the DM of that person and the bot
            user: who looks: only this person's ephemerals are there. None sees those of everybody
            thread: the ts of a root: only that message and the answers to it
        """
        place = await self.direct(channel) if channel.startswith("U") else channel
        found = (await self._get(f"/_control/messages/{place}"))["messages"]
        seen = [one for one in found if user in {None, one.get("ephemeral_to", user)}]
        return [one for one in seen if thread is None or thread in {one["ts"], one.get("thread_ts")}]

    async def message(self, channel: str, ts: str) -> Found:
        """Return one message."""
        found = [one for one in await self.messages(channel) if one["ts"] == ts]
        assert found, f"no message {ts} in {channel}"
        return found[0]

    async def sees(self, channel: str, text: str, user: str | None = None, thread: str | None = None) -> Found:
        """Wait for a message with these words, in its text or its blocks, and return the newest one."""

        async def found() -> Found | None:
            seen = await self.messages(channel, user, thread)
            return next((one for one in reversed(seen) if text in "\n".join(words_in(one))), None)

        return dict(await self.until(found, f"nothing says {text!r} in {channel}"))

    async def sees_modal(self, user: str, title: str = "") -> Found:
        """Wait for a modal of a person, with this in its title, and return it."""

        async def found() -> Found | None:
            view = await self.modal(user)
            return view if view and title in view["title"]["text"] else None

        return dict(await self.until(found, f"{user} sees no modal {title!r}"))

    async def sees_home(self, user: str, text: str = "") -> Found:
        """Wait for an App Home of a person with these words, and return it."""

        async def found() -> Found | None:
            view = await self.home(user)
            return view if view and text in "\n".join(words_in(view)) else None

        return dict(await self.until(found, f"the App Home of {user} does not say {text!r}"))

    async def until(self, found: Callable[[], Awaitable[Any]], otherwise: str) -> Any:
        """Ask until there is an answer that is not empty, and return it; `otherwise` is what the failure says."""
        end = time.monotonic() + SOON
        while not (answer := await found()):
            assert time.monotonic() < end, otherwise
            await asyncio.sleep(0.02)
        return answer

    async def direct(self, user: str) -> str:
        """Return the id of the DM of a person and the bot; "" when there is none yet."""
        channels = (await self._get("/_people/state"))["channels"]
        return next((one["id"] for one in channels if one["is_im"] and {user, BOT} <= set(one["members"])), "")

    # What went over the line

    async def log(self) -> list[Found]:
        """Return all traffic, oldest first: `direction` (to_bot, from_bot, internal), `kind`, `summary`, `detail`.

        What goes to the bot stands there as local-slack made it, before preload.js amended it.
        """
        return list((await self._get("/_people/log"))["log"])

    async def calls(self, method: str = "") -> list[tuple[str, Found]]:
        """Return what the bot asked of the Web API, or of one method of it, with the arguments."""
        asked = [one for one in await self.log() if one["kind"] == "web_api" and one["direction"] == "from_bot"]
        return [(one["summary"], one["detail"]) for one in asked if method in {"", one["summary"]}]

    async def sent(self) -> list[tuple[str, Found]]:
        """Return every message and every view that the bot sent in any way: "message" or "view", and the payload."""
        return [one for entry in await self.log() if entry["direction"] == "from_bot" for one in _sent_in(entry)]

    async def faults(self) -> list[str]:
        """Return what the judge has against all that the bot sent, each fault once."""
        judges = {"message": faults_in_message, "view": faults_in_view}
        found = [f"{kind}: {fault}" for kind, payload in await self.sent() for fault in judges[kind](payload)]
        return list(dict.fromkeys(found))

    # How

    def _start_process(self) -> None:
        config = self.folder / "workspace.json"
        config.write_text(json.dumps(self._config()), encoding="utf8")
        where = [
            "--config",
            config.resolve(),
            "--files-dir",
            (self.folder / "files").resolve(),
            "--base-host",
            "127.0.0.1",
        ]
        environment = os.environ | {
            "BUN_OPTIONS": f"--preload ./{PRELOAD.name}",  # a path with a space would be two
            "PEOPLE_SIGNING_SECRET": SIGNING_SECRET,
            "PEOPLE_EVENTS": ",".join(self.events),
        }
        with self.log_file.open("ab") as log:
            command = [BINARY, *where, "--port", str(self.port)]
            self.process = subprocess.Popen(command, cwd=PRELOAD.parent, env=environment, stdout=log, stderr=log)

    async def _presses(
        self, user: str, blocks: list[Found], name: str, choice: str | None = None, **where: Any
    ) -> Answer:
        block, element = _element(blocks, name)
        action = {"block_id": block.get("block_id"), "action_id": element.get("action_id"), "type": element["type"]}
        if element["type"] == "button":
            more = {key: element[key] for key in ("value", "text") if key in element}
        else:
            more = _chosen(element, choice)
        return await self._does(t="block_action", user=user, action=action | more, **where)

    async def _shortcut(self, user: str, channel: str, shortcut: Found) -> Answer:
        return await self._does(t="slash_command", user=user, channel=channel, command="/", text="", shortcut=shortcut)

    async def _open_modal(self, user: str) -> Found:
        view = await self.modal(user)
        assert view, f"{user} has no modal open"
        return view

    async def _does(self, **act: Any) -> Answer:
        answer = Answer(**await self._post("/_people/does", {**act, "appId": APP}))
        late = f"answered {answer.status} after {answer.seconds:.1f} s: {answer.body[:500]}"
        fine = {200, None} if act["t"] in {"view_close", "open_home"} else {200}  # it need not have asked for those
        assert not self.strict or (answer.status in fine and answer.seconds < IN_TIME), late
        return answer

    async def _post(self, path: str, found: Found) -> Found:
        return await self._asks("POST", path, found)

    async def _get(self, path: str) -> Found:
        return await self._asks("GET", path)

    async def _asks(self, method: str, path: str, found: Found | None = None) -> Found:
        async with httpx.AsyncClient(
            timeout=STARTS, trust_env=False, transport=httpx.AsyncHTTPTransport(verify=False)
        ) as client:
            response = await client.request(method, f"{self.address}{path}", json=found)
        assert response.is_success, response.text
        return dict(response.json())

    async def _is_connected(self) -> bool:
        return bool((await self._get("/_people/state"))["connected"])

    async def _wait(self) -> None:
        assert self.process
        end = time.monotonic() + STARTS
        while not await self._listens():
            assert self.process.poll() is None, f"local-slack stopped: {self.log_file.read_text()[-2000:]}"
            assert time.monotonic() < end, f"local-slack does not answer: {self.log_file.read_text()[-2000:]}"
            await asyncio.sleep(0.02)

    async def _listens(self) -> bool:
        try:
            await self._get("/_people/state")
        except (httpx.TransportError, ValueError):
            return False
        return True

    def _config(self) -> Found:
        inside = {
            channel: [*self.people] + ([] if channel in self.bot_is_not_in else [BOT]) for channel in self.channels
        }
        return {
            "workspace": {"name": "De gemeente", "domain": "gemeente", "teamId": TEAM},
            "app": {
                "appId": APP,
                "botUserId": BOT,
                "botName": "Kompas",
                "botToken": BOT_TOKEN,
                "appToken": APP_TOKEN,
                "signingSecret": SIGNING_SECRET,
                "mode": self.mode,
                **({"requestUrl": self.request_url} if self.request_url else {}),
            },
            "users": [{"id": user, "name": name.lower(), "real_name": name} for user, name in self.people.items()],
            "channels": [{"id": one, "name": name, "members": inside[one]} for one, name in self.channels.items()],
        }


@asynccontextmanager
async def local_slack(folder: Path, **how: Any) -> AsyncIterator[LocalSlack]:
    """Start a workspace, with the fields of LocalSlack, and stop it at the end."""
    slack = LocalSlack(folder / "slack", **how)
    await slack.start()
    try:
        yield slack
    finally:
        slack.stop()


def picked(element: Found, answer: Any) -> Any:
    """Return an answer as Slack's page sends it: options by their value, people by their own id."""
    if element["type"] in ("radio_buttons", "static_select"):
        return f"={answer}"
    if element["type"] in ("checkboxes", "multi_static_select"):
        return [f"={one}" for one in answer]
    return answer


def words_in(found: Any) -> Iterator[str]:
    """Yield every text of a message or a view that people read."""
    if isinstance(found, dict):
        for key, one in found.items():
            if key in {"text", "alt_text", "fallback"} and isinstance(one, str):
                yield one
            yield from words_in(one)
    elif isinstance(found, list):
        for one in found:
            yield from words_in(one)


# Finding and filling in


def elements_in(blocks: list[Found]) -> Iterator[tuple[Found, Found]]:
    """Yield every element of the blocks that one can press or fill in, with its block."""
    for block in blocks:
        for one in [block.get("element"), block.get("accessory"), *block.get("elements", [])]:
            if isinstance(one, dict) and "action_id" in one:
                yield block, one


def _element(blocks: list[Found], name: str) -> tuple[Found, Found]:
    """Return the block and the element with this action_id or these words."""
    there = list(elements_in(blocks))
    named = [(block, one) for block, one in there if name in _names(block, one)]
    assert named, f"there is no {name!r}, only {[_names(block, one) for block, one in there]}"
    return named[0]


def _names(block: Found, one: Found) -> tuple[str, ...]:
    words = (one.get("text") or block.get("label") or {}).get("text", "")
    return (
        one["action_id"],
        words,
        *([block["block_id"]] if block.get("type") == "input" and "block_id" in block else []),
    )


def _filled_in(view: Found, values: Mapping[str, Any]) -> Found:
    """Return what the page of Slack sends for these questions, by block_id and action_id."""
    filled: Found = {}
    for name, value in values.items():
        block, element = _element(view["blocks"], name)
        chosen = {"type": element["type"], **_chosen(element, value)}
        filled.setdefault(block["block_id"], {})[element["action_id"]] = chosen
    return filled


TYPED = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
PICKED = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}


def _chosen(element: Found, value: Any) -> Found:
    kind = element["type"]
    if kind in TYPED:
        return {"value": None if value in {None, ""} else str(value)}
    if kind in PICKED:
        return {PICKED[kind]: list(value) if kind.startswith("multi") else value}
    if kind == "checkboxes" or kind.startswith("multi"):
        return {"selected_options": [_option(element, one) for one in value or ()]}
    return {"selected_option": None if value is None else _option(element, value)}


def _option(element: Found, value: str) -> Found:
    options = element.get("options", []) + [
        one for group in element.get("option_groups", []) for one in group["options"]
    ]
    found = [one for one in options if value in {one["value"], one["text"]["text"]}]
    assert found, f"{value!r} is no option of {element['action_id']}: {[one['value'] for one in options]}"
    return dict(found[0])


def _faults_of_filling_in(view: Found, filled: Found) -> list[str]:
    """Return what keeps Slack's page from sending a modal."""
    inputs = [(block, block["element"]) for block in view["blocks"] if block["type"] == "input"]
    return [
        f"{block['block_id']}: {fault}"
        for block, one in inputs
        for fault in _faults_of_answer(block, one, filled.get(block.get("block_id"), {}).get(one["action_id"]))
    ]


def _faults_of_answer(block: Found, element: Found, filled: Found | None) -> Iterator[str]:
    given = [one for key, one in (filled or {}).items() if key != "type"]
    before = [element[key] for key in element if key.startswith("initial_")]
    answer = (given if filled else before) or [None]
    if answer[0] in (None, "", []):
        if not block.get("optional"):
            yield "not filled in"
    elif isinstance(answer[0], str) and element["type"] == "plain_text_input":
        if len(answer[0]) > element.get("max_length", 3000):
            yield f"{len(answer[0])} characters, at most {element.get('max_length', 3000)}"
        if len(answer[0]) < element.get("min_length", 0):
            yield f"{len(answer[0])} characters, at least {element['min_length']}"


# What was sent


def _sent_in(entry: Found) -> Iterator[tuple[str, Found]]:
    """Yield the messages and views in one line of the log."""
    kind, detail = entry["kind"], entry.get("detail")
    if kind == "web_api":
        if entry["summary"] in {"chat.postMessage", "chat.update", "chat.postEphemeral"}:
            yield "message", {key: one for key, one in detail.items() if key != "token"}
        elif entry["summary"].startswith("views."):
            yield "view", detail["view"]
    elif kind == "response_url":
        yield "message", detail
    else:
        yield from _sent_in_answer(detail)


def _sent_in_answer(detail: Any) -> Iterator[tuple[str, Found]]:
    found = json.loads(detail) if isinstance(detail, str) and detail.startswith("{") else detail
    if isinstance(found, dict) and "view" in found:
        yield "view", found["view"]
    elif isinstance(found, dict) and ("text" in found or "blocks" in found):
        yield "message", found
