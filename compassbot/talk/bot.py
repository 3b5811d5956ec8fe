"""Gives each event to the one function for it, once."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Generic, TypeVar

import structlog

from compassbot.talk.chat import Event, Reply
from compassbot.talk.errors import Closed, NotAllowed, Refused
from compassbot.talk.view import Card, Text, plain, words_of

Desk = TypeVar("Desk")
Handler = Callable[[Event, Desk], Reply]
Once = Callable[[Event, Handler[Desk]], Awaitable[Reply]]
"""Runs a handler for an event in one transaction, unless the event was handled before: then None."""

log = structlog.get_logger()


class Bot(Generic[Desk]):
    """The table of who answers what.

    `handlers` is keyed by kind and action: "press join", "submit join", "command dilemma". A command
    that nobody answers goes to "command ?". `broke` words the card for a fault of ours, given the
    event and a reference number.
    """

    def __init__(
        self, handlers: Mapping[str, Handler[Desk]], once: Once[Desk], broke: Callable[[Event, str], Card]
    ) -> None:
        """Take the handlers, what runs one of them once, and the words for a fault."""
        self.handlers = dict(handlers)
        self.once = once
        self.broke = broke

    async def hear(self, event: Event) -> Reply:
        """Return what to show to the person. Raises Refused after a submit that cannot stand."""
        handler = self._handler(event)
        if handler is None:
            return None
        try:
            return await self.once(event, handler)
        except (Refused, NotAllowed, Closed) as sentence:
            await self._keep_typed(event, sentence)
            return _told(event, sentence)
        except Exception as fault:
            reference = reference_for("event failed", fault, kind=event.kind, action=event.action)
            return _kept_open(event, self.broke(event, reference))

    async def _keep_typed(self, event: Event, sentence: Exception) -> None:
        """Keep what was refused as a draft, where the form has drafts: the person may leave before mending it."""
        keep = self.handlers.get(f"draft {event.action}")
        if keep and event.kind == "submit" and isinstance(sentence, Refused):
            await self.once(replace(event, id="", kind="draft"), keep)

    def _handler(self, event: Event) -> Handler[Desk] | None:
        exact = self.handlers.get(f"{event.kind} {event.action}".strip())
        return exact or (self.handlers.get("command ?") if event.kind == "command" else None)


def _told(event: Event, sentence: Refused | NotAllowed | Closed) -> Reply:
    if isinstance(sentence, Refused) and event.kind == "submit":
        raise sentence
    said = plain(str(sentence)) if isinstance(sentence, Refused) else str(sentence)
    return _kept_open(event, Card("", (Text(said),)))


def _kept_open(event: Event, card: Card) -> Reply:
    """Show the card; after a submit show it on the form, so that nothing typed is lost."""
    if event.kind == "submit":
        raise Refused({"": words_of(card)})
    return None if event.kind == "draft" else card


def reference_for(what: str, fault: BaseException, **more: str) -> str:
    """Log a fault of ours without content, and return the number that it has there, for the person who met it."""
    reference = secrets.token_hex(3)
    log.error(what, reference=reference, fault=where(fault), **more)
    return reference


def where(fault: BaseException) -> str:
    """Return the kind of a fault and the line it came from: never its message, which may hold content."""
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    line = f" at {trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else ""
    return type(fault).__name__ + line
