"""Taking turns: each for themselves first, then together; nothing typed is lost and nobody counts twice."""

from __future__ import annotations

import asyncio

import pytest

from tests.conversations.stories import DILEMMA, TURNS, deliberate, group_of, shares, takes_turn, to_round
from tests.office import Colleague, Office

REPLY = "Sinds een half jaar."


@pytest.fixture
async def fatma(office: Office) -> Colleague:
    """Somebody who shared a dilemma."""
    author = office.person("Fatma of inkomen")
    await shares(author)
    return author


async def test_answers_stay_hidden_until_the_round_closes(office: Office, fatma: Colleague) -> None:
    """Nobody sees what others judge before they judged themselves."""
    group = group_of(office)
    await to_round(fatma, group, 6)
    for colleague in group[:-1]:
        await takes_turn(colleague, **TURNS[5])
    assert TURNS[5]["why"] not in office.thread
    assert "De antwoorden blijven verborgen" in office.thread
    await takes_turn(group[-1], **TURNS[5])
    assert office.thread.count(str(TURNS[5]["why"])) == len(group)


async def test_a_first_reaction_is_never_shown(office: Office, fatma: Colleague) -> None:
    """What was parked stays parked; how many moved is told only where that tells of nobody: not when all did."""
    group = group_of(office)
    await to_round(fatma, group, 2)
    for colleague in group:
        await takes_turn(colleague, choice="a", note="Dit vind ik lastig.")
    await deliberate_rest(office, group)
    assert "Dit vind ik lastig" not in office.thread
    assert "anders dan in hun eerste reactie" not in office.thread


async def deliberate_rest(office: Office, group: list[Colleague]) -> None:
    """Live on to the end of the judgement."""
    for turn in TURNS[2:6]:
        for colleague in group:
            await takes_turn(colleague, **turn)


async def test_an_answer_can_be_changed_while_the_round_is_open(office: Office, fatma: Colleague) -> None:
    """The form shows what was answered; a second answer takes the place of the first and counts once."""
    group = group_of(office)
    await to_round(fatma, group, 4)
    joost = group[0]
    await takes_turn(joost, who="resident", matters="Rust.")
    await joost.presses("Doe mee")
    assert joost.form
    assert {each.name: each.initial for each in joost.form.questions}["matters"] == "Rust."
    await joost.fills(matters="Rust en zekerheid.")
    assert "1 antwoord" in office.thread
    for colleague in group[1:]:
        await takes_turn(colleague, **TURNS[3])
    assert "Rust en zekerheid." in office.thread
    assert office.thread.count("Rust") == 1


async def test_an_answer_to_a_closed_round_is_refused_and_stays_in_the_form(office: Office, fatma: Colleague) -> None:
    """Who was still typing when the round closed keeps their text, and reads where the group is now."""
    group = group_of(office)
    await to_round(fatma, group, 4)
    late = office.person("Late of wonen")
    await late.presses("Doe mee")
    for colleague in group:
        await takes_turn(colleague, **TURNS[3])
    form = late.form
    await late.fills(department="wonen", who="society", matters="Dat regels voor iedereen gelden.")
    assert list(late.refused) == [""]
    assert "Deze ronde is gesloten. De groep is nu bij “" in late.refused[""]
    assert late.form is form
    assert "regels voor iedereen" not in office.thread


async def test_a_press_on_a_closed_round_says_where_the_group_is(office: Office, fatma: Colleague) -> None:
    """An old button leads to a sentence, not to a form that cannot be sent."""
    group = group_of(office)
    await to_round(fatma, group, 3)
    joost = group[0]
    dilemma = office.parts.database.run_now(lambda books: books.dilemmas.with_status("open"))[0].id
    event = joost.last
    assert event
    await joost._does(type(event)("", "press", joost.person, event.place, "take_turn", about=f"{dilemma}:0"))
    assert joost.form is None
    assert "Deze ronde is gesloten" in joost.said


