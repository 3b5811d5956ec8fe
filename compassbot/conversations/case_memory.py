"""What the guard remembers of one case, and for no longer: who has which placeholder, and what its people said is no name.

No name is kept. Who has which placeholder is kept sealed, as hashes with a salt of this case alone: decision 24. What
was said to be no name is read back from the texts that were posted: it stands in them.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from compassbot.conversations.desk import Desk
from compassbot.conversations.reading import read_or_refuse
from compassbot.guard import Case, Identifier, in_language, placeholders
from compassbot.model.dilemmas import TEXTS, Dilemma
from compassbot.talk.view import Answer

_KEY = "drafts"
_SALT, _CERTAIN, _LANGUAGE = "", "certain", "language"
"""What stands in a memory beside the placeholders, which all begin with a bracket."""
_NOBODY = ""
"""What is remembered of a case is no person's."""


class CaseMemory(Case):
    """The case that what is typed belongs to, whose memory is read once the guard finds something in it.

    Before it has an id, it is that of the person who types it. Then nobody has seen more of it than what stands in
    its texts now, so of what was given before only that is remembered.
    """

    def __init__(self, desk: Desk, id: str = "", person: str = _NOBODY) -> None:
        """Take the id of the dilemma, or who types what is no dilemma yet; without both nothing is remembered."""
        super().__init__(disguise=lambda part: desk.books.vault.hash(_KEY, f"{self._salt} {part}"))
        self._desk = desk
        self._id, self._person = id, _NOBODY if id else person
        self._salt = ""
        self._language = desk.words.language
        self._certain: set[str] = set()
        self._before: Mapping[str, Answer] = {}

    def placeholder(self, name: Collection[str], role: str, *, lettered: bool) -> str:
        """Return the placeholder of a person, as in all texts of this case before."""
        self._open()
        return super().placeholder(name, self._said(f"[{role}]")[1:-1], lettered=lettered)

    def settle(self, found: Mapping[str, Sequence[Identifier]]) -> dict[str, list[Identifier]]:
        """Return what was found in all texts, in the language of the case: who is certain in one is certain in each."""
        if any(found.values()):
            self._open()
        persons = [each for every in found.values() for each in every if each.kind == "person"]
        self._certain |= {each.suggestion for each in persons if each.certain}
        return {name: [self._settled(each) for each in every] for name, every in found.items()}

    def keep(self) -> None:
        """Remember for the next text of the case who has which placeholder, and who is certain."""
        now: dict[str, Answer] = {label: tuple(parts) for label, parts in self.given.items()}
        if not now or not (self._id or self._person):
            return
        now |= {_SALT: self._salt, _CERTAIN: tuple(sorted(self._certain))}
        if now.items() <= self._before.items():
            return
        drafts = self._desk.books.drafts
        if not self._id:
            drafts.drop(self._person, _form_of(""))
        drafts.keep(self._person, _form_of(self._id), now, self._desk.now)

    def _open(self) -> None:
        if self._salt:
            return
        if self._id or self._person:
            self._before = self._desk.books.drafts.get(self._person, _form_of(self._id))
        self._salt = str(self._before.get(_SALT) or secrets.token_hex(16))
        self._language = str(self._before.get(_LANGUAGE) or self._language)
        given = {self._said(label): tuple(parts) for label, parts in self._before.items() if label.startswith("[")}
        certain = {self._said(label) for label in self._before.get(_CERTAIN, ())}
        if not self._id:
            given = {label: parts for label, parts in given.items() if self.stands(label)}
        self.recall(given)
        self._certain = certain & given.keys()
        for text in _texts(self._desk, self._id):
            self.reserve(text)

    def _settled(self, each: Identifier) -> Identifier:
        certain = each.certain or (each.kind == "person" and each.suggestion in self._certain)
        return replace(each, certain=certain, suggestion=self._said(each.suggestion))

    def _said(self, placeholder: str) -> str:
        return in_language(placeholder, self._language)


def case_of(desk: Desk, id: str = "", person: str = _NOBODY) -> CaseMemory:
    """Return the memory of a case: one and the same all through the answer to an event."""
    case = desk.cases.get((id, person))
    if not isinstance(case, CaseMemory):
        case = desk.cases[id, person] = CaseMemory(desk, id, person)
    return case


def move_case(desk: Desk, person: str, dilemma: Dilemma) -> None:
    """Let a case that its author typed go on as that of a dilemma, in its language, with who stands in it."""
    kept = desk.books.drafts.get(person, _form_of(""))
    texts = [getattr(dilemma, name) for name in TEXTS]
    seen = {label for text in texts for label in placeholders(text)}
    going = {label: parts for label, parts in kept.items() if not label.startswith("[") or label in seen}
    desk.books.drafts.keep(_NOBODY, _form_of(dilemma.id), {**going, _LANGUAGE: desk.words.language}, desk.now)
    desk.books.drafts.drop(person, _form_of(""))


def forget_case(desk: Desk, id: str) -> None:
    """Forget who had which placeholder: nobody types in this case any more."""
    desk.books.drafts.drop_all(_form_of(id))


def said_to_be_none(desk: Desk, id: str, words: Collection[str]) -> set[str]:
    """Return which of these words look like an identifier in a text of the case too: somebody said that they are none."""
    found: set[str] = set()
    for text in (text for text in _texts(desk, id) if any(word in text for word in words)):
        kept = read_or_refuse(desk.reads, text, desk.words)
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
