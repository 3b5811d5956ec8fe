"""A dilemma that is being typed: the texts as they were typed, and beside them what its author makes of our proposal.

They are kept apart until it is posted. So a text that was shown and not changed stays as it was typed, and who comes
back finds the page that they left.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from compassbot.conversations.desk import Desk
from compassbot.conversations.guarded import Found, text_of
from compassbot.conversations.put_back import SURE, put_back, said
from compassbot.guard import in_language
from compassbot.model.dilemmas import TEXTS
from compassbot.talk.view import Answer

TYPED, SHOWN = "share_dilemma", "post_dilemma"
"""The two pages, and what is kept of each."""
LATE = timedelta(seconds=30)
"""What arrives of typing within it after the post belongs to what was posted."""
_BEGUN = "begun"
Answers = Mapping[str, Answer]


class DilemmaDraft:
    """The draft of one person."""

    def __init__(self, desk: Desk, person: str) -> None:
        """Take whose it is."""
        self._desk = desk
        self._person = person

    @property
    def typed(self) -> Answers:
        """Return what was typed, with our placeholders in the language of the page, or {}."""
        return self._get(TYPED)

    @property
    def shown(self) -> Answers:
        """Return what its author made of our proposal so far; {} when it was not shown."""
        return self._get(SHOWN)

    def over(self, *, late: bool) -> bool:
        """Return whether nothing is to be kept: it was posted, and what arrives is late."""
        return late and self._desk.books.drafts.finished(self._person, TYPED, self._desk.now - LATE)

    def types(self, answers: Answers) -> None:
        """Keep what is typed on the first page."""
        self._keep(TYPED, answers)

    def changes(self, answers: Answers) -> None:
        """Keep what is typed on the page with our proposal, while there is something that it is a proposal for."""
        if self.typed:
            self._keep(SHOWN, answers)

    def settle(self, answers: Answers, *, shows: bool) -> None:
        """Keep this as what was typed; with `shows` our proposal for it is what its author sees next."""
        self._desk.books.drafts.drop(self._person, SHOWN)
        self._keep(TYPED, answers)
        if shows:
            self._keep(SHOWN, {_BEGUN: "yes"})

    def finish(self) -> None:
        """Forget all: it was posted."""
        self._desk.books.drafts.drop(self._person, SHOWN)
        self._desk.books.drafts.finish(self._person, TYPED, self._desk.now)

    def resent(self) -> dict[str, Answer]:
        """Return the first page as it was sent, with what was said on the second to be no identifier."""
        both = {SURE: tuple(sorted(said(self.typed) | said(self.shown)))}
        return {**self.typed, **(both if both[SURE] else {})}

    def together(self) -> dict[str, Answer]:
        """Return all as it is on the second page, and in it again what is no identifier."""
        shown = {name: answer for name, answer in self.shown.items() if name != _BEGUN}
        return put_back({**self.typed, **shown}, TEXTS)

    def _get(self, form: str) -> Answers:
        return _spoken(self._desk, self._desk.books.drafts.get(self._person, form))

    def _keep(self, form: str, answers: Answers) -> None:
        self._desk.books.drafts.keep(self._person, form, answers, self._desk.now)


def untouched(typed: Answers, proposed: Found, sent: Answers, now: Answers) -> dict[str, Answer]:
    """Return the texts as they are now, and as they were typed where our proposal was left as it was."""
    same = {
        name: typed[name]
        for name in TEXTS
        if name in sent and proposed.stops_at(name) and text_of(sent, name) == proposed.proposal(name)
    }
    return {**now, **same}


def _spoken(desk: Desk, answers: Answers) -> dict[str, Answer]:
    language = desk.words.language
    return {
        name: in_language(answer, language) if name in TEXTS and isinstance(answer, str) else answer
        for name, answer in answers.items()
    }
