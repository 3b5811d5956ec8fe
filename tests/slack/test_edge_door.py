"""Only Slack is let in, and what it brings opens only what it was made for."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from compassbot.chats.slack.door import MOST_BYTES
from compassbot.chats.slack.seal import Carried, Seal
from tests.conversations.stories import DILEMMA
from tests.slack import payloads
from tests.slack.edge import Edge
from tests.slack.edge_office import PATH, EdgeColleague, EdgeOffice
from tests.slack.local import DILEMMAS
from tests.slack.test_edge import share

MINUTES = 60.0
BODY = b"payload=%7B%22type%22%3A%22block_actions%22%7D"
MALFORMED = (b"payload=x", b"payload=%7B", b"payload", b"{", b"\xff\xfe", b"", b"a=%zz&=&&", b"[" * 100_000)
Headers = dict[str, str]


def good() -> Headers:
    """Return what Slack sends along, signed now: a test may run long after it was read."""
    return payloads.signed(BODY, payloads.FORM)


def with_more(name: str, more: str) -> Headers:
    """Return one of Slack's headers with something behind it."""
    return {name: good()[name] + more}


FORGED: dict[str, Callable[[], Headers]] = {
    "no signature": lambda: {"x-slack-signature": ""},
    "a made-up signature": lambda: {"x-slack-signature": f"v0={'0' * 64}"},
    "a signature of another kind": lambda: {"x-slack-signature": good()["x-slack-signature"].replace("v0=", "v1=")},
    "a signature with more": lambda: with_more("x-slack-signature", "0"),
    "no time": lambda: {"x-slack-request-timestamp": ""},
    "a time that is none": lambda: {"x-slack-request-timestamp": "now"},
    "a time below zero": lambda: {"x-slack-request-timestamp": "-1"},
    "a time with a fraction": lambda: with_more("x-slack-request-timestamp", ".5"),
    "a time of four thousand digits": lambda: {"x-slack-request-timestamp": "9" * 5000},
    "another secret": lambda: payloads.signed(BODY, payloads.FORM, secret="another"),
    "another body": lambda: payloads.signed(b"payload=%7B%7D", payloads.FORM),
    "six minutes ago": lambda: payloads.signed(BODY, payloads.FORM, ago=6 * MINUTES),
    "in six minutes": lambda: payloads.signed(BODY, payloads.FORM, ago=-6 * MINUTES),
}


@pytest.fixture
def hanna(office: EdgeOffice) -> EdgeColleague:
    """An administrator, who is a facilitator too."""
    return office.person("Hanna", "wmo", "administrator", "facilitator")


@pytest.mark.parametrize("how", list(FORGED))
async def test_what_slack_did_not_sign_is_not_let_in(office: EdgeOffice, how: str) -> None:
    """401, without a word."""
    answer = await office.client.post(PATH, content=BODY, headers=good() | FORGED[how]())
    assert (answer.status_code, answer.content) == (401, b"")


async def test_a_header_that_is_not_there_is_not_a_fault(office: EdgeOffice) -> None:
    """A stranger who sends nothing of what Slack sends is not let in either."""
    assert (await office.client.post(PATH, content=BODY)).status_code == 401
    assert (await office.client.post(PATH)).status_code == 401


@pytest.mark.parametrize("raw", MALFORMED, ids=[repr(raw[:12]) for raw in MALFORMED])
async def test_nothing_is_read_before_the_signature(office: EdgeOffice, raw: bytes) -> None:
    """A bad signature on a malformed body is a bad signature; with a good one the body is malformed."""
    for kind in (payloads.FORM, "application/json", "text/plain", ""):
        bad = payloads.signed(raw, kind, secret="another")
        assert (await office.client.post(PATH, content=raw, headers=bad)).status_code == 401
        good = payloads.signed(raw, kind)
        assert (await office.client.post(PATH, content=raw, headers=good)).status_code in (400, 401)


async def test_a_body_that_is_too_large_is_not_read(office: EdgeOffice) -> None:
    """413, whether its length is told or not, and whatever its signature."""
    raw = b"a" * (MOST_BYTES + 1)
    answer = await office.client.post(PATH, content=raw, headers=payloads.signed(raw, payloads.FORM))
    assert answer.status_code == 413

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b"a" * 65536

    assert (await office.client.post(PATH, content=chunks(), headers=good())).status_code == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_there_is_nothing_to_get(office: EdgeOffice, method: str) -> None:
    """405."""
    assert (await office.client.request(method, PATH)).status_code == 405


