"""Socket Mode, against a Slack that behaves well, badly, and not at all."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from compassbot.chats.slack.ended import sentence_of
from compassbot.chats.slack.pulse import Pulse
from compassbot.chats.slack.socket import Answer, Intervals, Socket
from tests.slack.fake_socket import FakeSlack, envelope, until

QUICK = Intervals(linger=0.2, goodbye=0.2, finish=5, first_pause=0.01, longest_pause=0.05, refused_pause=0.03)


@pytest.fixture(autouse=True)
async def _no_task_fails_unseen() -> AsyncGenerator[None]:
    """A task that failed, and that nobody asked, tells so when it goes: then the test fails."""
    failed: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: failed.append(repr(what)))
    yield
    gc.collect()
    assert failed == []


@dataclass
class Ears:
    """Who handles what comes: notes it, waits until it may, fails as often as told, and answers."""

    answer: Answer = ""
    failures: int = 0
    heard: list[str] = field(default_factory=list[str])
    ended: list[str] = field(default_factory=list[str])
    may: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Let everything through until told otherwise."""
        self.may.set()

    async def __call__(self, payload: dict[str, Any]) -> Answer:
        """Hear a payload."""
        id = payload["event_id"].removeprefix("Ev-")
        self.heard.append(id)
        await self.may.wait()
        if self.failures:
            self.failures -= 1
            raise LookupError("a fault of ours")
        self.ended.append(id)
        return self.answer


@contextlib.asynccontextmanager
async def connected(
    ears: Ears, times: Intervals = QUICK, pulse: Pulse | None = None
) -> AsyncGenerator[tuple[FakeSlack, Socket]]:
    """Yield a Slack and a socket that connects to it. Afterwards everything is closed and no task is left."""
    before = asyncio.all_tasks()
    async with FakeSlack() as slack:
        socket = Socket("xapp-1", slack.api_url, ears, pulse or Pulse(), times)
        socket.start()
        try:
            yield slack, socket
        finally:
            await socket.stop()
            await until(lambda: not any(line.open for line in slack.lines))
    assert asyncio.all_tasks() == before


async def test_a_connection_is_told_and_closed() -> None:
    """Once Slack said hello, the state and /healthz say so; after stop nothing is open, and stopping again is no harm."""
    pulse = Pulse()
    async with connected(Ears(), pulse=pulse) as (slack, socket):
        assert (socket.state(), pulse.as_health()["slack_connected"]) == ("connecting", False)
        await until(lambda: socket.state() == "connected")
        assert pulse.as_health() == {
            "slack_seconds_since_event": None,
            "slack_seconds_since_answer": 0,
            "slack_connected": True,
            "slack_reconnects": 0,
        }
        assert slack.tokens == {"Bearer xapp-1"}
        await socket.stop()
        await socket.stop()
        assert (socket.state(), pulse.as_health()["slack_connected"]) == ("stopped", False)


async def test_stopping_before_anything_happened() -> None:
    """A socket that is stopped at once, or in the middle of connecting, leaves nothing behind."""
    async with connected(Ears()) as (_, socket):
        await socket.stop()
    async with connected(Ears()) as (slack, socket):
        slack.may_greet.clear()
        await slack.line(1)
        await socket.stop()
        await until(lambda: not slack.lines[0].open)


async def test_acknowledged_only_when_kept() -> None:
    """An envelope is acknowledged after it was handled, not before."""
    ears, pulse = Ears(), Pulse()
    async with connected(ears, pulse=pulse) as (slack, _):
        line = await slack.line(1)
        ears.may.clear()
        await line.send(envelope("e1"))
        await until(lambda: ears.heard == ["e1"])
        await asyncio.sleep(0.05)
        assert line.said == []
        ears.may.set()
        await until(lambda: line.said)
        assert (ears.ended, line.said) == (["e1"], [{"envelope_id": "e1"}])
        assert (pulse.as_health()["slack_seconds_since_event"], pulse.as_health()["slack_seconds_since_answer"]) == (
            0,
            0,
        )


