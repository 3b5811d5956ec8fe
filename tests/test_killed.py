"""A process that is killed at any moment loses nothing that was acknowledged, and does nothing twice."""

from __future__ import annotations

import asyncio
import random
import re
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx

from tests.conversations.stories import AGREEMENT, CODES, DILEMMA, TAPS, TURNS
from tests.serving import Server, Visitor

KILLS = 50
LONGEST_WAIT = 0.05  # seconds between a request and the kill: some come before the commit, some after
Step = Callable[[], Awaitable[None]]


class Unlucky:
    """Lives on through kills: does a step again, as a person would, until it is answered."""

    def __init__(self, server: Server, seed: int) -> None:
        self.server = server
        self.kills = 0
        self._random = random.Random(seed)

    async def does(self, step: Step, chance: float = 1.0) -> None:
        """Do a step; the power may go while it is under way."""
        fall = self._random.random() < chance and self.kills < KILLS
        killer = asyncio.create_task(self._kill(self._random.uniform(0, LONGEST_WAIT))) if fall else None
        try:
            await step()
        except httpx.TransportError:
            assert killer, self.server.log.read_text()[-2000:]
            await killer
            await self.does(step, chance=0)
            return
        if killer:
            await killer

    async def _kill(self, after: float) -> None:
        await asyncio.sleep(after)
        await asyncio.to_thread(self.server.kill)
        self.kills += 1
        await asyncio.to_thread(self.server.start)


async def _answers(unlucky: Unlucky, visitor: Visitor, answers: dict[str, object], chance: float) -> None:
    async def press() -> None:
        await visitor.presses("Doe mee")

    await unlucky.does(press, chance / 2)
    if visitor.asks("department"):
        answers = {"department": "wmo" if visitor.id in ("joost", "daan") else "jeugd"} | answers
    await unlucky.does(lambda: visitor.fills(**answers), chance)
    assert not visitor.refused, visitor.refused


async def test_fifty_kills_in_a_week_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """Every acknowledged answer counts once, every card stands once, after 50 kills and restarts."""
    server = Server(tmp_path / "data")
    server.start()
    unlucky = Unlucky(server, seed=7)
    try:
        async with httpx.AsyncClient(
            base_url=server.address,
            timeout=60,
            limits=httpx.Limits(max_keepalive_connections=0),
            headers={"Accept-Language": "nl"},
        ) as client:
            await _live_a_week(unlucky, client)
            while unlucky.kills < KILLS:
                await unlucky.does(lambda: Visitor(client, "fatma").says("/kompas", secrets.token_urlsafe(16)))
            await _nothing_is_lost(client)
    finally:
        server.kill()


async def _live_a_week(unlucky: Unlucky, client: httpx.AsyncClient) -> None:
    fatma = Visitor(client, "fatma")
    group = [Visitor(client, name) for name in ("joost", "mei", "sanne", "daan", "fatma")]
    await _monday(client)  # a working hour, whatever time it is where this runs
    await unlucky.does(lambda: fatma.says("/kompas dilemma"), chance=0)
    await unlucky.does(lambda: fatma.fills(**DILEMMA))
    await unlucky.does(fatma.fills)
    await _until(client, lambda page: "Dilemma 1" in page)
    for visitor in group:  # a question keeps the first round open until everyone has joined
        await _answers(unlucky, visitor, {"question": "Hoe lang al?" if visitor is group[0] else ""}, chance=0.6)
    await unlucky.does(lambda: fatma.presses("Geef antwoord", "@kompas"), chance=0)
    await unlucky.does(lambda: fatma.fills(answer="Sinds een half jaar."))
    for turn in TURNS[1:]:
        for visitor in group:
            await _answers(unlucky, visitor, turn, chance=0.6)
    await _answers(unlucky, group[0], AGREEMENT, chance=1)
    await unlucky.does(lambda: group[0].fills(**CODES))
    for visitor in group:
        await _answers(unlucky, visitor, {"agree": "yes", "share": "yes"}, chance=0.6)
    for visitor in group:
        await _answers(unlucky, visitor, TAPS, chance=0.6)
    await unlucky.does(lambda: _monday(client))
    await unlucky.does(lambda: _monday(client))


async def _monday(client: httpx.AsyncClient) -> None:
    await client.post("/do/forward", data={"to": "monday", "back": "/"})


async def _until(client: httpx.AsyncClient, holds: Callable[[str], bool], where: str = "dilemmas") -> str:
    for _ in range(200):
        page = await Visitor(client, "mei").page(where)
        if holds(page):
            return page
        await asyncio.sleep(0.05)
    raise AssertionError(page)


async def _nothing_is_lost(client: httpx.AsyncClient) -> None:
    channel = await _until(client, lambda page: "Dit gesprek is klaar" in page)
    assert channel.count("Dilemma 1: ") == 1
    thread = re.search(r"/as/mei/dilemmas/(\d+)", channel)
    assert thread
    said = await Visitor(client, "mei").page("dilemmas", thread[1])
    for number in range(1, 11):
        assert said.count(f"Ronde {number} van 10") == 1, f"round {number}"
    assert "5 collega’s zijn het eens met het voorstel" in said
    assert "B · 100%" in said
    assert said.count("Het gesprek is klaar") == 1
    digests = await _until(client, lambda page: "Giften en boodschappen" in page, "learning")
    weeks = re.findall(r"Wat wij leerden · week (\d+)", digests)
    assert len(weeks) == len(set(weeks)) >= 2  # each week once
