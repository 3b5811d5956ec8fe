"""Judges what is sent to Slack: by Slack's own types as a schema, by slack_sdk's models, and by rules types cannot say.

local-slack accepts every block, so these are what tells us that Slack would refuse one. The schema is made by
tools/slack_schema/make_schema.py. A rule that stands here says where Slack states it, when that is not the reference of
the element itself (https://docs.slack.dev/reference/block-kit).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sized
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, ValidationError
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

TYPES: dict[str, Any] = json.loads((Path(__file__).parent / "slack-types.schema.json").read_text(encoding="utf8"))
MOST_BLOCKS = 50  # in a message
MOST_TEXT = 40_000  # characters; longer text is cut off, https://docs.slack.dev/reference/methods/chat.postMessage
MOST_ALT_TEXT = 2000
MOST_ADDRESS = 3000  # characters of an address of a picture
MOST_PLAIN_INPUT = 3000
MOST_OPTIONS_OF_A_GROUP = 100
MOST_BYTES_OF_A_VIEW = 250_000  # `view_too_large`, https://docs.slack.dev/reference/methods/views.open
NEVER_EMPTY = ("elements", "options", "option_groups", "fields", "rows")
SELECTED = ("initial_option", "initial_options")
# Blocks that stand in a message but not in a modal or App Home, and the other way round.
ONLY_IN_MESSAGES = {"table", "file", "markdown", "context_actions", "task_card", "plan"}
ONLY_IN_VIEWS = {"file_input"}

Found = dict[str, Any]


def faults_in_message(payload: Found) -> list[str]:
    """Return what Slack would refuse in a message, a change of one, or an answer to a response_url; [] when nothing.

    Text is asked beside blocks, though Slack takes blocks alone: it is what a screen reader and a notification read.
    """
    if payload.get("delete_original"):
        return []
    blocks = _list(payload.get("blocks"))
    return [
        *_faults_in_text(payload.get("text")),
        *_too_many("blocks", blocks, MOST_BLOCKS),
        *_unknown_keys(payload),
        *_faults_in_blocks(blocks, "block"),
        *(f"{path}: {one['type']} does not stand in a message" for path, one in _below(blocks, "blocks")
          if one.get("type") in ONLY_IN_VIEWS),
    ]  # fmt: skip


def faults_in_view(view: Found) -> list[str]:
    """Return what Slack would refuse in a modal or in App Home; [] when nothing."""
    kind = view.get("type")
    if kind not in {"modal", "home"}:
        return [f"type: {kind!r} is no view"]
    blocks = _list(view.get("blocks"))
    return [
        *_faults_by_schema(view, kind, ""),
        *_faults_of_blocks_together(blocks),
        *_faults_by_sdk(lambda: View(**view).to_dict(), ""),
        *_faults_of_inputs(view, blocks),
        *_too_many("view", json.dumps(view).encode(), MOST_BYTES_OF_A_VIEW),
        *(f"{path}: {one['type']} does not stand in a view" for path, one in _below(blocks, "blocks")
          if one.get("type") in ONLY_IN_MESSAGES),
    ]  # fmt: skip


def _faults_in_text(text: Any) -> Iterator[str]:
    if not isinstance(text, str) or not text.strip():
        yield "text: missing or empty"
    elif len(text) > MOST_TEXT:
        yield f"text: {len(text)} characters, at most {MOST_TEXT}"


# What the four ways of sending a message take, https://docs.slack.dev/reference/methods/chat.postMessage
MESSAGE_KEYS = set(
    "as_user attachments blocks channel delete_original icon_emoji icon_url link_names metadata mrkdwn parse "
    "replace_original reply_broadcast response_type team_id text thread_ts token ts unfurl_links unfurl_media user username "
    "file_ids".split()
)


def _unknown_keys(payload: Found) -> Iterator[str]:
    yield from (f"{key}: no argument of a message" for key in sorted(payload.keys() - MESSAGE_KEYS))


def _faults_in_blocks(blocks: list[Any], schema: str) -> Iterator[str]:
    for number, block in enumerate(blocks):
        path = f"blocks[{number}]"
        yield from _faults_by_schema(block, schema, path)
        if isinstance(block, dict):
            yield from _faults_by_sdk(lambda block=block: [one.to_dict() for one in Block.parse_all([block])], path)
    yield from _faults_of_blocks_together(blocks)


# By schema


def _faults_by_schema(found: Any, name: str, path: str) -> list[str]:
    where = TYPES["definitions"]["SentToSlack"]["properties"][name]
    validator = Draft7Validator({**where, "definitions": TYPES["definitions"]})
    return [_told(fault, path) for one in validator.iter_errors(found) for fault in _nearest(one)]


def _nearest(error: ValidationError) -> list[ValidationError]:
    """Return the faults of the branch that was meant: the one of this type, and of those the one that is nearest."""
    meant = [branch for branch in _branches(error) if not any(_wrong_type(one) for one in branch)]
    told = [[deeper for one in branch for deeper in _nearest(one)] for branch in meant]
    return min(told, key=len, default=[]) or [error]


def _branches(error: ValidationError) -> list[list[ValidationError]]:
    """Return what is wrong by each branch of a union; none when the fault is no union's."""
    if error.validator != "anyOf":
        return []
    found: dict[Any, list[ValidationError]] = {}
    for one in error.context or []:
        found.setdefault(one.schema_path[0], []).append(one)
    return list(found.values())


