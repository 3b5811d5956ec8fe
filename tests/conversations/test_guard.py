"""What people see of the guard while they share and answer: what stops them, what does not, and what is put back."""

from __future__ import annotations

from typing import Any

import pytest

from compassbot.conversations.put_back import LONGEST_VALUE, SURE
from compassbot.talk.view import Marked, words_of
from tests.conversations.stories import DILEMMA, TURNS, deliberate, group_of, shares, takes_turn, to_round
from tests.office import Colleague, Office

NAMED = "Roos vraagt mij wat zij moet doen."


@pytest.fixture
def fatma(office: Office) -> Colleague:
    """Somebody with a dilemma."""
    return office.person("Fatma of inkomen")


async def begins(colleague: Colleague, **texts: str) -> None:
    """Send the first page of a dilemma."""
    await colleague.says("/kompas dilemma")
    await colleague.fills(**{**DILEMMA, **texts})


def typed(colleague: Colleague) -> dict[str, Any]:
    """Return what stands in the form that is open."""
    assert colleague.form, colleague.said
    return {question.name: question.initial for question in colleague.form.questions}


def boxes_of(colleague: Colleague, word: str) -> dict[str, tuple[str, ...]]:
    """Return what to fill in so that a word stays: the question with its box, and the box."""
    assert colleague.form, colleague.said
    return {
        question.name: (one.value,)
        for question in colleague.form.questions
        if question.name.startswith(SURE)
        for one in question.choices
        if f"“{word}”" in one.label
    }


def choices_of(colleague: Colleague) -> list[str]:
    """Return all that may stay when a box is ticked, as it is said."""
    assert colleague.form, colleague.said
    sure = (question for question in colleague.form.questions if question.name.startswith(SURE))
    return [one.label for question in sure for one in question.choices]


def marks_of(colleague: Colleague, name: str) -> list[tuple[str, str, str]]:
    """Return what is marked in a text of the open form: the piece, how much, and what to write instead."""
    assert colleague.form
    above = [part for question in colleague.form.questions if question.name == name for part in question.above]
    pieces = [piece for part in above if isinstance(part, Marked) for piece in part.pieces()]
    return [(text, mark.weight, mark.instead) for text, mark in pieces if mark]


async def test_before_and_after_stand_together(fatma: Colleague) -> None:
    """The text as typed with its marks, a sentence for each, and right below it the proposal, filled in."""
    await begins(fatma, situation="Zij belt vanaf 06-12345678 en vraagt hulp.")
    assert marks_of(fatma, "situation") == [("06-12345678", "must", "[telefoonnummer]")]
    assert "Dit lijkt een telefoonnummer." in fatma.said
    assert "Zij belt vanaf 06-12345678 en vraagt hulp." in fatma.said
    assert typed(fatma) == {"situation": "Zij belt vanaf [telefoonnummer] en vraagt hulp."}


async def test_one_press_accepts_all(office: Office, fatma: Colleague) -> None:
    """Whatever was found, in however many texts: who presses once posts what we proposed."""
    await begins(fatma, situation="Mevrouw Yilmaz belt vanaf 06-12345678.", moment="Yilmaz woont op Kerkstraat 12.")
    await fatma.fills()
    assert "Mevrouw [persoon A] belt vanaf [telefoonnummer]." in office.channel
    assert "[persoon A] woont op [adres]." in office.channel


async def test_ticking_puts_the_word_back_as_it_was_typed(office: Office, fatma: Colleague) -> None:
    """Who says that a word is no name posts the text as they typed it, without typing it again."""
    await begins(fatma, situation=NAMED)
    assert typed(fatma)["situation"] == "[persoon A] vraagt mij wat zij moet doen."
    await fatma.fills(**boxes_of(fatma, "Roos"))
    assert NAMED in office.channel


async def test_each_word_goes_back_to_its_own_places(office: Office, fatma: Colleague) -> None:
    """Of two words that look like names, the one that is none returns everywhere, with its role; the other stays hidden."""
    await begins(
        fatma,
        situation="Mijn klant Roos belt vaak. Samira belt ook. Roos wil niet.",
        moment="Toen vroeg Samira iets aan Roos.",
    )
    await fatma.fills(**boxes_of(fatma, "Roos"))
    assert "Mijn klant Roos belt vaak. [persoon A] belt ook. Roos wil niet." in office.channel
    assert "Toen vroeg [persoon A] iets aan Roos." in office.channel
    assert "Samira" not in office.channel


async def test_what_was_said_is_not_asked_a_second_time(office: Office, fatma: Colleague) -> None:
    """Going on in the same case, by anybody in any round, the word passes; in another case it is asked about again."""
    await begins(fatma, situation=NAMED)
    await fatma.fills(**boxes_of(fatma, "Roos"))
    await fatma.presses("Pas de tekst aan")
    await fatma.fills(moment="Roos kijkt mij aan.")
    assert "Roos kijkt mij aan." in office.channel
    joost = office.person("Joost of wmo")
    await takes_turn(joost, question="Wat wil Roos zelf?")
    assert "Wat wil Roos zelf?" in office.thread
    await begins(joost, situation=NAMED)
    assert typed(joost)["situation"] == "[persoon A] vraagt mij wat zij moet doen."