async def test_an_answer_delivered_twice_counts_once(any_office: Office) -> None:
    """A platform that delivers an answer again does not close a round, and nothing is said twice."""
    office = any_office
    fatma, group = office.person("Fatma of inkomen"), group_of(office)
    await shares(fatma)
    await to_round(fatma, group, 4)
    await takes_turn(group[0], **TURNS[3])
    said = len(office.chat.said)
    await group[0].again()
    assert "1 antwoord" in office.thread
    assert len(office.chat.said) == said


async def test_people_who_answer_at_the_same_time_all_count_and_the_round_closes_once(any_office: Office) -> None:
    """Five answers that arrive together are all kept; the next round is opened one time."""
    office = any_office
    fatma, group = office.person("Fatma of inkomen"), group_of(office)
    await shares(fatma)
    await to_round(fatma, group, 4)
    for colleague in group:
        await colleague.presses("Doe mee")
    await asyncio.gather(*(colleague.fills(**TURNS[3]) for colleague in group))
    assert not any(colleague.refused for colleague in group)
    assert office.thread.count(str(TURNS[3]["matters"])) == len(group)
    titles = [said.card().title for said in office.chat.said]
    assert sum(title.startswith("Ronde 5 van 10") for title in titles) == 1
    assert not any(title.startswith("Ronde 6 van 10") for title in titles)


async def test_two_people_who_join_at_the_same_time_both_take_part(any_office: Office) -> None:
    """Both first answers are kept, and both people are awaited in the rounds that follow."""
    office = any_office
    await shares(office.person("Fatma of inkomen"))
    joost, mei = office.people("Joost of wmo", "Mei of belastingen")
    for colleague in (joost, mei):
        await colleague.presses("Doe mee")
    await asyncio.gather(*(each.fills(department=each.department) for each in (joost, mei)))
    assert "2 collega’s doen mee" in office.thread
    assert "2 antwoorden" in office.thread


async def test_who_is_awaited_is_a_number_and_never_a_name(office: Office, fatma: Colleague) -> None:
    """Progress shows how many answers there are and how many are awaited."""
    group = group_of(office)
    await to_round(fatma, group, 2)
    await takes_turn(group[0], **TURNS[1])
    assert "1 antwoord. Wij wachten nog op 4 collega’s." in office.thread
    assert not any(colleague.name.lower() in office.thread.lower() for colleague in group)


async def test_with_too_few_participants_the_first_round_is_extended_once(office: Office) -> None:
    """One participant: the round waits as long again, says so once, and then the group goes on."""
    await shares(office.person("Fatma of inkomen"))
    await takes_turn(office.person("Joost of wmo"), question="")
    await office.open_rounds_close()
    assert office.thread.count("Er doen nog weinig collega’s mee") == 1
    assert "Ronde 2 van 10" not in office.thread
    await office.open_rounds_close()
    assert office.thread.count("Er doen nog weinig collega’s mee") == 1
    assert "Ronde 2 van 10" in office.thread


async def test_when_nobody_takes_part_the_author_is_told(office: Office) -> None:
    """After the extension the dilemma closes; its author hears what they can do, and is forgotten."""
    fatma = office.person("Fatma of inkomen")
    await shares(fatma)
    await office.open_rounds_close()
    await office.open_rounds_close()
    await office.waits(days=1)
    assert "Er heeft nog niemand meegedaan" in office.thread
    assert "Er heeft nog niemand meegedaan" in fatma.inbox
    [closed] = office.parts.database.run_now(lambda books: books.dilemmas.with_status("closed"))
    assert office.parts.database.run_now(lambda books: books.dilemmas.author(closed.id)) is None


