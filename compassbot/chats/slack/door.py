"""Lets in only Slack, over HTTP: the signature is checked before anything is read."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, cast

from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from yarl import URL

MOST_BYTES = 1024 * 1024
"""The largest body that is read: a form of ten long answers, with all that stands around it, is a third of that."""
LONGEST_NUMBER = 9
"""Digits of a length that is read as a number."""
Answers = Callable[[dict[str, Any]], Awaitable[BoltResponse]]


class Door:
    """The ASGI app at the address that Slack sends commands, presses, forms and events to."""

    def __init__(self, signing_secret: str, hears: Answers) -> None:
        """Take Slack's signing secret of our app, and who is behind the door."""
        self._verifier = SignatureVerifier(signing_secret)
        self._hears = hears

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST":
            return Response(status_code=405, headers={"allow": "POST"})
        raw = await _bounded(request)
        if raw is None:
            return Response(status_code=413)
        if not self._from_slack(request, raw):
            return Response(status_code=401)
        body = _read(raw, request.headers.get("content-type", ""))
        if body is None:
            return Response(status_code=400)
        if "ssl_check" in body:
            return Response()
        if body.get("type") == "url_verification":
            return _confirmed(body.get("challenge"))
        return _response(await self._hears(body))

    def _from_slack(self, request: Request, raw: bytes) -> bool:
        """Return whether Slack signed it, less than five minutes ago."""
        headers = request.headers
        stamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
        if not (stamp.isascii() and stamp.isdigit() and signature.isascii()):
            return False
        try:
            return self._verifier.is_valid(raw, stamp, signature)
        except (ValueError, OverflowError):  # no UTF-8, or a number that is no time
            return False


async def _bounded(request: Request) -> bytes | None:
    """Return the body, or None when it is larger than anything Slack sends."""
    length = request.headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()) or len(length) > LONGEST_NUMBER or int(length) > MOST_BYTES:
        return None
    read = bytearray()
    try:
        async for chunk in request.stream():
            read += chunk
            if len(read) > MOST_BYTES:
                return None
    except ClientDisconnect:
        return None
    return bytes(read)


def _read(raw: bytes, content_type: str) -> dict[str, Any] | None:
    """Return the payload: JSON, or a form that is one, or that holds one. None when it is neither."""
    try:
        if content_type.startswith("application/json"):
            body: Any = json.loads(raw)
        else:
            # yarl unquotes in C: Python's own parser costs more than all the rest of a press together.
            form = dict(URL.build(query_string=raw.decode("ascii"), encoded=True).query)
            body = json.loads(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", body) if isinstance(body, dict) else None


def _confirmed(challenge: Any) -> Response:
    """Return what Slack wants to hear when it first looks whether we are here."""
    if not (isinstance(challenge, str) and challenge.isascii()):
        return Response(status_code=400)
    return Response(challenge[:200], media_type="text/plain")


def _response(answer: BoltResponse) -> Response:
    headers = {name: values[0] for name, values in answer.headers.items() if name != "set-cookie" and values}
    return Response(answer.body, answer.status, headers)
