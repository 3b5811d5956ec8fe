"""Knows the telephone numbers of public desks, which are nobody's: 14 0xx, 0800, 0900, 088, 112."""

from __future__ import annotations

import re

_DESK = re.compile(r"(?:0031|31)?0?(?:800\d{4,7}|90[069]\d{4,7}|88\d{7})$|(?:112|113|144|116\d{3}|14\d{3,4})$")
_SHOWN = re.compile(r"(?:0 ?800|0 ?90[069])[ -]?\d|14[ +-]0\d{2,3}$|088[ .-]\d")


def is_desk(digits: str) -> bool:
    """Return whether the digits are the number of a desk."""
    return _DESK.match(digits) is not None


def shown_as_desk(text: str) -> bool:
    """Return whether something is written the way people write the number of a desk: "0900-1852", "14 0592"."""
    return _SHOWN.match(text) is not None and is_desk(re.sub(r"\D", "", text))
