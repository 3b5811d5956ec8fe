"""Sends requests that were made beforehand, from a process of its own: `python -m benchmarks.load` reads how from stdin.

It does next to nothing for each request, so that on two cores it measures the server and not itself.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import sys
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uvloop

PATIENCE = 60.0  # seconds for all answers after the last request


def main() -> None:
    """Send, and write what came of it beside the requests, as JSON."""
    order = json.loads(sys.stdin.read())
    path = Path(order["requests"])
    requests: list[bytes] = pickle.loads(path.read_bytes())  # noqa: S301 - our own file
    path.with_suffix(".json").write_text(json.dumps(uvloop.run(send(order, requests))), encoding="ascii")


async def send(order: dict[str, Any], requests: list[bytes]) -> dict[str, Any]:
    """Return the seconds it took, the latency of each request in seconds, and the places of those not answered 200."""
    sender = Sender(order["port"], requests)
    if order.get("rate"):
        await sender.at(order["rate"])
    else:
        await sender.with_hands(order["at_once"])
    return {"seconds": sender.took, "latencies": sender.latencies, "failed": sender.failed}


class Sender:
    """Sends all requests, either so many at once or so many a second."""

    def __init__(self, port: int, requests: list[bytes]) -> None:
        """Take the port of the server, and the requests."""
        self.requests = requests
        self.latencies: list[float] = [0.0] * len(requests)
        self.failed: list[int] = []
        self.took = 0.0
        self._port = port
        self._idle: deque[Hand] = deque()
        self._left = len(requests)
        self._done = asyncio.get_running_loop().create_future()
        self._rest: Iterator[int] = iter(())

    async def with_hands(self, at_once: int) -> None:
        """Keep so many under way until all are answered: the throughput."""
        hands = [await self._hand() for _ in range(at_once)]
        self._rest = iter(range(len(self.requests)))
        begun = time.perf_counter()
        for hand in hands:
            self._next(hand)
        await asyncio.wait_for(self._done, PATIENCE)
        self.took = time.perf_counter() - begun

    async def at(self, rate: float) -> None:
        """Send each at its moment, whether those before were answered or not: what people see."""
        self._idle.extend([await self._hand() for _ in range(32)])
        begun = time.perf_counter()
        for number in range(len(self.requests)):
            due = begun + number / rate
            if (wait := due - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            hand = self._idle.popleft() if self._idle else await self._hand()
            hand.send(number, self.requests[number], due)
        await asyncio.wait_for(self._done, PATIENCE)
        self.took = time.perf_counter() - begun

    def ended(self, hand: Hand, number: int, since: float, status: bytes) -> None:
        """Note an answer, and take the next request."""
        self.latencies[number] = time.perf_counter() - since
        if status != b"200":
            self.failed.append(number)
        self._left -= 1
        if not self._left and not self._done.done():
            self._done.set_result(None)
        if hand.open:
            self._next(hand)

    def _next(self, hand: Hand) -> None:
        number = next(self._rest, None)
        if number is None:
            self._idle.append(hand)
        else:
            hand.send(number, self.requests[number], time.perf_counter())

    async def _hand(self) -> Hand:
        loop = asyncio.get_running_loop()
        _, hand = await loop.create_connection(lambda: Hand(self), "127.0.0.1", self._port)
        return hand


class Hand(asyncio.Protocol):
    """One connection, with one request under way."""

    def __init__(self, sender: Sender) -> None:
        """Take whom to tell."""
        self.open = True
        self._sender = sender
        self._number = -1
        self._since = 0.0
        self._heard = b""
        self._out: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to write."""
        self._out = transport

    def send(self, number: int, request: bytes, since: float) -> None:
        """Send a request; it counts from `since`."""
        self._number, self._since, self._heard = number, since, b""
        self._out.write(request)

    def data_received(self, data: bytes) -> None:
        """Read until the answer is whole."""
        self._heard += data
        head, found, body = self._heard.partition(b"\r\n\r\n")
        if not found:
            return
        _, named, length = head.lower().partition(b"content-length:")
        whole = len(body) >= int(length.split(b"\r\n", 1)[0]) if named else body.endswith(b"0\r\n\r\n")
        if whole and self._number >= 0:
            number, self._number = self._number, -1
            self._sender.ended(self, number, self._since, head[9:12])

    def connection_lost(self, exc: Exception | None) -> None:
        """Count a request without an answer as failed."""
        self.open = False
        if self._number >= 0:
            number, self._number = self._number, -1
            self._sender.ended(self, number, self._since, b"")


if __name__ == "__main__":
    main()
