"""Looks at what stands just before and just after a place in a text."""

from __future__ import annotations

import re

from compassbot.guard.caseless import Caseless


def before(text: str, at: int, pattern: re.Pattern[str] | Caseless, reach: int = 28) -> bool:
    """Return whether the pattern, which ends in $, matches the last `reach` characters before `at`."""
    return pattern.search(text[max(0, at - reach) : at]) is not None


def after(text: str, at: int, pattern: re.Pattern[str] | Caseless, reach: int = 16) -> bool:
    """Return whether the pattern matches at the beginning of the `reach` characters from `at`."""
    return pattern.match(text[at : at + reach]) is not None


MONEY = Caseless(r"(?:€|\b(?:eur|euro|usd)|\$|£|bedrag van|saldo(?: is| van)?:?)\s*-?$")
MONEY_AFTER = Caseless(
    r"\s*(?:€|euros?\b|eur\b|,-|,\d\d\b|\.\d\d (?:euro|eur)|%|procent|percent|miljoen|miljard|mln\b|million|inwoners|mensen|people|inhabitants|kwh|m3\b|m2\b|km\b|bytes)",
)
"""What makes a row of digits an amount."""
