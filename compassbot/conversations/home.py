"""`/kompas` alone: what can I do here, what is open, what is mine."""

from __future__ import annotations

from compassbot.conversations import guarded
from compassbot.conversations.desk import ADMINISTRATOR, MANAGER, Desk
from compassbot.conversations.round_cards import round_of
from compassbot.conversations.round_results import date_in, moment_in
from compassbot.model.dilemmas import Dilemma
from compassbot.talk.chat import Event, Reply
from compassbot.talk.view import Button, Card, Part, Text, cut, plain
from compassbot.words import Words

MOST_OPEN = 5
COMMANDS = ("", "dilemma", "principes", "overzicht", "beheer")
COMMANDS_ENGLISH = {"principes": "principles", "overzicht": "digest", "beheer": "settings"}


def home(event: Event, desk: Desk) -> Reply:
    """Show what this person can do, their own matters, and what waits for an answer."""
    words = desk.words
    roles = desk.books.people.roles(event.person.id)
    mine = desk.books.dilemmas.authored_by(event.person.id)
    turns = _turns(desk, event.person.id)
    parts: list[Part] = [Text(words("home-intro"))]
    if mine:
        parts.append(Text("\n".join((f"**{words('home-mine')}**", "", *(_mine(desk, each) for each in mine)))))
    lines = [_turn(desk, each) for each in turns]
    listed = "\n".join((f"**{words('home-open')}**", "", *(lines or [words("home-nothing-open")])))
    parts += [Text(listed), Text(_principles(desk)), Text(_commands(desk, roles), quiet=True)]
    buttons = [
        Button(words("home-share"), "dilemma", form=True),
        *(Button(words("home-turn", number=each.number), "take_turn", each.id, form=True) for each in turns[:3]),
        Button(words("home-principles"), "principles"),
    ]
    if MANAGER in roles:
        buttons.append(Button(words("home-digest"), "digest"))
    if ADMINISTRATOR in roles:
        buttons.append(Button(words("home-settings"), "settings"))
    return Card(words("home-title"), tuple(parts), tuple(buttons))


def unknown(event: Event, desk: Desk) -> Reply:
    """Say that there is no such command, and what there is."""
    typed = plain(cut(guarded.without(desk, f"{event.action} {event.text}".strip()), 60))
    return Card("", (Text(desk.words("command-unknown", typed=typed)), Text(_commands(desk, set()), quiet=True)))


def commands(language: str) -> list[tuple[str, str]]:
    """Return the commands with what they do, in "nl" or "en": for a chat that completes them."""
    words = Words(language)
    typed = (name if words.language == "nl" else COMMANDS_ENGLISH.get(name, name) for name in COMMANDS)
    head = words("command")
    return [
        (f"{head} {name}".strip(), words(f"command-{key or 'home'}")) for name, key in zip(typed, COMMANDS, strict=True)
    ]


def _commands(desk: Desk, roles: set[str]) -> str:
    needed = {"overzicht": MANAGER, "beheer": ADMINISTRATOR}
    pairs = zip(COMMANDS, commands(desk.words.language), strict=True)
    shown = [f"- `{typed}` {does}" for name, (typed, does) in pairs if needed.get(name, "") in ("", *roles)]
    return "\n".join((desk.words("home-commands"), "", *shown))


def _turns(desk: Desk, person: str) -> list[Dilemma]:
    waiting: list[Dilemma] = []
    for dilemma in desk.books.dilemmas.with_status("open"):
        who = desk.books.dilemmas.who(dilemma.id, person)
        posted = dilemma.opened_at <= desk.now  # in the quiet hours it waits for the morning
        if posted and not desk.books.answers.answered(dilemma.id, round_of(desk, dilemma).id, who):
            waiting.append(dilemma)
    return waiting[:MOST_OPEN]


def _mine(desk: Desk, dilemma: Dilemma) -> str:
    state = desk.words(f"mine-{dilemma.status}", title=round_of(desk, dilemma).title(desk.words.language))
    question = plain(cut(dilemma.question, 90)) or desk.words("mine-text-gone")
    return f"- **{dilemma.number}** {question} _{state}_{_look_back(desk, dilemma)}"


def _look_back(desk: Desk, dilemma: Dilemma) -> str:
    """Return when the group looks back on its agreement, where that is still to come."""
    agreement = desk.books.findings.agreement(dilemma.id)
    if not agreement or agreement.status != "agreed":
        return ""
    return " " + desk.words("mine-look-back", date=date_in(desk.words, agreement.look_back))


def _principles(desk: Desk) -> str:
    names = (plain(each.name(desk.words.language)) for each in desk.house.principles.principles)
    return f"**{desk.words('home-our-principles')}**\n\n{' · '.join(names)}"


def _turn(desk: Desk, dilemma: Dilemma) -> str:
    title = round_of(desk, dilemma).title(desk.words.language)
    closes = desk.words("home-closes", moment=moment_in(desk.words, dilemma.closes_at))
    return f"- **{dilemma.number}** {plain(cut(dilemma.question, 90))} _{title}_, {closes}"


HANDLERS = {"command": home, "command help": home, "command hulp": home, "command ?": unknown, "press home": home}
"""The key "command" is the command without a word after it."""
