"""Our Socket Mode in a workspace of local-slack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from compassbot.chats.slack.pulse import Pulse
from compassbot.chats.slack.socket import Answer, Intervals, Socket
from tests.slack.fake_socket import until
from tests.slack.local import APP_TOKEN, DILEMMAS, FATMA, local_slack


async def test_slack_comes_back(tmp_path: Path) -> None:
    """A command is answered over the socket, and again after Slack was away and came back at the same address."""
    heard: list[str] = []

    async def hears(payload: dict[str, Any]) -> Answer:
        heard.append(payload["text"])
        return f"You typed {payload['text']}"

    pulse = Pulse()
    async with local_slack(tmp_path, mode="socket") as slack:
        socket = Socket(APP_TOKEN, slack.api_url, hears, pulse, Intervals(first_pause=0.05, longest_pause=0.1))
        socket.start()
        await slack.connected()
        await slack.command(FATMA, DILEMMAS, "/kompas", "one")
        await slack.sees(DILEMMAS, "You typed one", user=FATMA)
        slack.stop()
        await until(lambda: socket.state() == "connecting")
        await slack.start()
        await until(lambda: socket.state() == "connected")
        await slack.command(FATMA, DILEMMAS, "/kompas", "two")
        await slack.sees(DILEMMAS, "You typed two", user=FATMA)
        await socket.stop()
    assert (heard, pulse.as_health()["slack_reconnects"]) == (["one", "two"], 1)
