"""The week in Slack, looked at in a real Chromium: the pictures of Slack in docs/ are taken here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from compassbot.words import Words
from tests.browser.screen import PICTURES
from tests.browser.test_week import TEXTS
from tests.conversations.stories import AGREEMENT, CODES, TAPS, TURNS, takes_turn
from tests.office import sqlite_url
from tests.slack.local import DILEMMAS, LEARNING
from tests.slack.look import Look, look
from tests.slack.office import SlackColleague, SlackOffice, slack_office

TYPED = ("situation", "moment", "question", "option_a", "cost_a", "option_b", "cost_b")
NAMES = ("Joost", "Mei", "Sanne", "Daan", "Noor")
WHERE = ("wmo", "belastingen", "jeugd", "wmo", "jeugd")


@pytest.mark.parametrize(("language", "size"), [("nl", "phone"), ("en", "desktop")])
async def test_the_week_is_seen_in_slack(tmp_path: Path, empty_file: Path, language: str, size: str) -> None:
    """A dilemma is typed into the page of a workspace by hand, and every step until the digest is there to see."""
    async with slack_office(tmp_path, sqlite_url(tmp_path), language=language) as office:
        fatma = office.person("Fatma of inkomen", language=language)
        office.person("Ilse of wmo", "manager", language=language)
        group = [
            office.person(f"{name} of {where}", language=language) for name, where in zip(NAMES, WHERE, strict=True)
        ]
        async with look(office.slack, fatma.user, size=size) as window:
            shots = Shots(window, language, size)
            await _shares_by_hand(office, fatma, shots)
            await _deliberates(office, fatma, group, shots)
            await office.waits(until="monday 08:00")
            await window.at_channel(LEARNING, Words(language)("digest-title", week=47)[:12])
            await shots.take("digest")
            await office.slack.open_home(fatma.user)
            await office.settles()
            await window.at_home(Words(language)("home-mine"))
            await shots.take("home")
            assert await window.cannot_show() == []
        assert await office.slack.faults() == []


class Shots:
    """Takes pictures, named by language and size."""

    def __init__(self, window: Look, language: str, size: str) -> None:
        self.window = window
        self.language = language
        self.size = size

    async def take(self, name: str) -> None:
        """Take a picture of the window."""
        await self.window.picture(PICTURES / f"slack-{self.language}-{name}-{self.size}.png")


async def _shares_by_hand(office: SlackOffice, fatma: SlackColleague, shots: Shots) -> None:
    window, words, texts = shots.window, Words(fatma.language), TEXTS[fatma.language]
    await window.at_channel(DILEMMAS)
    await window.says("/kompas")
    await window.sees(words("home-intro")[:20])
    await shots.take("command")
    await window.says("/kompas dilemma")
    await window.sees_modal(words("share-title"))
    for name in TYPED:
        await window.fills(words(f"share-{name.replace('_', '-')}"), texts[name])
    await window.fills(words("share-department"), "Work and Income" if fatma.language == "en" else "Werk en Inkomen")
    await shots.take("share")
    await window.sends()
    await window.sees(words("guard-title"))
    await shots.take("guard")
    await window.sends()
    await window.sees(words("share-thanks")[:20])
    await shots.take("shared")
    await office.slack.close_modal(fatma.user)
    await office.settles()
    await window.at_channel(DILEMMAS, texts["question"])
    await shots.take("channel")


async def _deliberates(office: SlackOffice, fatma: SlackColleague, group: list[SlackColleague], shots: Shots) -> None:
    window, words, texts = shots.window, Words(fatma.language), TEXTS[fatma.language]
    people: Any = group  # the stories are written for the memory chat; people do the same here
    await takes_turn(people[0], question=texts["asks"])
    await window.at_direct(texts["asks"])
    await shots.take("case-holder")
    for colleague in people[1:]:
        await takes_turn(colleague, question="")
    await fatma.presses(words("asked-reply"))
    await fatma.fills(answer=texts["reply"])
    for number, turn in enumerate(TURNS[1:], start=2):
        said = {name: texts.get(name, value) if value else value for name, value in turn.items()}
        for colleague in people:
            await takes_turn(colleague, **said)
        if number == 6:
            await _shows_thread(office, shots, "revealed")
    await takes_turn(people[0], **{**AGREEMENT, "agreement": texts["agreement"], "owner": texts["owner"]})
    await people[0].fills(**{**CODES, "sentence": texts["sentence"]})
    for colleague in people:
        await takes_turn(colleague, agree="yes", share="yes")
    for colleague in people:
        await takes_turn(colleague, **TAPS)
    await _shows_thread(office, shots, "ended")


async def _shows_thread(office: SlackOffice, shots: Shots, name: str) -> None:
    [card] = [one for one in await office.slack.messages(DILEMMAS) if "Dilemma 1:" in one["text"]]
    await shots.window.at_thread(DILEMMAS, card["ts"])
    await shots.take(name)
