"""Cards and Forms to Slack's blocks and views, within its limits.

The limits are those of docs.slack.dev, "Block Kit"; a message is kept shorter than Slack allows, so that it arrives
whole. Everything typed stands in rich text or plain text, where no sign has a meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compassbot.chats.slack import rich
from compassbot.chats.slack.answers import inputs, plain_text
from compassbot.chats.slack.seal import Carried, Seal
from compassbot.talk.view import Button, Card, Facts, Form, Image, Marked, Part, Text, cut, plain, words_of
from compassbot.words import Words

Json = dict[str, Any]
MOST_BLOCKS = 50
MOST_BLOCKS_IN_VIEW = 100
LONGEST_TEXT = 3000
"""Characters in one block of text."""
LONGEST_MESSAGE = 12_000
"""Characters in all blocks of a message together: Slack refuses somewhat more as msg_blocks_too_long."""
LONGEST_FALLBACK = 4000
"""Characters of the plain text that screen readers and notifications read, as Slack advises."""
LONGEST_LINE = 60
"""Characters of a label and its value on one line."""
LONGEST_HEADER = 150
LONGEST_BUTTON = 75
MOST_BUTTONS_IN_ROW = 5
"""As many as read well; Slack takes 25."""
LONGEST_ALT = 2000
LONGEST_TITLE = LONGEST_SUBMIT = 24
LONGEST_CONFIRM_TITLE, LONGEST_CONFIRM = 100, 300
CALLBACK = "form"
Pictures = Mapping[str, str]
"""Slack's ids of files that were uploaded, by the address of the Image."""


@dataclass(frozen=True, slots=True)
class Show:
    """Makes what one workspace sees: buttons and forms under its seal, in its language."""

    seal: Seal
    language: str

    @property
    def words(self) -> Words:
        """Return the sentences of Slack's own."""
        return Words(self.language)

    def message(self, card: Card, pictures: Pictures | None = None) -> Json:
        """Return `blocks`, and the `text` that screen readers and notifications read."""
        blocks = self._card(card, pictures or {}, MOST_BLOCKS, Carried(""))
        return {"blocks": blocks, "text": fallback(card)}

    def home(self, card: Card) -> Json:
        """Return the view of App Home."""
        blocks = self._card(card, {}, MOST_BLOCKS_IN_VIEW, Carried("", home=True))
        return {"type": "home", "blocks": blocks}

    def told(self, card: Card, pictures: Pictures | None = None) -> Json:
        """Return a modal that tells something; closing it closes all that lies under it."""
        title = card.title if len(card.title) <= LONGEST_TITLE else self.words("slack-name")
        body = Card("" if title == card.title else card.title, card.parts, card.buttons)
        return {
            "type": "modal",
            "title": plain_text(title or self.words("slack-name"), LONGEST_TITLE),
            "blocks": self._card(body, pictures or {}, MOST_BLOCKS_IN_VIEW, Carried("")),
            "close": plain_text(self.words("slack-close"), LONGEST_SUBMIT),
            "clear_on_close": True,
        }

    def asked(self, form: Form, origin: Carried, sentence: str = "") -> Json:
        """Return the modal that asks what a form asks; `sentence` stands above it, where nothing else can say it."""
        carried = Carried(form.action, form.about, origin.place, origin.thread, origin.home)
        short = len(form.title) <= LONGEST_TITLE
        head: list[Part] = [Text(f"**{plain(sentence)}**")] if sentence else []
        card = Card("" if short else form.title, (*head, *form.parts))
        asking = inputs(form.questions, self.words("slack-tail"), lambda parts: list(_body(parts, {})), keep=form.keep)
        return {
            "type": "modal",
            "callback_id": CALLBACK,
            "private_metadata": self.seal.close(carried),
            "title": plain_text(form.title if short else self.words("slack-name"), LONGEST_TITLE),
            "blocks": [*self._card(card, {}, MOST_BLOCKS_IN_VIEW - len(asking), carried), *asking],
            "submit": plain_text(form.submit or self.words("slack-submit"), LONGEST_SUBMIT),
            "close": plain_text(self.words("slack-cancel"), LONGEST_SUBMIT),
        }

    def _card(self, card: Card, pictures: Pictures, most: int, origin: Carried) -> list[Json]:
        buttons = list(self._buttons(card.buttons, origin))
        blocks = _fitting([*_title(card.title), *_body(card.parts, pictures)], most - len(buttons), self.words)
        return [*blocks, *buttons]

    def _buttons(self, buttons: Sequence[Button], origin: Carried) -> Iterator[Json]:
        for start in range(0, len(buttons), MOST_BUTTONS_IN_ROW):
            row = buttons[start : start + MOST_BUTTONS_IN_ROW]
            made = [self._button(button, origin, start + nth) for nth, button in enumerate(row)]
            yield {"type": "actions", "block_id": f"buttons-{start}", "elements": made}

    def _button(self, button: Button, origin: Carried, number: int) -> Json:
        carried = Carried(button.action, button.about, home=origin.home)
        made: Json = {
            "type": "button",
            "action_id": f"press-{number}",
            "text": plain_text(button.label, LONGEST_BUTTON),
            "value": self.seal.close(carried),
        }
        if number == 0 and not button.confirm:
            made["style"] = "primary"
        if button.confirm:
            made["confirm"] = {
                "title": plain_text(button.label, LONGEST_CONFIRM_TITLE),
                "text": plain_text(button.confirm, LONGEST_CONFIRM),
                "confirm": plain_text(self.words("slack-sure"), LONGEST_SUBMIT),
                "deny": plain_text(self.words("slack-cancel"), LONGEST_SUBMIT),
                "style": "danger",
            }
        return made


