"""Reads the markup of Slack and the HTML of Teams away, and keeps every address that hides in it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_BLOCK = r"p|div|br|ul|ol|li|table|tbody|tr|td|th|h[1-6]|blockquote|pre|hr|attachment|codeblock"
_INLINE = r"at|a|b|i|u|em|strong|span|s|strike|del|ins|sub|sup|font|code|img|emoji|small|mark"
_MARK = re.compile(
    r"<@(?P<who>[A-Z0-9]{5,24})(?:\|(?P<name>[^<>\n]{0,80}))?>"
    r"|<!(?P<all>[a-z]{2,12})(?:\^[^<>\n]{0,80})?>"
    r"|<#(?P<room>[A-Z0-9]{5,24})(?:\|(?P<title>[^<>\n]{0,80}))?>"
    r"|<(?P<link>(?:https?://|mailto:|tel:|sms:)[^<>|\s]{1,2000})(?:\|(?P<label>[^<>]{0,400}))?>"
    rf"|</?(?:(?P<block>{_BLOCK})|(?:{_INLINE}))(?P<with>\s[^<>]{{0,600}})?/?>"
    r"|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d?);"
    r"|(?<![\w*_~])(?P<sign>[*_~]{1,2})(?=[^\s*_~])(?P<said>[^*_~\n]{1,120})(?P=sign)(?![\w*_~])",
)
_REFERENCE = re.compile(r"(?:href|src|alt|title|itemid)\s{0,3}=\s{0,3}[\"']([^\"'<>]{1,500})[\"']", re.I)
_SCHEME = re.compile(r"(?:mailto|tel|sms):")


@dataclass(slots=True)
class Unmarked:
    """A text without markup, with for each character where it began and ended in the text as typed."""

    pieces: list[str] = field(default_factory=list[str])
    starts: list[int] = field(default_factory=list[int])
    ends: list[int] = field(default_factory=list[int])

    def same(self, text: str, start: int, end: int) -> None:
        """Add text[start:end] as it stands."""
        self.pieces.append(text[start:end])
        self.starts += range(start, end)
        self.ends += range(start + 1, end + 1)

    def instead(self, what: str, start: int, end: int) -> None:
        """Add `what` in place of all that stood between start and end."""
        if what:
            inner = len(what) - 1
            self.pieces.append(what)
            self.starts += [start, *([start + 1] * inner)]
            self.ends += [*([end - 1] * inner), end]


def unmark(text: str) -> Unmarked:
    """Return the text as people see it; the address behind a link comes before the words of the link."""
    out = Unmarked()
    at = 0
    for match in _MARK.finditer(text):
        out.same(text, at, match.start())
        _read(text, match, out)
        at = match.end()
    out.same(text, at, len(text))
    return out


def _read(text: str, match: re.Match[str], out: Unmarked) -> None:
    start, end = match.span()
    if match["sign"]:
        out.same(text, *match.span("said"))
    elif match["who"]:
        out.instead("@" + (match["name"] or match["who"]).lstrip("@"), start, end)
    elif match["all"]:
        out.instead("@" + match["all"], start, end)
    elif match["room"]:
        out.instead("#" + (match["title"] or ""), start, end)
    elif match["link"]:
        _link(text, match, out)
    elif match.group().startswith("&"):
        out.instead(html.unescape(match.group()), start, end)
    elif match.group().lower() == "<at>" and "</at>" not in text[match.end() : match.end() + 200].lower():
        out.same(text, start, end)  # the at sign of a mail address, not a mention
    else:
        _tag(text, match, out)


def _link(text: str, match: re.Match[str], out: Unmarked) -> None:
    """A label that says the address again is read once, so that both go when it is found."""
    scheme = _SCHEME.match(match["link"])
    begins = match.start("link") + (scheme.end() if scheme else 0)
    label = match["label"]
    if label and _bare(label) == _bare(text[begins : match.end("link")]):
        out.instead(label, *match.span())
        return
    out.same(text, begins, match.end("link"))
    if label:
        out.instead(" ", match.end("link"), match.end("link") + 1)
        out.same(text, *match.span("label"))


def _bare(address: str) -> str:
    return re.sub(r"^https?://|^www\.|[\s/()-]", "", address.lower())


def _tag(text: str, match: re.Match[str], out: Unmarked) -> None:
    attributes = match["with"] or ""
    for found in _REFERENCE.finditer(attributes):
        begins, ends = (match.start("with") + at for at in found.span(1))
        scheme = _SCHEME.match(text, begins, ends)
        out.same(text, scheme.end() if scheme else begins, ends)
        out.instead(" ", ends, ends + 1)
    if match["block"]:
        out.instead("\n", *match.span())
