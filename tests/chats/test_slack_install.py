"""Adding the app to a workspace over HTTP, against a Slack where the network begins; and renewing its token."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from aiohttp import web
from starlette.applications import Starlette
from structlog.testing import capture_logs

from compassbot.app.granting import StoredGrants
from compassbot.app.installing import StoredInstalls, slack_app
from compassbot.app.opening import open_database
from compassbot.app.parts import Parts, house_of, put_together
from compassbot.app.refusing import CannotStart
from compassbot.app.slack_many import many_workspaces
from compassbot.app.workspaces import Workspaces
from compassbot.chats.slack.install import Installer
from compassbot.chats.slack.tokens import AGAIN, PATIENCE, Tokens
from compassbot.clock import Hours
from compassbot.grant import Grant
from compassbot.settings import Settings
from compassbot.store.database import Database
from compassbot.talk.errors import NotConnected
from compassbot.talk.memory import MemoryChat
from compassbot.talk.view import words_of
from compassbot.words import Words
from tests.office import KEY
from tests.postgresql import PostgreSQL

OURS = "https://kompas.example"
TEAM = "T0WERK"
DUTCH, ENGLISH = Words("nl"), Words("en")


@dataclass
class FakeSlack:
    """Slack's oauth.v2.access: each code and each refresh token is good once. `fails` is what it answers instead."""

    fails: tuple[int, dict[str, Any]] | None = None
    enterprise: bool = False
    lasts: int = 0
    slow: float = 0.0
    asked: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    good: set[str] = field(default_factory=lambda: {"code-1", "code-2"})
    given: int = 0
    api: str = ""
    revoked: list[str] = field(default_factory=list[str])
    revokes: bool = True

    async def revoke(self, request: web.Request) -> web.Response:
        """Answer auth.revoke."""
        self.revoked.append(str((await request.post()).get("token")))
        return web.json_response({"ok": self.revokes, "revoked": True} | ({} if self.revokes else {"error": "broken"}))

    async def access(self, request: web.Request) -> web.Response:
        """Answer oauth.v2.access."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append(form)
        await asyncio.sleep(self.slow)
        if self.fails:
            return web.json_response(self.fails[1], status=self.fails[0])
        proof = form.get("code") or form.get("refresh_token", "")
        if form.get("client_secret") != "app-secret" or proof not in self.good:
            return web.json_response(
                {"ok": False, "error": "invalid_refresh_token" if "code" not in form else "invalid_code"}
            )
        self.good.discard(proof)
        return web.json_response(self._given())

    def _given(self) -> dict[str, Any]:
        self.given += 1
        given = {"ok": True, "access_token": f"xoxb-secret-{self.given}", "token_type": "bot", "app_id": "A1"}
        given |= {"team": None if self.enterprise else {"id": TEAM, "name": "Werk"}, "authed_user": {"id": "U0ILSE"}}
        given |= {"is_enterprise_install": self.enterprise, "bot_user_id": "U0BOT", "scope": "commands"}
        if self.lasts:
            given |= {"refresh_token": f"xoxe-secret-{self.given}", "expires_in": self.lasts}
            self.good.add(f"xoxe-secret-{self.given}")
        return given


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Slack, on a port of its own."""
    made = FakeSlack()
    app = web.Application()
    app.router.add_post("/api/oauth.v2.access", made.access)
    app.router.add_post("/api/auth.revoke", made.revoke)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.api = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    yield made
    await runner.cleanup()


class Joined:
    """A workspace on a chat in memory."""

    def __init__(self, parts: Parts) -> None:
        """Take the parts."""
        self.parts = parts
        self.chat = MemoryChat("slack")

    async def close(self) -> None:
        """Hold nothing."""


@dataclass
class Server:
    """Our side: its database, its workspaces, and its pages."""

    settings: Settings
    main: Database
    workspaces: Workspaces[Joined]
    hours: Hours
    pages: Starlette

    def browser(self, language: str = "nl") -> httpx.AsyncClient:
        """Return a browser that knows nothing yet."""
        transport = httpx.ASGITransport(self.pages, raise_app_exceptions=True)
        return httpx.AsyncClient(transport=transport, base_url=OURS, headers={"accept-language": language})

    def bytes_on_disk(self) -> bytes:
        """Return every byte of every database."""
        found = b""
        for file in sorted(self.settings.data_dir.rglob("*.sqlite")):
            with sqlite3.connect(file) as opened:
                opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            opened.close()
            found += b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
        return found

    def teams(self) -> list[str]:
        """Return the workspaces that have the app."""
        return self.main.run_now(lambda books: list(books.installations.since()))


