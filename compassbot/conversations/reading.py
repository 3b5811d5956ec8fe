"""Reads a text with the guard. A guard that fails lets nothing through, and no word of what it read is logged."""

from __future__ import annotations

from compassbot.conversations.desk import Reads
from compassbot.guard import Case, Identifier
from compassbot.talk.bot import reference_for
from compassbot.talk.errors import Refused
from compassbot.words import Words


def read_or_refuse(reads: Reads, text: str, words: Words, case: Case | None = None) -> list[Identifier]:
    """Return what the guard finds. Raises Refused, with a sentence for the whole form, when it fails."""
    if not text:
        return []
    try:
        return reads(text, words.language, case or Case())
    except Exception as fault:  # noqa: BLE001 - whatever it is, nothing goes through
        reference = reference_for("guard failed", fault)
    raise Refused({"": words("guard-broken", reference=reference)})


def reason(words: Words, each: Identifier) -> str:
    """Return the sentence that says why something stands out: what it is, or what it may be."""
    if each.outcome != "probable":
        return words(each.why)
    kind = each.kind.replace("_", "-")
    return words("guard-probable", kind=kind, noun=words(f"guard-kind-{kind}"))
