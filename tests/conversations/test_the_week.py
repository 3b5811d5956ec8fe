"""The main job, from a typed dilemma to Monday's digest and the look back."""

from __future__ import annotations

from tests.conversations.stories import lives_the_week
from tests.office import Office


async def test_what_three_departments_find_on_tuesday_is_read_by_managers_on_monday(any_office: Office) -> None:
    """A finding reaches the digest without the name of anyone who had it, and comes back to who raised it."""
    await lives_the_week(any_office)