@pytest.mark.parametrize(
    ("answer", "kind", "payload"),
    [
        ({"response_action": "clear"}, "interactive", {"payload": {"response_action": "clear"}}),
        ({}, "interactive", {}),
        ("Hello", "slash_commands", {"payload": {"text": "Hello"}}),
        ("Hello", "events_api", {}),
    ],
)
async def test_what_slack_gets_back(answer: Answer, kind: str, payload: dict[str, Any]) -> None:
    """An answer goes back with the acknowledgement, where Slack takes one."""
    async with connected(Ears(answer)) as (slack, _):
        line = await slack.line(1)
        await line.send(envelope("e1", kind))
        await until(lambda: line.said)
        assert line.said == [{"envelope_id": "e1"} | payload]


async def test_side_by_side() -> None:
    """An envelope does not wait for the one before."""
    ears = Ears()
    async with connected(ears) as (slack, _):
        line = await slack.line(1)
        ears.may.clear()
        await line.send(envelope("e1"))
        await line.send(envelope("e2"))
        await until(lambda: ears.heard == ["e1", "e2"])
        ears.may.set()
        await until(lambda: sorted(line.acknowledged) == ["e1", "e2"])


async def test_a_fault_comes_again() -> None:
    """What could not be handled is not acknowledged, so Slack delivers it again; the log names no content."""
    ears = Ears(failures=2)
    with capture_logs() as logs:
        async with connected(ears) as (slack, _):
            await slack.line(1)
            assert await slack.deliver("e1", within=0.3) == 3
            assert (ears.heard, ears.ended) == (["e1"] * 3, ["e1"])
    failed = [entry for entry in logs if entry["event"] == "slack envelope failed"]
    assert [entry["fault"].split(" at ")[0] for entry in failed] == ["LookupError", "LookupError"]
    assert "a fault of ours" not in repr(logs)
    assert "Ev-e1" not in repr(logs)


async def test_an_acknowledgement_that_is_lost() -> None:
    """When the connection goes while an envelope is handled, Slack delivers it again over the next one."""
    ears = Ears()
    async with connected(ears) as (slack, _):
        line = await slack.line(1)
        ears.may.clear()
        delivering = asyncio.create_task(slack.deliver("e1"))
        await until(lambda: ears.heard)
        line.drop()
        await slack.line(2)
        ears.may.set()
        assert await delivering > 1
        assert (line.acknowledged, slack.most_open) == ([], 1)


@pytest.mark.parametrize(
    "times",
    [Intervals(ping=0.3, deaf=60, first_pause=0.01), Intervals(ping=60, deaf=0.3, first_pause=0.01)],
    ids=["no pong comes", "nothing comes at all"],
)
async def test_a_deaf_connection(times: Intervals) -> None:
    """A server that answers nothing over an open connection is left within the interval, by each of two watches."""
    ears, pulse = Ears(), Pulse()
    with capture_logs() as logs:
        async with connected(ears, times, pulse) as (slack, socket):
            line = await slack.line(1)
            await until(lambda: socket.state() == "connected")
            line.deafen()
            began = asyncio.get_running_loop().time()
            await slack.line(2)
            assert asyncio.get_running_loop().time() - began < 2
            assert await slack.deliver("e1", within=5) == 1
            assert (slack.most_open, pulse.as_health()["slack_reconnects"]) == (1, 1)
    assert [entry["why"] for entry in logs if entry["event"] == "slack connection lost"] == ["deaf"]


async def test_quiet_is_not_deaf() -> None:
    """A connection over which nothing happens is kept, as long as the server gives signs of life."""
    async with connected(Ears(), Intervals(ping=0.2, deaf=0.5)) as (slack, socket):
        await slack.line(1)
        await asyncio.sleep(0.9)
        assert (socket.state(), slack.asked) == ("connected", 1)


