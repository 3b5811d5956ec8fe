"""A manager says what becomes of a signal, and who raised it hears, once."""

from __future__ import annotations

import pytest

from tests.conversations.stories import deliberate, group_of, shares
from tests.office import Colleague, Office

STEP = {"state": "decided", "reason": "Giften tot een vast bedrag tellen niet mee.", "owner": "teamleider Inkomen"}


@pytest.fixture
async def fatma(office: Office) -> Colleague:
    """Somebody who raised two dilemmas on a theme that became a signal."""
    author = office.person("Fatma of inkomen")
    office.person("Ilse of wmo", "manager")
    for _ in range(2):
        await shares(author)
        await deliberate(author, group_of(office))
    await office.waits(until="monday 08:00")
    return author


@pytest.fixture
def manager(office: Office, fatma: Colleague) -> Colleague:
    """Somebody who may settle it."""
    return office.person("Ilse of wmo", "manager")


async def test_contributors_hear_once_what_was_decided(office: Office, fatma: Colleague, manager: Colleague) -> None:
    """The channel, each thread and the author are told; an author of two dilemmas gets one message."""
    await manager.presses("Volgende stap")
    await manager.fills(**STEP)
    assert "Vastgelegd" in manager.said
    assert STEP["reason"] in office.learning
    assert office.channel.count(STEP["reason"]) == 2
    assert fatma.inbox.count(STEP["reason"]) == 1


async def test_the_news_is_wiped_with_the_last_follow_up(office: Office, fatma: Colleague, manager: Colleague) -> None:
    """Who was told of a signal had raised one of its dilemmas: afterwards their inbox does not say so any more."""
    await manager.presses("Volgende stap")
    await manager.fills(**STEP)
    await office.waits(days=55)
    assert STEP["reason"] not in fatma.inbox
    assert "dilemma" not in fatma.inbox


async def test_sent_twice_it_is_told_once(office: Office, fatma: Colleague, manager: Colleague) -> None:
    """The second sending says that it was recorded already."""
    await manager.presses("Volgende stap")
    form = manager.form
    await manager.fills(**STEP)
    manager.form = form
    await manager.fills(**STEP)
    assert "Dit heb je al vastgelegd" in manager.refused[""]
    assert fatma.inbox.count(STEP["reason"]) == 1


async def test_others_may_not(office: Office, fatma: Colleague, manager: Colleague) -> None:
    """A caseworker who gets hold of the button hears who can."""
    button = office.button(manager, "Volgende stap", "")
    event = fatma.last
    assert event
    await fatma._does(type(event)("", "press", fatma.person, event.place, button.action, about=button.about))
    assert "Dit kan alleen" in fatma.said
    assert fatma.form is None


async def test_a_reason_and_an_owner_are_needed(manager: Colleague) -> None:
    """People want to know why, also when the answer is no."""
    await manager.presses("Volgende stap")
    await manager.fills(state="declined", reason="👎", owner="")
    assert set(manager.refused) == {"reason", "owner"}


async def test_the_guard_reads_the_reason(office: Office, manager: Colleague) -> None:
    """A manager cannot name a person by accident."""
    await manager.presses("Volgende stap")
    await manager.fills(**{**STEP, "owner": "Bel 06-12345678"})
    assert "telefoonnummer" in manager.said
    assert "12345678" not in office.learning


async def test_the_next_digest_tells_what_became_of_it(office: Office, manager: Colleague) -> None:
    """The step stands in next week's digest."""
    await manager.presses("Volgende stap")
    await manager.fills(**STEP)
    before = office.learning.count("Besloten")
    await office.waits(until="monday 08:00")
    assert office.learning.count("Besloten") > before