@pytest.fixture
async def server(tmp_path: Path, slack: FakeSlack) -> AsyncIterator[Server]:
    """A server that is known to Slack."""
    settings = Settings(
        data_dir=tmp_path / "data",
        key=KEY.decode(),
        slack_client_id="1.2",
        slack_client_secret="app-secret",
        slack_api_url=slack.api,
        public_url=OURS,
    )
    main, hours = open_database(settings), Hours()
    workspaces = Workspaces(main, settings, house_of(settings), lambda _, parts: Joined(parts), hours=hours)
    installer = Installer(slack_app(settings), StoredInstalls(main, workspaces, hours))
    yield Server(settings, main, workspaces, hours, Starlette(routes=installer.routes()))
    await workspaces.close()
    main.close()


async def begins(browser: httpx.AsyncClient) -> dict[str, str]:
    """Open the page, and return what its button takes along to Slack."""
    page = await browser.get("/slack/install")
    assert page.status_code == 200
    [link] = re.findall(r'href="(http[^"]*authorize[^"]*)"', page.text)
    return {name: value for name, [value] in parse_qs(urlsplit(link.replace("&amp;", "&")).query).items()}


async def comes_back(browser: httpx.AsyncClient, state: str, code: str = "code-1", **more: str) -> httpx.Response:
    """Come back from Slack."""
    return await browser.get("/slack/oauth_redirect", params={"state": state, "code": code, **more})


def says(page: httpx.Response, sentence: str) -> bool:
    """Return whether a page says a sentence."""
    return sentence.replace("’", "’") in page.text.replace("&#39;", "'")


async def test_the_app_is_added_and_who_did_it_is_written_to(server: Server, slack: FakeSlack) -> None:
    """From the page to Slack and back: the token is kept sealed, the workspace is open, the welcome is on its way."""
    async with server.browser() as browser:
        along = await begins(browser)
        assert along | {"state": ""} == {
            "state": "",
            "client_id": "1.2",
            "scope": "commands,chat:write,files:write",
            "redirect_uri": f"{OURS}/slack/oauth_redirect",
        }
        done = await comes_back(browser, along["state"])
    assert done.status_code == 200
    assert says(done, DUTCH("slack-install-step-open"))
    assert [asked.get("redirect_uri") for asked in slack.asked] == [f"{OURS}/slack/oauth_redirect"]

    kept = await StoredGrants(server.main, server.hours).get(TEAM)
    assert kept == Grant(TEAM, "xoxb-secret-1", installer="U0ILSE", language="nl")
    found = await server.workspaces.of(TEAM)
    assert found
    await found.parts.courier.deliver(server.hours.now())
    [letter] = found.chat.said
    assert (letter.place.id, letter.card("nl").title) == ("slack:@U0ILSE", "Welkom bij Kompas")
    assert found.parts.database.run_now(lambda books: books.people.roles("slack:U0ILSE")) >= {"administrator"}
    assert b"secret-1" not in server.bytes_on_disk()


async def test_pages_speak_the_language_of_the_browser(server: Server) -> None:
    """Dutch, unless English is asked for."""
    pages: dict[str, str] = {}
    for language in ("nl", "en-GB, nl;q=0.5", "fr", ""):
        async with server.browser(language) as browser:
            pages[language] = (await browser.get("/slack/install")).text
    assert [DUTCH("slack-install-add") in page for page in pages.values()] == [True, False, True, True]
    assert ENGLISH("slack-install-add") in pages["en-GB, nl;q=0.5"]


async def test_a_browser_is_told_to_hold_the_pages_to_themselves(server: Server) -> None:
    """Nothing comes from elsewhere, nothing frames them, their address goes nowhere, and the cookie is for us alone."""
    async with server.browser() as browser:
        page = await browser.get("/slack/install")
    policy = page.headers["content-security-policy"]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[^']+'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
        policy,
    )
    assert (page.headers["referrer-policy"], page.headers["cache-control"]) == ("no-referrer", "no-store")
    assert page.headers["x-content-type-options"] == "nosniff"
    cookie = page.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("secure", "httponly", "samesite=lax", "path=/slack", "max-age=600"))


