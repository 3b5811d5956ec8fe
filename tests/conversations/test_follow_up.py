"""Looking back: case holder and group are asked whether the agreement was kept; after that the author is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.stories import AGREEMENT, DILEMMA, deliberate, group_of, shares, takes_turn
from tests.office import Colleague, Office


@pytest.fixture
async def fatma(office: Office) -> Colleague:
    """Somebody whose dilemma led to an agreement, on whose date it is now."""
    author = office.person("Fatma of inkomen")
    await shares(author)
    await deliberate(author, group_of(office))
    await office.waits(days=43)
    return author


def key_of_the_author(office: Office) -> int:
    """Return how many keys of authors are left."""
    query = "SELECT count(*) FROM keys WHERE name LIKE 'author:%'"
    return int(office.parts.database.run_now(lambda books: books.connection.exec_driver_sql(query).scalar() or 0))


async def test_case_holder_and_group_are_asked_on_the_day(office: Office, fatma: Colleague) -> None:
    """Both read what was agreed, each where they are."""
    for text in (office.thread, fatma.inbox):
        assert "Is de afspraak nagekomen?" in text
        assert AGREEMENT["agreement"] in text


async def test_enough_answers_are_shown_after_a_week(office: Office, fatma: Colleague) -> None:
    """Percentages and reasons, without names; changing an answer counts once."""
    group = group_of(office)
    for colleague, answer in zip(group, ("yes", "yes", "no", "partly", "yes"), strict=True):
        await colleague.presses("Geef antwoord")
        await colleague.fills(kept=answer, why="Er was geen tijd." if answer == "no" else "")
    await group[0].presses("Geef antwoord")
    await group[0].fills(kept="no", why="Toch niet gelukt.")
    await office.waits(days=8)
    assert "Ja: 40% (2 collega’s)" in office.thread
    assert "Nee: 40% (2 collega’s)" in office.thread
    assert "Er was geen tijd." in office.thread


async def test_too_few_answers_are_not_shown(office: Office, fatma: Colleague) -> None:
    """Two answers could be put down to persons: they are thanked, and not told."""
    for colleague in group_of(office)[:2]:
        await colleague.presses("Geef antwoord")
        await colleague.fills(kept="no", why="Het team wilde niet.")
    await office.waits(days=8)
    assert "te weinig antwoorden" in office.thread
    assert "Het team wilde niet" not in office.thread


async def test_afterwards_nobody_can_know_who_raised_it(office: Office, fatma: Colleague) -> None:
    """The key of the seal and the address of the receipt are gone with the last question."""
    assert key_of_the_author(office) == 1
    await office.waits(days=8)
    assert key_of_the_author(office) == 0
    rows = office.parts.database.run_now(
        lambda books: books.connection.exec_driver_sql(
            "SELECT count(*) FROM messages WHERE subject LIKE 'receipt:%' OR subject LIKE 'ask:%'"
        ).scalar()
    )
    assert rows == 0


async def test_afterwards_neither_the_agreement_nor_who_sees_to_it_is_kept(office: Office, fatma: Colleague) -> None:
    """A role such as "team leader of Income" goes with the text of the agreement."""
    query = "SELECT agreement, owner FROM agreements"
    kept = [(AGREEMENT["agreement"], AGREEMENT["owner"])]
    for expected in (kept, [("", "")]):
        found = office.parts.database.run_now(lambda books: books.connection.exec_driver_sql(query).all())
        assert [tuple(row) for row in found] == expected
        await office.waits(days=8)


async def test_afterwards_the_inbox_leads_to_no_dilemma(office: Office, fatma: Colleague) -> None:
    """All that the bot wrote to them about it is wiped, and where that stands is forgotten; other threads stay."""
    letters = len(office.said_in("memory:@fatma"))
    await office.waits(days=8)
    wiped = "Dit privébericht is gewist. Zo kan niemand meer zien waar het over ging."
    assert fatma.inbox == "\n\n".join([wiped] * letters)
    assert letters >= 4  # the receipt, a question, the end, the look back
    assert subjects_of_the_author(office) == []


async def test_without_an_agreement_the_inbox_is_wiped_at_once(office: Office) -> None:
    """What is left says that it has ended, without a number."""
    author = office.person("Fatma of inkomen")
    await shares(author)
    await office.waits(days=8)
    assert "Er heeft nog niemand meegedaan" in author.inbox
    assert "dilemma 1" not in author.inbox
    assert DILEMMA["question"] not in author.inbox
    assert subjects_of_the_author(office) == []


async def test_a_withdrawn_dilemma_leaves_nothing_in_the_inbox(office: Office) -> None:
    """The receipt and the questions are wiped with it."""
    author = office.person("Fatma of inkomen")
    await shares(author)
    await takes_turn(group_of(office)[0], question="Hoe lang al?")
    assert "Hoe lang al?" in author.inbox
    await author.presses("Trek het terug")
    assert author.inbox == "\n\n".join(["Dit privébericht is gewist. Zo kan niemand meer zien waar het over ging."] * 2)
    assert subjects_of_the_author(office) == []


async def test_the_outcome_goes_when_the_term_of_texts_is_over(office: Office, fatma: Colleague) -> None:
    """Thirty days after the look back the agreement, the percentages and the reasons are out of the thread."""
    for colleague in group_of(office):
        await colleague.presses("Geef antwoord")
        await colleague.fills(kept="no", why="Er was geen tijd.")
    await office.waits(days=20)
    assert "Er was geen tijd." in office.thread
    await office.waits(days=20)
    assert "Er was geen tijd." not in office.thread
    assert AGREEMENT["agreement"] not in office.thread
    assert "Terugkijken: is de afspraak nagekomen?" in office.thread


def subjects_of_the_author(office: Office) -> list[str]:
    """Return the subjects of private messages to an author that are still known."""
    query = "SELECT subject FROM messages UNION SELECT subject FROM outbox"
    known = office.parts.database.run_now(lambda books: books.connection.exec_driver_sql(query).scalars().all())
    private = ("receipt:", "ask:", "told:", "look-back-own:", "news:")
    return [subject for subject in known if subject.startswith(private)]


async def test_texts_are_forgotten_after_their_term_and_the_agreement_is_not(office: Office, fatma: Colleague) -> None:
    """The story and the answers are gone before the look back; the agreement itself stays until then."""
    for text in (DILEMMA["situation"], DILEMMA["question"], "Hoe lang al?", "Dat zij eerlijk mag zijn"):
        assert text not in office.thread
        assert text not in fatma.inbox
    assert "De bewaartijd is voorbij" in office.thread
    assert AGREEMENT["agreement"] in office.thread


async def test_an_answer_after_the_week_hears_that_it_is_over(office: Office, fatma: Colleague) -> None:
    """The form stays open with its sentence; nothing is counted."""
    late = group_of(office)[0]
    await late.presses("Geef antwoord")
    await office.waits(days=8)
    await late.fills(kept="yes")
    assert "Het terugkijken is voorbij" in late.refused[""]


async def test_a_missing_or_over_long_answer_is_refused(office: Office, fatma: Colleague) -> None:
    """A sentence beside the question says what is missing, or how long it is."""
    joost = group_of(office)[0]
    await joost.presses("Geef antwoord")
    await joost.fills(why="Tja")
    assert joost.refused == {"kept": "Maak hier een keuze."}
    await joost.fills(kept="no", why="a" * 401)
    assert "401 tekens" in joost.refused["why"]


async def test_an_agreement_is_still_asked_about_when_the_clock_stood_still_for_two_years(office: Office) -> None:
    """A server that was off for very long asks late, and time goes on after it."""
    author = office.person("Fatma of inkomen")
    await shares(author)
    await deliberate(author, group_of(office))
    office.parts.hours.set(office.now + timedelta(weeks=110))
    await office.parts.clock.tick(office.now)
    assert "Is de afspraak nagekomen?" in office.thread
