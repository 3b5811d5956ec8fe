"""The judge of what is sent to Slack knows what Slack refuses, and has no objection to what Slack takes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.slack.judge import faults_in_message, faults_in_view
from tools.slack_schema.make_schema import limits_in

Found = dict[str, Any]


def plain(text: str) -> Found:
    """A text without markup."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Found:
    """A text with markup."""
    return {"type": "mrkdwn", "text": text}


def section(text: str = "What is fair here?", **more: Any) -> Found:
    """A block of text."""
    return {"type": "section", "text": mrkdwn(text), **more}


def button(action: str = "join", text: str = "Join in", **more: Any) -> Found:
    """A button."""
    return {"type": "button", "action_id": action, "text": plain(text), **more}


def actions(*elements: Found, **more: Any) -> Found:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements), **more}


def options(many: int) -> list[Found]:
    """As many options as asked."""
    return [{"text": plain(f"Option {number}"), "value": f"o{number}"} for number in range(many)]


def select(many: int = 3, kind: str = "static_select", **more: Any) -> Found:
    """A list to choose from."""
    return {"type": kind, "action_id": "choice", "options": options(many), **more}


def typed(**more: Any) -> Found:
    """A box to type in."""
    return {"type": "plain_text_input", "action_id": "answer", **more}


def asked(element: Found, block: str = "question", **more: Any) -> Found:
    """A question of a form."""
    return {"type": "input", "block_id": block, "label": plain("Your answer"), "element": element, **more}


def confirm(**more: Any) -> Found:
    """The question whether one is sure."""
    sure = {"title": plain("Sure?"), "text": mrkdwn("It is gone."), "confirm": plain("Yes"), "deny": plain("No")}
    return {**sure, **more}


def message(*blocks: Any, **more: Any) -> Found:
    """A message to a channel."""
    return {"channel": "C1", "text": "A dilemma", "blocks": list(blocks), **more}


def modal(*blocks: Any, **more: Any) -> Found:
    """A modal with a button to send it."""
    kind = {"type": "modal", "callback_id": "share", "title": plain("A dilemma"), "submit": plain("Send")}
    return {**kind, "close": plain("Cancel"), "blocks": list(blocks), **more}


def image(**more: Any) -> Found:
    """A picture."""
    return {"type": "image", "image_url": "https://example.org/week.png", "alt_text": "Dilemmas a week", **more}


