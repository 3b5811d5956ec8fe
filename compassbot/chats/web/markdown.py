"""The small Markdown of talk.view.Text to HTML: nothing a person typed can become a tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

MENTION = "person:"
RULES = ["emphasis", "strikethrough", "link", "escape", "newline", "blockquote", "list", "backticks"]


Names = Mapping[str, str]
"""What people are called, by their person id: a link to `person:web:fatma` shows the name."""


def block(markdown: str, names: Names) -> Markup:
    """Return paragraphs, lists and quotes as HTML."""
    return Markup(_PARSER.render(markdown, {"names": names}))  # noqa: S704 (the parser escapes all HTML)


def inline(markdown: str, names: Names) -> Markup:
    """Return a short text as HTML without a paragraph around it."""
    return Markup(_PARSER.renderInline(markdown, {"names": names}))  # noqa: S704 (the parser escapes all HTML)


def _name_people(state: StateCore) -> None:
    """Turn a link to a person into their name: there is no page about a person."""
    for token in state.tokens:
        children = token.children or []
        for number, child in enumerate(children[:-2]):
            person = str(child.attrGet("href") or "").removeprefix(MENTION)
            if child.type == "link_open" and person != child.attrGet("href"):
                child.type, child.tag, child.attrs = "strong_open", "strong", {}
                children[number + 2].type, children[number + 2].tag = "strong_close", "strong"
                children[number + 1].content = state.env["names"].get(person, children[number + 1].content)


def _bullets_only(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Let `- ` begin a list and nothing else: "1986. Een goed jaar" stays as it was typed."""
    first = state.bMarks[start] + state.tShift[start]
    return state.src[first : first + 1] == "-" and list_block(state, start, end, silent)


def _link_open(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    if str(token.attrGet("href")).startswith(("http:", "https:")):
        token.attrSet("target", "_blank")
        token.attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, index, options, env)  # type: ignore[attr-defined]


def _parser() -> MarkdownIt:
    options: dict[str, Any] = {"html": False, "linkify": False, "typographer": False, "breaks": False}
    parser = MarkdownIt("zero", options).enable(RULES)
    parser.block.ruler.at("list", _bullets_only, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.core.ruler.push("people", _name_people)
    parser.add_render_rule("link_open", _link_open)  # pyright: ignore[reportArgumentType]
    return parser


_PARSER = _parser()
