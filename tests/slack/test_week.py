"""The main job in Slack, from a typed dilemma to Monday's digest and the look back, over both ways to connect."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from tests.conversations.stories import lives_the_week
from tests.office import Office, sqlite_url
from tests.slack.office import slack_office


@pytest.mark.parametrize("socket", [False, True], ids=["http", "socket"])
async def test_the_week_is_lived_in_slack(tmp_path: Path, empty_file: Path, socket: bool) -> None:
    """The story of the memory chat holds in Slack, and Slack's own types have nothing against what it was sent."""
    async with slack_office(tmp_path, sqlite_url(tmp_path), socket=socket) as office:
        await lives_the_week(cast("Office", cast("Any", office)))
        assert await office.slack.faults() == []
