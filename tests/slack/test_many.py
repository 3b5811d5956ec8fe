"""Two workspaces add the app by OAuth and share one process: over HTTP, from the first page to being forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from structlog.testing import capture_logs

from compassbot.app.granting import StoredGrants
from compassbot.conversations.desk import ADMINISTRATOR
from compassbot.words import Words
from tests.conversations.stories import DILEMMA, shares, takes_turn
from tests.office import TUESDAY, Colleague, moment_of
from tests.slack.edge import limited
from tests.slack.edge_office import read
from tests.slack.local import BOT, DILEMMAS, LEARNING
from tests.slack.many import HALF_A_DAY, OURS, Building, Tenant, TenantColleague, building

WERK, ZORG = "T0WERK", "T0ZORG"
BED = "Mag ik het bed een week langer laten staan?"
OK, FORBIDDEN = httpx.codes.OK, httpx.codes.FORBIDDEN
TAKEN_BACK: dict[str, Any] = {"tokens": {"oauth": [], "bot": [BOT]}}


@pytest.fixture(params=["sqlite", "postgresql"])
async def off(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Building]:
    """A server on each kind of database, that is off."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgresql").new()
    async with building(tmp_path, url) as made:
        yield made


@pytest.fixture
async def server(off: Building) -> AsyncIterator[Building]:
    """That server, running."""
    async with off.process():
        yield off


async def chooses(admin: TenantColleague, group: str, **answers: Any) -> None:
    """Change a group of settings, as an administrator does."""
    await admin.says("/kompas beheer")
    await admin.presses(group)
    await admin.fills(**answers)
    assert not admin.refused


async def settle(admin: TenantColleague, department: str = "Werk en Inkomen") -> None:
    """Choose the departments and the channels."""
    await chooses(admin, "Afdelingen", departments=f"inkomen = {department}\nwmo = Wmo\njeugd = Jeugd")
    await chooses(admin, "Kanalen", deliberation_place=DILEMMAS, learning_place=LEARNING)


async def share(colleague: TenantColleague, **changes: Any) -> None:
    """Share a dilemma, both pages."""
    await shares(cast("Colleague", cast("Any", colleague)), **changes)


async def join(colleague: TenantColleague, question: str) -> None:
    """Answer the first round of the last dilemma."""
    await takes_turn(cast("Colleague", cast("Any", colleague)), question=question)


async def both(server: Building) -> tuple[Tenant, Tenant]:
    """Let two workspaces add the app, and choose what must be chosen; ilse does it in one, noor in the other."""
    werk, zorg = await server.adds(WERK, "ilse"), await server.adds(ZORG, "noor")
    await settle(werk.someone("ilse"))
    await settle(zorg.someone("noor"), "Zorg en Welzijn")
    return werk, zorg


def administrators(tenant: Tenant) -> list[str]:
    """Return who is one in a workspace."""
    return tenant.parts.database.run_now(lambda books: books.people.with_role(ADMINISTRATOR))


async def test_who_adds_the_app_is_welcomed_by_it_and_is_administrator_there(server: Building) -> None:
    """Each workspace gives a token of its own, with which its installer gets the welcome; in their own language."""
    werk, zorg = await server.adds(WERK, "ilse"), await server.adds(ZORG, "noor", "en")
    [one], [other] = server.slack.tokens(WERK), server.slack.tokens(ZORG)
    assert server.slack.calls == [(one, "chat.postMessage"), (other, "chat.postMessage")]
    assert [said["channel"] for said in (*werk.edge.messages, *zorg.edge.messages)] == ["D0ILSE", "D0NOOR"]
    assert werk.said_in("U0ILSE").startswith(Words("nl")("welcome-title"))
    assert zorg.said_in("U0NOOR").startswith(Words("en")("welcome-title"))
    assert (administrators(werk), administrators(zorg)) == (["slack:U0ILSE"], ["slack:U0NOOR"])

    ilse = werk.someone("ilse")
    await ilse.presses("Kies de instellingen")
    assert Words("nl")("settings-title") in ilse.told


