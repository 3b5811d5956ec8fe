"""A message cannot leave until somebody mends something: who can is told what is the matter, and the way out."""

from __future__ import annotations

from compassbot.conversations.desk import ADMINISTRATOR, Desk
from compassbot.conversations.dilemma_card import news_subjects
from compassbot.model.quiet_hours import HERE
from compassbot.store.outbox import Letter
from compassbot.talk.errors import NotConnected, NotInvited
from compassbot.talk.view import Card, Text, place_mention, plain
from compassbot.words import Words

DILEMMA = "dilemma:"
STILL_LETS_US_WRITE = {"missing_scope"}
"""The only code of these with which we may still write over the same chat: the others we could tell nobody there."""
Trouble = NotInvited | NotConnected


def tell(desk: Desk, letter: Letter, trouble: Trouble) -> None:
    """Write to the administrators, once a day for each place and trouble, and to the author of a dilemma that waits."""
    place = _place_of(letter)
    what = place if isinstance(trouble, NotInvited) else letter.chat
    reached = [each for each in desk.books.people.with_role(ADMINISTRATOR) if _reached(each, letter, trouble)]
    if _first_today(desk, f"{trouble.why} {what}"):
        for person in reached:
            desk.write_to(person, lambda words: _to_mend(words, letter, trouble, place))
    if letter.kind == "post" and letter.subject.startswith(DILEMMA):
        _tell_author(desk, letter, trouble, known=bool(reached))


def _tell_author(desk: Desk, letter: Letter, trouble: Trouble, *, known: bool) -> None:
    id = letter.subject.removeprefix(DILEMMA)
    author = desk.books.dilemmas.author(id)
    if author and _reached(author, letter, trouble) and _first_today(desk, f"kept {id}"):
        # Under this subject it goes with the seal, as all else that the author was written about it.
        subject = f"{news_subjects(id)}kept"
        desk.write_to(author, lambda words: _kept(words, letter.to, known=known), subject=subject, hold=False)


def _first_today(desk: Desk, what: str) -> bool:
    return desk.books.first_time(f"trouble {desk.now.astimezone(HERE).date()} {what}", desk.now)


def _reached(person: str, letter: Letter, trouble: Trouble) -> bool:
    """Return whether we can write to somebody now: over a chat that does not let us in it would come when all is well."""
    lets_us_in = isinstance(trouble, NotInvited) or trouble.why in STILL_LETS_US_WRITE
    return lets_us_in or not person.startswith(f"{letter.chat}:")


def _place_of(letter: Letter) -> str:
    """Return where it was to be said; a person is no place, and is named nowhere."""
    if letter.kind == "write":
        return letter.chat
    return letter.there.place if letter.kind == "update" and letter.there else letter.to


def _to_mend(words: Words, letter: Letter, trouble: Trouble, place: str) -> Card:
    title = words("trouble-title")
    if isinstance(trouble, NotInvited):
        more = Text(words("trouble-not-invited-more"), quiet=True)
        return Card(title, (Text(words("trouble-not-invited", place=place_mention(place))), more))
    return Card(title, (Text(words("trouble-not-connected", chat=letter.chat.capitalize(), why=plain(trouble.why))),))


def _kept(words: Words, place: str, *, known: bool) -> Card:
    said = words("trouble-kept" if known else "trouble-kept-nobody", place=place_mention(place))
    return Card(words("trouble-kept-title"), (Text(said),))