async def refused(server: Server, slack: FakeSlack, page: httpx.Response, key: str) -> None:
    """A refusal says why and how to go on, and nothing was kept."""
    assert says(page, DUTCH(key)), page.text
    assert 'href="/slack/install"' in page.text
    assert server.teams() == []
    assert not (server.settings.data_dir / "workspaces").exists()


async def test_a_made_up_state_is_refused(server: Server, slack: FakeSlack) -> None:
    """Also when the browser has it as a cookie: it is not signed by us. Slack is not asked."""
    async with server.browser() as browser:
        for state in ("made-up", f"{int(time.time()) + 600}-abc.{'0' * 32}", ""):
            browser.cookies.set("compassbot-slack-install", state, domain="kompas.example", path="/slack")
            page = await comes_back(browser, state)
            assert page.status_code == 400
            await refused(server, slack, page, "slack-install-late" if state else "slack-install-browser")
    assert slack.asked == []


async def test_a_state_is_good_once(server: Server, slack: FakeSlack) -> None:
    """Whoever finds the address of the page afterwards gets nothing with it."""
    async with server.browser() as browser:
        state = (await begins(browser))["state"]
        assert (await comes_back(browser, state)).status_code == 200
        browser.cookies.set("compassbot-slack-install", state, domain="kompas.example", path="/slack")
        page = await comes_back(browser, state, "code-2")
    assert (page.status_code, says(page, DUTCH("slack-install-late"))) == (400, True)
    assert len(slack.asked) == 1


async def test_a_state_is_good_for_ten_minutes(server: Server, slack: FakeSlack) -> None:
    """Who comes back later begins again."""
    async with server.browser() as browser:
        state = (await begins(browser))["state"]
        server.hours.offset = timedelta(minutes=10, seconds=1)
        await refused(server, slack, await comes_back(browser, state), "slack-install-late")
    assert slack.asked == []


async def test_another_browser_is_refused(server: Server, slack: FakeSlack) -> None:
    """Nobody is made to finish what somebody else began."""
    async with server.browser() as browser, server.browser() as other:
        state = (await begins(browser))["state"]
        await refused(server, slack, await comes_back(other, state), "slack-install-browser")
        await begins(other)
        await refused(server, slack, await comes_back(other, state), "slack-install-browser")
    assert slack.asked == []


async def test_who_does_not_allow_it_is_told_that_nothing_was_added(server: Server, slack: FakeSlack) -> None:
    """Pressing Cancel in Slack is no error."""
    async with server.browser() as browser:
        state = (await begins(browser))["state"]
        page = await browser.get("/slack/oauth_redirect", params={"error": "access_denied", "state": state})
    assert page.status_code == 200
    await refused(server, slack, page, "slack-install-denied")


@pytest.mark.parametrize(
    ("fails", "status", "key"),
    [
        ((500, {"ok": False, "error": "fatal_error"}), 503, "slack-install-down"),
        ((429, {"ok": False, "error": "ratelimited"}), 503, "slack-install-down"),
        ((200, {"ok": False, "error": "bad_client_secret"}), 400, "slack-install-refused"),
        ((200, {"ok": False, "error": "invalid_code"}), 400, "slack-install-refused"),
    ],
)
async def test_what_goes_wrong_at_slack_is_said(
    server: Server, slack: FakeSlack, fails: tuple[int, dict[str, Any]], status: int, key: str
) -> None:
    """When Slack is down one comes back later; when it refuses, whoever runs the server looks."""
    slack.fails = fails
    async with server.browser() as browser:
        page = await comes_back(browser, (await begins(browser))["state"])
    assert page.status_code == status
    await refused(server, slack, page, key)


async def test_slack_that_is_not_there_is_said(server: Server, slack: FakeSlack) -> None:
    """Nobody listens at its address."""
    nobody = replace(slack_app(server.settings), api="http://127.0.0.1:9/api/")
    installer = Installer(nobody, StoredInstalls(server.main, server.workspaces, server.hours))
    server.pages = Starlette(routes=installer.routes())
    async with server.browser() as browser:
        page = await comes_back(browser, (await begins(browser))["state"])
    assert page.status_code == 503
    await refused(server, slack, page, "slack-install-down")


