"""`/kompas beheer`: administrators change what the organisation chose; others hear who can."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations.stories import shares, takes_turn
from tests.office import DILEMMAS, LEARNING, Colleague, Office


@pytest.fixture
def admin(office: Office) -> Colleague:
    """Somebody who may."""
    return office.person("Ada of wmo", "administrator")


async def changes(admin: Colleague, group: str, **answers: Any) -> None:
    """Change a group of settings."""
    await admin.says("/kompas beheer")
    await admin.presses(group)
    await admin.fills(**answers)


def settings(office: Office) -> dict[str, Any]:
    """Return what is kept."""
    return office.parts.database.run_now(lambda books: books.settings.all())


async def test_others_hear_who_can(office: Office, admin: Colleague) -> None:
    """Not by command, not by a button and not by a forged form."""
    joost = office.person("Joost of wmo", "manager")
    await joost.says("/kompas beheer")
    assert "beheerder" in joost.said
    assert "@ada" in joost.said
    event = joost.last
    assert event
    forged = type(event)("", "submit", joost.person, event.place, "settings", about="terms", answers={"k": "3"})
    await joost._does(forged)
    assert "Dit kan alleen" in joost.refused[""]
    assert "k" not in settings(office)


async def test_the_rhythm_is_changed_and_shown(office: Office, admin: Colleague) -> None:
    """Times may be typed with a point or a colon."""
    await changes(admin, "Ritme", digest_day="3", digest_time="9.30", quiet_begin="17:00", quiet_weekends="no")
    assert "donderdag 09:30" in admin.said
    assert settings(office)["quiet_begin"] == "17:00"


@pytest.mark.parametrize("name", ["digest_time", "quiet_begin", "quiet_end"])
async def test_no_time_is_refused(office: Office, admin: Colleague, name: str) -> None:
    """The sentence stands beside its question and nothing is changed."""
    await changes(admin, "Ritme", **{name: "straks"})
    assert admin.refused == {name: "Schrijf een tijd, zoals 08:00."}
    assert "digest_day" not in settings(office)


@pytest.mark.parametrize(
    ("name", "value"), [("k", "2"), ("k", "0"), ("k", "51"), ("k", "vijf"), ("text_days", "0"), ("audit_days", "9999")]
)
async def test_terms_have_bounds(office: Office, admin: Colleague, name: str, value: str) -> None:
    """Nobody can set a threshold that protects nobody, nor keep texts for ever."""
    await changes(admin, "Regels en taal", **{name: value})
    assert list(admin.refused) == [name]
    assert name not in settings(office)


async def test_a_single_department_is_refused(office: Office, admin: Colleague) -> None:
    """Each line of a digest stands on two departments at least."""
    await changes(admin, "Afdelingen", departments="Wmo")
    assert "minstens twee afdelingen" in admin.refused["departments"]


async def test_new_departments_are_asked_from_then_on(office: Office, admin: Colleague) -> None:
    """With their English names for who reads English."""
    await changes(admin, "Afdelingen", departments="Zorg | Care\nVergunningen | Permits")
    ann = office.people("Ann of zorg", language="en")[0]
    await ann.says("/compass dilemma")
    assert "Care" in ann.said
    assert "Permits" in ann.said


async def test_a_place_needs_a_chat_and_a_channel(admin: Colleague) -> None:
    """`dilemmas` alone is no place."""
    await changes(admin, "Kanalen", learning_place="dilemmas")
    assert "Kies een kanaal" in admin.refused["learning_place"]


async def test_roles_are_given_and_taken(office: Office, admin: Colleague) -> None:
    """Exactly the people who were chosen have the role; there is always an administrator."""
    await changes(admin, "Rollen", facilitator=("memory:ria", "memory:joost"))
    await changes(admin, "Rollen", facilitator=("memory:ria",))
    assert office.parts.database.run_now(lambda books: books.people.with_role("facilitator")) == ["memory:ria"]
    await changes(admin, "Rollen", administrator=())
    assert admin.refused == {"administrator": "Er moet minstens één beheerder zijn."}


async def test_each_change_is_noted_by_role(office: Office, admin: Colleague) -> None:
    """The log says what was changed, never who wrote what."""
    await changes(admin, "Regels en taal", k="7")
    rows = office.parts.database.run_now(
        lambda books: books.connection.exec_driver_sql("SELECT actor, action, object FROM audit").all()
    )
    assert [tuple(row) for row in rows] == [("administrator", "change_settings", "terms")]


async def test_quiet_hours_that_are_changed_hold_at_once(office: Office, admin: Colleague) -> None:
    """A dilemma shared in what are quiet hours now is held for the morning."""
    await changes(admin, "Ritme", quiet_begin="09:00")
    await shares(office.person("Fatma of inkomen"))
    assert office.channel == ""
    await office.waits(until="wednesday 08:00")
    assert "Dilemma 1" in office.channel


async def test_what_waits_for_a_channel_goes_to_the_one_that_is_chosen_instead(any_office: Office) -> None:
    """The bot was never let in: a dilemma that nobody has read moves on, with its rounds; one that was read stays."""
    office = any_office
    admin = office.person("Ilse of wmo", "administrator")
    fatma, joost = office.people("Fatma of inkomen", "Joost of wmo")
    await shares(fatma)
    office.chat.uninvited.add(DILEMMAS)
    await shares(joost)
    await takes_turn(admin, question="")
    assert "Dilemma 2" not in office.channel
    await changes(admin, "Kanalen", deliberation_place=LEARNING)
    assert "Dilemma 2" in office.learning
    assert "Ronde 1 van 10" in office.learning
    await takes_turn(joost, question="")
    assert "1 collega doet mee" in office.learning
    assert "Dilemma 1" not in office.learning
    office.chat.uninvited.clear()
    await office.waits(minutes=2)
    assert office.parts.database.run_now(lambda books: books.outbox.waiting()) == 0
