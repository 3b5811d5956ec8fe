"""Naming the first administrator, before anybody in the chat can."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from compassbot.app.opening import open_database
from compassbot.app.refusing import CannotStart
from compassbot.conversations.desk import ADMINISTRATOR
from compassbot.settings import Settings
from compassbot.store.books import Books


def make_administrator(settings: Settings, person: str) -> str:
    """Give somebody the role, and return the sentence that says so. Raises CannotStart for what is no person."""
    if not re.fullmatch(r"slack:[UW][A-Z0-9]{2,40}|(?!slack:)[a-z]+:[^\s:@]{1,100}", person):
        raise CannotStart(
            "that is no person in a chat. Write slack: and their member ID, such as slack:U0123ABCD "
            "(in Slack: your picture, Profile, the three dots, Copy member ID). In the web chat: web:ilse."
        )

    def work(books: Books) -> None:
        books.people.give(person, ADMINISTRATOR)
        books.audit.note(datetime.now(UTC), "command line", "give_role", ADMINISTRATOR)

    database = open_database(settings)
    try:
        database.run_now(work)
    finally:
        database.close()
    return f"{person} is an administrator. In the chat, /kompas beheer gives others a role."
