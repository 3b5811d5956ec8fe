"""What the guard remembers of one case, and for no longer: who has which placeholder, and what its people said is no name.

No name is kept. Who has which placeholder is kept sealed, as hashes with a salt of this case alone: decision 24. What
was said to be no name is read back from the texts that were posted: it stands in them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from compassbot.conversations.desk import Desk
from compassbot.guard import Case
from compassbot.model.dilemmas import TEXTS, Dilemma

_KEY = "drafts"
_SALT = ""
_NOBODY = ""
"""What is remembered of a case is no person's."""


def open_case(desk: Desk, id: str, person: str = _NOBODY) -> tuple[Case, Callable[[], None]]:
    """Return a case, and what keeps what it learns. Before it has an id, it is of the `person` who types it."""
    form = _form_of(id)
    kept = desk.books.drafts.get(person, form)
    salt = str(kept.get(_SALT) or secrets.token_hex(16))
    before = {label: tuple(parts) for label, parts in kept.items() if label != _SALT}
    case = Case(before, (), lambda part: desk.books.vault.hash(_KEY, f"{salt} {part}"))
    for text in _texts(desk, id):
        case.reserve(text)

    def keep() -> None:
        given = {label: tuple(parts) for label, parts in case.given.items()}
        if given != before:
            desk.books.drafts.keep(person, form, {_SALT: salt, **given}, desk.now)

    return case, keep


def move_case(desk: Desk, person: str, id: str) -> None:
    """Let a case that its author typed go on as that of a dilemma."""
    kept = desk.books.drafts.get(person, _form_of(""))
    if kept:
        desk.books.drafts.keep(_NOBODY, _form_of(id), kept, desk.now)
        desk.books.drafts.drop(person, _form_of(""))


def forget_case(desk: Desk, id: str) -> None:
    """Forget who had which placeholder: nobody types in this case any more."""
    desk.books.drafts.drop_all(_form_of(id))


def said_to_be_none(desk: Desk, id: str, words: Collection[str]) -> set[str]:
    """Return which of these words look like an identifier in a text of the case too: somebody said that they are none."""
    found: set[str] = set()
    for text in (text for text in _texts(desk, id) if any(word in text for word in words)):
        kept = desk.reads(text, desk.words.language, Case())
        found |= {text[each.start : each.end] for each in kept if each.outcome == "probable"}
    return found


def _form_of(id: str) -> str:
    return f"placeholders:{id}"


def _texts(desk: Desk, id: str) -> Iterator[str]:
    """Yield all texts that people typed in a case and that are still kept."""
    dilemma = desk.books.dilemmas.get(id) if id else None
    if not dilemma:
        return
    yield from (getattr(dilemma, name) for name in TEXTS)
    for asked in desk.books.answers.asked(id):
        yield from (asked.question, asked.answer)
    yield from _answers(desk, dilemma)
    agreement = desk.books.findings.agreement(id)
    if agreement:
        yield from (agreement.agreement, agreement.owner)


def _answers(desk: Desk, dilemma: Dilemma) -> Iterator[str]:
    for round in desk.house.methods[dilemma.method].rounds:
        for _, content in desk.books.answers.of_round(dilemma.id, round.id):
            yield from _strings(content)


def _strings(content: Mapping[str, Any]) -> Iterator[str]:
    yield from (value for value in content.values() if isinstance(value, str) and " " in value.strip())