@pytest.mark.parametrize("how", ["drop", "close", "too_many_websockets"])
async def test_a_lost_connection(how: str) -> None:
    """After a connection was broken off, closed or denied there is a next one; never two at once."""
    ears = Ears()
    async with connected(ears) as (slack, _):
        line = await slack.line(1)
        if how == "drop":
            line.drop()
        elif how == "close":
            await line.ws.close()
        else:
            await line.leave(how)
        await slack.line(2)
        assert await slack.deliver("e1", within=5) == 1
        assert (ears.heard, slack.most_open, slack.asked) == (["e1"], 1, 2)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_change_of_connection(reason: str) -> None:
    """When Slack asks for a fresh connection, the old one is heard until the new one is, and what it brought is answered."""
    ears, pulse = Ears(), Pulse()
    with capture_logs() as logs:
        async with connected(ears, pulse=pulse) as (slack, socket):
            old = await slack.line(1)
            await until(lambda: socket.state() == "connected")
            slack.may_greet.clear()
            await old.leave(reason)
            new = await slack.line(2)
            await old.send(envelope("e1"))
            await until(lambda: old.acknowledged == ["e1"])
            slack.may_greet.set()
            await until(lambda: pulse.as_health()["slack_reconnects"] == 1)
            ears.may.clear()
            await old.send(envelope("e2"))
            await new.send(envelope("e3"))
            await until(lambda: ears.heard == ["e1", "e2", "e3"])
            await asyncio.sleep(QUICK.linger + 0.05)  # the old one is to be closed now, but e2 is under way
            assert old.open
            ears.may.set()
            await until(lambda: not old.open)
            assert (old.acknowledged, new.acknowledged) == (["e1", "e2"], ["e3"])
            assert (new.open, slack.most_open, slack.asked, socket.state()) == (True, 2, 2, "connected")
    assert [entry for entry in logs if entry["log_level"] != "info"] == []


async def test_slack_closes_the_old_one_itself() -> None:
    """An announced end that comes before the new connection is open is no reason to open a third."""
    async with connected(Ears()) as (slack, socket):
        old = await slack.line(1)
        slack.may_greet.clear()
        await until(lambda: socket.state() == "connected")
        await old.leave("refresh_requested")
        await slack.line(2)
        await old.ws.close()
        await until(lambda: socket.state() == "connecting")
        slack.may_greet.set()
        assert await slack.deliver("e1", within=5) == 1
        assert (slack.most_open, slack.asked) == (2, 2)


@pytest.mark.parametrize("code", ["invalid_auth", "not_allowed_token_type", "some_new_code"])
async def test_a_refused_token(code: str) -> None:
    """A refusal is told once in words an administrator understands, tried again with long pauses, and can be mended."""
    with capture_logs() as logs:
        async with connected(Ears()) as (slack, socket):
            await until(lambda: socket.state() == "connected")
            slack.refuse(code)
            slack.lines[0].drop()
            await until(lambda: slack.asked >= 4)
            assert socket.state() == f"refused:{code}"
            slack.opens = None
            await until(lambda: socket.state() == "connected")
            slack.lines[-1].drop()
            await slack.line(3)
    told = [entry for entry in logs if entry["event"] == "slack refuses a connection"]
    assert [(entry["code"], entry["do"]) for entry in told] == [(code, sentence_of(code))]
    assert [entry["why"] for entry in logs if entry["event"] == "slack connection lost"] == ["dropped"] * 2


async def test_socket_mode_switched_off() -> None:
    """When an administrator switches Socket Mode off, the state says so until it is on again."""
    async with connected(Ears(), Intervals(refused_pause=0.3)) as (slack, socket):
        line = await slack.line(1)
        await line.leave("link_disabled")
        await until(lambda: socket.state() == "refused:link_disabled")
        assert "Socket Mode" in sentence_of("link_disabled")
        await until(lambda: socket.state() == "connected")


async def test_refused_is_asked_seldom() -> None:
    """While Slack refuses, the long pause holds, however short the others are."""
    async with connected(Ears(), Intervals(first_pause=0.001, longest_pause=0.001)) as (slack, socket):
        slack.refuse("invalid_auth")
        await until(lambda: socket.state() == "refused:invalid_auth")
        asked = slack.asked
        await asyncio.sleep(0.2)
        assert slack.asked == asked == 1


async def test_asked_to_wait() -> None:
    """When Slack says how long to wait, that is how long we wait."""
    async with connected(Ears()) as (slack, socket):
        slack.refuse("ratelimited", 429, **{"Retry-After": "7"})
        await until(lambda: slack.asked)
        await asyncio.sleep(0.2)
        assert (slack.asked, socket.state()) == (1, "connecting")