async def test_an_answer_that_is_not_what_slack_gives_is_a_fault_with_a_number(
    server: Server, slack: FakeSlack
) -> None:
    """The person gets a number; the log has it with a place in the code, without the code or the token."""
    slack.fails = (200, {"ok": True, "access_token": "xoxb-secret-9"})
    with capture_logs() as logs:
        async with server.browser() as browser:
            page = await comes_back(browser, (await begins(browser))["state"])
    [line] = logs
    assert page.status_code == 500
    await refused(server, slack, page, "slack-install-again")
    assert line["reference"] in page.text
    assert "secret-9" not in str(logs)


async def test_a_whole_organisation_at_once_is_refused(server: Server, slack: FakeSlack) -> None:
    """Each workspace of an Enterprise organisation adds the app itself."""
    slack.enterprise = True
    async with server.browser() as browser:
        page = await comes_back(browser, (await begins(browser))["state"])
    assert page.status_code == 403
    await refused(server, slack, page, "slack-install-enterprise")
    assert slack.revoked == ["xoxb-secret-1"]


@pytest.mark.parametrize("revokes", [True, False])
async def test_a_workspace_that_may_not_is_refused(server: Server, slack: FakeSlack, revokes: bool) -> None:
    """Who runs the server says which may; the token of another is given back, and the page is the same without that."""
    installer = Installer(slack_app(server.settings), StoredInstalls(server.main, server.workspaces, server.hours))
    slack.revokes = revokes
    server.pages = Starlette(routes=replace(installer, allowed=frozenset({"T0ZORG"})).routes())
    with capture_logs() as logs:
        async with server.browser() as browser:
            page = await comes_back(browser, (await begins(browser))["state"])
    assert page.status_code == 403
    await refused(server, slack, page, "slack-install-not-here")
    assert slack.revoked == ["xoxb-secret-1"]
    assert [line["event"] for line in logs] == ([] if revokes else ["token not given back"])
    assert "secret-1" not in str(logs)

    server.pages = Starlette(routes=replace(installer, allowed=frozenset({"T0ZORG", TEAM})).routes())
    async with server.browser() as browser:
        assert (await comes_back(browser, (await begins(browser))["state"], "code-2")).status_code == 200
    assert server.teams() == [TEAM]


def test_who_may_install_is_a_setting_that_is_read_strictly(tmp_path: Path) -> None:
    """Ids with commas between; what is no id keeps the bot from starting: it would let in nobody, or too many."""
    given: dict[str, Any] = {"data_dir": tmp_path, "key": KEY.decode(), "slack_client_id": "1.2", "public_url": OURS}
    given |= {"slack_client_secret": "app-secret", "slack_signing_secret": "0" * 32}
    assert Settings(slack_teams=" T0WERK, T0ZORG,").slack_allowed == {"T0WERK", "T0ZORG"}
    assert Settings().slack_allowed == frozenset()
    settings = Settings(**given, slack_teams="T0WERK, Gemeente")
    main = put_together(open_database(settings), house_of(settings))
    with pytest.raises(CannotStart, match="COMPASSBOT_SLACK_TEAMS"):
        many_workspaces(main, settings)
    main.database.close()


async def test_installing_again_changes_the_token_and_nothing_else(server: Server) -> None:
    """What the workspace has stays, and its administrators do."""
    async with server.browser() as browser:
        await comes_back(browser, (await begins(browser))["state"])
        before = await server.workspaces.of(TEAM)
        await comes_back(browser, (await begins(browser))["state"], "code-2")
    assert await server.workspaces.of(TEAM) is before
    kept = await StoredGrants(server.main, server.hours).get(TEAM)
    assert kept
    assert kept.token == "xoxb-secret-2"
    assert before
    await before.parts.courier.deliver(server.hours.now())
    assert [words_of(said.card("nl")).count("Welkom") for said in before.chat.said] == [1]


# Tokens that expire


async def installs(server: Server, slack: FakeSlack, minutes: float) -> Tokens:
    """Install an app whose token is good for so many minutes; return what gives it."""
    slack.lasts = int(minutes * 60)
    async with server.browser() as browser:
        assert (await comes_back(browser, (await begins(browser))["state"])).status_code == 200
    slack.lasts = 12 * 3600
    return Tokens(slack_app(server.settings), StoredGrants(server.main, server.hours))


def renewals(slack: FakeSlack) -> list[str]:
    """Return the refresh tokens that were used, in order."""
    return [asked["refresh_token"] for asked in slack.asked if asked.get("grant_type") == "refresh_token"]


