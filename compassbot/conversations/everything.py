"""All conversations together: who answers what, what falls due, and which cards are made when they leave."""

from __future__ import annotations

from collections.abc import Mapping

from compassbot.conversations import (
    advance,
    deliberate,
    dilemma_card,
    facilitate,
    follow_up,
    forget,
    home,
    look_up_principle,
    own_dilemma,
    record_finding,
    round_cards,
    run_the_bot,
    settle_signal,
    share_dilemma,
    weekly_digest,
)
from compassbot.conversations.desk import Anew, Duty, Handler

HANDLERS: Mapping[str, Handler] = {
    **home.HANDLERS,
    **share_dilemma.HANDLERS,
    **own_dilemma.HANDLERS,
    **deliberate.HANDLERS,
    **record_finding.HANDLERS,
    **facilitate.HANDLERS,
    **look_up_principle.HANDLERS,
    **weekly_digest.HANDLERS,
    **settle_signal.HANDLERS,
    **follow_up.HANDLERS,
    **run_the_bot.HANDLERS,
}
DUTIES: tuple[Duty, ...] = (
    *advance.DUTIES,
    *follow_up.DUTIES,
    *weekly_digest.DUTIES,
    *forget.DUTIES,
)
ANEW: Mapping[str, Anew] = {**round_cards.ANEW, **dilemma_card.ANEW}