async def test_a_role_in_one_is_none_in_the_other(server: Building) -> None:
    """Somebody with the same id in both changes the settings in one only, whatever they type or press."""
    werk, zorg = await both(server)
    ilse, stranger = werk.someone("ilse"), zorg.someone("ilse")
    await stranger.says("/kompas beheer")
    assert Words("nl")("settings-title") not in stranger.told
    assert stranger.told
    await ilse.says("/kompas beheer")
    press = ilse.press("Rollen") | {"response_url": stranger.url}
    await zorg.send(press)
    await zorg.settles()
    assert not zorg.edge.modals[stranger.user]
    assert (administrators(werk), administrators(zorg)) == (["slack:U0ILSE"], ["slack:U0NOOR"])


async def test_what_one_does_the_other_never_sees(server: Building) -> None:
    """Tokens, messages, homes, numbers and every byte that is kept: each has its own, though ids are the same in both."""
    werk, zorg = await both(server)
    fatma, elsewhere = werk.someone("fatma", "inkomen"), zorg.someone("fatma", "inkomen")
    began, calls = len(server.slack.calls), len(zorg.edge.calls)
    await share(fatma)
    await join(werk.someone("joost"), "Hoe lang krijgt zij die tas al?")
    assert {token for token, _ in server.slack.calls[began:]} == set(server.slack.tokens(WERK))
    assert len(zorg.edge.calls) == calls

    await share(elsewhere, question=BED)
    await join(zorg.someone("mei"), "Wie heeft het bed nodig?")
    for tenant, who, mine, other in (
        (werk, fatma, DILEMMA["question"], BED),
        (zorg, elsewhere, BED, DILEMMA["question"]),
    ):
        await who.says("/kompas")
        home = read(await tenant.at_home(who))
        assert f"Dilemma 1: {mine}" in tenant.said_in(DILEMMAS)
        assert "Jouw dilemma 1" in who.inbox
        for seen in (tenant.said_in(DILEMMAS), who.inbox, who.told, home):
            assert mine in seen
            assert other not in seen

    kept, marks = (server.kept(WERK), server.kept(ZORG)), ("Werk en Inkomen", DILEMMA["question"], "U0JOOST", "die tas")
    others = ("Zorg en Welzijn", BED, "U0MEI", "Wie heeft het bed nodig?")
    assert [[mark.encode() in one for mark in (*marks, *others)] for one in kept] == [
        [True] * 4 + [False] * 4,
        [False] * 4 + [True] * 4,
    ]


async def test_a_button_or_form_of_one_is_useless_in_the_other(server: Building) -> None:
    """It was not sealed there: the person hears that it is too old, nothing opens and nothing is kept."""
    werk, zorg = await both(server)
    await share(werk.someone("fatma", "inkomen"))
    joost, elsewhere = werk.someone("joost"), zorg.someone("joost")
    before = server.kept(ZORG)
    await zorg.send(joost.press("Doe mee") | {"response_url": elsewhere.url})
    await zorg.settles()
    assert Words("nl")("slack-unreadable") in elsewhere.told
    assert not zorg.edge.modals[elsewhere.user]

    await joost.presses("Doe mee")
    answer = await zorg.send(joost.submit(question="Hoe lang al?", department="wmo"))
    assert answer.json()["response_action"] == "update"
    assert Words("nl")("slack-unreadable") in read(answer.json()["view"])
    assert server.kept(ZORG) == before

    await joost.fills(question="Hoe lang al?", department="wmo")
    assert "Hoe lang al?" in werk.said_in(DILEMMAS)


async def test_a_token_that_expires_is_renewed_on_the_way(off: Building) -> None:
    """Also one that expired while the server was off: the next thing that is sent goes with the new one."""
    off.slack.last = [HALF_A_DAY, HALF_A_DAY]
    async with off.process():
        werk = await off.adds(WERK, "ilse")
        zorg = await off.adds(ZORG, "noor")
        [first], [other] = off.slack.tokens(WERK), off.slack.tokens(ZORG)
        grants = StoredGrants(off.main, off.hours)
        kept = await grants.get(WERK)
        assert kept
        assert await grants.renewed(kept, replace(kept, expires_at=datetime.now(UTC) - timedelta(minutes=1)))
    began = len(off.slack.calls)
    off.slack.last = [HALF_A_DAY]
    async with off.process():
        werk, zorg = await off.tenant(WERK), await off.tenant(ZORG)
        await settle(werk.someone("ilse"))
        await settle(zorg.someone("noor"))
        await share(werk.someone("fatma", "inkomen"))
    [second] = off.slack.tokens(WERK)
    assert second != first
    assert {token for token, _ in off.slack.calls[began:]} == {second, other}
    assert DILEMMA["question"] in werk.said_in(DILEMMAS)


