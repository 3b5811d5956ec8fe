"""The small Markdown of talk.view.Text to Slack's rich text, in which what people typed stays as typed.

Slack's own Markdown has no escape for `*`, `_` and `~`; the text elements of a rich_text block need none.
Source: docs.slack.dev, "Rich text block".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from compassbot.talk import markup
from compassbot.talk.view import cut

Json = dict[str, Any]
_STYLES = {"strong_open": "bold", "em_open": "italic", "s_open": "strike"}
_PARAGRAPHS = "\n\n"
_MARKED = re.compile(r"[\\`*_~\[\]<>\n-]|^\s|\s$")
"""What a text may hold that Markdown reads as more than text."""


def elements(markdown: str) -> list[Json]:
    """Return what goes into the `elements` of a rich_text block: sections, lists and quotes, in order."""
    if not _MARKED.search(markdown):  # most sentences: reading them as Markdown costs a tenth of a press
        return [_section([_text(markdown)])] if markdown else []
    found: list[Json] = []
    for kind, held in _top(markup.blocks(markdown)):
        made = _MADE[kind](held)
        if kind == "paragraph_open" and found and found[-1]["type"] == "rich_text_section":
            found[-1]["elements"] += [_text(_between(found[-1])), *made["elements"]]  # sections have no room between
        elif made["elements"]:
            found.append(made)
    return found


def _between(before: Json) -> str:
    """Return what stands between two paragraphs: a heading, all bold, is close to what follows it."""
    heading = all(run.get("style", {}).get("bold") for run in before["elements"])
    return "\n" if heading else _PARAGRAPHS


def section(markdown: str) -> Json:
    """Return a short text, a single paragraph, as a rich text section."""
    return _section(_runs(markup.inline(markdown)))


def length(element: Json) -> int:
    """Return how many characters a reader sees in a rich text element, at any depth."""
    return len(element.get("text", "")) + sum(map(length, element.get("elements", ())))


def shortened(element: Json, longest: int) -> Json:
    """Return a rich text element with at most `longest` characters, cut at a word."""
    left = longest
    kept: list[Json] = []
    for inner in element["elements"]:
        size = length(inner)
        if left <= 0:
            break
        kept.append(inner if size <= left else _cut(inner, left))
        left -= size
    return {**element, "elements": kept}


def _cut(element: Json, longest: int) -> Json:
    return shortened(element, longest) if "elements" in element else {**element, "text": cut(element["text"], longest)}


def _top(tokens: Sequence[Token]) -> Iterator[tuple[str, Sequence[Token]]]:
    """Yield each block with the tokens inside it."""
    at = 0
    while at < len(tokens):
        end = next(i for i in range(at + 1, len(tokens)) if tokens[i].level == tokens[at].level)
        yield tokens[at].type, tokens[at + 1 : end]
        at = end + 1


def _paragraph(held: Sequence[Token]) -> Json:
    return _section(_runs(held[0].children or []))


def _bullets(held: Sequence[Token]) -> Json:
    items = [_section(_flat(inside)) for _, inside in _top(held)]
    return {"type": "rich_text_list", "style": "bullet", "elements": [item for item in items if item["elements"]]}


def _quote(held: Sequence[Token]) -> Json:
    return {"type": "rich_text_quote", "elements": _flat(held)}


_MADE = {"paragraph_open": _paragraph, "bullet_list_open": _bullets, "blockquote_open": _quote}


def _flat(held: Sequence[Token]) -> list[Json]:
    """Return blocks inside a list or a quote as one run of text: Slack nests nothing there."""
    found: list[Json] = []
    for kind, inside in _top(held):
        if found:
            found.append(_text("\n" if kind == "bullet_list_open" else _PARAGRAPHS))
        if kind == "bullet_list_open":
            found += _join([_text("• "), *_flat(item)] for _, item in _top(inside))
        else:
            found += _runs(inside[0].children or []) if kind == "paragraph_open" else _flat(inside)
    return found


def _join(lines: Iterable[list[Json]]) -> list[Json]:
    found: list[Json] = []
    for line in lines:
        found += [_text("\n"), *line] if found else line
    return found


def _runs(tokens: Sequence[Token]) -> list[Json]:
    """Return inline tokens as text, link, user and channel elements; each text carries its style."""
    found: list[Json] = []
    style: dict[str, bool] = {}
    link = ""
    for token in tokens:
        if token.type == "link_open":
            link = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            link = ""
        elif token.type in _STYLES:
            style = {**style, _STYLES[token.type]: True}
        elif token.type.endswith("_close"):
            style = {name: on for name, on in style.items() if name != _STYLES[token.type.replace("close", "open")]}
        else:
            _add(found, _leaf(token, link, style))
    return found


def _leaf(token: Token, link: str, style: dict[str, bool]) -> Json:
    text = {"hardbreak": "\n", "softbreak": " "}.get(token.type, token.content)
    if token.type == "code_inline":
        style = {**style, "code": True}
    if link.startswith(markup.PERSON):
        return _styled({"type": "user", "user_id": link.rpartition(":")[2]}, style)
    if link.startswith(markup.PLACE):
        return _styled({"type": "channel", "channel_id": link.rpartition(":")[2]}, style)
    if link.startswith(("https:", "http:")):
        return _styled({"type": "link", "url": link, "text": text}, style)
    return _styled(_text(text), style)


def _add(found: list[Json], leaf: Json) -> None:
    """Join a text to the one before it where both look the same; leave out an empty one, which Slack refuses."""
    if leaf["type"] != "text":
        found.append(leaf)
    elif found and found[-1]["type"] == "text" and found[-1].get("style") == leaf.get("style"):
        found[-1] = {**found[-1], "text": found[-1]["text"] + leaf["text"]}
    elif leaf["text"]:
        found.append(leaf)


def _section(runs: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": runs}


def _text(text: str) -> Json:
    return {"type": "text", "text": text}


def _styled(element: Json, style: dict[str, bool]) -> Json:
    return {**element, "style": style} if style else element