def fallback(card: Card) -> str:
    """Return all that a card says as plain text, in Slack's way to write `&`, `<` and `>`."""
    said = cut(words_of(Card(card.title, card.parts)), LONGEST_FALLBACK) or "…"
    return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def pictured(card: Card) -> list[str]:
    """Return the addresses of the pictures on our own server that a card shows."""
    return [part.url for part in card.parts if isinstance(part, Image) and part.url.startswith("/")]


def _title(title: str) -> Iterator[Json]:
    if len(title) > LONGEST_HEADER:
        yield _rich([rich.section(f"**{plain(title)}**")])
    elif title:
        yield {"type": "header", "text": plain_text(title, LONGEST_HEADER)}


def _body(parts: Sequence[Part], pictures: Pictures) -> Iterator[Json]:
    for part in parts:
        match part:
            case Text(markdown=markdown, quiet=quiet):
                yield from _small(markdown) if quiet else _paged(rich.elements(markdown))
            case Facts(pairs=pairs):
                yield from _paged(_facts(pairs))
            case Image():
                yield _image(part, pictures)
            case Marked():
                yield from _paged(_marked(part))


def _marked(part: Marked) -> list[Json]:
    """Return a text as it was typed, struck out where it must go, and below it what could stand there instead.

    Where no mark says why, it is a line that explains the marks.
    """
    quoted = [_run(piece, _MARKS[mark.weight] if mark else "") for piece, mark in part.pieces()]
    rows = [
        {
            "type": "rich_text_section",
            "elements": [_run(f"{found} {mark.sign} "), _run(mark.instead, "bold"), _run(f"  {mark.why}")],
        }
        for found, mark in part.reasons()
    ]
    if not rows:
        return [{"type": "rich_text_section", "elements": quoted}]
    return [
        rich.section(plain(part.label)),
        {"type": "rich_text_quote", "elements": quoted},
        {"type": "rich_text_list", "style": "bullet", "elements": rows},
    ]


_MARKS = {"must": "strike", "may": "italic", "note": "bold"}


def _run(text: str, style: str = "") -> Json:
    return {"type": "text", "text": text, **({"style": {style: True}} if style else {})}


def _facts(pairs: Sequence[tuple[str, str]]) -> list[Json]:
    """Return a section for each pair: short ones on a line each, long ones below their label, with room between."""
    made = [(rich.section(f"**{label}**"), rich.section(value)) for label, value in pairs]
    short = all(rich.length(label) + rich.length(value) <= LONGEST_LINE for label, value in made)
    between, after = ("  ", "") if short else ("\n", "\n")
    return [
        {
            "type": "rich_text_section",
            "elements": [
                *label["elements"],
                {"type": "text", "text": between},
                *value["elements"],
                *([{"type": "text", "text": after}] if after and nth < len(made) else []),
            ],
        }
        for nth, (label, value) in enumerate(made, start=1)
    ]


def _small(markdown: str) -> Iterator[Json]:
    """Return small print: grey where it is a plain sentence, rich text where it holds more than that."""
    found = rich.elements(markdown)
    runs: list[Json] = found[0]["elements"] if len(found) == 1 and found[0]["type"] == "rich_text_section" else []
    if runs and all(run["type"] == "text" and "style" not in run for run in runs):
        said = cut("".join(run["text"] for run in runs), LONGEST_TEXT)
        yield {"type": "context", "elements": [{"type": "plain_text", "text": said, "emoji": False}]}
    else:
        yield from _paged(found)


def _paged(elements: Sequence[Json]) -> Iterator[Json]:
    """Return rich text blocks, each of at most LONGEST_TEXT characters; a longer element is cut at a word."""
    page: list[Json] = []
    for whole in elements:
        for element in _broken(whole):
            if page and sum(map(rich.length, page)) + rich.length(element) > LONGEST_TEXT:
                yield _rich(page)
                page = []
            page.append(element)
    if page:
        yield _rich(page)


def _broken(element: Json) -> Iterator[Json]:
    """Return a long list as several lists; anything else that is too long, shortened."""
    if rich.length(element) <= LONGEST_TEXT:
        yield element
    elif element["type"] == "rich_text_list":
        for item in element["elements"]:
            yield {**element, "elements": [rich.shortened(item, LONGEST_TEXT)]}
    else:
        yield rich.shortened(element, LONGEST_TEXT)


def _image(image: Image, pictures: Pictures) -> Json:
    alt = cut(image.alt, LONGEST_ALT)
    if image.url in pictures:
        return {"type": "image", "slack_file": {"id": pictures[image.url]}, "alt_text": alt}
    if image.url.startswith("https:"):
        return {"type": "image", "image_url": image.url, "alt_text": alt}
    return _rich([rich.shortened(rich.section(plain(image.alt)), LONGEST_TEXT)])


def _fitting(blocks: Sequence[Json], most: int, words: Words) -> list[Json]:
    """Return the blocks that fit in one message, and where some do not, a sentence that says so."""
    kept: list[Json] = []
    left = LONGEST_MESSAGE
    for number, block in enumerate(blocks):
        left -= _size(block)
        last = number + 1 == len(blocks)
        if left < 0 or len(kept) + 1 > most - (0 if last else 1):
            return [*kept, {"type": "context", "elements": [plain_text(words("slack-more"), LONGEST_TEXT)]}]
        kept.append(block)
    return kept


def _size(block: Json) -> int:
    text = block.get("text", {}).get("text", "")
    return len(text) + sum(map(rich.length, block.get("elements", ())))


def _rich(elements: Sequence[Json]) -> Json:
    return {"type": "rich_text", "elements": list(elements)}