def rich(*elements: Found) -> Found:
    """A rich text of one paragraph."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


GROUP = {"label": plain("Group"), "options": options(101)}
CASE: dict[str, tuple[Found, str]] = {
    "no text beside blocks": (message(section(), text=""), "text: missing or empty"),
    "text that is too long": (message(text="a" * 40_001), "text: 40001"),
    "51 blocks": (message(*[section()] * 51), "blocks: 51, at most 50"),
    "a key that no message has": (message(section(), colour="red"), "colour: no argument"),
    "a block of an unknown type": (message({"type": "sectoin", "text": mrkdwn("a")}), "blocks[0]: nothing of type 'sect"),
    "a block without type": (message({"text": mrkdwn("a")}), "blocks[0]: nothing of type None"),
    "a block that is a text": (message("hello"), "blocks[0]: nothing of type None"),
    "an unknown key in a block": (message(section(colour="red")), "'colour' was unexpected"),
    "a header with markup": (message({"type": "header", "text": mrkdwn("a")}), "blocks[0].text.type"),
    "a header that is too long": (message({"type": "header", "text": plain("a" * 151)}), "at most 150"),
    "a section of 3001 characters": (message(section("a" * 3001)), "at most 3000"),
    "an empty section": (message(section("")), "text: empty"),
    "a section with nothing": (message({"type": "section"}), "a section has text or fields"),
    "eleven fields": (message({"type": "section", "fields": [mrkdwn("a")] * 11}), "fields: 11, at most 10"),
    "a field that is too long": (message({"type": "section", "fields": [mrkdwn("a" * 2001)]}), "at most 2000"),
    "no fields": (message({"type": "section", "fields": []}), "fields: empty"),
    "26 buttons": (message(actions(*(button(f"a{number}") for number in range(26)))), "elements: 26, at most 25"),
    "no buttons": (message(actions()), "elements: empty"),
    "a button text that is too long": (message(actions(button(text="a" * 76))), "at most 75"),
    "a button value that is too long": (message(actions(button(value="a" * 2001))), "at most 2000"),
    "a button address that is too long": (message(actions(button(url="https://a/" + "a" * 3000))), "at most 3000"),
    "a button in a colour": (message(actions(button(style="default"))), "style"),
    "a button with markup": (message(actions({**button(), "text": mrkdwn("a")})), "text.type"),
    "an action_id that is too long": (message(actions(button("a" * 256))), "at most 255"),
    "an action_id twice in a block": (message(actions(button(), button())), "action_id 'join' is there 2 times"),
    "a block_id twice": (message(section(block_id="a"), section(block_id="a")), "block_id 'a' is there 2 times"),
    "a block_id that is too long": (message(section(block_id="a" * 256)), "at most 255"),
    "a box to type in among buttons": (message(actions(typed())), "nothing of type 'plain_text_input'"),
    "eleven in a context": (message({"type": "context", "elements": [mrkdwn("a")] * 11}), "at most 10"),
    "a button in a context": (message({"type": "context", "elements": [button()]}), "nothing of type 'button'"),
    "a picture without alt_text": (message({"type": "image", "image_url": "https://a/b.png"}), "alt_text"),
    "a picture with an empty alt_text": (message(image(alt_text="")), "alt_text: missing or empty"),
    "an alt_text that is too long": (message(image(alt_text="a" * 2001)), "at most 2000"),
    "a picture from nowhere": (message({"type": "image", "alt_text": "a"}), "image_url"),
    "a picture of a local address": (message(image(image_url="/week.png")), "image_url: not an address"),
    "a confirmation that is too long": (message(actions(button(confirm=confirm(text=mrkdwn("a" * 301))))), "most 300"),
    "a confirmation title that is too long": (message(actions(button(confirm=confirm(title=plain("a" * 101))))), "100"),
    "a yes that is too long": (message(actions(button(confirm=confirm(confirm=plain("a" * 31))))), "at most 30"),
    "a no that is too long": (message(actions(button(confirm=confirm(deny=plain("a" * 31))))), "at most 30"),
    "a confirmation without title": (message(actions(button(confirm={"text": mrkdwn("a")}))), "confirm.title: missing"),
    "a text of rich text that is empty": (message(rich({"type": "text", "text": ""})), "text: empty"),
    "a style that rich text has not": (
        message(rich({"type": "text", "text": "a", "style": {"loud": True}})),
        "'loud' was unexpected",
    ),
    "a list without style": (message({"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": []}]}), "style"),
    "101 options": (message(actions(select(101))), "options: 101, at most 100"),
    "no options": (message(actions(select(0))), "options: empty"),
    "options and groups": (message(actions(select(option_groups=[GROUP]))), "one of options and option_groups"),
    "an initial_option that is no option": (
        message(actions(select(initial_option={"text": plain("Another"), "value": "another"}))),
        "initial_option: is no option",
    ),
    "eleven radio buttons": (message(actions(select(11, "radio_buttons"))), "at most 10"),
    "eleven checkboxes": (message(actions(select(11, "checkboxes"))), "at most 10"),
    "six in an overflow menu": (message(actions(select(6, "overflow"))), "at most 5"),
    "an option that is too long": (message(actions(select(options=[{"text": plain("a" * 76), "value": "a"}]))), "most 75"),
    "an option value that is too long": (
        message(actions(select(options=[{"text": plain("a"), "value": "a" * 151}]))),
        "at most 150",
    ),
    "an option value that is empty": (
        message(actions(select(options=[{"text": plain("a"), "value": ""}]))),
        "a value is missing or empty",
    ),
    "an option value twice": (message(actions(select(options=options(1) * 2))), "option value 'o0' is there 2 times"),
    "a description that is too long": (
        message(actions(select(options=[{"text": plain("a"), "value": "a", "description": plain("a" * 76)}]))),
        "at most 75",
    ),
    "101 blocks in a modal": (modal(*[section()] * 101), "blocks: 101, at most 100"),
    "a title that is too long": (modal(title=plain("a" * 25)), "at most 24"),
    "a modal without title": ({"type": "modal", "blocks": []}, "'title' is a required property"),
    "a submit that is too long": (modal(submit=plain("a" * 25)), "at most 24"),
    "a close that is too long": (modal(close=plain("a" * 25)), "at most 24"),
    "private_metadata that is too long": (modal(private_metadata="a" * 3001), "at most 3000"),
    "a callback_id that is too long": (modal(callback_id="a" * 256), "at most 255"),
    "a view of an unknown type": ({"type": "page", "blocks": []}, "type: 'page' is no view"),
    "an unknown key in a view": (modal(colour="red"), "'colour' was unexpected"),
    "an unknown block in a modal": (modal({"type": "sectoin"}), "blocks[0]: nothing of type 'sectoin'"),
    "a question without a button to send it": (modal(asked(typed()), submit=None), "submit"),
    "a question without block_id": (modal({**asked(typed()), "block_id": ""}), "an input without block_id"),
    "a question without label": (modal({"type": "input", "block_id": "a", "element": typed()}), "'label' is a required"),
    "a label that is too long": (modal(asked(typed(), label=plain("a" * 2001))), "at most 2000"),
    "a hint with markup": (modal(asked(typed(), hint=mrkdwn("a"))), "hint.type"),
    "a button as a question": (modal(asked(button())), "nothing of type 'button'"),
    "min_length over max_length": (modal(asked(typed(min_length=9, max_length=3))), "min_length is over max_length"),
    "max_length over what Slack takes": (modal(asked(typed(max_length=3001))), "max_length: from 1 to 3000"),
    "an initial_value over max_length": (modal(asked(typed(max_length=3, initial_value="four"))), "initial_value: 4, at"),
    "a placeholder that is too long": (modal(asked(typed(placeholder=plain("a" * 151)))), "at most 150"),
    "two boxes in focus": (
        modal(asked(typed(focus_on_load=True), "a"), asked(typed(focus_on_load=True), "b")),
        "a second focus_on_load",
    ),
    "an initial_options that are no options": (
        modal(asked(select(3, "checkboxes", initial_options=[{"text": plain("Option 1"), "value": "other"}]))),
        "initial_options: is no option",
    ),
    "101 options in a group": (modal(asked({"type": "static_select", "action_id": "a", "option_groups": [GROUP]})), "101"),
    "a title in App Home": ({"type": "home", "title": plain("a"), "blocks": []}, "'title' was unexpected"),
    "a view that is too large": (modal(*[section("é" * 3000)] * 20), "view: "),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "told"), CASE.values(), ids=CASE.keys())
def test_what_slack_refuses_is_found(sent: Found, told: str) -> None:
    """A message or view that Slack would refuse is found, and the fault says what it is."""
    faults = faults_in_message(sent) if "channel" in sent else faults_in_view(sent)

    assert any(told in fault for fault in faults), faults
    assert len(faults) < 8, "one fault is not told by every branch of a union"


CHOSEN = options(3)
EVERYTHING = [
    {"type": "header", "text": plain("A dilemma")},
    section("*Bold* and a <https://example.org|link>", block_id="s1", accessory=button("more", "More")),
    section("Over there", block_id="s2", expand=True),
    {"type": "section", "fields": [mrkdwn("*One*"), plain("two")]},
    section("With a picture", accessory=image()),
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("small"), plain("print"), image()]},
    image(title=plain("The week")),
    {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "The week"},
    rich(
        {"type": "text", "text": "said ", "style": {"bold": True, "italic": False}},
        {"type": "link", "url": "https://example.org", "text": "there"},
        {"type": "user", "user_id": "U1"},
        {"type": "emoji", "name": "wave"},
    ),
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "ordered",
                "indent": 1,
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "What I saw"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]},
        ],
    },
    actions(
        button("yes", "Yes", value="d1", style="primary"),
        button("gone", "Take away", style="danger", confirm=confirm(style="danger")),
        button("page", "To the page", url="https://example.org"),
        {**select(), "action_id": "select"},
        {**select(2, "overflow"), "action_id": "overflow"},
    ),
]
QUESTIONS = [
    section("Read this first."),
    asked(typed(multiline=True, min_length=1, max_length=3000, focus_on_load=True), "a", hint=plain("In short")),
    asked(typed(initial_value="kept", max_length=4, placeholder=plain("Type")), "b", optional=True),
    asked(select(3, initial_option=CHOSEN[1]), "c"),
    asked(select(3, "radio_buttons", initial_option=CHOSEN[0]), "d"),
    asked(select(3, "checkboxes", initial_options=CHOSEN[:2]), "e"),
    asked(select(100, "multi_static_select", max_selected_items=3), "f"),
    asked({"type": "users_select", "action_id": "who"}, "g"),
    asked({"type": "conversations_select", "action_id": "where", "filter": {"include": ["public"]}}, "h"),
    asked({"type": "datepicker", "action_id": "day", "initial_date": "2026-11-24"}, "i"),
    asked({"type": "number_input", "action_id": "many", "is_decimal_allowed": False, "min_value": "1"}, "j"),
    asked({"type": "external_select", "action_id": "far", "min_query_length": 2}, "k"),
]
GOOD_MESSAGES: dict[str, Found] = {
    "text alone": {"channel": "C1", "text": "Hello"},
    "everything at once": message(*EVERYTHING, thread_ts="1.2", unfurl_links=False, unfurl_media=False),
    "a change": {"channel": "C1", "ts": "1.2", "text": "Hello", "blocks": [section()]},
    "a change to text alone": {"channel": "C1", "ts": "1.2", "text": "Taken back", "blocks": []},
    "one person alone": {"channel": "C1", "user": "U1", "text": "Hello", "blocks": [section()], "thread_ts": "1.2"},
    "an answer to a response_url": {"text": "Hello", "replace_original": True, "response_type": "ephemeral"},
    "taking away an answer": {"delete_original": True},
    "as much as fits": message(*[section("a" * 3000)] * 50),
    "limits that are just met": message(
        {"type": "header", "text": plain("a" * 150)},
        actions(button("a" * 255, "a" * 75, value="a" * 2000), block_id="b" * 255),
        actions(select(options=[{"text": plain("a" * 75), "value": "a" * 150}], placeholder=plain("a" * 150))),
    ),
}
GOOD_VIEWS: dict[str, Found] = {
    "a form": modal(*QUESTIONS, private_metadata="a" * 3000, notify_on_close=True, clear_on_close=True),
    "only to read": {"type": "modal", "title": plain("a" * 24), "blocks": [section()]},
    "as many blocks as fit": modal(*[section()] * 100),
    "App Home": {"type": "home", "blocks": [one for one in EVERYTHING if one["type"] != "file"]},
    "App Home with metadata": {"type": "home", "callback_id": "home", "private_metadata": "{}", "blocks": [section()]},
}


@pytest.mark.parametrize("sent", GOOD_MESSAGES.values(), ids=GOOD_MESSAGES.keys())
def test_a_good_message_has_no_faults(sent: Found) -> None:
    """A message that Slack takes raises no objection, and is not changed by looking at it."""
    before = deepcopy(sent)

    assert faults_in_message(sent) == []
    assert sent == before


@pytest.mark.parametrize("sent", GOOD_VIEWS.values(), ids=GOOD_VIEWS.keys())
def test_a_good_view_has_no_faults(sent: Found) -> None:
    """A view that Slack takes raises no objection, and is not changed by looking at it."""
    before = deepcopy(sent)

    assert faults_in_view(sent) == []
    assert sent == before


def test_a_limit_in_words_is_read() -> None:
    """Making the schema reads what a comment of Slack's types says, and refuses a limit in words it does not know."""
    comment = "A {@link Text} to show. Maximum length for this field is 2000\ncharacters."
    assert list(limits_in(comment)) == [("length", {"maxLength": 2000})]
    assert list(limits_in("Maximum 100 rows. Each row is an array with a max of 20 table cells.")) == [
        ("itself", {"maxItems": 100}),
        ("each", {"maxItems": 20}),
    ]
    assert list(limits_in("Whether to show it. Defaults to 5.")) == []
    with pytest.raises(ValueError, match="no more than"):
        list(limits_in("At most, that is no more than, 12 doves."))
