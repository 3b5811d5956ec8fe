"""Each week managers read what recurs across departments; nobody can be found in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from compassbot.conversations.desk import MANAGER, Desk, Duty, House
from compassbot.model.digest import Digest, Signal, packed, unpacked
from compassbot.model.findings import week_of, weeks_before
from compassbot.model.make_digest import WINDOW, Due, make_digest, with_signals
from compassbot.model.quiet_hours import HERE
from compassbot.model.suppression import COMPARED, Threshold
from compassbot.reports.card import as_card
from compassbot.reports.outline import Kind, Names, has_picture
from compassbot.talk.chat import Event, Reply
from compassbot.talk.view import Card, Text
from compassbot.words import LANGUAGES, Words

PICTURES = "/pictures/"


def names_in(desk: Desk, language: str) -> Names:
    """Return what things are called, at a desk."""
    return names_of(desk.house, language)


def names_of(house: House, language: str) -> Names:
    """Return what themes, causes, building blocks, fields and principles are called; an unknown one by its id."""
    taxonomy = house.taxonomy
    finders: Mapping[Kind, Callable[[str], Any]] = {
        "theme": taxonomy.theme,
        "cause": taxonomy.cause,
        "block": taxonomy.block,
        "field": taxonomy.field,
        "principle": house.principles.get,
    }

    def name(kind: Kind, key: str) -> str:
        try:
            return str(finders[kind](key).name(language))
        except KeyError:  # theirs to change: an old code may be gone
            return key

    return name


def digest_of(desk: Desk, week: str) -> Digest:
    """Return the digest of an ISO week, from what is known now."""
    taxonomy = desk.house.taxonomy
    return make_digest(
        week,
        desk.books.findings.in_weeks(weeks_before(week, WINDOW)),
        desk.books.digests.said(),
        fields={theme.id: field.id for field in taxonomy.fields for theme in field.themes},
        principles=desk.house.principles.ids,
        signals=_signals(desk),
        due=_due(desk),
        threshold=Threshold(desk.organisation.k),
    )


def publish(desk: Desk, week: str) -> None:
    """Publish the digest of a week, once: to the channel, and to each manager with what they can do."""
    if desk.books.digests.get(week) is not None or not desk.organisation.learning_place:
        return
    digest = digest_of(desk, week)
    pictured = LANGUAGES if has_picture(digest) else ()
    if not desk.books.digests.publish(week, packed(digest), pictured, desk.now):
        return  # another process was first
    pictures = desk.books.digests.pictures(week)
    desk.books.digests.remember(digest.remember)
    for theme in digest.new_signals:
        desk.books.signals.receive(theme, week)
    for_managers = with_signals(digest, _signals(desk))
    desk.post(desk.organisation.learning_place, lambda words: _card(desk, digest, words, pictures))
    for manager in desk.books.people.with_role(MANAGER):
        desk.write_to(manager, lambda words: _card(desk, for_managers, words, pictures, for_managers=True))


def show_latest(event: Event, desk: Desk) -> Reply:
    """Show a manager the last digest again."""
    desk.require(event.person, MANAGER)
    week = desk.books.digests.latest()
    if week is None:
        return Card("", (Text(desk.words("digest-none")),))
    digest = with_signals(unpacked(desk.books.digests.get(week)), _signals(desk))
    return _card(desk, digest, desk.words, desk.books.digests.pictures(week), for_managers=True)


def moment_before(desk: Desk, moment: datetime) -> datetime:
    """Return the last hour at which a digest was due, at or before `moment` (aware, UTC)."""
    chosen = desk.organisation
    local = moment.astimezone(HERE)
    day = local.date() - timedelta(days=(local.weekday() - chosen.digest_day) % 7)
    due = datetime.combine(day, chosen.digest_time, HERE)
    if due > local:
        due = datetime.combine(day - timedelta(days=7), chosen.digest_time, HERE)
    return due.astimezone(UTC)


def _card(desk: Desk, digest: Digest, words: Words, pictures: Mapping[str, str], *, for_managers: bool = False) -> Card:
    picture = pictures.get(words.language, "")
    url = f"{PICTURES}{picture}.png" if picture else ""
    return as_card(digest, words, names_in(desk, words.language), url, for_managers=for_managers)


def _signals(desk: Desk) -> list[Signal]:
    return [Signal(**row) for row in desk.books.signals.all()]


def _due(desk: Desk) -> list[Due]:
    today = desk.now.astimezone(HERE).date()
    coming = desk.books.findings.agreements_between(today, today + timedelta(days=6))
    found = [desk.books.findings.get(each.dilemma) for each in coming]
    return [Due(finding.theme, finding.people) for finding in found if finding]


def _weeks_due(desk: Desk) -> list[str]:
    due = moment_before(desk, desk.now)
    started = desk.books.settings.all().get("started_at")
    week = week_of((due.astimezone(HERE) - timedelta(days=7)).date())
    if not started or week < week_of(datetime.fromisoformat(started).astimezone(HERE).date()):
        return []
    return [] if desk.books.digests.get(week) is not None else [week]


def _next(desk: Desk) -> datetime:
    return moment_before(desk, desk.now + timedelta(days=7, seconds=1))


def freeze(desk: Desk, quarter: str) -> None:
    """Throw away which people stood behind findings and figures, once nothing is compared with them."""
    desk.books.digests.forget_compared(week_of(desk.now.astimezone(HERE).date()))
    desk.books.dilemmas.freeze(quarter)


def _quarters_over(desk: Desk) -> list[str]:
    oldest = weeks_before(week_of(desk.now.astimezone(HERE).date()), COMPARED + 1)[0]
    return [quarter for quarter in desk.books.dilemmas.quarters() if _last_week(quarter) < oldest]


def _last_week(quarter: str) -> str:
    year, number = int(quarter[:4]), int(quarter[-1])
    after = datetime(year + number // 4, number * 3 % 12 + 1, 1, tzinfo=HERE)
    return week_of((after - timedelta(days=1)).date())


DUTIES = (
    Duty("digests", _weeks_due, publish, _next),
    Duty("frozen quarters", _quarters_over, freeze, lambda _: None),
)
HANDLERS = {
    "command overzicht": show_latest,
    "command digest": show_latest,
    "press digest": show_latest,
}
