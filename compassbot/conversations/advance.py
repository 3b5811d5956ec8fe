"""A round closes and the next one opens, until the deliberation itself closes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from compassbot.conversations.case_memory import forget_case
from compassbot.conversations.conclusion_forms import draft_of
from compassbot.conversations.desk import Desk, Duty
from compassbot.conversations.dilemma_card import card_subject, make_card, make_receipt, receipt_subject, told_subject
from compassbot.conversations.forget import forget_author
from compassbot.conversations.round_cards import closed_card, post_round, refresh_round, round_of, round_subject
from compassbot.conversations.settle_finding import settle
from compassbot.model.deliberations import MINIMUM
from compassbot.model.dilemmas import Dilemma
from compassbot.talk.view import Card, Text
from compassbot.words import Words


def advance(desk: Desk, dilemma: Dilemma) -> None:
    """Close the open round: tell what was said, and open the next round or close the deliberation."""
    desk.update(round_subject(dilemma, dilemma.round), lambda words: closed_card(desk, dilemma, words))
    kind = round_of(desk, dilemma).kind
    if kind == "agree":
        settle(desk, dilemma)
    following = _next_round(desk, dilemma)
    if following is None:
        _close(desk, dilemma)
        return
    now = open_round(desk, dilemma, following)
    post_round(desk, now)
    desk.update(card_subject(now), lambda words: make_card(desk, now, words))


def open_round(desk: Desk, dilemma: Dilemma, number: int) -> Dilemma:
    """Open a round from now on, for its share of the time, and return the dilemma as it is then."""
    quiet = desk.organisation.quiet
    opened_at = quiet.next_open(desk.now)
    lasts = desk.house.methods[dilemma.method].divide(timedelta(minutes=dilemma.minutes))[number]
    closes_at = quiet.after(opened_at, lasts.total_seconds() / 60)
    desk.books.dilemmas.change(dilemma.id, round=number, opened_at=opened_at, closes_at=closes_at, extended=False)
    return replace(dilemma, round=number, opened_at=opened_at, closes_at=closes_at, extended=False)


def close_when_due(desk: Desk, id: str) -> None:
    """Close a round whose time is over; once it waits longer, when too few took part or nobody concluded."""
    dilemma = desk.books.dilemmas.get(id)
    if not dilemma or dilemma.status != "open" or dilemma.closes_at > desk.now:
        return
    if _deserves_more_time(desk, dilemma) and not dilemma.extended:
        _extend(desk, dilemma)
    elif dilemma.round == 0 and not desk.books.dilemmas.taking_part(id):
        _close(desk, dilemma, nobody=True)
    else:
        advance(desk, dilemma)


def _deserves_more_time(desk: Desk, dilemma: Dilemma) -> bool:
    if round_of(desk, dilemma).kind == "conclude":
        return desk.books.findings.agreement(dilemma.id) is None
    return dilemma.round == 0 and desk.books.dilemmas.taking_part(dilemma.id) < MINIMUM


def _extend(desk: Desk, dilemma: Dilemma) -> None:
    now = open_round(desk, dilemma, dilemma.round)
    desk.books.dilemmas.change(dilemma.id, extended=True)
    refresh_round(desk, now)
    why = "extended-conclude" if round_of(desk, now).kind == "conclude" else "extended-few"
    desk.post(now.place, lambda words: Card("", (Text(words(why)),)), under=card_subject(now))


def _next_round(desk: Desk, dilemma: Dilemma) -> int | None:
    rounds = desk.house.methods[dilemma.method].rounds
    concluded = desk.books.findings.agreement(dilemma.id) is not None
    following = [
        number for number, round in enumerate(rounds) if number > dilemma.round and (concluded or round.kind != "agree")
    ]
    return following[0] if following else None


def _close(desk: Desk, dilemma: Dilemma, *, nobody: bool = False) -> None:
    books = desk.books
    books.dilemmas.change(dilemma.id, status="closed", closed_at=desk.now)
    now = replace(dilemma, status="closed", closed_at=desk.now)
    desk.update(card_subject(now), lambda words: make_card(desk, now, words))
    if nobody:
        desk.update(round_subject(now, now.round), lambda words: closed_card(desk, now, words))
    agreement = books.findings.agreement(dilemma.id)
    agreed = agreement is not None and agreement.status == "agreed"
    key = "ended-nobody" if nobody else "ended-agreed" if agreed else "ended-open"
    desk.post(now.place, lambda words: _ended(desk, now, words, key), under=card_subject(now))
    author = books.dilemmas.author(dilemma.id)
    if author:
        # Without an agreement the author is forgotten right now: what is left in their inbox names no dilemma.
        subject = told_subject(now.id) if agreed else ""
        desk.write_to(author, lambda words: _told(words, now, key, named=agreed), subject=subject)
    if agreed:
        desk.update(receipt_subject(now.id), lambda words: make_receipt(words, now))
    else:
        forget_author(desk, dilemma.id)
        books.dilemmas.forget_standing(dilemma.id)
    books.drafts.drop_all(draft_of(dilemma.id))
    forget_case(desk, dilemma.id)
    books.answers.forget_who(dilemma.id)
    books.dilemmas.forget_participants(dilemma.id)


def _ended(desk: Desk, dilemma: Dilemma, words: Words, key: str) -> Card:
    return Card(words("ended-title"), (Text(words(key)), Text(words("ended-kept", days=desk.organisation.text_days))))


def _told(words: Words, dilemma: Dilemma, key: str, *, named: bool) -> Card:
    title = words("ended-told-title", number=dilemma.number) if named else words("ended-told-title-plain")
    return Card(title, (Text(words(key)),))


def _rounds_over(desk: Desk) -> list[str]:
    return desk.books.dilemmas.due(desk.now)


DUTIES = (Duty("rounds", _rounds_over, close_when_due, lambda desk: desk.books.dilemmas.next_due()),)
