"""A caseworker puts a dilemma to colleagues: a guided form, what the guard proposes, and the post."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from compassbot.conversations import guarded
from compassbot.conversations.case_memory import move_case
from compassbot.conversations.desk import Desk
from compassbot.conversations.dilemma_card import card_subject, make_card, make_receipt, receipt_subject, story
from compassbot.conversations.dilemma_draft import TYPED, DilemmaDraft, untouched
from compassbot.conversations.guarded import Found, text_of
from compassbot.conversations.round_cards import post_round
from compassbot.model.deliberations import TIMES
from compassbot.model.dilemmas import LONGEST, TEXTS, Dilemma, hints, says_something
from compassbot.talk.chat import Event, Person, Reply
from compassbot.talk.errors import Closed, Refused
from compassbot.talk.view import Answer, Card, Form, Part, Question, Text, choices, plain
from compassbot.words import Words

METHOD = "cura"


def ask(event: Event, desk: Desk) -> Reply:
    """Ask for a dilemma, with what was typed before, on the page where it was left."""
    if not desk.organisation.deliberation_place:
        raise Closed(desk.words("share-no-place"))
    if not desk.departments():
        raise Closed(desk.words("share-no-departments"))
    draft = DilemmaDraft(desk, event.person.id)
    began_before = bool(draft.typed)
    _begun(event, draft)
    return _reopened(event, desk, draft) or _form(desk, event.person, draft.typed, began_before=began_before)


def _begun(event: Event, draft: DilemmaDraft) -> None:
    """Add to the situation what came along with the command, once."""
    said = event.text.strip()
    for kept, keep in ((draft.typed, draft.types), (draft.shown, draft.changes)):
        before = text_of(kept, "situation")
        if said not in before and (before or kept is not draft.shown):
            keep({"situation": f"{before}\n\n{said}" if before else said})


def _reopened(event: Event, desk: Desk, draft: DilemmaDraft) -> Form | None:
    """Return the page with our proposal as its author left it, with all questions on it; None when it is not due."""
    shown = draft.shown
    if not shown:
        return None
    try:
        seen = _look(event, desk, draft.typed)
    except Refused:
        return None
    return _review(desk, draft.typed, seen, _form(desk, event.person, draft.typed), shown) if seen.stops else None


def keep_draft(event: Event, desk: Desk) -> Reply:
    """Keep what is typed so far, unless it comes so late that the dilemma was posted."""
    draft = DilemmaDraft(desk, event.person.id)
    if not draft.over(late=event.kind == "draft"):
        (draft.types if event.action == TYPED else draft.changes)(event.answers)
    return None


def check(event: Event, desk: Desk) -> Reply:
    """Show what the guard found and how the dilemma will look. Raises Refused where something is missing."""
    keep_draft(event, desk)
    draft = DilemmaDraft(desk, event.person.id)
    answers = draft.resent()
    _refuse_nonsense(desk, answers)
    seen = _look(event, desk, answers)
    draft.settle(answers, shows=seen.stops)
    return _review(desk, answers, seen)


def post(event: Event, desk: Desk) -> Reply:
    """Post the dilemma without its author, once nothing in it can identify anybody, and it is what was shown."""
    keep_draft(event, desk)
    draft = DilemmaDraft(desk, event.person.id)
    typed, answers = draft.typed, draft.together()
    if "situation" not in typed:
        raise Closed(desk.words("share-gone"))
    _refuse_nonsense(desk, answers)
    seen = _look(event, desk, answers)
    not_asked = [name for name in TEXTS if name not in event.answers]
    if seen.stops:
        answers = untouched(typed, _look(event, desk, typed), draft.shown, answers)
        seen = _look(event, desk, answers)
    if seen.stops or event.about != _mark(desk, answers, not_asked):
        draft.settle(answers, shows=seen.stops)
        return _review(desk, answers, seen)
    dilemma = _new(desk, answers)
    _keep(desk, dilemma, event.person, str(answers["department"]))
    draft.finish()
    move_case(desk, event.person.id, dilemma)
    return _thanks(desk, dilemma)


def _look(event: Event, desk: Desk, answers: Mapping[str, Answer]) -> Found:
    return guarded.look(desk, answers, TEXTS, by=event.person.id)


def texts_form(words: Words, title: str, action: str, filled: Mapping[str, Answer]) -> Form:
    """Return the questions for the texts of a dilemma, with what is filled in."""
    return Form(title, action, (), tuple(_text_question(words, name, filled) for name in TEXTS), keep=True)


def refuse_nonsense(words: Words, answers: Mapping[str, Answer]) -> None:
    """Refuse texts that say nothing or are too long, each with a sentence."""
    why: dict[str, str] = {}
    for name in TEXTS:
        text = text_of(answers, name)
        if not says_something(text):
            why[name] = words("says-nothing")
        elif len(text) > LONGEST[name]:
            why[name] = words("too-long", longest=LONGEST[name], length=len(text))
    if why:
        raise Refused(why)


def _refuse_nonsense(desk: Desk, answers: Mapping[str, Answer]) -> None:
    refuse_nonsense(desk.words, answers)
    allowed = {"department": dict(desk.departments()), "time": TIMES}
    missing = [name for name, known in allowed.items() if text_of(answers, name) not in known]
    if missing:
        raise Refused({name: desk.words("choose-one") for name in missing})


def _form(desk: Desk, person: Person, filled: Mapping[str, Answer], *, began_before: bool = False) -> Form:
    words = desk.words
    texts = texts_form(words, words("share-title"), "share_dilemma", filled)
    department = filled.get("department") or desk.books.people.department(person.id)
    rest = (
        Question(
            "department",
            words("share-department"),
            words("share-department-hint"),
            kind="one_of",
            choices=choices(desk.departments()),
            initial=department,
        ),
        Question(
            "time",
            words("share-time"),
            words("share-time-hint"),
            kind="one_of",
            choices=choices([(time, words(f"time-{time}")) for time in TIMES]),
            initial=filled.get("time", "days"),
        ),
    )
    intro: list[Part] = [Text(words("share-intro")), Text(words("share-not-here"), quiet=True)]
    if began_before:
        intro.insert(0, Text(words("share-draft")))
    return Form(texts.title, texts.action, tuple(intro), (*texts.questions, *rest), "", words("share-next"), keep=True)


def _text_question(words: Words, name: str, filled: Mapping[str, Answer]) -> Question:
    kind = "text" if name in ("situation", "moment", "cost_a", "cost_b") else "line"
    return Question(
        name,
        words(f"share-{name.replace('_', '-')}"),
        words(f"share-{name.replace('_', '-')}-hint"),
        kind=kind,
        initial=filled.get(name, ""),
        longest=LONGEST[name],
    )


def _review(
    desk: Desk,
    answers: Mapping[str, Answer],
    seen: Found,
    whole: Form | None = None,
    left: Mapping[str, Answer] | None = None,
) -> Form:
    """Return the page before posting; to who left it, the `whole` form with what they had `left` on it."""
    words = desk.words
    advice = hints(text_of(answers, "question"))
    asked = [name for name in TEXTS if whole or name in seen.found or (name == "question" and advice)]
    parts: list[Part] = [Text(words("share-draft"))] if whole else []
    if seen.stops:
        parts += [Text(words("guard-intro")), *guarded.legend(words, seen)]
    elif seen.found:
        parts.append(Text(words("guard-intro-reminder")))
    if advice:
        parts.append(Text(_advice(words, advice)))
    if not asked:
        clean = words("share-said", said=plain(", ".join(seen.said))) if seen.said else words("share-clean")
        parts += [Text(clean), *_preview(words, answers)]
    parts.append(_who_sees_this(desk))
    questions = whole.questions if whole else [_text_question(words, name, answers) for name in asked]
    reminded = "guard-title-reminder" if seen.found else "share-review-title"
    return Form(
        words("guard-title" if seen.stops else reminded),
        "post_dilemma",
        tuple(parts),
        guarded.left_at(guarded.shown(words, questions, answers, seen), left or {}),
        _mark(desk, answers, [name for name in TEXTS if name not in asked]),
        words("guard-accept-post" if seen.stops else "share-post"),
        keep=True,
    )


def _mark(desk: Desk, answers: Mapping[str, Answer], names: Sequence[str]) -> str:
    """Return what tells whether the texts that are shown and not asked again are still those."""
    return desk.books.drafts.mark([text_of(answers, name) for name in names])


def _advice(words: Words, advice: list[str]) -> str:
    return "\n".join((words("hint-intro"), "", *(f"- {words(f'hint-{each}')}" for each in advice)))


def _preview(words: Words, answers: Mapping[str, Answer]) -> tuple[Part, ...]:
    fields = {name: text_of(answers, name) for name in TEXTS}
    question = Text(f"**{plain(fields['question'])}**")
    return (question, *story(words, _dilemma_of(fields)))


def _who_sees_this(desk: Desk) -> Text:
    return Text(desk.words("share-who-sees", days=desk.organisation.text_days), quiet=True)


def _dilemma_of(fields: Mapping[str, str]) -> Dilemma:
    never = datetime.fromtimestamp(0, UTC)
    return Dilemma(
        **{name: fields[name] for name in TEXTS},
        id="",
        number=0,
        status="open",
        department="",
        method=METHOD,
        minutes=0,
        place="",
        round=0,
        opened_at=never,
        closes_at=never,
        extended=False,
        edited=False,
        closed_at=None,
    )


def _new(desk: Desk, answers: Mapping[str, Answer]) -> Dilemma:
    minutes = TIMES[text_of(answers, "time")]
    first = desk.house.methods[METHOD].divide(timedelta(minutes=minutes))[0]
    quiet = desk.organisation.quiet
    opened_at = quiet.next_open(desk.now)
    return Dilemma(
        **{name: text_of(answers, name) for name in TEXTS},
        id=secrets.token_hex(6),
        number=desk.books.dilemmas.next_number(),
        status="open",
        department=text_of(answers, "department"),
        method=METHOD,
        minutes=minutes,
        place=desk.organisation.deliberation_place,
        round=0,
        opened_at=opened_at,
        closes_at=quiet.after(opened_at, first.total_seconds() / 60),
        extended=False,
        edited=False,
        closed_at=None,
    )


def _keep(desk: Desk, dilemma: Dilemma, author: Person, department: str) -> None:
    desk.books.dilemmas.add(dilemma, author.id)
    desk.books.people.works_in(author.id, department)
    subject = card_subject(dilemma)
    desk.post(dilemma.place, lambda words: make_card(desk, dilemma, words), subject=subject)
    post_round(desk, dilemma)
    receipt = receipt_subject(dilemma.id)
    desk.write_to(author.id, lambda words: make_receipt(words, dilemma), subject=receipt, hold=False)


def _thanks(desk: Desk, dilemma: Dilemma) -> Card:
    words = desk.words
    later = desk.organisation.quiet.next_open(desk.now) > desk.now
    text = words("share-thanks-later" if later else "share-thanks")
    return Card(words("share-thanks-title", number=dilemma.number), (Text(text),))


HANDLERS = {
    "command dilemma": ask,
    "press dilemma": ask,
    "submit share_dilemma": check,
    "draft share_dilemma": keep_draft,
    "submit post_dilemma": post,
    "draft post_dilemma": keep_draft,
}
