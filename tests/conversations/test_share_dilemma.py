"""Putting a dilemma to colleagues: nothing typed is lost, nobody can be recognised, and nothing is posted twice."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from compassbot.conversations.put_back import SURE, sure_of
from compassbot.model.dilemmas import LONGEST
from compassbot.talk.view import Marked, words_of
from tests.conversations.stories import DILEMMA, shares
from tests.office import DILEMMAS, Colleague, Office


@pytest.fixture
def fatma(office: Office) -> Colleague:
    """Somebody with a dilemma."""
    return office.person("Fatma of inkomen")


def typed(colleague: Colleague) -> dict[str, Any]:
    """Return what stands in the form that is open."""
    assert colleague.form, colleague.said
    return {question.name: question.initial for question in colleague.form.questions}


async def test_a_draft_survives_leaving_and_returning(fatma: Colleague) -> None:
    """Who leaves halfway finds what they typed when they return."""
    await fatma.says("/kompas dilemma")
    await fatma.types(situation=DILEMMA["situation"], question="Mag ik")
    await fatma.says("/kompas dilemma")
    assert "Je was al begonnen" in fatma.said
    assert typed(fatma)["situation"] == DILEMMA["situation"]
    assert typed(fatma)["question"] == "Mag ik"


async def test_a_draft_is_only_shown_to_who_typed_it(office: Office, fatma: Colleague) -> None:
    """A colleague who starts a dilemma sees an empty form."""
    joost = office.person("Joost of wmo")
    await fatma.says("/kompas dilemma")
    await fatma.types(situation=DILEMMA["situation"])
    await joost.says("/kompas dilemma")
    assert typed(joost)["situation"] == ""


async def test_a_refused_form_is_kept_as_a_draft(fatma: Colleague) -> None:
    """Who leaves a form that was refused finds it again, also in a chat that sends no drafts of its own."""
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "moment": ""})
    assert fatma.refused == {"moment": "Schrijf hier een paar woorden."}
    await fatma.says("/kompas dilemma")
    assert typed(fatma)["situation"] == DILEMMA["situation"]


async def test_an_over_long_text_is_refused_with_its_length(office: Office, fatma: Colleague) -> None:
    """The sentence beside the question says how long the text is and how much fits; nothing is cut off."""
    longest = LONGEST["question"]
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "question": "a" * (longest + 1)})
    assert fatma.refused == {
        "question": f"Dit zijn {longest + 1} tekens. Er passen er {longest}. Maak het korter; je tekst staat er nog."
    }
    assert fatma.form
    assert office.channel == ""
    await fatma.fills(**{**DILEMMA, "question": "Mag ik " + "a" * (longest - 8) + "?"})
    assert not fatma.refused


@pytest.mark.parametrize("text", ["😢😢😢", "...", "?!", "   ", "1234", "👩🏽‍⚕️"])
async def test_a_text_of_emoji_or_dots_says_nothing(office: Office, fatma: Colleague, text: str) -> None:
    """Emoji, dots or digits alone are refused in a friendly sentence."""
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "situation": text})
    assert fatma.refused == {"situation": "Schrijf hier een paar woorden."}
    assert office.channel == ""


async def test_a_certain_identifier_cannot_be_posted(office: Office, fatma: Colleague) -> None:
    """It is marked beside what to write instead, and a way around the proposal leads to the same page."""
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "situation": "Zij belt vanaf 06-12345678 en vraagt hulp."})
    assert fatma.form
    (question,) = fatma.form.questions
    (marked,) = (part for part in question.above if isinstance(part, Marked))
    assert [piece for piece, mark in marked.pieces() if mark and mark.weight == "must"] == ["06-12345678"]
    assert typed(fatma) == {"situation": "Zij belt vanaf [telefoonnummer] en vraagt hulp."}
    await fatma.fills(situation="Zij belt vanaf 06-12345678, echt waar.")
    assert "telefoonnummer" in fatma.said
    assert office.channel == ""
    await fatma.fills()
    assert "Zij belt vanaf [telefoonnummer], echt waar." in office.channel
    assert "12345678" not in office.channel


async def test_saying_sure_does_not_help_a_certain_identifier(office: Office, fatma: Colleague) -> None:
    """A submission that calls a citizen service number harmless is not believed."""
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "moment": "Haar BSN is 111222333."})
    event, form = fatma.last, fatma.form
    assert event
    assert form
    await fatma._does(
        type(event)(
            "", "submit", fatma.person, event.place, form.action, form.about,
            answers={"moment": "Haar BSN is 111222333.", SURE: ("111222333",)},
        )
    )  # fmt: skip
    assert office.channel == ""
    assert "111222333" not in typed(fatma)["moment"]


async def test_a_probable_identifier_stays_when_the_author_says_it_is_none(office: Office, fatma: Colleague) -> None:
    """A word that may be a name is asked about first, and posted as typed once the author says it is none."""
    text = "Roos vraagt mij wat zij moet doen."
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "situation": text})
    assert typed(fatma)["situation"] == "[persoon A] vraagt mij wat zij moet doen."
    await fatma.fills(situation=text)
    assert office.channel == ""
    await fatma.fills(situation=text, **{sure_of("situation"): ("Roos",)})
    assert text in office.channel


async def test_hints_on_the_question_never_refuse(office: Office, fatma: Colleague) -> None:
    """A question that breaks every rule gets advice, and is posted all the same when its author likes it so."""
    question = "Hoe kan het dat wij te streng zijn, en dat niemand hier iets van zegt of wil zeggen"
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "question": question})
    assert "Een tip over je vraag" in fatma.said
    assert "Een vraag met hoe zoekt een oplossing" in fatma.said
    await fatma.fills()
    assert question in office.channel


async def test_a_good_question_gets_no_advice(fatma: Colleague) -> None:
    """Nobody is corrected without a reason: the preview shows the dilemma and nothing else is asked."""
    await fatma.says("/kompas dilemma")
    await fatma.fills(**DILEMMA)
    assert "tip" not in fatma.said
    assert DILEMMA["situation"] in fatma.said
    assert typed(fatma) == {}


async def test_a_form_that_is_sent_twice_posts_once(office: Office, fatma: Colleague) -> None:
    """The second time says that it was posted already; there is one dilemma."""
    await fatma.says("/kompas dilemma")
    await fatma.fills(**DILEMMA)
    page = fatma.form
    await fatma.fills()
    fatma.form = page
    await fatma.fills()
    assert "heb je al geplaatst" in fatma.said
    assert office.channel.count("Dilemma 1:") == 1
    assert "Dilemma 2" not in office.channel
    await fatma.says("/kompas dilemma")
    assert typed(fatma)["situation"] == ""


async def test_a_form_that_is_sent_twice_at_the_same_time_posts_once(any_office: Office) -> None:
    """Two posts of one page that cross each other make one dilemma."""
    fatma = any_office.person("Fatma of inkomen")
    await fatma.says("/kompas dilemma")
    await fatma.fills(**DILEMMA)
    page = fatma.form

    async def posts() -> None:
        fatma.form = page
        await fatma.fills()

    await asyncio.gather(*(posts() for _ in range(4)))
    assert any_office.channel.count("Mag ik de boodschappen laten rusten?") == 1


async def test_the_same_event_delivered_again_acts_once(any_office: Office) -> None:
    """A platform that delivers a post once more posts nothing more, and gets no answer that could confuse."""
    fatma = any_office.person("Fatma of inkomen")
    await shares(fatma)
    await fatma.again()
    assert fatma.form is None
    assert fatma.card is None
    assert any_office.channel.count("Dilemma 1:") == 1


async def test_people_who_post_at_the_same_time_each_get_a_number(any_office: Office) -> None:
    """Four dilemmas posted at once are all there, under numbers of their own."""
    people = any_office.people("Fatma of inkomen", "Joost of wmo", "Mei of wonen", "Sanne of jeugd")
    for person in people:
        await person.says("/kompas dilemma")
        await person.fills(**DILEMMA)
    await asyncio.gather(*(person.fills() for person in people))
    assert not any(person.refused for person in people)
    titles = {said.card().title.partition(":")[0] for said in any_office.said_in(DILEMMAS) if not said.place.thread}
    assert titles == {"Dilemma 1", "Dilemma 2", "Dilemma 3", "Dilemma 4"}


async def test_the_receipt_is_for_the_author_alone(office: Office, fatma: Colleague) -> None:
    """Only the author is written to, and the card in the channel names nobody."""
    await shares(fatma)
    assert "Jouw dilemma 1" in fatma.inbox
    told = {said.place.id for said in office.chat.said}
    assert told == {DILEMMAS, "memory:@fatma"}
    assert "fatma" not in office.channel.lower()


async def test_without_a_channel_the_person_hears_who_can_choose_one(office: Office, fatma: Colleague) -> None:
    """A fresh office says what is missing instead of taking a dilemma it cannot post."""
    office.parts.database.run_now(lambda books: books.settings.set("deliberation_place", ""))
    await fatma.says("/kompas dilemma")
    assert fatma.form is None
    assert "/kompas beheer" in fatma.said


async def test_text_with_signs_arrives_as_typed(office: Office, fatma: Colleague) -> None:
    """Stars, brackets and angle brackets are no markup when a person typed them."""
    situation = "Zij zegt: *ik* wil <b>rust</b> & [geen] gedoe_meer ~~ooit~~."
    await shares(fatma, situation=situation)
    assert situation in office.channel


async def test_the_form_is_asked_in_english_too(office: Office) -> None:
    """Somebody whose chat is English gets English questions and sees English cards."""
    ann = office.people("Ann of inkomen", language="en")[0]
    await ann.says("/compass dilemma")
    assert ann.form
    assert "What" in ann.said
    await ann.fills(**{**DILEMMA, "question": "May I let the groceries rest?"})
    await ann.fills()
    english = words_of(office.said_in(DILEMMAS)[0].card("en"))
    assert "Join in" in english
    assert "Doe mee" not in english


async def test_a_form_that_got_lost_on_the_way_is_shown_again(office: Office) -> None:
    """When the platform delivers the first page once more, the second page comes once more; nothing is posted twice."""
    (fatma,) = office.people("Fatma of inkomen")
    await fatma.says("/kompas dilemma")
    await fatma.fills(**DILEMMA)
    page = fatma.form
    assert page
    await fatma.again()
    assert fatma.form == page
    await fatma.fills()
    await fatma.again()
    assert fatma.form is None
    assert office.channel.count("Dilemma 1") == 1


async def test_what_was_shown_is_what_is_posted(office: Office) -> None:
    """A word that arrives late, or from a second window, is shown again before it is posted: never posted unseen."""
    fatma = office.person("Fatma of inkomen")
    await fatma.says("/kompas dilemma")
    await fatma.fills(**DILEMMA)
    shown = fatma.form
    await fatma.types(situation="Het blauwe huis naast de kerk.")
    fatma.form = shown
    await fatma.fills()
    assert "blauwe huis" in fatma.said
    assert office.channel == ""
    await fatma.fills()
    assert "blauwe huis" in office.channel


async def test_typing_that_arrives_after_the_post_is_not_kept(office: Office) -> None:
    """The text of a dilemma that was posted does not lie on as a draft; a later dilemma has a draft of its own."""
    fatma = office.person("Fatma of inkomen")
    await fatma.says("/kompas dilemma")
    await fatma.fills(**DILEMMA)
    last = fatma.form
    await fatma.fills()
    fatma.form = last
    await fatma.types(situation="Te laat.")
    await fatma.says("/kompas dilemma")
    assert situation_in(fatma) == ""
    await office.waits(minutes=1)
    await fatma.types(situation="Een ander verhaal.")
    await fatma.says("/kompas dilemma")
    assert situation_in(fatma) == "Een ander verhaal."


async def test_what_follows_the_command_begins_the_situation(office: Office) -> None:
    """Words after `/kompas dilemma`, or of a message that was chosen, stand in the form, below what was typed before."""
    fatma = office.person("Fatma of inkomen")
    await fatma.says("/kompas dilemma Een moeder krijgt boodschappen.")
    assert situation_in(fatma) == "Een moeder krijgt boodschappen."
    await fatma.types(situation="Een moeder krijgt boodschappen van haar zus.")
    await fatma.says("/kompas dilemma Mag dat?")
    assert situation_in(fatma) == "Een moeder krijgt boodschappen van haar zus.\n\nMag dat?"
    await fatma.says("/kompas dilemma Mag dat?")
    assert situation_in(fatma).count("Mag dat?") == 1


def situation_in(colleague: Colleague) -> object:
    """Return what stands in the form as the situation."""
    assert colleague.form
    return next(question.initial for question in colleague.form.questions if question.name == "situation")


DOUBTED = {"situation": "Roos helpt haar elke week. Ook Mo komt langs.", "moment": "Daan vraagt mij of dat mag."}


def ticked(colleague: Colleague) -> list[str]:
    """Return the words whose box is ticked on the open form."""
    assert colleague.form
    sure = [question for question in colleague.form.questions if question.name.startswith(SURE)]
    return [one.label.split("“")[1].split("”")[0] for each in sure for one in each.choices if one.value in each.initial]


def roos_of(colleague: Colleague) -> tuple[str, ...]:
    """Return the box by which Roos may stay."""
    assert colleague.form
    boxes = [one for question in colleague.form.questions if question.name.startswith(SURE) for one in question.choices]
    return tuple(one.value for one in boxes if "“Roos”" in one.label)


async def test_who_leaves_our_proposal_finds_it_as_they_left_it(office: Office, fatma: Colleague) -> None:
    """What they changed and ticked is there; what they did not touch stands as they typed it, beside the proposal."""
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, **DOUBTED})
    proposed = typed(fatma)
    changed = "Roos helpt haar elke week. Haar buurman ook."
    await fatma.types(**{**proposed, "situation": changed, sure_of("situation"): roos_of(fatma)})
    await fatma.says("/kompas dilemma")
    assert "Je was al begonnen" in fatma.said
    assert f"Zoals je het typte: {DOUBTED['moment']}" in fatma.said
    assert typed(fatma)["situation"] == changed
    assert typed(fatma)["moment"] == proposed["moment"]
    assert typed(fatma)["question"] == DILEMMA["question"]
    assert ticked(fatma) == ["Roos"]
    await fatma.fills(question="Mag ik dit laten rusten?")
    assert changed in office.channel
    assert "Mag ik dit laten rusten?" in office.channel
    assert "Daan" not in office.channel


async def test_a_text_is_shown_as_it_was_typed_until_it_is_posted(office: Office, fatma: Colleague) -> None:
    """Who sends our proposal with something new in another text can still say of the first that it holds no name."""
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, **DOUBTED})
    await fatma.fills(situation="Zij belt vanaf 06-12345678.")
    assert f"Zoals je het typte: {DOUBTED['moment']}" in fatma.said
    assert typed(fatma)["situation"] == "Zij belt vanaf [telefoonnummer]."
    assert fatma.form
    (box,) = (one.value for q in fatma.form.questions if q.name == sure_of("moment") for one in q.choices)
    await fatma.fills(**{sure_of("moment"): (box,)})
    assert DOUBTED["moment"] in office.channel


async def test_the_page_before_posting_says_what_may_stay(office: Office, fatma: Colleague) -> None:
    """It does not say that nothing was found where its author said of a name that it is none; a tick can be undone."""
    await fatma.says("/kompas dilemma")
    first = fatma.form
    await fatma.fills(**{**DILEMMA, **DOUBTED})
    await fatma.types(**{**typed(fatma), sure_of("situation"): roos_of(fatma)})
    fatma.form = first
    await fatma.fills(**{**DILEMMA, "situation": "Roos helpt haar elke week."})
    assert "Je zei dat dit mag blijven staan: Roos." in fatma.said
    assert "Wij vonden niets" not in fatma.said
    assert ticked(fatma) == ["Roos"]
    page = fatma.form
    await fatma.fills(**{SURE: ()})
    assert typed(fatma)["situation"] == "[persoon A] helpt haar elke week."
    assert office.channel == ""
    fatma.form = page
    await fatma.fills(**{SURE: ("Roos",)})
    assert "Roos helpt haar elke week." in office.channel


async def test_a_box_stands_below_the_text_that_it_is_about(fatma: Colleague) -> None:
    """Each word once, below the first text that holds it; one line says what the marks mean, and each mark what it is."""
    await fatma.says("/kompas dilemma")
    moment = "Roos en Daan bellen vanaf 06-12345678."
    await fatma.fills(**{**DILEMMA, "situation": DOUBTED["situation"], "moment": moment})
    assert fatma.form
    names = [question.name for question in fatma.form.questions]
    assert names == ["situation", sure_of("situation"), "moment", sure_of("moment")]
    assert "“Roos” mag overal blijven staan: het is geen naam" in fatma.said
    assert fatma.said.count("“Roos”") == 1
    assert "moet eruit voor je plaatst. Zo gemarkeerd mag alleen blijven als jij er een vinkje bij zet." in fatma.said
    assert "Dit kan een naam zijn." in fatma.said
    assert "Dit lijkt een telefoonnummer." in fatma.said