async def test_a_round_closes_by_time_without_the_ones_who_did_not_answer(office: Office, fatma: Colleague) -> None:
    """Who is away holds nobody up for longer than the round lasts."""
    group = group_of(office)
    await to_round(fatma, group, 4)
    await takes_turn(group[0], **TURNS[3])
    await office.open_rounds_close()
    assert "Ronde 5 van 10" in office.thread
    assert str(TURNS[3]["matters"]) in office.thread


async def test_a_question_reaches_the_case_holder_and_the_answer_everybody(office: Office) -> None:
    """Question and answer stand in the thread without names."""
    fatma, joost = office.people("Fatma of inkomen", "Joost of wmo")
    await shares(fatma)
    await takes_turn(joost, question="Hoe lang al?")
    assert "De inbrenger heeft nog niet geantwoord" in office.thread
    await fatma.presses("Geef antwoord")
    await fatma.fills(answer=REPLY)
    assert f"Inbrenger: {REPLY}" in office.thread
    assert "fatma" not in office.thread.lower()
    assert REPLY in fatma.inbox


async def test_a_question_that_is_changed_is_changed_for_the_case_holder_too(office: Office) -> None:
    """The case holder sees the last wording once, and the button under it works."""
    fatma, joost = office.people("Fatma of inkomen", "Joost of wmo")
    await shares(fatma)
    await takes_turn(joost, question="Hoe lang al?")
    await takes_turn(joost, question="Hoe lang krijgt zij dit al?")
    assert "Hoe lang al?" not in fatma.inbox
    assert fatma.inbox.count("Hoe lang krijgt zij dit al?") == 1
    await fatma.presses("Geef antwoord")
    await fatma.fills(answer=REPLY)
    assert f"Inbrenger: {REPLY}" in office.thread


async def test_only_the_case_holder_may_answer_edit_or_withdraw(office: Office) -> None:
    """A colleague who gets hold of a button that is not theirs reads a sentence, and nothing changes."""
    fatma, joost = office.people("Fatma of inkomen", "Joost of wmo")
    await shares(fatma)
    await takes_turn(joost, question="Hoe lang al?")
    for label in ("Pas de tekst aan", "Trek het terug", "Geef antwoord"):
        button = office.button(fatma, label, "")
        event = joost.last
        assert event
        await joost._does(type(event)("", "press", joost.person, event.place, button.action, about=button.about))
        assert joost.said == "Dit kan alleen de inbrenger van het dilemma."
    assert DILEMMA["situation"] in office.thread


async def test_an_edit_is_read_by_the_guard_and_seen_by_everybody(office: Office) -> None:
    """The new text takes the place of the old one, with a note; an identifier does not get in this way."""
    fatma = office.person("Fatma of inkomen")
    await shares(fatma)
    await fatma.presses("Pas de tekst aan")
    await fatma.fills(situation="Haar nummer is 06-12345678.")
    assert "telefoonnummer" in fatma.said
    await fatma.fills(situation="Zij krijgt boodschappen van familie.")
    assert "Zij krijgt boodschappen van familie." in office.thread
    assert "Aangepast door de inbrenger" in office.thread
    assert DILEMMA["situation"] not in office.thread
    assert "12345678" not in office.thread


async def test_withdrawing_takes_everything_back_everywhere(office: Office) -> None:
    """Texts, answers and questions are gone from the channel, the thread, and the case holder's own messages."""
    fatma = office.person("Fatma of inkomen")
    await shares(fatma)
    await to_round(fatma, group_of(office), 3)
    await fatma.presses("Trek het terug")
    assert "is teruggetrokken" in fatma.said
    for text in (DILEMMA["situation"], DILEMMA["question"], DILEMMA["cost_a"], "Hoe lang al?", REPLY):
        assert text not in office.thread
        assert text not in fatma.inbox
    assert "De inbrenger heeft dit dilemma teruggetrokken" in office.thread