async def test_one_that_takes_the_app_away_is_forgotten(server: Building) -> None:
    """Nobody in it is answered and nothing of it is there; the other goes on. A user's token that goes is no farewell."""
    werk, zorg = await both(server)
    await share(werk.someone("fatma", "inkomen"))
    await share(zorg.someone("fatma", "inkomen"), question=BED)
    await server.tells(WERK, "tokens_revoked", tokens={"oauth": ["U0FATMA"], "bot": []})
    assert (await server.commands(WERK, "U0FATMA", "/kompas")).status_code == OK

    server.slack.takes_away(WERK)
    assert (await server.tells(WERK, "app_uninstalled")).status_code == OK
    answers = [await server.commands(WERK, "U0FATMA", "/kompas"), await werk.send(werk.someone("joost").press("Doe"))]
    assert [(answer.status_code, answer.content) for answer in answers] == [(FORBIDDEN, b"")] * 2
    assert (await server.tells(WERK, "app_uninstalled")).status_code == OK
    assert server.there() == [ZORG]
    assert (await zorg.health())["slack_workspaces"] == 1
    await join(zorg.someone("joost"), "Wie heeft het bed nodig?")
    assert "Wie heeft het bed nodig?" in zorg.said_in(DILEMMAS)


async def test_one_that_adds_the_app_again_begins_anew(server: Building) -> None:
    """Whoever does it is the only administrator, dilemmas begin at 1, and what Slack says late of leaving does nothing."""
    werk, _ = await both(server)
    await share(werk.someone("fatma", "inkomen"))
    old = werk.someone("joost").press("Doe mee")
    left = server.hours.now().timestamp()
    await server.tells(WERK, "app_uninstalled", at=left)
    server.hours.set(TUESDAY + timedelta(hours=1))
    again = await server.adds(WERK, "sanne")
    assert (await server.tells(WERK, "app_uninstalled", at=left)).status_code == OK

    again = await server.tenant(WERK)
    assert (server.there(), administrators(again)) == ([WERK, ZORG], ["slack:U0SANNE"])
    assert again.said_in("U0SANNE").startswith(Words("nl")("welcome-title"))
    assert (await server.commands(WERK, "U0SANNE", "/kompas beheer")).status_code == OK
    home = read(await again.at_home(again.someone("fatma")))
    assert DILEMMA["question"] not in home
    assert DILEMMA["question"].encode() not in server.kept(WERK)
    await again.send(old)
    await again.settles()
    assert Words("nl")("slack-unreadable") in again.someone("joost").told
    await settle(again.someone("sanne"))
    await share(again.someone("fatma", "inkomen"), question=BED)
    assert "Jouw dilemma 1: " in again.someone("fatma").inbox


async def test_one_whose_token_is_taken_back_loses_nothing(server: Building) -> None:
    """Who types a command hears who can mend it. What is done meanwhile waits, and leaves once the app is there again."""
    werk, _ = await both(server)
    await share(werk.someone("fatma", "inkomen"))
    joost = werk.someone("joost")
    await joost.presses("Doe mee")
    before = werk.said_in(DILEMMAS)
    server.slack.takes_away(WERK)
    server.hours.set(TUESDAY + timedelta(hours=1))
    with capture_logs() as logs:
        assert (await server.tells(WERK, "tokens_revoked", **TAKEN_BACK)).status_code == OK
        answers = [await server.commands(WERK, "U0FATMA", f"/kompas {word}") for word in ("", "dilemma", "beheer")]
        await joost.fills(question="Hoe lang al?", department="wmo")
    told = {str(answer.json()) for answer in answers}
    assert (len(told), {answer.status_code for answer in answers}) == (1, {OK})
    assert f"{OURS}/slack/install" in told.pop()
    assert {line["team"] for line in logs if line["event"] == "the token of a workspace was taken back"} == {WERK}
    assert (werk.said_in(DILEMMAS), (await werk.health())["slack_workspaces"]) == (before, 2)
    assert (await werk.health())["letters_waiting"] > 0

    again = await server.adds(WERK, "sanne")
    assert "Hoe lang al?" in again.said_in(DILEMMAS)
    assert administrators(again) == ["slack:U0ILSE"]
    await again.someone("ilse").says("/kompas beheer")
    assert Words("nl")("settings-title") in again.someone("ilse").told
    late = server.hours.now() - timedelta(minutes=1)
    await server.tells(WERK, "tokens_revoked", at=late.timestamp(), **TAKEN_BACK)
    assert OURS not in (await server.commands(WERK, "U0ILSE", "/kompas")).text


