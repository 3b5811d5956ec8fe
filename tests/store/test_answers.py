"""What people answered, and who has not yet."""

from __future__ import annotations

from compassbot.store.books import Books
from tests.office import Office


def test_somebody_is_awaited_until_each_who_takes_part_has_answered_that_round(any_office: Office) -> None:
    """An answer to another round, or in another dilemma, is none to this one."""

    def work(books: Books) -> list[bool]:
        answers, awaited = books.answers, list[bool]()

        def look() -> None:
            awaited.append(answers.awaited("d1", "park"))

        look()
        for person in ("web:joost", "web:mei"):
            assert books.dilemmas.join("d1", person, "2026Q4", "wmo")
        assert not books.dilemmas.join("d1", "web:mei", "2026Q4", "wmo")
        joost, mei = (books.dilemmas.who("d1", person) for person in ("web:joost", "web:mei"))
        answers.give("d1", "park", joost, {})
        look()
        answers.give("d1", "judge", mei, {})
        answers.give("d2", "park", mei, {})
        look()
        answers.give("d1", "park", mei, {})
        look()
        assert books.dilemmas.taking_part("d1") == 2
        return awaited

    assert any_office.parts.database.run_now(work) == [False, True, True, False]


def test_a_question_waits_until_its_case_holder_answers(any_office: Office) -> None:
    """Of two questions one answer is not enough; a question in another dilemma is another matter."""

    def work(books: Books) -> list[bool]:
        answers = books.answers
        waits = [answers.unanswered("d1")]
        asked = [answers.ask("d1", who, "Hoe lang al?")[0] for who in ("a", "b")]
        answers.ask("d2", "a", "Hoe lang al?")
        for question in asked:
            waits.append(answers.unanswered("d1"))
            answers.reply(question, "Een half jaar.")
        return [*waits, answers.unanswered("d1")]

    assert any_office.parts.database.run_now(work) == [False, True, True, False]
