"""What Slack shows: every card and form within its limits, and what people typed exactly as typed."""

from __future__ import annotations

from typing import Any

import pytest

from compassbot.chats.slack import answers, rich
from compassbot.chats.slack.seal import Carried, Seal
from compassbot.chats.slack.show import LONGEST_MESSAGE, Show
from compassbot.talk.view import (
    Button,
    Card,
    Choice,
    Facts,
    Form,
    Image,
    Mark,
    Marked,
    Question,
    Text,
    mention,
    place_mention,
    plain,
)
from tests.slack.judge import faults_in_message, faults_in_view

SHOW = Show(Seal(b"a key of the tests"), "nl")
ODD = "Een *ster*, _lijn_, ~golf~, `tik`, <@U1>, &amp; <b>, :wave:, 1) x, > y, - z"


def texts(found: Any) -> str:
    """Return all that a reader of blocks reads."""
    if isinstance(found, dict):
        own = found.get("text", "")
        rest = [value for key, value in found.items() if key != "text"]
        return (own if isinstance(own, str) else texts(own)) + "".join(map(texts, rest))
    return "".join(map(texts, found)) if isinstance(found, list) else ""


@pytest.mark.parametrize("quiet", [False, True])
def test_what_was_typed_arrives_as_typed(quiet: bool) -> None:
    """No sign that a person types has a meaning in Slack, in a paragraph nor in small print."""
    blocks = SHOW.message(Card("", (Text(plain(ODD), quiet=quiet),)))["blocks"]
    assert texts(blocks) == ODD
    assert "mrkdwn" not in str(blocks)


def test_marks_become_styles() -> None:
    """Strong, emphasis, struck, code, links, lists, quotes, people and places."""
    said = "**a** _b_ ~~c~~ `d` [e](https://example.org) " + mention("slack:U1") + " " + place_mention("slack:C1")
    runs = rich.elements(said)[0]["elements"]
    assert [run.get("style") for run in runs if run["type"] == "text" and run["text"].strip()] == [
        {"bold": True},
        {"italic": True},
        {"strike": True},
        {"code": True},
    ]
    assert {"type": "link", "url": "https://example.org", "text": "e"} in runs
    assert {"type": "user", "user_id": "U1"} in runs
    assert {"type": "channel", "channel_id": "C1"} in runs
    kinds = [element["type"] for element in rich.elements("Kop\n\n- een\n- twee\n\n> gezegd\n> - x\n\nslot")]
    assert kinds == ["rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_section"]


def test_a_link_that_is_none_stays_text() -> None:
    """Only web addresses are links."""
    assert "link" not in [run["type"] for run in rich.elements("[x](javascript:alert)")[0]["elements"]]


def test_a_full_card_passes_slacks_own_types() -> None:
    """Title, text, facts, small print, picture and buttons; with a plain text for screen readers."""
    card = Card(
        "Dilemma 1: mag het?",
        (
            Text("**a** b"),
            Facts((("Optie A", plain(ODD)), ("Optie B", "b"))),
            Text("klein", quiet=True),
            Text("- `/kompas` wat\n- `/kompas dilemma` dat", quiet=True),
            Image("/pictures/1.png", "Wat er te zien is"),
            Image("/pictures/2.png", "Een ander"),
        ),
        tuple(Button(f"Knop {n}", "take_turn", "abc:1", confirm="Zeker?" if n == 1 else "") for n in range(7)),
    )
    message = SHOW.message(card, {"/pictures/1.png": "F0123"})
    assert faults_in_message(message) == []
    assert message["text"].startswith("Dilemma 1: mag het?")
    assert "&lt;@U1&gt;" in message["text"]
    assert {"type": "image", "slack_file": {"id": "F0123"}, "alt_text": "Wat er te zien is"} in message["blocks"]
    assert "Een ander" in texts(message["blocks"])
    assert faults_in_view(SHOW.home(card)) == []
    assert faults_in_view(SHOW.told(card)) == []


