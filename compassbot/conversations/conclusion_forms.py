"""The two pages of a conclusion: the agreement, and the codes of the finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from compassbot.conversations.desk import Desk
from compassbot.conversations.dilemma_card import turn_of
from compassbot.conversations.guarded import many_of, text_of
from compassbot.model.dilemmas import Dilemma, says_something
from compassbot.model.quiet_hours import HERE
from compassbot.talk.chat import Event
from compassbot.talk.errors import Refused
from compassbot.talk.view import Answer, Choice, Form, Question, Text, choices, plain

LONGEST = {"agreement": 400, "owner": 100, "sentence": 200}
LOOK_BACK_AFTER = timedelta(weeks=6)
LATEST_LOOK_BACK = timedelta(days=366)
MOST_PRINCIPLES = 3
_CODES = ("theme", "cause", "block", "often")


def first_page(event: Event, desk: Desk, dilemma: Dilemma, department: Sequence[Question] = ()) -> Form:
    """Return the form for the agreement, with what was proposed or typed before."""
    words = desk.words
    there = desk.books.findings.agreement(dilemma.id)
    filled: dict[str, Answer] = (
        {"agreement": there.agreement, "owner": there.owner, "look_back": there.look_back.isoformat()} if there else {}
    ) | desk.books.drafts.get(event.person.id, draft_of(event.about))
    in_six_weeks = (desk.now.astimezone(HERE).date() + LOOK_BACK_AFTER).isoformat()
    return Form(
        words("conclude-title"),
        "conclude",
        (Text(f"**{plain(dilemma.question)}**"), Text(words("conclude-intro"))),
        (
            *department,
            _typed(desk, "agreement", filled),
            _typed(desk, "owner", filled),
            Question(
                "look_back",
                words("ask-look-back"),
                words("ask-look-back-hint"),
                kind="date",
                initial=filled.get("look_back", in_six_weeks),
            ),
        ),
        turn_of(dilemma),
        words("share-next"),
        keep=True,
    )


def second_page(event: Event, desk: Desk, dilemma: Dilemma) -> Form:
    """Return the form for the codes, with what was proposed or typed before."""
    words, language, taxonomy = desk.words, desk.words.language, desk.house.taxonomy
    filled = _coded(desk, dilemma) | desk.books.drafts.get(event.person.id, draft_of(event.about))
    themes = [
        (theme.id, f"{field.name(language)}: {theme.name(language)}")
        for field in taxonomy.fields
        for theme in field.themes
    ]
    causes = [(each.id, f"{each.name(language)}: {each.meaning(language)}") for each in taxonomy.causes]
    blocks = [(each.id, f"{each.name(language)}: {each.meaning(language)}") for each in taxonomy.blocks]
    principles = [(each.id, each.name(language)) for each in desk.house.principles.principles]
    often = [("incident", words("incident")), ("structural", words("structural"))]
    return Form(
        words("finding-title"),
        "finding",
        (Text(words("finding-intro")),),
        (
            _pick(desk, "theme", themes, filled),
            _pick(desk, "cause", causes, filled),
            _pick(desk, "block", blocks, filled),
            _pick_some(desk, "principles", principles, filled),
            _pick(desk, "often", often, filled),
            _pick_some(desk, "departments", list(desk.departments()), filled),
            _typed(desk, "sentence", filled, required=False),
        ),
        turn_of(dilemma),
        words("finding-submit"),
        keep=True,
    )


def _coded(desk: Desk, dilemma: Dilemma) -> dict[str, Answer]:
    finding = desk.books.findings.coded(dilemma.id)
    if not finding:
        return {}
    return {
        "theme": finding.theme,
        "cause": finding.cause,
        "block": finding.block,
        "principles": finding.principles,
        "often": "structural" if finding.structural else "incident",
        "departments": finding.departments,
        "sentence": finding.sentence,
    }


def check_agreement(desk: Desk, answers: Mapping[str, Answer]) -> None:
    """Raise Refused where the first page is not complete."""
    words = desk.words
    why = {name: words("says-nothing") for name in ("agreement", "owner") if not says_something(text_of(answers, name))}
    why |= _too_long(desk, answers, ("agreement", "owner"))
    today = desk.now.astimezone(HERE).date()
    try:
        day = date.fromisoformat(text_of(answers, "look_back"))
        if day <= today:
            why["look_back"] = words("look-back-past")
        elif day > today + LATEST_LOOK_BACK:
            why["look_back"] = words("look-back-far")
    except ValueError:
        why["look_back"] = words("look-back-no-date")
    if why:
        raise Refused(why)


def check_codes(desk: Desk, answers: Mapping[str, Answer]) -> None:
    """Raise Refused where the second page is not complete."""
    words = desk.words
    why = {name: words("choose-one") for name in _CODES if not text_of(answers, name)}
    why |= {name: words("choose-one") for name in ("principles", "departments") if not many_of(answers, name)}
    if len(many_of(answers, "principles")) > MOST_PRINCIPLES:
        why["principles"] = words("choose-at-most", most=MOST_PRINCIPLES)
    why |= _too_long(desk, answers, ("sentence",))
    sentence = text_of(answers, "sentence")
    if sentence and not says_something(sentence):
        why["sentence"] = words("says-nothing")
    if why:
        raise Refused(why)


def _too_long(desk: Desk, answers: Mapping[str, Answer], names: Sequence[str]) -> dict[str, str]:
    lengths = {name: len(text_of(answers, name)) for name in names}
    return {
        name: desk.words("too-long", longest=LONGEST[name], length=length)
        for name, length in lengths.items()
        if length > LONGEST[name]
    }


def draft_of(about: str) -> str:
    """Return the name under which a conclusion that is being typed is kept: one for each dilemma."""
    return f"conclude:{about.partition(':')[0]}"


def _typed(desk: Desk, name: str, filled: Mapping[str, Answer], *, required: bool = True) -> Question:
    return Question(
        name,
        desk.words(f"ask-{name}"),
        desk.words(f"ask-{name}-hint"),
        kind="line" if name == "owner" else "text",
        initial=filled.get(name, ""),
        required=required,
        longest=LONGEST[name],
    )


def _pick(desk: Desk, name: str, pairs: Sequence[tuple[str, str]], filled: Mapping[str, Answer]) -> Question:
    label = desk.words(f"ask-{name}")
    return Question(name, label, kind="one_of", choices=choices(pairs), initial=filled.get(name, ""))


def _pick_some(desk: Desk, name: str, pairs: Sequence[tuple[str, str]], filled: Mapping[str, Answer]) -> Question:
    picked = tuple(Choice(value, label) for value, label in pairs)
    label, hint = desk.words(f"ask-{name}"), desk.words(f"ask-{name}-hint")
    return Question(name, label, hint, kind="some_of", choices=picked, initial=many_of(filled, name))