def _wrong_type(error: ValidationError) -> bool:
    """Return whether a branch fails because this is an element of another type, also one branch further down."""
    if error.relative_path:
        return list(error.relative_path) == ["type"]
    if error.validator == "required":
        return "'type' is a required property" in error.message
    branches = _branches(error)
    return error.validator == "type" or (
        bool(branches) and all(any(_wrong_type(one) for one in branch) for branch in branches)
    )


def _told(error: ValidationError, path: str) -> str:
    where = path + "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in error.absolute_path)
    if error.validator == "anyOf":
        kind = error.instance.get("type") if isinstance(error.instance, dict) else None
        return f"{where.lstrip('.')}: nothing of type {kind!r} may stand here"
    if error.validator in {"maxLength", "maxItems"}:
        return f"{where.lstrip('.')}: {len(error.instance)}, at most {error.validator_value}"
    return f"{where.lstrip('.')}: {error.message[:200]}"


def _faults_by_sdk(made: Callable[[], object], path: str) -> Iterator[str]:
    """Yield what slack_sdk's own models refuse; what they do not know is left to the schema."""
    try:
        made()
    except SlackObjectFormationError as fault:
        yield f"{path}: slack_sdk: {fault}".lstrip(": ")
    except (TypeError, AttributeError, KeyError, ValueError):
        return


# By rules


def _faults_of_blocks_together(blocks: list[Any]) -> Iterator[str]:
    ids = [block["block_id"] for block in blocks if isinstance(block, dict) and block.get("block_id")]
    yield from (f"blocks: block_id {one!r} is there {many} times" for one, many in Counter(ids).items() if many > 1)
    for number, block in enumerate(blocks):
        yield from _doubled_actions(block, f"blocks[{number}]")
    focused = [path for path, one in _below(blocks, "blocks") if one.get("focus_on_load") is True]
    if len(focused) > 1:
        yield f"{focused[1]}: a second focus_on_load"
    for path, one in _below(blocks, "blocks"):
        yield from (f"{path}: {fault}" for fault in _faults_of_one(one))


def _doubled_actions(block: Any, path: str) -> Iterator[str]:
    ids = Counter(one["action_id"] for _, one in _below(block, path) if isinstance(one.get("action_id"), str))
    yield from (f"{path}: action_id {one!r} is there {many} times" for one, many in ids.items() if many > 1)


def _faults_of_one(one: Found) -> Iterator[str]:
    """Yield the faults of one element, block or text that its type does not tell."""
    yield from (f"{key}: empty" for key in NEVER_EMPTY if one.get(key) == [])
    yield from _faults_of_text_object(one)
    match one.get("type"):
        case "section" if not one.get("text") and not one.get("fields"):
            yield "a section has text or fields"
        case "image":
            yield from _faults_of_image(one)
        case "plain_text_input":
            yield from _faults_of_plain_input(one)
        case "number_input":
            yield from _out_of_order("min_value", "max_value", one)
        case "static_select" | "multi_static_select" if ("options" in one) == ("option_groups" in one):
            yield "one of options and option_groups"
    yield from _faults_of_options(one)
    if "type" in one and isinstance(one.get("confirm"), dict):  # a confirmation has a `confirm` too: its yes
        yield from _faults_of_confirm(one["confirm"])


