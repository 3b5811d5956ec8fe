"""Slack with several workspaces, where the network begins, and the whole app that all of them added by OAuth."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Self, cast
from urllib.parse import parse_qs, urlsplit

import aiohttp
import httpx
from aiohttp import web

from compassbot.app.asgi import make_app
from compassbot.app.opening import open_database
from compassbot.app.parts import house_of, put_together
from compassbot.app.slack_office import running_slack
from compassbot.app.slack_side import Slack
from compassbot.settings import Settings
from compassbot.store.tenants import folder_of
from compassbot.talk.chat import Pace
from tests.office import KEY, TUESDAY, Standing
from tests.slack import payloads
from tests.slack.edge import Edge
from tests.slack.edge_office import EdgeColleague, EdgeOffice
from tests.slack.local import SIGNING_SECRET, TEAM

Found = dict[str, Any]
OURS = "https://kompas.example"
HALF_A_DAY = 12 * 3600  # seconds that Slack's tokens are good for, where they expire


class Front:
    """Slack: it gives tokens, and a token alone tells which workspace a call is for."""

    def __init__(self) -> None:
        """Take nothing."""
        self.edges: dict[str, Edge] = {}
        self.calls: list[tuple[str, str]] = []
        """The token and the method of each call."""
        self.last: list[int] = []
        """Seconds that the next tokens are good for, one for each; the others are good for ever."""
        self._of: dict[str, str] = {}
        self._proofs: dict[str, tuple[str, str]] = {}
        self._numbers = count(1)
        self._stack = AsyncExitStack()
        self._port = 0

    @property
    def api_url(self) -> str:
        """Return where its Web API is."""
        return f"http://127.0.0.1:{self._port}/api/"

    async def __aenter__(self) -> Self:
        """Start."""
        self._session = await self._stack.enter_async_context(aiohttp.ClientSession())
        app = web.Application(client_max_size=2**24)
        app.add_routes([web.post("/api/oauth.v2.access", self._gives), web.post("/api/{method}", self._called)])
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self._port = runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self._stack.aclose()

    async def allows(self, team: str, user: str) -> str:
        """Let somebody allow the app in a workspace; return the code with which they come back."""
        if team not in self.edges:
            self.edges[team] = await self._stack.enter_async_context(Edge())
            self.edges[team].team = team
        code = f"code-{next(self._numbers)}"
        self._proofs[code] = (team, user)
        return code

    def takes_away(self, team: str) -> None:
        """Let the tokens of a workspace be good for nothing."""
        self._of = {token: of for token, of in self._of.items() if of != team}

    def tokens(self, team: str) -> list[str]:
        """Return the tokens that a workspace gave and that are good, oldest first."""
        return [token for token, of in self._of.items() if of == team]

    def used(self, method: str) -> list[str]:
        """Return the token of each call of a method."""
        return [token for token, called in self.calls if called == method]

    async def _gives(self, request: web.Request) -> web.Response:
        form = await request.post()
        proof = str(form.get("code") or form.get("refresh_token"))
        if form.get("client_secret") != "app-secret" or proof not in self._proofs:
            return web.json_response({"ok": False, "error": "invalid_code"})
        team, user = self._proofs.pop(proof)
        number = next(self._numbers)
        token = self.edges[team].token = f"xoxb-{team}-{number}"
        self.takes_away(team)
        self._of[token] = team
        given: Found = {"ok": True, "access_token": token, "token_type": "bot", "scope": "commands", "app_id": "A0"}
        given |= {"team": {"id": team, "name": team}, "authed_user": {"id": user}, "is_enterprise_install": False}
        if self.last:
            given |= {"refresh_token": f"xoxe-{team}-{number}", "expires_in": self.last.pop(0)}
            self._proofs[given["refresh_token"]] = (team, user)
        return web.json_response(given)

    async def _called(self, request: web.Request) -> web.Response:
        raw, method = await request.read(), request.match_info["method"]
        said = request.headers.get("Authorization", "").removeprefix("Bearer ")
        found = re.search(rb'"token": ?"([^"]+)"|(?:^|&)token=([^&]+)', raw)
        token = said or (cast("bytes", found[1] or found[2]).decode() if found else "")
        self.calls.append((token, method))
        if token not in self._of:
            return web.json_response({"ok": False, "error": "token_revoked"})
        kept = {name: value for name, value in request.headers.items() if name in ("Content-Type", "Authorization")}
        edge = self.edges[self._of[token]]
        async with self._session.post(edge.api_url + method, params=request.query, data=raw, headers=kept) as answer:
            return web.json_response(await answer.json(content_type=None), status=answer.status)


@dataclass
class Tenant(EdgeOffice):
    """One workspace that added the app."""

    team: str = ""

    async def send(self, body: Found) -> httpx.Response:
        """Send a payload of this workspace."""
        return await super().send(_of(self.team, body))

    def someone(self, name: str, department: str = "wmo") -> TenantColleague:
        """Return a colleague."""
        return TenantColleague(self, f"U0{name.upper()}", department)

    async def at_home(self, who: EdgeColleague) -> Found:
        """Let somebody open App Home, and return what they see."""
        answer = await self.send(payloads.event("app_home_opened", user=who.user, channel="D0X", tab="home", view={}))
        assert answer.status_code == httpx.codes.OK
        await self.settles()
        return self.edge.homes[who.user]


class TenantColleague(EdgeColleague):
    """Somebody in one of the workspaces. What answers a command at once is shown to them too."""

    async def says(self, line: str) -> None:
        """Type a command."""
        await super().says(line)
        if self.answer and self.answer.content:
            self.edge.answers.append((self.user, self.answer.json()))


@dataclass
class Building:
    """A server that many workspaces use, and its clock. `process` is one life of it."""

    settings: Settings
    slack: Front
    hours: Standing = field(default_factory=lambda: Standing(TUESDAY))

    @asynccontextmanager
    async def process(self) -> AsyncIterator[Self]:
        """Start the app as `compassbot serve` makes it, and stop it."""
        parts = put_together(open_database(self.settings), house_of(self.settings), self.hours)
        running = running_slack(parts, self.settings)
        app = make_app(running)
        self.app, self.main, [side] = app, parts.database, running.sides
        assert isinstance(side, Slack)
        self.side = side
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url=OURS) as self.client,
        ):
            await side.tick()  # the app does not wait for it
            yield self

    async def adds(self, team: str, name: str, language: str = "nl") -> Tenant:
        """Let somebody add the app to a workspace, in a browser."""
        page = await self.client.get("/slack/install", headers={"accept-language": language})
        [link] = re.findall(r'href="(http[^"]*authorize[^"]*)"', page.text)
        [state] = parse_qs(urlsplit(link.replace("&amp;", "&")).query)["state"]
        along = {"state": state, "code": await self.slack.allows(team, f"U0{name.upper()}")}
        done = await self.client.get("/slack/oauth_redirect", params=along, headers={"accept-language": language})
        assert done.status_code == httpx.codes.OK, done.text
        made = await self.tenant(team)
        await made.settles()
        return made

    async def tenant(self, team: str) -> Tenant:
        """Return a workspace that has the app, as it is now."""
        found = await self.side._there.of(team)
        assert found
        found.chat.pace = Pace()
        return Tenant(self.slack.edges[team], found.parts, self.client, team)

    async def tells(self, team: str, kind: str, at: float = 0, **more: Any) -> httpx.Response:
        """Let Slack tell something of a workspace, that happened at a time in seconds: now, when it is not given."""
        body = payloads.event(kind, team, **more) | {"event_time": int(at or self.hours.now().timestamp())}
        raw, content = payloads.packed(body)
        answer = await self.client.post("/slack/events", content=raw, headers=payloads.signed(raw, content))
        await self.side.tick()  # what was under way is over, and what was left is forgotten
        return answer

    async def commands(self, team: str, user: str, line: str) -> httpx.Response:
        """Let somebody type a command in a workspace, whether the app is there or not."""
        body = payloads.command(user, line, f"{OURS}/nowhere", team=team)
        raw, content = payloads.packed(body)
        return await self.client.post("/slack/events", content=raw, headers=payloads.signed(raw, content))

    def there(self) -> list[str]:
        """Return the workspaces that have a folder or a schema."""
        if self.main.alone:
            return sorted(path.name for path in (self.settings.data_dir / "workspaces").glob("*"))
        query = "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'workspace') ORDER BY 1"
        found = self.main.run_now(lambda books: books.connection.exec_driver_sql(query).scalars().all())
        return [name.removeprefix("workspace_").upper() for name in found]

    def kept(self, team: str) -> bytes:
        """Return every byte that is kept for a workspace: of its files, or of all rows of its schema."""
        if self.main.alone:
            return b"".join(path.read_bytes() for path in sorted(folder_of(self.settings.data_dir, team).glob("*")))
        schema = f"workspace_{team.lower()}"
        listed = f"SELECT tablename FROM pg_tables WHERE schemaname = '{schema}'"  # noqa: S608

        def rows(books: Any) -> Iterator[str]:
            run = books.connection.exec_driver_sql
            for table in run(listed).scalars().all():
                yield from run(f'SELECT t::text FROM {schema}."{table}" t').scalars()  # noqa: S608

        return self.main.run_now(lambda books: "\n".join(rows(books))).encode()

    def damages(self, team: str) -> None:
        """Let the database of a workspace be one that cannot be opened; the server is off."""
        if not self.settings.database_url:
            (folder_of(self.settings.data_dir, team) / "compassbot.sqlite").write_bytes(b"no database at all " * 400)
            return
        main = open_database(self.settings)
        drop = f"DROP TABLE workspace_{team.lower()}.dilemmas CASCADE"
        main.run_now(lambda books: books.connection.exec_driver_sql(drop))
        main.close()


@asynccontextmanager
async def building(folder: Path, database_url: str) -> AsyncIterator[Building]:
    """A server on a folder or on PostgreSQL, off."""
    async with Front() as slack:
        settings = Settings(
            data_dir=folder / "data",
            database_url=database_url,
            key=KEY.decode(),
            slack_bot_token="",
            slack_app_token="",
            slack_client_id="1.2",
            slack_client_secret="app-secret",
            slack_signing_secret=SIGNING_SECRET,
            slack_api_url=slack.api_url,
            public_url=OURS,
        )
        yield Building(settings, slack)


def _of(team: str, body: Any) -> Any:
    """Return a payload of the tests' own workspace as another one sends it."""
    if isinstance(body, dict):
        return {name: _of(team, value) for name, value in cast("Found", body).items()}
    if isinstance(body, list):
        return [_of(team, value) for value in cast("list[Any]", body)]
    return team if body == TEAM else body