async def test_a_token_that_is_good_for_long_is_not_renewed(server: Server, slack: FakeSlack) -> None:
    """It is used as it is."""
    tokens = await installs(server, slack, 61)
    assert [await tokens.of(TEAM) for _ in range(3)] == ["xoxb-secret-1"] * 3
    assert renewals(slack) == []


async def test_a_token_is_renewed_an_hour_before_it_expires(server: Server, slack: FakeSlack) -> None:
    """The new pair is kept, sealed; the next process has it too."""
    tokens = await installs(server, slack, 59)
    assert [await tokens.of(TEAM) for _ in range(3)] == ["xoxb-secret-2"] * 3
    assert renewals(slack) == ["xoxe-secret-1"]
    kept = await StoredGrants(server.main, server.hours).get(TEAM)
    assert kept
    assert (kept.token, kept.refresh, kept.installer) == ("xoxb-secret-2", "xoxe-secret-2", "U0ILSE")
    assert kept.expires_at
    assert abs(kept.expires_at - datetime.now(UTC) - timedelta(hours=12)) < timedelta(minutes=1)
    again = Tokens(slack_app(server.settings), StoredGrants(server.main, server.hours))
    assert await again.of(TEAM) == "xoxb-secret-2"
    assert b"secret-" not in server.bytes_on_disk()


@pytest.mark.parametrize("minutes", [59, -1])
async def test_however_many_want_it_a_token_is_renewed_once(server: Server, slack: FakeSlack, minutes: float) -> None:
    """Two processes, ten at once in each: the refresh token is used once, and everybody has a token that is good."""
    one = await installs(server, slack, 59)
    if minutes < 0:
        await _expire(server)
    other = Tokens(slack_app(server.settings), StoredGrants(server.main, server.hours))
    slack.slow = 0.3
    found = await asyncio.gather(*(tokens.of(TEAM) for tokens in (one, other) for _ in range(10)))
    assert renewals(slack) == ["xoxe-secret-1"]
    good = {"xoxb-secret-2"} if minutes < 0 else {"xoxb-secret-1", "xoxb-secret-2"}
    assert set(found) <= good
    assert "xoxb-secret-2" in found


async def _expire(server: Server, *, refresh: str = "") -> None:
    """Let the token be one that has expired."""
    grants = StoredGrants(server.main, server.hours)
    kept = await grants.get(TEAM)
    assert kept
    old = replace(kept, expires_at=datetime.now(UTC) - timedelta(minutes=1), refresh=refresh or kept.refresh)
    assert await grants.renewed(kept, old)


async def test_when_slack_is_down_the_old_token_is_used_as_long_as_it_is_good(server: Server, slack: FakeSlack) -> None:
    """It is asked again after a minute, and not at each message."""
    tokens = await installs(server, slack, 59)
    slack.fails = (500, {"ok": False, "error": "fatal_error"})
    with capture_logs() as logs:
        assert [await tokens.of(TEAM) for _ in range(5)] == ["xoxb-secret-1"] * 5
    assert len(renewals(slack)) == 1
    assert [line["event"] for line in logs] == ["token not renewed"]
    slack.fails = None
    server.hours.offset = timedelta(seconds=61)
    assert await tokens.of(TEAM) == "xoxb-secret-2"


async def test_when_slack_is_down_and_the_token_expired_a_letter_waits(server: Server, slack: FakeSlack) -> None:
    """It surely did not leave, and it is not lost. Nobody waits for what was refused a moment ago."""
    tokens = await installs(server, slack, 59)
    await _expire(server)
    slack.fails = (500, {"ok": False, "error": "fatal_error"})
    began = time.monotonic()
    with capture_logs():
        found = await asyncio.gather(*(tokens.of(TEAM) for _ in range(5)), return_exceptions=True)
    assert [type(fault) for fault in found] == [ConnectionError] * 5
    assert (len(renewals(slack)), time.monotonic() - began < PATIENCE) == (1, True)


async def test_one_hiccup_of_slack_is_over_in_seconds(server: Server, slack: FakeSlack) -> None:
    """An expired token is fetched again soon after fetching it failed, by whichever process needs it."""
    tokens = await installs(server, slack, 59)
    await _expire(server)
    slack.fails = (500, {"ok": False, "error": "fatal_error"})
    with capture_logs(), pytest.raises(ConnectionError):
        await tokens.of(TEAM)
    slack.fails = None
    other = Tokens(slack_app(server.settings), StoredGrants(server.main, server.hours))
    assert await asyncio.wait_for(other.of(TEAM), PATIENCE) == "xoxb-secret-2"
    await asyncio.sleep(AGAIN)
    assert await tokens.of(TEAM) == "xoxb-secret-2"


