"""Whatever comes through the door is answered, quoted nowhere, and changes nothing."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import ASGIApp, Message

from compassbot.chats.slack import payload
from compassbot.chats.slack.listen import Listener
from compassbot.chats.slack.manifest import MESSAGE_SHORTCUT, SHARE_SHORTCUT
from compassbot.chats.slack.pulse import Pulse
from compassbot.chats.slack.seal import Carried, Seal
from compassbot.chats.slack.show import Show
from compassbot.talk.typed import printable
from compassbot.talk.view import Form, Question
from tests.conversations.stories import DILEMMA
from tests.slack import payloads
from tests.slack.edge import Edge, Found
from tests.slack.edge_office import PATH, EdgeOffice, copied, edge_office
from tests.slack.fuzz import MARK, Fuzz
from tests.slack.local import DILEMMAS
from tests.slack.test_edge import share

SEED = 20261117
MAY_CHANGE = ("seen", "drafts")
"""What a command or a form may write that is not amiss after all: that it was there, and what is being typed."""


@dataclass
class Logged:
    """All that is logged, by us and by others."""

    ours: list[Any] = field(default_factory=list[Any])
    others: list[str] = field(default_factory=list[str])

    def check(self, printed: str) -> None:
        """Find no traceback, and nothing of what was sent."""
        assert [one for one in self.ours if one["event"] in ("event failed", "request failed")] == []
        for said in (*map(repr, self.ours), *self.others, printed):
            assert MARK not in said
            assert "Traceback" not in said
            assert "never retrieved" not in said


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Logged]:
    """What is logged meanwhile."""
    found = Logged()
    with caplog.at_level(logging.INFO), structlog.testing.capture_logs() as found.ours:
        yield found


@pytest.fixture
async def office(edge: Edge, tmp_path: Path, empty_file: Path) -> AsyncIterator[EdgeOffice]:
    """An office with an open dilemma and a draft, from which nothing is sent any more."""
    async with edge_office(edge, copied(empty_file, tmp_path)) as made:
        await share(made.person("Fatma", "inkomen"))
        joost = made.person("Joost")
        await joost.says("/kompas")
        await joost.says("/kompas dilemma")
        await made.send(payloads.typed(joost.user, joost.view, "situation", "Een begin"))
        await made.settles()
        await edge.goes_away()
        yield made


def bodies(office: EdgeOffice) -> list[Found]:
    """Return real payloads of every kind, of somebody who may do nothing special; none of them changes a dilemma."""
    joost = office.person("Joost")
    url, seal = "http://127.0.0.1:9/answer", office.chat.seal
    message: Found = office.edge.in_channel(DILEMMAS)[0]
    view: Found = {**joost.view, "private_metadata": seal.close(Carried("share_dilemma"))}
    closed = {**view, "private_metadata": seal.close(Carried("take_turn", "gone:0"))}
    chosen = {**view, "private_metadata": seal.close(Carried("settings", "places"))}
    buttons = [
        {
            "type": "button",
            "action_id": "press-0",
            "text": {"type": "plain_text", "text": MARK},
            "value": seal.close(carried),
        }
        for carried in (
            Carried("close_round", "gone:0"),
            Carried("settings", "roles"),
            Carried("take_turn", "gone:0"),
            Carried("dilemma"),
            Carried("withdraw_dilemma", "gone"),
        )
    ]
    typed = DILEMMA | {"situation": MARK}
    return [
        payloads.command(joost.user, f"/kompas {MARK}", url),
        payloads.command(joost.user, "/kompas", url),
        *(payloads.pressed(joost.user, button, {**message, "thread_ts": "1.2"}, url) for button in buttons),
        payloads.pressed_privately(joost.user, buttons[1], url),
        payloads.pressed_in(joost.user, buttons[3], view),
        payloads.typed(joost.user, view, "situation", MARK),
        *(payloads.submitted(joost.user, one, **typed) for one in (view, closed, chosen)),
        payloads.shortcut(joost.user, SHARE_SHORTCUT),
        payloads.message_shortcut(joost.user, MESSAGE_SHORTCUT, f"<@U0MEI> {MARK}", url),
        payloads.event("app_home_opened", user=joost.user, channel="D0JOOST", tab="home", view=view),
        payloads.event("message", user=joost.user, text=MARK),
    ]


def essential(body: Found) -> list[tuple[Any, ...]]:
    """Return the paths without which a payload is not one that Slack sends."""
    if "command" in body and "type" not in body:
        return [("team_id",), ("user_id",), ("channel_id",), ("trigger_id",)]
    if body["type"] == "event_callback":
        return [("team_id",), ("event",), ("event", "user")]
    paths: list[tuple[Any, ...]] = [("type",), ("user",), ("user", "id"), ("team", "id")]
    if body["type"] == "view_submission":
        return [*paths, ("view",), ("view", "id"), ("view", "private_metadata"), ("view", "state", "values")]
    paths.append(("trigger_id",))
    return [*paths, ("actions",), ("actions", 0, "value")] if body["type"] == "block_actions" else paths


async def ask(app: ASGIApp, raw: bytes, headers: dict[str, str]) -> int:
    """Send a request straight to the app, and return the status of its answer."""
    answers: list[Message] = []
    found = [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers.items()]
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "path": PATH}
    more = {"raw_path": PATH.encode(), "query_string": b"", "root_path": "", "scheme": "http", "headers": found}

    async def receive() -> Message:
        return {"type": "http.request", "body": raw, "more_body": False}

    async def send(message: Message) -> None:
        answers.append(message)

    await app(scope | more | {"server": ("bot", 80), "client": ("127.0.0.1", 1)}, receive, send)
    return int(answers[0]["status"])


def app_of(office: EdgeOffice) -> ASGIApp:
    """Return the app of an office."""
    transport: Any = office.client._transport
    return transport.app


def changed(before: dict[str, Any], after: dict[str, Any], but: Sequence[str] = ()) -> list[str]:
    """Return the tables that are not as they were."""
    return [name for name in before if before[name] != after[name] and name not in but]


@dataclass
class Attack:
    """Sends one thing after another, and counts the answers."""

    app: ASGIApp
    logged: Logged
    answers: Counter[int] = field(default_factory=Counter[int])

    async def sends(self, raw: bytes, headers: dict[str, str]) -> int:
        """Send a request, expect it to be answered well, and return the status."""
        status = await ask(self.app, raw, headers)
        assert status in (200, 400, 401, 403, 404, 413), (self.answers.total(), status, self.logged.ours[-1:])
        self.answers[status] += 1
        return status

    async def sends_signed(self, raw: bytes, kind: str) -> int:
        """Send it as Slack would."""
        return await self.sends(raw, payloads.signed(raw, kind))


async def test_ten_thousand_payloads_do_no_harm(
    office: EdgeOffice, logged: Logged, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """2xx or 4xx each time: not signed, cut off, binary, huge, deep, without what matters, or amiss anywhere."""
    fuzz, real = Fuzz(SEED), bodies(office)
    attack = Attack(app_of(office), logged)
    before = office.kept()
    for _ in range(2_000):
        raw, kind = fuzz.packed(fuzz.amiss(real))
        assert await attack.sends(raw, fuzz.unsigned(payloads.signed(raw, kind))) in (401, 413)
    assert changed(before, office.kept()) == []
    for number in range(3_000):
        body = real[number % len(real)]
        paths = essential(body)
        await attack.sends_signed(*fuzz.packed(fuzz.spoilt(body, *paths[number // len(real) % len(paths)])))
    await office.settles()
    assert changed(before, office.kept(), MAY_CHANGE) == []
    for number in range(2_000):
        raw, kind = fuzz.packed(real[number % len(real)])
        broken = fuzz.broken(raw)
        headers = payloads.signed(broken, fuzz.kind() if number % 2 else kind)
        await attack.sends(broken, headers | {"content-length": fuzz.length(broken)})
    for _ in range(3_000):
        await attack.sends_signed(*fuzz.packed(fuzz.amiss(real)))
    await office.settles()
    assert changed(before, office.kept(), MAY_CHANGE) == []
    assert attack.answers.total() == 10_000
    assert min(attack.answers[status] for status in (200, 400, 401, 403, 404, 413)) > 5, attack.answers
    logged.others = [record.getMessage() + str(record.exc_text or "") for record in caplog.records]
    logged.check("".join(capfd.readouterr()))


async def test_envelopes_that_are_amiss_do_no_harm(
    office: EdgeOffice, logged: Logged, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """What comes over Socket Mode takes the same path, without the door: it is answered, or is a fault without content."""
    fuzz, real, before = Fuzz(SEED + 1), bodies(office), office.kept()
    listener = Listener(office.only, office.not_uninstalled, Pulse())
    for _ in range(1_000):
        try:
            body = json.loads(fuzz.text(fuzz.amiss(real)))
        except (ValueError, RecursionError):
            continue
        assert (await listener.hears(body)).status in (200, 400, 403, 404)
    await listener.close()
    await office.settles()
    assert changed(before, office.kept(), MAY_CHANGE) == []
    logged.others = [record.getMessage() + str(record.exc_text or "") for record in caplog.records]
    logged.check("".join(capfd.readouterr()))


@given(st.dictionaries(st.sampled_from(("situation", "moment", "question")), st.text(max_size=3000)))
def test_what_is_typed_comes_back_as_it_was(said: dict[str, str]) -> None:
    """Through the form that shows it again, what Slack makes of that, and how we read it: each sign that can be kept."""
    typed = {name: printable(text) for name, text in said.items()}
    questions = tuple(
        Question(name, name, kind="text" if name == "situation" else "line", initial=text)
        for name, text in typed.items()
    )
    show = Show(Seal(b"key"), "nl")
    view = show.asked(Form("Een vraag", "share_dilemma", (), questions, keep=True), Carried("")) | {
        "id": "V1",
        "hash": "1.1",
    }
    for filled in ({}, said):
        sent = json.loads(json.dumps(payloads.submitted("U0FATMA", view, **filled)))
        _, carried, event = payload.filled(sent, show.seal, "submit")
        assert carried.action == "share_dilemma"
        assert event.answers == typed