async def test_a_dilemma_withdrawn_in_the_evening_never_appears(office: Office) -> None:
    """What was held for the morning is not said in the morning when its author took it back."""
    await office.waits(until="tuesday 20:00")
    fatma = office.person("Fatma of inkomen")
    await shares(fatma)
    await fatma.presses("Trek het terug")
    await office.waits(until="wednesday 12:00")
    assert office.thread == ""


async def test_a_withdrawal_in_the_evening_does_not_wait_for_what_is_held(office: Office) -> None:
    """A text that must go goes at once, also when other posts in the channel wait for the morning."""
    fatma, joost = office.people("Fatma of inkomen", "Joost of wmo")
    await shares(fatma, time="week")
    await office.waits(until="tuesday 20:00")
    await shares(joost, situation="Een vader wil zijn zoon inschrijven op twee adressen.")
    await fatma.presses("Trek het terug")
    assert DILEMMA["situation"] not in office.thread
    assert "Een vader" not in office.thread
    await office.waits(until="wednesday 08:00")
    assert "Een vader" in office.thread


async def test_a_choice_that_does_not_exist_is_refused(office: Office, fatma: Colleague) -> None:
    """A forged or outdated choice gets a sentence beside its question and cannot break the card of the round."""
    group = group_of(office)
    await to_round(fatma, group, 4)
    await group[0].presses("Doe mee")
    await group[0].fills(who="burgemeester", matters="Orde.")
    assert group[0].refused == {"who": "Maak hier een keuze."}


@pytest.mark.parametrize("text", ["👍", "🙈🙉🙊", "--"])
async def test_an_answer_of_emoji_says_nothing(office: Office, fatma: Colleague, text: str) -> None:
    """A judgement needs a few words."""
    group = group_of(office)
    await to_round(fatma, group, 6)
    await group[0].presses("Doe mee")
    await group[0].fills(**{**TURNS[5], "why": text})
    assert group[0].refused == {"why": "Schrijf hier een paar woorden."}


async def test_an_over_long_answer_says_how_long_it_is(office: Office, fatma: Colleague) -> None:
    """Nothing is cut off without a word."""
    group = group_of(office)
    await to_round(fatma, group, 4)
    await group[0].presses("Doe mee")
    await group[0].fills(who="resident", matters="woord " * 100)
    assert "599 tekens" in group[0].refused["matters"]


async def test_an_identifier_in_an_answer_is_taken_out_before_anybody_reads_it(
    office: Office, fatma: Colleague
) -> None:
    """The guard reads what participants write too, and its proposal can be sent at once."""
    group = group_of(office)
    await to_round(fatma, group, 4)
    await group[0].presses("Doe mee")
    await group[0].fills(who="resident", matters="Bel haar op 06-12345678.")
    assert "telefoonnummer" in group[0].said
    await group[0].fills()
    for colleague in group[1:]:
        await takes_turn(colleague, **TURNS[3])
    assert "Bel haar op [telefoonnummer]." in office.thread


async def test_the_whole_deliberation_in_english(office: Office) -> None:
    """From the first form to the last tap an English reader meets no Dutch of ours."""
    office.parts.database.run_now(lambda books: books.settings.set("language", "en"))
    author = office.people("Ann of inkomen", language="en")[0]
    group = office.people(
        "Joe of wmo", "May of belastingen", "Sam of jeugd", "Dan of wmo", "Nora of jeugd", language="en"
    )
    seen: list[str] = []
    await shares(author, **dict.fromkeys(list(DILEMMA)[:7], "May I do this here?"))
    await deliberate(author, group)
    for person in (author, *group):
        await person.says("/compass")
        seen.append(person.said)
    from compassbot.talk.view import words_of

    seen += [words_of(said.card("en")) for said in office.chat.said]
    text = "\n".join(seen)
    assert "The conversation has ended" in text or "Round 10 of 10" in text
    for dutch in ("Ronde", "ronde", "Doe mee", "collega", "Antwoord", "inbrenger", "Dit kost", "Dat kost"):
        assert dutch not in text, dutch
