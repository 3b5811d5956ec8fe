"""The small Markdown of talk.view.Text to HTML: nothing a person typed can become a tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from compassbot.talk.markup import PERSON, PLACE, parser

Names = Mapping[str, str]
"""What people and places are called, by their id: a link to `person:web:fatma` shows the name."""


def block(markdown: str, names: Names) -> Markup:
    """Return paragraphs, lists and quotes as HTML."""
    return Markup(_PARSER.render(markdown, {"names": names}))  # noqa: S704 (the parser escapes all HTML)


def inline(markdown: str, names: Names) -> Markup:
    """Return a short text as HTML without a paragraph around it."""
    return Markup(_PARSER.renderInline(markdown, {"names": names}))  # noqa: S704 (the parser escapes all HTML)


def _name_people(state: StateCore) -> None:
    """Turn a link to a person or a place into its name: there is no page about a person."""
    for token in state.tokens:
        children = token.children or []
        for number, child in enumerate(children[:-2]):
            href = str(child.attrGet("href") or "")
            if child.type == "link_open" and href.startswith((PERSON, PLACE)):
                child.type, child.tag, child.attrs = "strong_open", "strong", {}
                children[number + 2].type, children[number + 2].tag = "strong_close", "strong"
                children[number + 1].content = state.env["names"].get(
                    href.partition(":")[2], children[number + 1].content
                )


def _link_open(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    if str(token.attrGet("href")).startswith(("http:", "https:")):
        token.attrSet("target", "_blank")
        token.attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, index, options, env)  # type: ignore[attr-defined]


def _parser() -> MarkdownIt:
    made = parser()
    made.core.ruler.push("people", _name_people)
    made.add_render_rule("link_open", _link_open)  # pyright: ignore[reportArgumentType]
    return made


_PARSER = _parser()
