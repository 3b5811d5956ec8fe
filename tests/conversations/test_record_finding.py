"""Concluding: an agreement with an owner and a date, codes for the organisation, and who decides about both."""

from __future__ import annotations

import pytest

from tests.conversations.stories import AGREEMENT, CODES, TAPS, TURNS, concludes, group_of, shares, takes_turn, to_round
from tests.office import Colleague, Office


@pytest.fixture
async def fatma(office: Office) -> Colleague:
    """Somebody who shared a dilemma."""
    author = office.person("Fatma of inkomen")
    await shares(author)
    return author


@pytest.fixture
async def group(office: Office, fatma: Colleague) -> list[Colleague]:
    """Five colleagues who came as far as the conclusion."""
    five = group_of(office)
    await to_round(fatma, five, 8)
    return five


async def votes(group: list[Colleague], agree: str = "yes", share: str = "yes") -> None:
    """Let everybody vote, and tap."""
    for colleague in group:
        await takes_turn(colleague, agree=agree, share=share)
    for colleague in group:
        await takes_turn(colleague, **TAPS)


def kept(office: Office) -> str:
    """Return the sentence of the only finding that is final, or "none"."""
    weeks = [f"2026-W{week}" for week in range(40, 54)]
    found = office.parts.database.run_now(lambda books: books.findings.in_weeks(weeks))
    return found[0].sentence if found else "none"


async def test_agreement_and_codes_are_put_before_the_group(office: Office, group: list[Colleague]) -> None:
    """Everybody reads what is proposed, before they say whether they can live with it."""
    await concludes(group[0])
    for text in (AGREEMENT["agreement"], AGREEMENT["owner"], "Giften en boodschappen", CODES["sentence"]):
        assert str(text) in office.thread
    await votes(group)
    assert "5 collega’s zijn het eens met het voorstel." in office.thread
    assert kept(office) == CODES["sentence"]


async def test_one_no_keeps_the_sentence_inside_the_group(office: Office, group: list[Colleague]) -> None:
    """The codes count, the sentence is not shared: everybody has to be at ease with it."""
    await concludes(group[0])
    await takes_turn(group[0], agree="yes", share="no")
    await votes(group[1:])
    await office.waits(days=1)
    assert kept(office) == ""


async def test_a_majority_against_drops_the_proposal(office: Office, fatma: Colleague, group: list[Colleague]) -> None:
    """Nothing is recorded, the conversation ends without an agreement, and the author hears so."""
    await concludes(group[0])
    for colleague in group[:3]:
        await takes_turn(colleague, agree="no", share="no")
    await votes(group[3:])
    await office.waits(days=3)
    assert kept(office) == "none"
    assert "Jullie kwamen niet tot een afspraak" in office.thread
    assert "Jullie kwamen niet tot een afspraak" in fatma.inbox
    await office.waits(days=60)
    assert "Is de afspraak nagekomen?" not in office.thread


async def test_when_nobody_proposes_the_round_is_extended_once_and_then_closed(
    office: Office, fatma: Colleague, group: list[Colleague]
) -> None:
    """A group that comes to no agreement gets more time once; after that it ends, and that is fine."""
    await office.open_rounds_close()
    assert office.thread.count("Er is nog geen voorstel") == 1
    await office.open_rounds_close()
    assert office.thread.count("Er is nog geen voorstel") == 1
    assert "Ronde 9 van 10" not in office.thread
    await office.open_rounds_close()
    await office.waits(days=1)
    assert "Jullie kwamen niet tot een afspraak" in office.thread
    assert kept(office) == "none"


async def test_a_second_proposal_at_the_same_time_keeps_its_text(office: Office, group: list[Colleague]) -> None:
    """Who was second reads that the group went on; what they typed still stands in the form."""
    joost, mei = group[:2]
    for colleague in (joost, mei):
        await takes_turn(
            colleague, **{**AGREEMENT, "agreement": f"Voorstel van een collega uit {colleague.department}."}
        )
    await joost.fills(**CODES)
    page = mei.form
    await mei.fills(**CODES)
    assert "Deze ronde is gesloten" in mei.refused[""]
    assert mei.form is page
    assert "uit belastingen" not in office.thread


async def test_a_proposal_sent_twice_is_put_before_the_group_once(office: Office, group: list[Colleague]) -> None:
    """The second sending says that the group went on, and changes nothing."""
    await takes_turn(group[0], **AGREEMENT)
    page = group[0].form
    await group[0].fills(**CODES)
    said = len(office.chat.said)
    group[0].form = page
    await group[0].fills(**CODES)
    assert "De groep is nu bij" in group[0].refused[""]
    assert len(office.chat.said) == said


async def test_a_draft_of_a_conclusion_survives_leaving(group: list[Colleague]) -> None:
    """Who leaves the first page finds it as it was."""
    await group[0].presses("Doe mee")
    await group[0].types(agreement="Wij bellen eerst.")
    await group[0].presses("Doe mee")
    assert group[0].form
    assert {each.name: each.initial for each in group[0].form.questions}["agreement"] == "Wij bellen eerst."


async def test_what_is_typed_on_the_first_page_afterwards_is_read_by_the_guard(
    office: Office, group: list[Colleague]
) -> None:
    """Going back to the first page, in another window, is no way around the guard."""
    await takes_turn(group[0], **AGREEMENT)
    second = group[0].form
    await group[0].presses("Doe mee")
    await group[0].types(agreement="Wij bellen 06-12345678.")
    group[0].form = second
    await group[0].fills(**CODES)
    assert "telefoonnummer" in group[0].said
    assert "12345678" not in office.thread


async def test_a_date_that_has_passed_is_refused(office: Office, group: list[Colleague]) -> None:
    """Looking back needs a day that is still to come; something else than a date gets a sentence too."""
    await group[0].presses("Doe mee")
    await group[0].fills(**AGREEMENT, look_back=f"{office.now:%Y-%m-%d}")
    assert group[0].refused == {"look_back": "Kies een dag die nog komt."}
    await group[0].fills(**AGREEMENT, look_back="volgende week")
    assert group[0].refused == {"look_back": "Kies hier een dag."}


async def test_codes_that_are_missing_or_too_many_are_refused(group: list[Colleague]) -> None:
    """Each sentence stands beside its question."""
    await takes_turn(group[0], **AGREEMENT)
    many = ("responsibility", "listening", "equality", "hospitality")
    await group[0].fills(**{**CODES, "theme": "", "principles": many, "sentence": "🙂"})
    assert group[0].refused == {
        "theme": "Maak hier een keuze.",
        "principles": "Kies er hoogstens 3.",
        "sentence": "Schrijf hier een paar woorden.",
    }


async def test_a_newcomer_who_proposes_says_where_they_work(office: Office, group: list[Colleague]) -> None:
    """Who joins only at the conclusion counts with their own department."""
    late = office.person("Lies of schulden")
    await takes_turn(late, **AGREEMENT)
    await late.fills(**CODES)
    assert not late.refused
    assert office.parts.database.run_now(lambda books: books.people.department("memory:lies")) == "schulden"
    assert "Ronde 9 van 10" in office.thread
    assert TURNS