async def test_what_was_said_stays_said_while_the_form_is_open(office: Office, fatma: Colleague) -> None:
    """Another find on the same page later does not undo it."""
    await begins(fatma, situation=NAMED)
    await fatma.fills(situation="[persoon A] belt op 06-12345678.", **boxes_of(fatma, "Roos"))
    assert typed(fatma)["situation"] == "Roos belt op [telefoonnummer]."
    assert typed(fatma)[SURE] == ("Roos",)
    await fatma.fills()
    assert "Roos belt op [telefoonnummer]." in office.channel


async def test_a_choice_that_nobody_offered_puts_nothing_through(office: Office, fatma: Colleague) -> None:
    """A forged choice that would put a number back leads to the same page."""
    forged = '["x",[["[burgerservicenummer]","111222333",[0]]]]'
    for value in (forged, "111222333", "[]", '["x",1]', "{"):
        await begins(fatma, situation="Haar BSN is 111222333.")
        await forges(fatma, value)
        assert "111222333" not in office.channel


async def forges(colleague: Colleague, value: str) -> None:
    """Send the open form with a choice that it does not have."""
    last, form = colleague.last, colleague.form
    assert last
    assert form
    answers = {question.name: question.initial for question in form.questions} | {SURE: (value,)}
    await colleague._does(
        type(last)("", "submit", colleague.person, last.place, form.action, form.about, answers=answers)
    )


async def test_a_reminder_is_shown_and_stops_nobody(office: Office, fatma: Colleague) -> None:
    """On the page before posting it is marked and stays as typed; the text is posted with one press."""
    situation = "Zij is de enige huisarts in het dorp."
    await begins(fatma, situation=situation)
    assert marks_of(fatma, "situation") == [("de enige huisarts in het dorp", "note", "[zorgverlener]")]
    assert typed(fatma) == {"situation": situation}
    await fatma.fills()
    assert situation in office.channel


async def test_a_reminder_after_an_answer_names_the_kind_alone(office: Office, fatma: Colleague) -> None:
    """Who answers is not held up: the answer is kept, and the thanks say what to look at, without quoting it."""
    group = group_of(office)
    await shares(fatma)
    await to_round(fatma, group, 4)
    await takes_turn(group[0], who="resident", matters="Hij is de zoon van een wethouder.")
    assert "Een herinnering" in group[0].said
    assert "wethouder" not in group[0].said
    for colleague in group[1:]:
        await takes_turn(colleague, **TURNS[3])
    assert "Hij is de zoon van een wethouder." in office.thread


async def test_the_case_holder_who_types_a_name_again_gets_the_same_placeholder(
    office: Office, fatma: Colleague
) -> None:
    """In a later round the same person is the same placeholder, and somebody else is not."""
    await begins(fatma, situation="Fatima Yilmaz vraagt hulp.")
    await fatma.fills()
    assert "[persoon A] vraagt hulp." in office.channel
    joost = office.person("Joost of wmo")
    await takes_turn(joost, question="Wie helpt haar?")
    await fatma.presses("Geef antwoord")
    await fatma.fills(answer="Mevrouw Yilmaz krijgt hulp van Samira de Wit.")
    assert typed(fatma)["answer"] == "Mevrouw [persoon A] krijgt hulp van [persoon B]."


async def test_a_placeholder_of_the_case_is_given_to_nobody_else(office: Office, fatma: Colleague) -> None:
    """Where the author wrote "[persoon A]", the first person that a colleague names is another one."""
    await shares(fatma, situation="[persoon A] vraagt hulp bij een brief.")
    joost = office.person("Joost of wmo")
    await joost.presses("Doe mee")
    await joost.fills(question="Kent zij Samira de Wit?", department="wmo")
    assert typed(joost)["question"] == "Kent zij [persoon B]?"


async def test_who_has_which_placeholder_is_forgotten_with_the_case(office: Office, fatma: Colleague) -> None:
    """When a dilemma is withdrawn, nothing is left by which a name could be compared."""
    await begins(fatma, situation="Fatima Yilmaz vraagt hulp.")
    await fatma.fills()
    assert kept(office) == 1
    await fatma.presses("Trek het terug")
    assert kept(office) == 0


def kept(office: Office) -> int:
    """Return in how many cases it is kept who has which placeholder."""
    query = "SELECT count(*) FROM drafts WHERE form LIKE 'placeholders:%'"
    return office.parts.database.run_now(lambda books: books.connection.exec_driver_sql(query).scalar_one())


async def test_who_has_which_placeholder_is_forgotten_when_the_dilemma_closes(office: Office, fatma: Colleague) -> None:
    """Once nobody can answer any more, nobody can need it."""
    await begins(fatma, situation="Fatima Yilmaz vraagt hulp.")
    await fatma.fills()
    await deliberate(fatma, group_of(office))
    assert kept(office) == 0


async def test_a_choice_fits_in_every_chat(fatma: Colleague) -> None:
    """However often a word was typed, saying that it is none takes no more characters than Slack allows."""
    await begins(fatma, situation=" ".join(["Roos zei iets. Toen zei ik iets tegen Roos."] * 12))
    assert fatma.form
    values = [
        one.value for question in fatma.form.questions if question.name.startswith(SURE) for one in question.choices
    ]
    assert values
    assert all(len(value) <= LONGEST_VALUE for value in values)


async def test_the_page_speaks_english(office: Office) -> None:
    """Somebody whose chat is English reads English sentences and gets English placeholders."""
    ann = office.people("Ann of inkomen", language="en")[0]
    await begins(ann, situation="Ms Yilmaz called from 06-12345678.")
    assert ann.form
    said = words_of(ann.form)
    assert "This looks like a telephone number." in said
    assert typed(ann)["situation"] == "Ms [person A] called from [telephone number]."
