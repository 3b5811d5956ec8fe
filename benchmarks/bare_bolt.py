"""Bare Bolt: three listeners that only acknowledge, for one port. What our own server is measured beside.

`python -m benchmarks.bare_bolt PORT SECRET`; with "nothing" as secret it answers 200 without looking, to see what the
generator of the load can do.
"""

from __future__ import annotations

import sys
from typing import Any

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

PATH = "/slack/events"


async def _stub() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")  # noqa: S106 - no token at all


async def _acknowledges(ack: Any) -> None:
    await ack()


def bare(secret: str) -> Any:
    """Return Bolt as its own papers begin with it."""
    app = AsyncApp(signing_secret=secret, authorize=_stub, process_before_response=True)
    app.command("/kompas")(_acknowledges)
    app.action("press")(_acknowledges)
    app.view("form")(_acknowledges)
    return AsyncSlackRequestHandler(app, path=PATH)


async def nothing(scope: Any, receive: Any, send: Any) -> None:
    """Answer 200."""
    if scope["type"] == "http":
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


def main() -> None:
    """Serve until told to stop."""
    port, secret = int(sys.argv[1]), sys.argv[2]
    app = nothing if secret == "nothing" else bare(secret)  # noqa: S105 - a word for no secret
    uvicorn.run(app, port=port, loop="uvloop", http="httptools", log_level="warning", access_log=False, lifespan="off")


if __name__ == "__main__":
    main()
