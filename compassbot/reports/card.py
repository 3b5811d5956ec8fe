"""A digest as a card in the chat."""

from __future__ import annotations

from compassbot.model.digest import Digest
from compassbot.reports.outline import Item, Names, Section, has_picture, outline, picture_in_words
from compassbot.talk.view import Button, Card, Image, Part, Text, cut, plain
from compassbot.words import Words

LONGEST_TITLE = 50
"""Characters of a theme on a button, so that every chat has room for it."""
LONGEST_QUOTE = 240


def as_card(digest: Digest, words: Words, names: Names, picture_url: str = "", *, for_managers: bool = False) -> Card:
    """Return the card of a digest, with the picture at `picture_url` where there is one.

    Managers get a button for each signal that waits for a step: `settle_signal` about the signal's id.
    """
    said = outline(digest, words, names)
    parts: list[Part] = [Text(said.opening)] if said.opening else []
    parts += map(_section, said.before)
    if has_picture(digest) and picture_url:
        parts.append(Image(picture_url, picture_in_words(digest, words, names)))
    parts += map(_section, said.after)
    if said.footer:
        parts.append(Text(said.footer, quiet=True))
    return Card(said.title, tuple(parts), _buttons(digest, words, names) if for_managers else ())


def _section(section: Section) -> Text:
    lines = [f"**{section.heading}**"]
    if section.says:
        lines.append(plain(section.says))
    if section.items:
        lines.append("\n".join(map(_item, section.items)))
    return Text("\n\n".join(lines))


def _item(item: Item) -> str:
    lead = f"**{plain(item.lead)}**" if item.lead else ""
    rest = " ".join([plain(item.says), *(plain(cut(quote, LONGEST_QUOTE)) for quote in item.quotes)]).strip()
    return f"- {lead}{': ' if lead and rest else ''}{rest}"


def _buttons(digest: Digest, words: Words, names: Names) -> tuple[Button, ...]:
    if digest.quiet:
        return ()
    return tuple(
        Button(
            words("digest-signal-settle", theme=cut(names("theme", line.signal.theme), LONGEST_TITLE)),
            action="settle_signal",
            about=line.signal.id,
            form=True,
        )
        for line in digest.signals
        if line.open
    )
