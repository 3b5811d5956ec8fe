"""Questions to Slack's input blocks, and what was filled in back to answers.

A question's name begins its block id; the kind of element tells how its answer is read, so that no memory of the form
is needed here. Limits: docs.slack.dev, "Block elements" and "Option object".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast
from zlib import crc32

from compassbot.chats.slack import rich
from compassbot.talk.view import Answer, Choice, Part, Question, cut, plain

Json = dict[str, Any]
MOST_BUTTONS = 10
"""Radio buttons or checkboxes in one group; more choices are a list that opens."""
MOST_SCALES = 5
"""More scales than this in one form are lists that open: a phone would scroll for ever."""
MOST_OPTIONS = 100
LONGEST_OPTION = 75
LONGEST_VALUE = 150
LONGEST_LABEL = LONGEST_HINT = 2000
LONGEST_INPUT = 3000
ACTION = "answer"
CHAT = "slack:"
Shows = Callable[[Sequence[Part]], list[Json]]
_VALUE = "="
"""Stands before each value of an option: Slack takes no empty one."""
_STAMP = "~"


def inputs(questions: Sequence[Question], tail: str, above: Shows, *, keep: bool) -> list[Json]:
    """Return the blocks that ask these questions; with `keep` Slack tells each change while it is typed.

    `tail` is said above a text that Slack does not take to its end; `above` shows what stands above a question.
    """
    scales = sum(question.kind == "scale" for question in questions)
    blocks: list[Json] = []
    for question in questions:
        element = _element(question, many_scales=scales > MOST_SCALES)
        if keep and element["type"] == "plain_text_input":
            element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
        if question.above:
            blocks += [
                {"type": "rich_text", "elements": rich.elements(f"**{plain(question.label)}**")},
                *above(question.above),
            ]
        if _any_is_cut(question):
            blocks.append(_in_full(question))
        if element["type"] == "plain_text_input" and len(str(question.initial)) > LONGEST_INPUT:
            blocks.append({"type": "rich_text", "elements": rich.elements(f"**{plain(tail)}**")})
        blocks.append(_input(question, element, keep=keep))
    return blocks


def read(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, Answer]:
    """Return the answers in `view.state.values`, by question.

    Raises ValueError, TypeError, KeyError, AttributeError or StopIteration when it is no such state.
    """
    return {name_of(block): _answer(next(iter(actions.values()))) for block, actions in values.items()}


def block_id(question: Question) -> str:
    """Return the id of the block of a question.

    It is another one when something else stands there at first: where the id stays, Slack keeps what was typed and
    does not show what we propose.
    """
    return f"{question.name}{_STAMP}{crc32(repr(question.initial).encode()):08x}"


def name_of(block: str) -> str:
    """Return the name of the question whose block has this id."""
    return block.rpartition(_STAMP)[0]


def _input(question: Question, element: Json, *, keep: bool) -> Json:
    block: Json = {
        "type": "input",
        "block_id": block_id(question),
        "label": plain_text(question.label, LONGEST_LABEL),
        "element": {**element, "action_id": ACTION},
        "optional": not question.required,
    }
    if question.hint:
        block["hint"] = plain_text(question.hint, LONGEST_HINT)
    if keep:
        block["dispatch_action"] = True
    return block


def _element(question: Question, *, many_scales: bool) -> Json:
    match question.kind:
        case "line" | "text":
            return _typed(question)
        case "one_of" | "scale":
            listed = len(question.choices) > MOST_BUTTONS or (question.kind == "scale" and many_scales)
            return _one_of(question, "static_select" if listed else "radio_buttons")
        case "some_of":
            return _some_of(question)
        case "date":
            day = str(question.initial)
            return {"type": "datepicker", **({"initial_date": day} if day else {})}
        case "people":
            people = [id.removeprefix(CHAT) for id in _many(question.initial) if id.startswith(CHAT)]
            return {"type": "multi_users_select", **({"initial_users": people} if people else {})}
        case "place":
            return _place(question)


def _typed(question: Question) -> Json:
    initial = str(question.initial)[:LONGEST_INPUT]
    # What stands there already is not cut before Slack must: whether it is too long is for the conversation to say.
    longest = min(max(question.longest, len(initial)), LONGEST_INPUT)
    element: Json = {"type": "plain_text_input", "multiline": question.kind == "text", "max_length": longest}
    return {**element, "initial_value": initial} if initial else element


def _one_of(question: Question, kind: str) -> Json:
    options = _options(question)
    chosen = [option for option in options if option["value"] == _VALUE + str(question.initial)]
    return {"type": kind, "options": options, **({"initial_option": chosen[0]} if chosen else {})}


def _some_of(question: Question) -> Json:
    options = _options(question)
    wanted = {_VALUE + value for value in _many(question.initial)}
    chosen = [option for option in options if option["value"] in wanted]
    kind = "checkboxes" if len(options) <= MOST_BUTTONS else "multi_static_select"
    return {"type": kind, "options": options, **({"initial_options": chosen} if chosen else {})}


def _place(question: Question) -> Json:
    initial = str(question.initial)
    shown = {"include": ["public", "private"], "exclude_bot_users": True, "exclude_external_shared_channels": True}
    element: Json = {"type": "conversations_select", "filter": shown}
    return {**element, "initial_conversation": initial.removeprefix(CHAT)} if initial.startswith(CHAT) else element


def _options(question: Question) -> list[Json]:
    fitting = [choice for choice in question.choices if len(_VALUE + choice.value) <= LONGEST_VALUE]
    return [_option(choice) for choice in fitting[:MOST_OPTIONS]]


def _option(choice: Choice) -> Json:
    """Return a choice; of one that is too long, what stands behind its first colon goes below it."""
    option: Json = {"text": plain_text(choice.label, LONGEST_OPTION), "value": _VALUE + choice.value}
    head, colon, rest = choice.label.partition(": ")
    if len(choice.label) > LONGEST_OPTION and colon and len(head) <= LONGEST_OPTION:
        option |= {"text": plain_text(head, LONGEST_OPTION), "description": plain_text(rest, LONGEST_OPTION)}
    return option


def _any_is_cut(question: Question) -> bool:
    """Return whether something in a short list of choices does not fit: then all of them are written out above it."""
    if len(question.choices) > MOST_BUTTONS:
        return False
    return any("…" in str(_option(choice)) and "…" not in choice.label for choice in question.choices)


def _in_full(question: Question) -> Json:
    listed = "\n".join(f"- {plain(' '.join(choice.label.split()))}" for choice in question.choices)
    return {"type": "rich_text", "elements": rich.elements(f"**{plain(question.label)}**\n\n{listed}")}


def _answer(element: Mapping[str, Any]) -> Answer:
    match element["type"]:
        case "plain_text_input":
            return str(element.get("value") or "")
        case "radio_buttons" | "static_select":
            chosen = element.get("selected_option")
            return _value(chosen) if chosen else ""
        case "checkboxes" | "multi_static_select":
            return tuple(_value(option) for option in element.get("selected_options") or ())
        case "datepicker":
            return str(element.get("selected_date") or "")
        case "multi_users_select":
            return tuple(CHAT + str(user) for user in element.get("selected_users") or ())
        case "conversations_select":
            place = element.get("selected_conversation")
            return CHAT + str(place) if place else ""
        case _:
            raise ValueError("an element that we never ask with")


def _value(option: Mapping[str, Any]) -> str:
    return cast("str", option["value"]).removeprefix(_VALUE)


def _many(initial: Answer) -> tuple[str, ...]:
    return (initial,) if isinstance(initial, str) and initial else tuple(initial)


def plain_text(text: str, longest: int) -> Json:
    """Return a text object in which no sign has a meaning, cut at a word."""
    return {"type": "plain_text", "text": cut(text, longest), "emoji": False}