def test_an_over_long_card_is_cut_at_a_word_and_says_so() -> None:
    """Ten times too much still arrives, whole words, with a sentence that there is more; its buttons stay."""
    word = "woord" * 3
    long = " ".join([word] * 2000)
    card = Card(
        long[:400],
        (Text(long), Text("\n".join(f"- {long[:700]}" for _ in range(60))), *(Text(f"**{n}**") for n in range(80))),
        (Button("Doe mee met een heel erg lange knop " * 4, "join", "x" * 100),),
    )
    message = SHOW.message(card)
    assert faults_in_message(message) == []
    assert len(texts(message["blocks"])) < LONGEST_MESSAGE + 500
    assert "Er is meer gezegd" in texts(message["blocks"])
    assert message["blocks"][-1]["type"] == "actions"
    assert f"{word}…" in texts(message["blocks"])
    assert faults_in_view(SHOW.home(card)) == []
    assert faults_in_view(SHOW.told(card)) == []


def test_a_message_without_words_still_has_a_text() -> None:
    """Slack refuses a message that says nothing."""
    assert faults_in_message(SHOW.message(Card("Titel"))) == []


FORM = Form(
    "Een titel die langer is dan vierentwintig tekens",
    "take_turn",
    (Text("**Vraag?**"),),
    (
        Question("a_line", "Regel", "hint", initial="x"),
        Question("a_text", "Tekst", kind="text", longest=500, required=False),
        Question("pick", "Kies", kind="one_of", choices=(Choice("", "niemand"), Choice("b", "B")), initial=""),
        Question("long", "Lang", kind="one_of", choices=(Choice("a", "A: " + "heel lang " * 20), Choice("b", "B"))),
        Question("many", "Veel", kind="one_of", choices=tuple(Choice(str(n), f"keuze {n}") for n in range(60))),
        Question("some", "Enkele", kind="some_of", choices=(Choice("p", "P"), Choice("q", "Q")), initial=("q",)),
        Question("lots", "Menig", kind="some_of", choices=tuple(Choice(str(n), f"keuze {n}") for n in range(30))),
        Question("day", "Dag", kind="date", initial="2026-11-24"),
        Question("who", "Wie", kind="people", initial=("slack:U1", "web:ilse"), required=False),
        Question("where", "Waar", kind="place", initial="slack:C1"),
        *(Question(f"s{n}", f"Schaal {n}", kind="scale", choices=(Choice("0", "niet"),)) for n in range(7)),
    ),
    "abc:1",
    "Een knop met te veel woorden erop",
    keep=True,
)


def test_a_form_with_every_kind_of_question_passes_slacks_own_types() -> None:
    """Each kind has its element; labels that do not fit are written out above; a long title stands in the form."""
    view = SHOW.asked(FORM, Carried("", place="C1"))
    assert faults_in_view(view) == []
    assert view["title"]["text"] == "Kompas"
    assert "heel lang " * 19 in texts(view["blocks"])
    kinds = {
        block["block_id"].partition("~")[0]: block["element"]["type"] for block in view["blocks"] if "element" in block
    }
    assert kinds["pick"] == "radio_buttons"
    assert kinds["many"] == "static_select"
    assert kinds["s0"] == "static_select"
    assert kinds["where"] == "conversations_select"


def test_what_stands_in_a_form_comes_back_as_it_was() -> None:
    """Every answer that was there already is read again as the same answer, also the empty choice."""
    view = SHOW.asked(FORM, Carried(""))
    values = {
        block["block_id"]: {"answer": state_of(block["element"])} for block in view["blocks"] if "element" in block
    }
    read = answers.read(values)
    assert read["a_line"] == "x"
    assert read["pick"] == ""
    assert read["some"] == ("q",)
    assert read["day"] == "2026-11-24"
    assert read["who"] == ("slack:U1",)
    assert read["where"] == "slack:C1"
    assert read["lots"] == ()
    assert read["long"] == ""


def test_another_proposal_has_another_block() -> None:
    """Slack keeps what was typed where a block's id stays; what we propose must be seen."""
    before, after = (Question("text", "T", kind="text", initial=text) for text in ("een", "twee"))
    assert answers.block_id(before) != answers.block_id(after)
    assert answers.name_of(answers.block_id(after)) == "text"


def test_an_initial_text_that_is_too_long_is_not_cut() -> None:
    """The form still takes it, so that the sentence about its length is ours and nothing is lost."""
    view = SHOW.asked(Form("T", "x", (), (Question("a", "A", initial="b" * 300, longest=200),)), Carried(""))
    assert faults_in_view(view) == []
    assert view["blocks"][0]["element"]["initial_value"] == "b" * 300