async def test_who_waits_for_another_process_waits_beside_the_others(server: Server, slack: FakeSlack) -> None:
    """While another process fetches the token and does not come back, ten give up together, and not one by one."""
    tokens = await installs(server, slack, 59)
    await _expire(server)
    assert await StoredGrants(server.main, server.hours).may_renew(TEAM)
    began = time.monotonic()
    found = await asyncio.gather(*(tokens.of(TEAM) for _ in range(10)), return_exceptions=True)
    assert [type(fault) for fault in found] == [ConnectionError] * 10
    assert time.monotonic() - began < 2 * PATIENCE


async def test_when_slack_gives_no_new_token_the_workspace_is_not_connected(server: Server, slack: FakeSlack) -> None:
    """Only installing the app again helps."""
    tokens = await installs(server, slack, 59)
    await _expire(server, refresh="xoxe-used-already")
    with capture_logs():
        for _ in range(2):
            with pytest.raises(NotConnected) as fault:
                await tokens.of(TEAM)
            assert fault.value.why == "invalid_refresh_token"
    assert len(renewals(slack)) == 1
    async with server.browser() as browser:
        await comes_back(browser, (await begins(browser))["state"], "code-2")
    assert await tokens.of(TEAM) == "xoxb-secret-2"


async def test_a_workspace_without_the_app_has_no_token(server: Server, slack: FakeSlack) -> None:
    """Neither one that never had it, nor one that was forgotten."""
    tokens = await installs(server, slack, 600)
    with pytest.raises(NotConnected) as fault:
        await tokens.of("T0NONE")
    assert fault.value.why == "app_not_installed"
    assert await tokens.of(TEAM) == "xoxb-secret-1"
    await server.workspaces.uninstalled(TEAM)
    tokens.forget(TEAM)
    with pytest.raises(NotConnected):
        await tokens.of(TEAM)


class Forgetful(StoredGrants):
    """A database that does not answer when a new token should be kept, so many times."""

    fails = 1

    async def renewed(self, old: Grant, new: Grant) -> bool:
        """Fail, and then do it."""
        self.fails -= 1
        if self.fails >= 0:
            raise OSError("no answer")
        return await super().renewed(old, new)


async def test_a_new_token_that_could_not_be_kept_is_not_lost(server: Server, slack: FakeSlack) -> None:
    """It is used, and kept before anything else is asked of the database."""
    await installs(server, slack, 59)
    grants = Forgetful(server.main, server.hours)
    tokens = Tokens(slack_app(server.settings), grants)
    with capture_logs() as logs:
        assert await tokens.of(TEAM) == "xoxb-secret-2"
    assert [line["event"] for line in logs] == ["token not kept yet"]
    tokens._read.clear()
    assert await tokens.of(TEAM) == "xoxb-secret-2"
    kept = await grants.get(TEAM)
    assert kept
    assert kept.refresh == "xoxe-secret-2"
    assert renewals(slack) == ["xoxe-secret-1"]


async def test_two_processes_on_postgresql_renew_a_token_once(
    postgresql: PostgreSQL, tmp_path: Path, slack: FakeSlack
) -> None:
    """The claim of one is seen by the other through the database alone."""
    settings = Settings(
        data_dir=tmp_path, database_url=postgresql.new(), key=KEY.decode(), slack_client_secret="app-secret",
        slack_api_url=slack.api,
    )  # fmt: skip
    slack.good.add("xoxe-first")
    slack.lasts, slack.slow = 12 * 3600, 0.2
    databases = [open_database(settings) for _ in range(2)]
    expired = Grant(TEAM, "xoxb-old", "xoxe-first", datetime.now(UTC) - timedelta(minutes=1))
    hours = Hours()
    workspaces = Workspaces(databases[0], settings, house_of(settings), lambda _, parts: Joined(parts), hours=hours)
    await StoredInstalls(databases[0], workspaces, hours).installed(expired)
    both = [Tokens(slack_app(settings), StoredGrants(database, hours)) for database in databases]
    found = await asyncio.gather(*(tokens.of(TEAM) for tokens in both for _ in range(5)))
    assert found == ["xoxb-secret-1"] * 10
    assert renewals(slack) == ["xoxe-first"]
    await workspaces.close()
    for database in databases:
        database.close()
