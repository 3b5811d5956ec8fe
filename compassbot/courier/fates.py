"""What becomes of a letter: it left, waits for something, perhaps arrived, or is given up."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

import structlog

from compassbot.courier.anew import NothingToShow, NotMade
from compassbot.store.outbox import Letter, Posted
from compassbot.talk.bot import where
from compassbot.talk.errors import NotConnected, NotInvited, Unreachable, Unsure, Wait

log = structlog.get_logger()
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)
SHORTEST_PAUSE = timedelta(seconds=1)
UNTIL_INVITED = timedelta(minutes=1)
MOST_FAILURES = 12
"""After so many sure failures of its own a letter is given up: an hour, in which its whole lane waits."""
NEVER = datetime.min.replace(tzinfo=UTC)
Fate = Literal[
    "left", "unreachable", "asked to wait", "unsure", "chat is down", "failed", "given up", "in trouble", "put back"
]
Trouble = NotInvited | NotConnected


@dataclass(frozen=True, slots=True)
class Note:
    """What became of a letter; `again` is when it is tried again."""

    letter: Letter
    fate: Fate
    posted: Posted | None = None
    again: datetime = NEVER
    trouble: Trouble | None = None


def note_of(task: asyncio.Task[Note], letter: Letter) -> Note:
    """Return what a task made of its letter; one that was ended before it began made nothing of it."""
    return Note(letter, "put back") if task.cancelled() else task.result()


def failed(letter: Letter, fault: Exception, now: datetime) -> Note:
    """Return what becomes of a letter that did not leave."""
    pause = min(FIRST_PAUSE * 2 ** min(letter.attempts, 20), LONGEST_PAUSE)
    match fault:
        case Wait():
            return Note(letter, "asked to wait", again=now + max(timedelta(seconds=fault.seconds), SHORTEST_PAUSE))
        case NothingToShow():
            return Note(letter, "unreachable")
        case NotMade():
            return _given_up(letter, fault.__cause__ or fault)
        case Unreachable():
            log.warning("letter dropped", kind=letter.kind, chat=letter.chat, why="unreachable")
            return Note(letter, "unreachable")
        case NotInvited() | NotConnected():
            log.warning("letter waits", kind=letter.kind, chat=letter.chat, why=fault.why)
            again = now + (UNTIL_INVITED if isinstance(fault, NotInvited) else pause)
            return Note(letter, "in trouble", again=again, trouble=fault)
        case _:
            return _tried(letter, fault, now + pause)


def _tried(letter: Letter, fault: Exception, again: datetime) -> Note:
    fate = _fate_of(letter, fault)
    if fate == "failed" and letter.failures + 1 >= MOST_FAILURES:
        return _given_up(letter, fault)
    log.warning("letter waits", kind=letter.kind, chat=letter.chat, why=fate, fault=where(fault))
    return Note(letter, fate, again=again)


def _given_up(letter: Letter, fault: BaseException) -> Note:
    log.error("letter given up", kind=letter.kind, chat=letter.chat, fault=where(fault))
    return Note(letter, "given up")


def _fate_of(letter: Letter, fault: Exception) -> Fate:
    """Tell what fails by itself from what fails because nobody is there: a chat that is down loses no letter.

    TimeoutError is an OSError too, and says something else: the request may have arrived.
    """
    if isinstance(fault, Unsure) or (isinstance(fault, TimeoutError) and letter.kind != "update"):
        return "unsure"
    return "chat is down" if isinstance(fault, OSError) else "failed"
