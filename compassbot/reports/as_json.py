"""A digest as JSON, in codes: for other programs. Its keys stay."""

from __future__ import annotations

import json

from compassbot.model.digest import Digest, Line, SignalLine


def as_json(digest: Digest) -> str:
    """Return a digest as JSON with sorted keys. Nothing in it is not in the card too."""
    said = {
        "week": digest.week,
        "first": digest.first,
        "quiet": digest.quiet,
        "people_at_least": digest.threshold.people,
        "departments_at_least": digest.threshold.departments,
        "new": list(map(_line, digest.new)),
        "recurring": list(map(_line, digest.recurring)),
        "pressure": {
            "principles": digest.pressure.principles,
            "fields": digest.pressure.fields,
            "levels": digest.pressure.levels,
        },
        "signals": list(map(_signal, digest.signals)),
        "more_signals": digest.more_signals,
        "due": digest.due,
        "question": {"theme": digest.question.theme, "cause": digest.question.cause} if digest.question else None,
    }
    return json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True)


def _line(line: Line) -> dict[str, object]:
    return {
        "theme": line.theme,
        "field": line.field,
        "people_at_least": line.people,
        "cause": line.cause,
        "tendency": line.tendency,
        "sentences": line.sentences,
        "since": line.week,
    }


def _signal(line: SignalLine) -> dict[str, object]:
    signal = line.signal
    return {
        "id": signal.id,
        "theme": signal.theme,
        "state": signal.state,
        "reason": signal.reason,
        "owner": signal.owner,
        "since": signal.since_week,
        "weeks": line.weeks,
        "waiting": line.waiting,
    }
