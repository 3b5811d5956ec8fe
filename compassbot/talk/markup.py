"""Reads the small Markdown of talk.view.Text: nothing a person typed can become anything but text."""

from __future__ import annotations

from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block
from markdown_it.token import Token

PERSON, PLACE = "person:", "place:"
"""What a link begins with that is no link but a mention: see talk.view.mention and place_mention."""
RULES = ["emphasis", "strikethrough", "link", "escape", "newline", "blockquote", "list", "backticks"]


def parser() -> MarkdownIt:
    """Return a new parser, to which a chat may add how it renders."""
    options: dict[str, Any] = {"html": False, "linkify": False, "typographer": False, "breaks": False}
    made = MarkdownIt("zero", options).enable(RULES)
    made.block.ruler.at("list", _bullets_only, {"alt": ["paragraph", "reference", "blockquote"]})
    return made


def blocks(markdown: str) -> list[Token]:
    """Return the tokens of paragraphs, lists and quotes, as markdown-it names them."""
    return _shared().parse(markdown)


def inline(markdown: str) -> list[Token]:
    """Return the tokens of a short text that is one paragraph."""
    return _shared().parseInline(markdown)[0].children or []


@cache
def _shared() -> MarkdownIt:
    return parser()


def _bullets_only(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Let `- ` begin a list and nothing else: "1986. Een goed jaar" stays as it was typed."""
    first = state.bMarks[start] + state.tShift[start]
    return state.src[first : first + 1] == "-" and list_block(state, start, end, silent)
