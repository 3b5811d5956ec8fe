"""`/kompas beheer`: an administrator changes what the organisation chose, and who has which role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from compassbot.conversations import guarded
from compassbot.conversations.desk import ADMINISTRATOR, FACILITATOR, MANAGER, Desk, gone
from compassbot.conversations.guarded import many_of, text_of
from compassbot.conversations.move_place import PLACES, move
from compassbot.conversations.organisation import SMALLEST_K, departments_of, lines_of
from compassbot.talk.chat import Event, Reply
from compassbot.talk.errors import Refused
from compassbot.talk.view import (
    Answer,
    Button,
    Card,
    Facts,
    Form,
    Question,
    Text,
    choices,
    mention,
    place_mention,
    plain,
)
from compassbot.words import LANGUAGES

GROUPS = ("departments", "places", "rhythm", "terms", "roles")
GIVEN = (FACILITATOR, MANAGER, ADMINISTRATOR)
LARGEST_K = 50
LONGEST_TERM = 3650

Values = Mapping[str, Any]


def overview(event: Event, desk: Desk) -> Reply:
    """Show what is chosen, with a button to change each group."""
    desk.require(event.person, ADMINISTRATOR)
    return _card(desk)


def ask(event: Event, desk: Desk) -> Reply:
    """Ask for the settings of one group."""
    desk.require(event.person, ADMINISTRATOR)
    return _form(desk, event.about if event.about in GROUPS else GROUPS[0])


def changed(event: Event, desk: Desk) -> Reply:
    """Keep the settings of one group. Raises Refused where a value cannot stand."""
    desk.require(event.person, ADMINISTRATOR)
    if event.about not in GROUPS:
        raise gone(desk)
    form = _form(desk, event.about)
    answers = guarded.answers_to(desk, form, event.answers)
    values = _READ[event.about](desk, answers)
    proposed = guarded.review(desk, form, answers)
    if proposed:
        return proposed
    if event.about == "roles":
        for role, people in values.items():
            desk.books.people.assign(role, set(people))
    else:
        for name, value in values.items():
            if name in PLACES:
                move(desk, getattr(desk.organisation, name), value)
            desk.books.settings.set(name, value)
    desk.__dict__.pop("organisation", None)  # read again with what was changed
    desk.books.audit.note(desk.now, ADMINISTRATOR, "change_settings", event.about)
    return _card(desk)


def _card(desk: Desk) -> Card:
    words, chosen = desk.words, desk.organisation
    weekday = words(f"weekday-{chosen.digest_day}")
    quiet = words(
        "settings-quiet-value",
        begin=f"{chosen.quiet.begin:%H:%M}",
        end=f"{chosen.quiet.end:%H:%M}",
        weekends=words("yes" if chosen.quiet.weekends else "no"),
    )
    nothing = words("settings-none")
    departments = ", ".join(plain(name) for _, name in desk.departments()) or nothing
    roles = tuple(
        (words(f"role-{role}"), ", ".join(map(mention, desk.books.people.with_role(role))) or nothing) for role in GIVEN
    )
    facts = (
        (words("settings-departments"), departments),
        (words("settings-deliberation"), _place(chosen.deliberation_place) or nothing),
        (words("settings-learning"), _place(chosen.learning_place) or nothing),
        (words("settings-digest"), f"{weekday} {chosen.digest_time:%H:%M}"),
        (words("settings-quiet"), quiet),
        (words("settings-k"), str(chosen.k)),
        (words("settings-text-days"), words("days", days=chosen.text_days)),
        (words("settings-audit-days"), words("days", days=chosen.audit_days)),
        (words("settings-language"), words(f"language-{chosen.language}")),
        *roles,
    )
    buttons = tuple(Button(words(f"settings-change-{group}"), "settings", group, form=True) for group in GROUPS)
    return Card(words("settings-title"), (Facts(facts), Text(words("settings-note"), quiet=True)), buttons)


def _place(place: str) -> str:
    return place_mention(place) if place else ""


def _press(event: Event, desk: Desk) -> Reply:
    return ask(event, desk) if event.about else overview(event, desk)


def _form(desk: Desk, group: str) -> Form:
    words = desk.words
    title, intro = words(f"settings-change-{group}"), words(f"settings-intro-{group}")
    return Form(title, "settings", (Text(intro),), _ASK[group](desk), group, words("settings-save"))


def _ask_departments(desk: Desk) -> tuple[Question, ...]:
    lines = lines_of(desk.organisation.departments)
    return (_line(desk, "departments", lines, kind="text"),)


def _read_departments(desk: Desk, answers: Mapping[str, Answer]) -> Values:
    lines = text_of(answers, "departments")
    if len(departments_of(lines)) < 2:
        raise Refused({"departments": desk.words("settings-two-departments")})
    return {"departments": lines}


def _ask_places(desk: Desk) -> tuple[Question, ...]:
    chosen = desk.organisation
    return (
        _line(desk, "deliberation_place", chosen.deliberation_place, kind="place"),
        _line(desk, "learning_place", chosen.learning_place, kind="place"),
    )


def _read_places(desk: Desk, answers: Mapping[str, Answer]) -> Values:
    values = {name: text_of(answers, name) for name in ("deliberation_place", "learning_place")}
    why = {name: desk.words("settings-no-place") for name, value in values.items() if not _is_place(value)}
    if why:
        raise Refused(why)
    return values


def _is_place(value: str) -> bool:
    chat, colon, place = value.partition(":")
    return bool(chat and colon and place and " " not in value)


def _ask_rhythm(desk: Desk) -> tuple[Question, ...]:
    words, chosen = desk.words, desk.organisation
    days = [(str(day), words(f"weekday-{day}")) for day in range(7)]
    yes_no = [("yes", words("yes")), ("no", words("no"))]
    return (
        _one_of(desk, "digest_day", days, str(chosen.digest_day)),
        _line(desk, "digest_time", f"{chosen.digest_time:%H:%M}"),
        _line(desk, "quiet_begin", f"{chosen.quiet.begin:%H:%M}"),
        _line(desk, "quiet_end", f"{chosen.quiet.end:%H:%M}"),
        _one_of(desk, "quiet_weekends", yes_no, "yes" if chosen.quiet.weekends else "no"),
    )


def _read_rhythm(desk: Desk, answers: Mapping[str, Answer]) -> Values:
    why: dict[str, str] = {}
    values: dict[str, Any] = {"quiet_weekends": text_of(answers, "quiet_weekends") == "yes"}
    for name in ("digest_time", "quiet_begin", "quiet_end"):
        try:
            values[name] = time.fromisoformat(text_of(answers, name).replace(".", ":").zfill(5)).strftime("%H:%M")
        except ValueError:
            why[name] = desk.words("settings-no-time")
    values["digest_day"] = _number(desk, answers, "digest_day", (0, 6), why)
    if why:
        raise Refused(why)
    return values


def _ask_terms(desk: Desk) -> tuple[Question, ...]:
    words, chosen = desk.words, desk.organisation
    return (
        _line(desk, "k", str(chosen.k)),
        _line(desk, "text_days", str(chosen.text_days)),
        _line(desk, "audit_days", str(chosen.audit_days)),
        _one_of(desk, "language", [(each, words(f"language-{each}")) for each in LANGUAGES], chosen.language),
    )


def _read_terms(desk: Desk, answers: Mapping[str, Answer]) -> Values:
    why: dict[str, str] = {}
    language = text_of(answers, "language")
    values: dict[str, Any] = {
        "k": _number(desk, answers, "k", (SMALLEST_K, LARGEST_K), why),
        "text_days": _number(desk, answers, "text_days", (1, LONGEST_TERM), why),
        "audit_days": _number(desk, answers, "audit_days", (1, LONGEST_TERM), why),
        "language": language,
    }
    if language not in LANGUAGES:
        why["language"] = desk.words("choose-one")
    if why:
        raise Refused(why)
    return values


def _ask_roles(desk: Desk) -> tuple[Question, ...]:
    return tuple(
        Question(
            role,
            desk.words(f"role-{role}"),
            desk.words(f"role-{role}-hint"),
            kind="people",
            initial=tuple(desk.books.people.with_role(role)),
            required=role == ADMINISTRATOR,
        )
        for role in GIVEN
    )


def _read_roles(desk: Desk, answers: Mapping[str, Answer]) -> Values:
    values = {role: many_of(answers, role) for role in GIVEN}
    if not values[ADMINISTRATOR]:
        raise Refused({ADMINISTRATOR: desk.words("settings-an-administrator")})
    return values


def _number(desk: Desk, answers: Mapping[str, Answer], name: str, bounds: tuple[int, int], why: dict[str, str]) -> int:
    text = text_of(answers, name)
    lowest, highest = bounds
    if not text.isdecimal() or not lowest <= int(text) <= highest:
        why[name] = desk.words("settings-no-number", lowest=lowest, highest=highest)
        return lowest
    return int(text)


def _line(desk: Desk, name: str, initial: str, kind: Any = "line") -> Question:
    key = f"settings-ask-{name.replace('_', '-')}"
    return Question(name, desk.words(key), desk.words(f"{key}-hint"), kind=kind, initial=initial)


def _one_of(desk: Desk, name: str, pairs: list[tuple[str, str]], initial: str) -> Question:
    label = desk.words(f"settings-ask-{name.replace('_', '-')}")
    return Question(name, label, kind="one_of", choices=choices(pairs), initial=initial)


_ASK: Mapping[str, Callable[[Desk], tuple[Question, ...]]] = {
    "departments": _ask_departments,
    "places": _ask_places,
    "rhythm": _ask_rhythm,
    "terms": _ask_terms,
    "roles": _ask_roles,
}
_READ: Mapping[str, Callable[[Desk, Mapping[str, Answer]], Values]] = {
    "departments": _read_departments,
    "places": _read_places,
    "rhythm": _read_rhythm,
    "terms": _read_terms,
    "roles": _read_roles,
}
HANDLERS = {
    "command beheer": overview,
    "command settings": overview,
    "press settings": _press,
    "submit settings": changed,
}
