"""On the date to look back, case holder and group are asked whether the agreement was kept, and why not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from compassbot.conversations import guarded
from compassbot.conversations.desk import Desk, Duty, gone
from compassbot.conversations.dilemma_card import card_subject, look_back_subject
from compassbot.conversations.forget import forget_author
from compassbot.model.deliberations import percentages
from compassbot.model.quiet_hours import HERE
from compassbot.store.findings import Agreement
from compassbot.talk.chat import Event, Reply
from compassbot.talk.errors import Closed, Refused
from compassbot.talk.view import Button, Card, Facts, Form, Part, Question, Text, choices, plain, quoted
from compassbot.words import Words

AT = time(9)
OPEN_FOR = timedelta(days=7)
ANSWERS = ("yes", "partly", "no", "dont-know")
LONGEST = 400
FEWEST_SHOWN = 3
"""From so many answers on they are told; fewer could be put down to a person."""


def ask_when_due(desk: Desk, id: str) -> None:
    """Ask in the thread, and the case holder in private, whether an agreement was kept."""
    agreement = desk.books.findings.agreement(id, hold=True)
    if not agreement or agreement.status != "agreed" or _due_at(agreement) > desk.now:
        return
    desk.books.findings.mark(id, "asked", desk.now)
    dilemma = desk.books.dilemmas.get(id)
    if dilemma:
        subject = card_subject(dilemma)
        desk.post(dilemma.place, lambda words: _card(words, agreement), subject=f"look-back:{id}", under=subject)
    author = desk.books.dilemmas.author(id)
    if author:
        desk.write_to(author, lambda words: _card(words, agreement), subject=look_back_subject(id))


def close_when_due(desk: Desk, id: str) -> None:
    """Tell the group what was answered; after that nobody can know any more who raised the dilemma."""
    agreement = desk.books.findings.agreement(id, hold=True)
    if not agreement or agreement.status != "asked" or not agreement.asked_at:
        return
    if agreement.asked_at + OPEN_FOR > desk.now:
        return
    given = desk.books.findings.looked_back(id)
    if desk.books.outbox.where(f"look-back:{id}"):
        desk.update(f"look-back:{id}", lambda words: _outcome(words, agreement, given))
    desk.books.findings.finish_look_back(id)
    forget_author(desk, id)


def forget_outcome(desk: Desk, id: str) -> None:
    """Take the agreement and what was answered out of the thread, as long after the look back as texts are kept."""
    subject = f"look-back:{id}"
    if desk.books.outbox.known(subject):
        desk.update(subject, lambda words: Card(words("look-back-outcome"), (Text(words("forgotten")),)))
    desk.books.findings.forget_outcome(id)


def ask(event: Event, desk: Desk) -> Reply:
    """Ask one person whether the agreement was kept."""
    return _form(desk, _asked(event, desk))


def answered(event: Event, desk: Desk) -> Reply:
    """Keep the answer. Raises Refused where it is missing."""
    agreement = _asked(event, desk, hold=True)
    form = _form(desk, agreement)
    answers = guarded.answers_to(desk, form, event.answers)
    answer, why = guarded.text_of(answers, "kept"), guarded.text_of(answers, "why")
    if answer not in ANSWERS:
        raise Refused({"kept": desk.words("choose-one")})
    if len(why) > LONGEST:
        raise Refused({"why": desk.words("too-long", longest=LONGEST, length=len(why))})
    proposed = guarded.review(desk, form, answers, about=agreement.dilemma)
    if proposed:
        return proposed
    desk.books.findings.look_back(agreement.dilemma, event.person.id, answer, why)
    return Card("", (Text(desk.words("look-back-thanks")), *guarded.reminder(desk, form, answers)))


def _asked(event: Event, desk: Desk, *, hold: bool = False) -> Agreement:
    agreement = desk.books.findings.agreement(event.about, hold=hold)
    if not agreement:
        raise gone(desk)
    if agreement.status != "asked":
        raise Closed(desk.words("look-back-over"))
    return agreement


def _card(words: Words, agreement: Agreement) -> Card:
    return Card(
        words("look-back-title"),
        (Text(words("look-back-text")), Text(quoted(agreement.agreement))),
        (Button(words("look-back-answer"), "look_back", agreement.dilemma, form=True),),
    )


def _outcome(words: Words, agreement: Agreement, given: list[tuple[str, str]]) -> Card:
    parts: list[Part] = [Text(quoted(agreement.agreement))]
    if len(given) < FEWEST_SHOWN:
        parts.append(Text(words("look-back-few")))
    else:
        pairs = [
            (words(f"kept-{answer}"), f"{share}% ({words('people', people=count)})")
            for answer, count, share in percentages(answer for answer, _ in given)
        ]
        reasons = [f"- {plain(' '.join(why.split()))}" for _, why in given if why]
        parts += [Facts(tuple(pairs)), *([Text("\n".join(reasons))] if reasons else [])]
    return Card(words("look-back-outcome"), tuple(parts))


def _form(desk: Desk, agreement: Agreement) -> Form:
    words = desk.words
    return Form(
        words("look-back-title"),
        "look_back",
        (Text(quoted(agreement.agreement)),),
        (
            Question(
                "kept",
                words("ask-kept"),
                kind="one_of",
                choices=choices([(answer, words(f"kept-{answer}")) for answer in ANSWERS]),
            ),
            Question(
                "why", words("ask-kept-why"), words("ask-kept-why-hint"), kind="text", required=False, longest=LONGEST
            ),
        ),
        agreement.dilemma,
        words("turn-submit"),
    )


def _due_at(agreement: Agreement) -> datetime:
    return datetime.combine(agreement.look_back, AT, HERE)


def _to_ask(desk: Desk) -> list[str]:
    today = desk.now.astimezone(HERE).date()
    due = desk.books.findings.agreements_between(date.min, today)
    return [each.dilemma for each in due if _due_at(each) <= desk.now]


def _to_close(desk: Desk) -> list[str]:
    return [each.dilemma for each in desk.books.findings.asked_before(desk.now - OPEN_FOR)]


def _past_term(desk: Desk) -> list[str]:
    term = OPEN_FOR + timedelta(days=desk.organisation.text_days)
    return desk.books.findings.looked_back_before(desk.now - term)


def _next_to_ask(desk: Desk) -> datetime | None:
    day = desk.books.findings.next_look_back()
    return datetime.combine(day, AT, HERE) if day else None


def _next_to_close(desk: Desk) -> datetime | None:
    asked = desk.books.findings.next_asked()
    return asked + OPEN_FOR if asked else None


DUTIES = (
    Duty("look back", _to_ask, ask_when_due, _next_to_ask),
    Duty("looked back", _to_close, close_when_due, _next_to_close),
    Duty("outcomes past their term", _past_term, forget_outcome, lambda _: None),
)
HANDLERS = {"press look_back": ask, "submit look_back": answered}