def test_what_the_guard_found_stands_above_the_question_it_is_about() -> None:
    """A text as it was typed, struck out where it must go, each find with its sentence and proposal, then the field."""
    text = f"{ODD} belt 06-12345678."
    at = text.index("06")
    mark = Mark(at, at + 11, "must", "Dit lijkt een telefoonnummer.", "[telefoonnummer]")
    above = (Marked("Zoals je het typte", text, (mark,)),)
    form = Form("Even kijken", "x", (), (Question("situation", "Situatie", kind="text", above=above, initial="[...]"),))
    view = SHOW.asked(form, Carried(""))
    assert faults_in_view(view) == []
    assert [block["type"] for block in view["blocks"]] == ["rich_text", "rich_text", "input"]
    assert view["blocks"][0]["elements"][0]["elements"][0]["text"] == "Situatie"
    _, quote, reasons = view["blocks"][1]["elements"]
    assert texts(quote) == text
    assert [run["text"] for run in quote["elements"] if run.get("style") == {"strike": True}] == ["06-12345678"]
    assert texts(reasons) == "06-12345678 → [telefoonnummer]  Dit lijkt een telefoonnummer."


def test_what_must_go_and_what_may_stay_look_different_and_a_line_says_how() -> None:
    """What must go is struck out, what may stay stands in italics; marks without a reason are the line about them."""
    marks = (Mark(0, 4, "must", ""), Mark(11, 15, "may", ""))
    form = Form("Even kijken", "x", (Marked("Uitleg", "Dit: eruit. Dat: blijft.", marks),), (Question("a", "A"),))
    view = SHOW.asked(form, Carried(""))
    assert faults_in_view(view) == []
    (line,) = view["blocks"][0]["elements"]
    assert texts(line) == "Dit: eruit. Dat: blijft."
    assert [run.get("style") for run in line["elements"]] == [{"strike": True}, None, {"italic": True}, None]


def test_a_sentence_for_the_whole_form_stands_above_it() -> None:
    """Where Slack has no place beside a question, the form itself says what is the matter."""
    view = SHOW.asked(Form("T", "x", (), (Question("a", "A"),)), Carried(""), "Dit *kan* niet.")
    assert texts(view["blocks"][0]) == "Dit *kan* niet."


def test_a_button_of_one_dilemma_cannot_be_made_into_that_of_another() -> None:
    """A value is sealed with its action and its id, and under the key of one workspace."""
    seal = Seal(b"one")
    value = seal.close(Carried("close_round", "dilemma1:0"))
    assert seal.open(value) == Carried("close_round", "dilemma1:0")
    for forged in (value.replace("dilemma1", "dilemma2"), value.replace("close_round", "settings"), "", "x", "{}"):
        with pytest.raises(ValueError, match="sealed"):
            seal.open(forged)
    with pytest.raises(ValueError, match="sealed"):
        Seal(b"two").open(value)


def state_of(element: dict[str, Any]) -> dict[str, Any]:
    """Return the state of an element that nobody touched, as Slack sends it."""
    named = {
        "plain_text_input": ("value", "initial_value"),
        "radio_buttons": ("selected_option", "initial_option"),
        "static_select": ("selected_option", "initial_option"),
        "checkboxes": ("selected_options", "initial_options"),
        "multi_static_select": ("selected_options", "initial_options"),
        "datepicker": ("selected_date", "initial_date"),
        "multi_users_select": ("selected_users", "initial_users"),
        "conversations_select": ("selected_conversation", "initial_conversation"),
    }
    name, initial = named[element["type"]]
    return {"type": element["type"], name: element.get(initial)}


@pytest.mark.parametrize(
    "said", ["Dank je. Je antwoord is bewaard.", "a & b", "1) x", "# kop", "50% (5 van 10)!", "x | y", "+ z"]
)
def test_a_plain_sentence_is_read_the_same_without_reading_it_as_markdown(said: str) -> None:
    """The short way and the long way give the same."""
    long_way = rich.elements(f"{said} **b**")[0]["elements"]
    assert rich.elements(said)[0]["elements"] == [{"type": "text", "text": long_way[0]["text"].rstrip()}]
