"""Each week managers read what recurs across departments; what few people said waits."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.conversations.stories import deliberate, group_of, shares
from tests.office import HERE, Colleague, Office

THEME = "Giften en boodschappen"


async def finds(office: Office, group: list[Colleague], author: str = "Fatma of inkomen") -> None:
    """Let a group come to a finding on gifts."""
    fatma = office.person(author)
    await shares(fatma)
    await deliberate(fatma, group)


@pytest.fixture
def manager(office: Office) -> Colleague:
    """Somebody who manages a department."""
    return office.person("Ilse of wmo", "manager")


async def test_the_first_digest_explains_itself(office: Office, manager: Colleague) -> None:
    """Who reads a digest for the first time reads what it is, in the channel and in private."""
    await finds(office, group_of(office))
    await office.waits(until="monday 08:00")
    for text in (office.learning, manager.inbox):
        assert "Dit is je eerste weekoverzicht" in text
        assert THEME in text


async def test_a_quiet_week_says_so_in_a_friendly_sentence(office: Office) -> None:
    """Nothing to tell is told too, once a week, on the hour that was chosen."""
    await office.waits(until="monday 07:59")
    assert office.learning == ""
    await office.waits(until="monday 08:00")
    assert "Een rustige week" in office.learning
    await office.waits(days=6)
    assert office.learning.count("Een rustige week") == 1
    await office.waits(until="monday 08:00")
    assert office.learning.count("Een rustige week") == 2


async def test_what_too_few_people_found_is_carried_over(office: Office, manager: Colleague) -> None:
    """Four people are not told, nor that there are four; with five new ones next week the theme appears."""
    four = office.people("Joost of wmo", "Mei of belastingen", "Sanne of jeugd")
    await finds(office, four)
    await office.waits(until="monday 08:00")
    assert "Een rustige week" in office.learning
    assert THEME not in office.learning + manager.inbox
    more = office.people("Daan of wmo", "Noor of jeugd", "Bas of wonen", "Lies of schulden")
    await finds(office, more, "Piet of wonen")
    await office.waits(until="monday 08:00")
    assert THEME in office.learning
    assert THEME in manager.inbox


async def test_one_department_alone_is_not_told(office: Office) -> None:
    """However many they are: colleagues of one department could be recognised as that department."""
    names = ("Joost", "Mei", "Sanne", "Daan", "Noor", "Bas")
    author = "Fatma of wmo"
    fatma = office.person(author)
    await shares(fatma, department="wmo")
    await deliberate(fatma, office.people(*(f"{name} of wmo" for name in names)))
    await office.waits(until="monday 08:00")
    assert THEME not in office.learning


async def test_only_managers_are_written_to_and_may_ask_for_it(office: Office, manager: Colleague) -> None:
    """Others hear in private who can; a manager gets the last one again with what can be done."""
    joost = office.person("Joost of wmo")
    await manager.says("/kompas overzicht")
    assert "nog geen weekoverzicht" in manager.said
    await finds(office, group_of(office))
    await office.waits(until="monday 08:00")
    assert "weekoverzicht" not in joost.inbox
    for command in ("overzicht", "digest"):
        await joost.says(f"/kompas {command}")
        assert "leidinggevende" in joost.said.lower()
        assert THEME not in joost.said
    await manager.says("/kompas overzicht")
    assert THEME in manager.said
    assert "[Volgende stap" in manager.said
    assert "[Volgende stap" not in office.learning


async def test_two_ticks_at_the_hour_publish_once(any_office: Office) -> None:
    """Also when two processes see the hour strike at the same time."""
    import asyncio

    monday = datetime(2026, 11, 23, 8, 0, tzinfo=HERE)
    any_office.parts.hours.set(monday)
    await asyncio.gather(*(any_office.parts.clock.tick(any_office.now) for _ in range(3)))
    assert any_office.learning.count("Een rustige week") == 1


async def test_the_day_and_hour_are_the_organisations_choice(office: Office) -> None:
    """On Thursday at ten, when that is what they chose."""
    before = (office.now - timedelta(days=7)).isoformat()
    office.parts.database.run_now(lambda books: books.settings.set("started_at", before))
    office.parts.database.run_now(lambda books: books.settings.set("digest_day", 3))
    office.parts.database.run_now(lambda books: books.settings.set("digest_time", "10:00"))
    await office.waits(until="thursday 09:59")
    assert office.learning == ""
    await office.waits(until="thursday 10:00")
    assert "Een rustige week" in office.learning


async def test_its_picture_is_drawn_when_somebody_looks(office: Office) -> None:
    """Publishing waits for no drawing; the first look draws it, the next gets the same bytes."""
    from compassbot.app.pictures import Pictures

    await finds(office, group_of(office))
    await office.waits(until="monday 08:00")
    ids = office.parts.database.run_now(lambda books: books.digests.pictures("2026-W47"))
    pictures = Pictures(office.parts.database, office.parts.house)
    assert await pictures.get("guessed") is None
    drawn = await pictures.get(ids["nl"])
    assert drawn
    assert drawn.startswith(b"\x89PNG")
    assert await pictures.get(ids["nl"]) == drawn
    assert len(ids["nl"]) > 20


async def test_an_english_manager_reads_it_in_english(office: Office) -> None:
    """The channel is Dutch, the direct message is theirs."""
    manager = office.people("Ann of wmo", language="en")[0]
    office.parts.database.run_now(lambda books: books.people.give(manager.person.id, "manager"))
    await office.waits(until="monday 08:00")
    assert "A quiet week" in manager.inbox
    assert "rustige" not in manager.inbox


async def test_there_is_no_digest_of_a_week_before_the_bot_began(office: Office) -> None:
    """Who starts on a Tuesday reads the first digest about that week, also where it comes on a Wednesday."""
    office.parts.database.run_now(lambda books: books.settings.set("started_at", office.now.isoformat()))
    office.parts.database.run_now(lambda books: books.settings.set("digest_day", 2))
    await office.waits(until="friday 12:00")
    assert office.learning == ""
    await office.waits(until="thursday 12:00")
    assert "week 47" in office.learning
