"""Looking up a leading principle: its meaning, working questions, tensions and an example."""

from __future__ import annotations

from collections.abc import Sequence

from compassbot.conversations import guarded
from compassbot.conversations.desk import Desk
from compassbot.model.principles import Principle
from compassbot.talk.chat import Event, Reply
from compassbot.talk.view import Button, Card, Text, plain


def look_up(event: Event, desk: Desk) -> Reply:
    """Show the principle that is meant, or the ones to choose from."""
    if not event.text.strip():
        return overview(desk, desk.words("principles-intro"))
    found = desk.house.principles.look_up(event.text, desk.words.language)
    if found.found is None:
        asked = plain(guarded.without(desk, event.text)[:60])
        return overview(desk, desk.words("principles-unknown", asked=asked), found.nearest)
    return one(desk, found.found)


def press(event: Event, desk: Desk) -> Reply:
    """Show the principle whose button was pressed; all of them when it is gone."""
    try:
        return one(desk, desk.house.principles.get(event.about))
    except KeyError:
        return overview(desk, desk.words("principles-intro"))


def overview(desk: Desk, intro: str, some: Sequence[Principle] = ()) -> Card:
    """Return the principles with a line each, and a button each."""
    language = desk.words.language
    listed = some or desk.house.principles.principles
    lines = "\n".join(f"- **{plain(each.name(language))}**: {plain(each.meaning(language))}" for each in listed)
    return Card(
        desk.words("principles-title"),
        (Text(intro), Text(lines)),
        tuple(Button(each.name(language), "principle", each.id) for each in listed),
    )


def one(desk: Desk, principle: Principle) -> Card:
    """Return all about one principle."""
    words, language = desk.words, desk.words.language
    questions = "\n".join(f"- {plain(each)}" for each in principle.questions(language))
    tensions = "\n".join(
        f"- **{plain(other.name(language))}**: {plain(tension(language))}"
        for other, tension in desk.house.principles.tensions_of(principle.id)
    )
    parts = [
        Text(plain(principle.meaning(language))),
        Text(f"**{words('principle-questions')}**\n\n{questions}"),
        Text(f"**{words('principle-example')}** {plain(principle.example(language))}"),
    ]
    if tensions:
        parts.append(Text(f"**{words('principle-tensions')}**\n\n{tensions}"))
    parts.append(Text(words("principle-ours"), quiet=True))
    return Card(principle.name(language), tuple(parts), (Button(words("principles-all"), "principles"),))


HANDLERS = {
    "command principes": look_up,
    "command principles": look_up,
    "command principe": look_up,
    "command principle": look_up,
    "press principles": look_up,
    "press principle": press,
}
