"""The beginning: digests count from here, and who added the bot is its first administrator and reads what to do next."""

from __future__ import annotations

from datetime import UTC

from compassbot.conversations.desk import ADMINISTRATOR, Desk
from compassbot.talk.view import Button, Card, Text
from compassbot.words import LANGUAGES, Words


def begin(desk: Desk, installer: str = "", language: str = "") -> bool:
    """Let an organisation's time with the bot begin, once. Return whether it began now.

    `installer` is the person who added the bot, if somebody in the chat did; `language` is the one they read, and so
    the first of the channels.
    """
    if not desk.books.settings.begin("started_at", desk.now.astimezone(UTC).isoformat()):
        return False
    if language in LANGUAGES:
        desk.books.settings.begin("language", language)
        desk.__dict__.pop("organisation", None)  # read again with the language
    if installer:
        desk.books.people.give(installer, ADMINISTRATOR)
        desk.books.audit.note(desk.now, "installation", "give_role", ADMINISTRATOR)
        desk.write_to(installer, _welcome, hold=False)
    return True


def _welcome(words: Words) -> Card:
    steps = "\n".join(f"- {words(key)}" for key in _STEPS)
    return Card(
        words("welcome-title"),
        (Text(words("welcome-intro")), Text(steps), Text(words("welcome-later"), quiet=True)),
        (Button(words("welcome-choose"), "settings"),),
    )


_STEPS = ("welcome-departments", "welcome-places", "welcome-invite", "welcome-roles")
