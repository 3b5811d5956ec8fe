"""Adding the app to a workspace by OAuth v2: a page to begin on, and the page that Slack sends people back to.

The state that goes along is good once, for ten minutes, in the browser that began. An installation for a whole
Enterprise organisation is refused: each workspace has its own people, roles and digest, and adds the app itself.
Source: docs.slack.dev, "Installing with OAuth".
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import urljoin

import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from slack_sdk.oauth import AuthorizeUrlGenerator
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from compassbot.chats.slack.faults import translated
from compassbot.chats.slack.manifest import INSTALL_PATH, REDIRECT_PATH, SCOPES
from compassbot.chats.slack.tokens import SlackApp
from compassbot.grant import Grant
from compassbot.talk.bot import reference_for, where
from compassbot.talk.errors import NotSent, Unsure, Wait
from compassbot.words import LANGUAGES, Words

log = structlog.get_logger()
FOLDER = Path(__file__).parent / "templates"
COOKIE = "compassbot-slack-install"
MINUTES = 10
LONGEST = 500
"""Characters of a state or a code: ours and Slack's are far shorter."""
DOWN = (OSError, Unsure, Wait)


class Installs(Protocol):
    """What installing needs of the house."""

    async def new_state(self) -> str:
        """Return what goes along to Slack and comes back: nobody can guess it, and it is good for ten minutes."""
        ...

    async def use_state(self, state: str) -> bool:
        """Return whether a state is ours, still good, and used for the first time."""
        ...

    async def installed(self, grant: Grant) -> None:
        """Keep what a workspace gave, and open it."""
        ...


class _Sorry(Exception):
    """The app was not added: the status of the answer, and the key of the sentence that says why."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status = status
        self.key = key


@dataclass(frozen=True)
class Installer:
    """The two pages. `allowed` are the ids of the workspaces that may add the app; any may when it is empty."""

    app: SlackApp
    installs: Installs
    allowed: frozenset[str] = frozenset()

    def routes(self) -> list[Route]:
        """Return where the pages are."""
        return [Route(INSTALL_PATH, self.begin), Route(REDIRECT_PATH, self.end)]

    async def begin(self, request: Request) -> Response:
        """Show what the app asks of the workspace, with a way to add it."""
        try:
            state = await self.installs.new_state()
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is logged without content
            return _broke(request, fault)
        response = _page(request, 200, "slack-install-intro", url=self._authorize(state))
        response.set_cookie(COOKIE, state, MINUTES * 60, httponly=True, samesite="lax", **self._kept_to())
        return response

    async def end(self, request: Request) -> Response:
        """Take what Slack sends along, fetch the token, and say what happens next, or what went wrong."""
        try:
            await self._install(request)
            response = _page(request, 200, "slack-install-done", done=True)
        except _Sorry as sorry:
            response = _page(request, sorry.status, sorry.key, again=INSTALL_PATH)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is logged without content
            response = _broke(request, fault)
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", **self._kept_to())
        return response

    async def _install(self, request: Request) -> None:
        query = request.query_params
        if "error" in query:
            raise _Sorry(200 if query["error"] == "access_denied" else 400, "slack-install-denied")
        state, code = query.get("state", "")[:LONGEST], query.get("code", "")[:LONGEST]
        if not state or not _same(state, request.cookies.get(COOKIE, "")):
            raise _Sorry(400, "slack-install-browser")
        if not code or not await self.installs.use_state(state):
            raise _Sorry(400, "slack-install-late")
        given = await self._exchange(code)
        if refused := self._refused(given):
            await self._give_back(str(given.get("access_token")))
            raise _Sorry(403, refused)
        await self.installs.installed(_grant(given, language_of(request)))

    def _refused(self, given: Mapping[str, Any]) -> str:
        """Return why the app may not be added there: the key of a sentence, or nothing when it may."""
        if given.get("is_enterprise_install"):
            return "slack-install-enterprise"
        return "slack-install-not-here" if self.allowed and given["team"]["id"] not in self.allowed else ""

    async def _give_back(self, token: str) -> None:
        """Let a token that we do not use be good for nothing; it alone: other workspaces may have the app rightly."""
        try:
            with translated():
                client: Any = self.app.client()
                await client.api_call("auth.revoke", data={"token": token})
        except (NotSent, OSError) as fault:
            log.warning("token not given back", fault=where(fault))

    async def _exchange(self, code: str) -> Mapping[str, Any]:
        """Return what Slack gives for a code. Raises _Sorry when Slack cannot be asked, or refuses it."""
        try:
            with translated():
                client: Any = self.app.client()
                given = await client.oauth_v2_access(
                    client_id=self.app.client_id,
                    client_secret=self.app.client_secret,
                    code=code,
                    redirect_uri=self.app.url + REDIRECT_PATH,
                )
        except DOWN:
            raise _Sorry(503, "slack-install-down") from None
        except NotSent:
            raise _Sorry(400, "slack-install-refused") from None
        return cast("Mapping[str, Any]", given.data)

    def _authorize(self, state: str) -> str:
        """Return where Slack asks whether the app may be added: beside its Web API, at the same address."""
        generator = AuthorizeUrlGenerator(
            client_id=self.app.client_id,
            redirect_uri=self.app.url + REDIRECT_PATH,
            scopes=list(SCOPES),
            authorization_url=urljoin(self.app.api, "../oauth/v2/authorize"),
        )
        return generator.generate(state)

    def _kept_to(self) -> dict[str, Any]:
        return {"path": "/slack", "secure": self.app.url.startswith("https:")}


def language_of(request: Request) -> str:
    """Return the first language that the browser asks for and we speak, else Dutch."""
    wanted = re.findall(r"\b(nl|en)\b", request.headers.get("accept-language", "").lower())
    return wanted[0] if wanted else LANGUAGES[0]


def _grant(given: Mapping[str, Any], language: str) -> Grant:
    """Return what oauth.v2.access gave. Raises KeyError when it is not what Slack says that it gives."""
    seconds = given.get("expires_in")
    return Grant(
        team=str(given["team"]["id"]),
        token=str(given["access_token"]),
        refresh=str(given.get("refresh_token") or ""),
        expires_at=datetime.now(UTC) + timedelta(seconds=int(seconds)) if seconds else None,
        installer=str(given["authed_user"]["id"]),
        language=language,
    )


def _same(state: str, cookie: str) -> bool:
    return hmac.compare_digest(state.encode(), cookie.encode())


def _broke(request: Request, fault: Exception) -> Response:
    return _page(request, 500, "broke", again=INSTALL_PATH, reference=reference_for("install failed", fault))


def _page(
    request: Request, status: int, key: str, *, url: str = "", again: str = "", done: bool = False, reference: str = ""
) -> Response:
    words = Words(language_of(request))
    sentence = words(key, reference=reference) if reference else words(key)
    title = "slack-install-done-title" if done else "slack-install-not-title" if again else "slack-install-title"
    style = _style()
    html = (
        _templates()
        .get_template("install.html")
        .render(w=words, title=title, sentence=sentence, url=url, again=again, done=done, style=style)
    )
    return HTMLResponse(html, status, headers=_headers(style))


def _headers(style: str) -> dict[str, str]:
    """Return what a browser should hold the page to: nothing from elsewhere, and its address tells nobody the code."""
    mark = base64.b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{mark}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Vary": "Accept-Language",
    }


@cache
def _style() -> str:
    return (FOLDER / "install.css").read_text(encoding="utf8")


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)


__all__ = ["Installer", "Installs", "SlackApp", "language_of"]
