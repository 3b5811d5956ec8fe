"""One workspace by its bot token: what Slack tells of the app goes to the log, and nothing is forgotten."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from tests.slack import payloads
from tests.slack.edge_office import EdgeOffice
from tests.slack.local import BOT


@pytest.mark.parametrize(
    ("kind", "more"), [("app_uninstalled", {}), ("tokens_revoked", {"tokens": {"oauth": [], "bot": [BOT]}})]
)
async def test_the_log_says_what_to_do_when_the_connection_is_gone(
    office: EdgeOffice, kind: str, more: dict[str, Any]
) -> None:
    """The data is the server's own: it stays, and whoever keeps the server sets a new token."""
    before = office.kept()
    with capture_logs() as logs:
        answer = await office.send(payloads.event(kind, **more))
    assert answer.status_code == httpx.codes.OK
    assert ["COMPASSBOT_SLACK_BOT_TOKEN" in line["do"] for line in logs] == [True]
    assert office.kept() == before


async def test_a_token_of_a_person_is_none_of_ours(office: EdgeOffice) -> None:
    """When somebody takes back a token of their own nothing is said of it."""
    with capture_logs() as logs:
        answer = await office.send(payloads.event("tokens_revoked", tokens={"oauth": ["U0FATMA"], "bot": []}))
    assert (answer.status_code, logs) == (httpx.codes.OK, [])