def _faults_of_text_object(one: Found) -> Iterator[str]:
    if one.get("type") in {"plain_text", "mrkdwn", "text"} and isinstance(one.get("text"), str) and not one["text"]:
        yield "text: empty"


def _faults_of_image(one: Found) -> Iterator[str]:
    if not _string(one.get("alt_text")).strip():
        yield "alt_text: missing or empty"
    yield from _too_long(one, "alt_text", MOST_ALT_TEXT)
    yield from _too_long(one, "image_url", MOST_ADDRESS)
    if "image_url" in one and not _string(one["image_url"]).startswith(("http://", "https://")):
        yield "image_url: not an address"


def _faults_of_plain_input(one: Found) -> Iterator[str]:
    yield from _out_of_order("min_length", "max_length", one)
    if not 0 <= one.get("min_length", 0) <= MOST_PLAIN_INPUT:
        yield f"min_length: from 0 to {MOST_PLAIN_INPUT}"
    if not 1 <= one.get("max_length", 1) <= MOST_PLAIN_INPUT:
        yield f"max_length: from 1 to {MOST_PLAIN_INPUT}"
    yield from _too_long(one, "initial_value", one.get("max_length", MOST_PLAIN_INPUT))


def _out_of_order(least: str, most: str, one: Found) -> Iterator[str]:
    if least in one and most in one and float(one[least]) > float(one[most]):
        yield f"{least} is over {most}"


def _faults_of_options(one: Found) -> Iterator[str]:
    options = _options(one)
    values = Counter(_string(option.get("value")) for option in options)
    yield from (f"option value {value!r} is there {many} times" for value, many in values.items() if many > 1 and value)
    if any(not _string(option.get("value")) for option in options) and one.get("type") != "overflow":
        yield "options: a value is missing or empty"
    for group in _list(one.get("option_groups")):
        yield from _too_many("option_groups.options", _list(group.get("options")), MOST_OPTIONS_OF_A_GROUP)
    for key in SELECTED:
        chosen = one.get(key, [])
        for option in chosen if isinstance(chosen, list) else [chosen]:
            if "external" not in _string(one.get("type")) and option not in options:
                yield f"{key}: is no option, exactly"


def _options(one: Found) -> list[Found]:
    """Return the options of an element, also those in groups."""
    grouped = [option for group in _list(one.get("option_groups")) for option in _list(group.get("options"))]
    return [option for option in [*_list(one.get("options")), *grouped] if isinstance(option, dict)]


def _faults_of_confirm(confirm: Found) -> Iterator[str]:
    """Yield what is missing: the types let title, confirm and deny away, the reference asks them."""
    yield from (f"confirm.{key}: missing" for key in ("title", "text", "confirm", "deny") if not confirm.get(key))


def _faults_of_inputs(view: Found, blocks: list[Any]) -> Iterator[str]:
    inputs = [block for block in blocks if isinstance(block, dict) and block.get("type") == "input"]
    if inputs and view.get("type") == "modal" and not view.get("submit"):
        yield "submit: missing, though there is an input"
    for block in inputs:
        if not block.get("block_id") or not _dict(block.get("element")).get("action_id"):
            yield "an input without block_id or action_id: what is typed cannot be found again"


def _too_many(name: str, found: Sized, most: int) -> Iterator[str]:
    if len(found) > most:
        yield f"{name}: {len(found)}, at most {most}"


def _too_long(one: Found, key: str, most: int) -> Iterator[str]:
    if len(_string(one.get(key))) > most:
        yield f"{key}: {len(one[key])}, at most {most}"


def _below(found: Any, path: str) -> Iterator[tuple[str, Found]]:
    """Yield every object in what is sent, from the outside in, with where it stands."""
    if isinstance(found, dict):
        yield path, found
    for key, one in _parts(found):
        yield from _below(one, f"{path}{key}")


def _parts(found: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(found, dict):
        return [(f".{key}", one) for key, one in found.items()]
    if isinstance(found, list):
        return [(f"[{number}]", one) for number, one in enumerate(found)]
    return []


def _list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _dict(found: Any) -> Found:
    return found if isinstance(found, dict) else {}


def _string(found: Any) -> str:
    return found if isinstance(found, str) else ""