@pytest.mark.parametrize(
    "answer",
    [
        lambda: web.Response(status=503, text="<h1>down</h1>", content_type="text/html"),
        lambda: web.Response(status=500, text="down"),
        lambda: web.Response(status=200, text="{", content_type="application/json"),
        lambda: web.json_response({"ok": True}),
        lambda: web.json_response({"ok": True, "url": "nonsense"}),
        lambda: web.json_response({"ok": True, "url": "ws://127.0.0.1:1/link/"}),
        lambda: web.json_response({"ok": False, "error": "internal_error"}, status=500),
    ],
    ids=["html", "text", "cut off", "no address", "nonsense", "nobody there", "internal error"],
)
async def test_slack_is_down(answer: Any) -> None:
    """Whatever comes instead of an address, it is asked for again, and nobody is told to mend a token."""
    async with connected(Ears()) as (slack, socket):
        slack.opens = answer
        await until(lambda: slack.asked >= 3)
        assert socket.state() == "connecting"
        slack.opens = None
        await until(lambda: socket.state() == "connected")


async def test_no_hello() -> None:
    """A connection over which no hello comes in time is left for another."""
    async with connected(Ears(), Intervals(hello=0.1, first_pause=0.01)) as (slack, socket):
        slack.may_greet.clear()
        await slack.line(2)
        slack.may_greet.set()
        await until(lambda: socket.state() == "connected")
        asked = slack.asked
        await asyncio.sleep(0.2)
        assert (slack.most_open, slack.asked) == (1, asked)  # after the hello there is no limit


async def test_no_storm() -> None:
    """A Slack that lets us in and throws us out at once is asked less and less often."""
    async with connected(Ears(), Intervals(first_pause=0.05)) as (slack, _):
        slack.drops_at_once = True
        await asyncio.sleep(0.5)
        assert 2 <= slack.asked <= 5  # after at least 25, 50, 100, 200 and 400 ms


def test_pauses_grow() -> None:
    """Pauses between attempts double from one second to a minute, each cut by up to a half by chance."""
    socket = Socket("xapp-1", "https://slack.com/api/", Ears(), Pulse())
    for failures, longest in [(0, 0), (1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (5000, 60)]:
        pauses = {socket._pause(None, failures) for _ in range(50)}
        assert all(longest / 2 <= pause <= longest for pause in pauses)
        assert len(pauses) > 1 or longest == 0


async def test_nonsense_is_passed_over() -> None:
    """Messages that Slack does not document change nothing for those that it does."""
    ears = Ears()
    async with connected(ears) as (slack, _):
        line = await slack.line(1)
        for nonsense in ["", "[]", "7", "{", "[" * 5000, {"type": "new"}, {"envelope_id": "e0"}]:
            await line.send(nonsense)
        assert await slack.deliver("e1", within=5) == 1
        assert (ears.heard, line.acknowledged, slack.asked) == (["e1"], ["e1"], 1)


async def test_stop_finishes_what_is_under_way() -> None:
    """What is being handled when the bot stops is finished and acknowledged; nothing new is begun."""
    ears = Ears()
    async with connected(ears) as (slack, socket):
        line = await slack.line(1)
        ears.may.clear()
        await line.send(envelope("e1"))
        await until(lambda: ears.heard)
        stopping = asyncio.create_task(socket.stop())
        await asyncio.sleep(0.02)
        await line.send(envelope("e2"))
        await asyncio.sleep(0.02)
        ears.may.set()
        await stopping
        await until(lambda: line.acknowledged)
        assert (ears.heard, line.acknowledged) == (["e1"], ["e1"])


async def test_stop_is_bounded() -> None:
    """A handler that never ends keeps the bot from stopping only for a moment."""
    ears = Ears()
    async with connected(ears, Intervals(finish=0.2, goodbye=0.1)) as (slack, socket):
        line = await slack.line(1)
        ears.may.clear()
        await line.send(envelope("e1"))
        await until(lambda: ears.heard)
        async with asyncio.timeout(2):
            await socket.stop()
        assert (ears.ended, line.said) == ([], [])


def test_seconds_since() -> None:
    """/healthz tells whole seconds since the last event and the last answer, and how often a connection was made anew."""
    now = 100.0
    pulse = Pulse(lambda: now)
    never = {"slack_seconds_since_event": None, "slack_seconds_since_answer": None}
    assert pulse.as_health() == never | {"slack_connected": None, "slack_reconnects": 0}
    pulse.event()
    now = 107.9
    pulse.answer()
    pulse.connected()
    pulse.disconnected()
    now = 110.0
    pulse.connected()
    assert pulse.as_health() == {
        "slack_seconds_since_event": 10,
        "slack_seconds_since_answer": 2,
        "slack_connected": True,
        "slack_reconnects": 1,
    }