async def test_one_that_is_damaged_says_so_and_hinders_nobody(off: Building) -> None:
    """Who types a command there gets a number that is in the log. It can be taken away, and added again."""
    async with off.process():
        await both(off)
    off.damages(WERK)
    with capture_logs() as logs:
        async with off.process():
            answer = await off.commands(WERK, "U0FATMA", "/kompas")
            assert (answer.status_code, answer.json()["response_type"]) == (OK, "ephemeral")
            [reference] = {line["reference"] for line in logs if line.get("reference", "-") in answer.json()["text"]}
            for language in ("nl", "en"):
                assert Words(language)("broke", reference=reference) in answer.json()["text"]
            health = (await off.client.get("/healthz")).json()
            assert (health["slack_workspaces"], health["slack_workspaces_open"]) == (2, 1)
            zorg = await off.tenant(ZORG)
            await share(zorg.someone("fatma", "inkomen"), question=BED)
            assert BED in zorg.said_in(DILEMMAS)

            assert (await off.tells(WERK, "app_uninstalled")).status_code == OK
            assert (await off.commands(WERK, "U0FATMA", "/kompas")).status_code == FORBIDDEN
            assert off.there() == [ZORG]
            off.hours.set(TUESDAY + timedelta(hours=1))
            assert administrators(await off.adds(WERK, "ilse")) == ["slack:U0ILSE"]


async def test_health_counts_what_waits_in_all_of_them(server: Building) -> None:
    """The letters of each are added up; one whose database stops answering is not counted, and the rest still is."""
    werk, zorg = await both(server)
    for tenant in (werk, zorg):
        tenant.edge.always["chat.postMessage"] = limited(30)
        await share(tenant.someone("fatma", "inkomen"))
    waiting = [tenant.parts.database.run_now(lambda books: books.outbox.waiting()) for tenant in (werk, zorg)]
    health = await zorg.health()
    assert min(waiting) > 0
    assert (health["letters_waiting"], health["slack_workspaces"], health["slack_workspaces_open"]) == (
        sum(waiting),
        2,
        2,
    )
    werk.parts.database.close()
    health = await zorg.health()
    assert (health["status"], health["letters_waiting"], health["slack_workspaces_open"]) == ("ok", waiting[1], 1)


async def test_a_tick_publishes_the_digest_of_each(server: Building) -> None:
    """In its own channel, in its own language and at its own hour; once, however often it ticks."""
    werk, zorg = await both(server)
    noor = zorg.someone("noor")
    rhythm = {"digest_day": "0", "quiet_begin": "18:00", "quiet_end": "08:00", "quiet_weekends": "yes"}
    await chooses(noor, "Ritme", digest_time="9:30", **rhythm)
    await chooses(noor, "Regels en taal", language="en")
    published: list[tuple[int, int]] = []
    for until in ("monday 07:59", "monday 08:00", "monday 09:29", "monday 09:30", "monday 09:31"):
        server.hours.set(moment_of(server.hours.now(), until=until))
        await server.side.tick()
        for tenant in (werk, zorg):
            await tenant.settles()
        published.append((len(werk.edge.in_channel(LEARNING)), len(zorg.edge.in_channel(LEARNING))))
    assert published == [(0, 0), (1, 0), (1, 0), (1, 1), (1, 1)]
    assert "Wat wij leerden" in werk.said_in(LEARNING)
    assert "What we learned" in zorg.said_in(LEARNING)