async def test_the_address_is_confirmed_to_slack_alone(office: EdgeOffice) -> None:
    """A signed url_verification gets its challenge back; a strange one does no harm."""
    for challenge, answer in (("3eZbrw1aB", 200), ("a" * 999, 200), ("\ud800", 400), (None, 400), (["a"], 400)):
        raw, kind = payloads.packed({"type": "url_verification", "token": "t", "challenge": challenge})
        got = await office.client.post(PATH, content=raw, headers=payloads.signed(raw, kind))
        assert got.status_code == answer
        assert got.text == (str(challenge)[:200] if answer == 200 else "")
        bad = payloads.signed(raw, kind, secret="another")
        assert (await office.client.post(PATH, content=raw, headers=bad)).status_code == 401


async def test_another_workspace_is_turned_away(office: EdgeOffice, edge: Edge) -> None:
    """403, nothing is written, and nobody is called."""
    fatma = office.person("Fatma")
    before, calls = office.kept(), len(edge.calls)
    button = {"type": "button", "action_id": "press-0", "value": office.chat.seal.close(Carried("dilemma"))}
    for body in (
        payloads.command("U0FATMA", "/kompas dilemma", fatma.url, team="T0OTHER"),
        payloads.pressed("U0FATMA", button, {"ts": "1.1"}, fatma.url, team="T0OTHER"),
        payloads.event("app_home_opened", team="T0OTHER", user="U0FATMA", channel="D0", tab="home"),
    ):
        assert (await office.send(body)).status_code == 403
    await office.settles()
    assert office.kept() == before
    assert len(edge.calls) == calls


async def _presses(colleague: EdgeColleague, value: str) -> None:
    """Press a button with that value on a message in the channel."""
    button = {"type": "button", "action_id": "press-0", "text": {"type": "plain_text", "text": "x"}, "value": value}
    office = colleague.office
    body = payloads.pressed(colleague.user, button, {"ts": "1764000000.000001"}, colleague.url)
    assert (await office.send(body)).status_code == 200
    await office.settles()


async def test_a_made_up_button_does_nothing(office: EdgeOffice, fatma: EdgeColleague, hanna: EdgeColleague) -> None:
    """Not one without our seal, nor one with the seal of another workspace, or of another button."""
    await share(fatma)
    await share(office.person("Mei", "belastingen"), department="belastingen")
    first, second = (row[0] for row in office.rows("dilemmas"))
    before = office.kept()
    seal = office.chat.seal
    closing, other = (seal.close(Carried("close_round", f"{id}:0")) for id in (first, second))
    mark = len(closing) - len(json.dumps(["close_round", f"{first}:0", "", "", False], separators=(",", ":")))
    for value in (
        "close_round",
        closing[mark:],
        "0" * mark + closing[mark:],
        other[:mark] + closing[mark:],
        Seal(b"of another workspace").close(Carried("close_round", f"{first}:0")),
        "",
        "\ud800",
        "\x00",
        "é" * 50,
    ):
        await _presses(hanna, value)
        assert "te oud" in hanna.told
        office.edge.answers.clear()
    assert office.kept() == before


async def test_a_made_up_form_does_nothing(office: EdgeOffice, fatma: EdgeColleague) -> None:
    """What it carries must be under our seal too; the person reads how to begin again."""
    await fatma.says("/kompas dilemma")
    before = office.kept()
    for metadata in ("", "share_dilemma", Seal(b"of another workspace").close(Carried("share_dilemma"))):
        body: Any = fatma.submit(**DILEMMA)
        body["view"]["private_metadata"] = metadata
        answer = await office.send(body)
        assert "te oud" in answer.text
        body["type"] = "block_actions"
        body["actions"] = [{"type": "plain_text_input", "action_id": "answer", "block_id": "situation~1", "value": "x"}]
        assert (await office.send(body)).status_code == 200
    await office.settles()
    assert office.kept() == before


async def test_a_role_is_asked_for_on_the_act_itself(
    office: EdgeOffice, fatma: EdgeColleague, hanna: EdgeColleague
) -> None:
    """A caseworker who gets hold of a facilitator's or administrator's button, or form, reads who can; nothing changes."""
    await share(fatma)
    await hanna.says("/kompas beheer")
    assert hanna.answer
    home = hanna.answer.json()
    values = [
        element["value"]
        for message in (*office.edge.in_channel(DILEMMAS), home)
        for block in message["blocks"]
        for element in block.get("elements", [])
        if element["type"] == "button" and element["text"]["text"].startswith(("Sluit deze ronde", "Kanalen", "Rollen"))
    ]
    assert len(values) == 3
    await _presses(hanna, values[1])
    view = hanna.view
    before = office.kept()
    for value in values:
        await _presses(fatma, value)
        assert "Dit kan alleen iemand met de rol" in fatma.told
        office.edge.answers.clear()
    stolen = payloads.submitted(fatma.user, view, deliberation_place="C0ELSEWHERE")
    answer = (await office.send(stolen)).json()
    assert answer["response_action"] == "errors"
    assert "Dit kan alleen iemand met de rol" in "".join(answer["errors"].values())
    assert office.kept(but=("seen",)) == {name: rows for name, rows in before.items() if name != "seen"}
