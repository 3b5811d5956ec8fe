"""Slack's Web API where the network begins: it answers as Slack does, keeps every call, and misbehaves when told to.

    async with Edge() as edge:
        edge.misbehaves("chat.postMessage", limited(30), refused("internal_error"))  # the next two calls of it
        edge.always["*"] = refused("token_revoked")  # every call, until it is taken away

What Slack does and does not: docs.slack.dev, "Using the Slack Web API", "Rate limits", "Handling user interaction".
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self

from aiohttp import web

from tests.slack.local import APP, BOT, BOT_TOKEN, TEAM

Found = dict[str, Any]
RESPONSE_URL = "response_url"
"""The name under which an answer at a response_url misbehaves."""
MOST_VIEWS = 3
"""How many modals lie on each other at most."""
HTML = "<!DOCTYPE html><html><title>Server error</title></html>"


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a call. `taken` says that Slack did what was asked all the same."""

    status: int = 200
    body: str | Found = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    taken: bool = False
    how: Literal["answers", "hangs", "drops", "late"] = "answers"
    seconds: float = 0.0


def limited(seconds: float) -> Fault:
    """Too many requests: come back after so many seconds."""
    return Fault(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(seconds)})


def down(status: int = 503) -> Fault:
    """A page of HTML from what stands before Slack."""
    return Fault(status, HTML)


def refused(code: str) -> Fault:
    """No, with Slack's code for why."""
    return Fault(200, {"ok": False, "error": code})


def lost(*, hangs: bool = False) -> Fault:
    """Slack does it, and the answer never comes: the connection drops, or nothing more is heard over it."""
    return Fault(taken=True, how="hangs" if hangs else "drops")


def deaf() -> Fault:
    """Slack neither does it nor answers."""
    return Fault(how="hangs")


def slow(seconds: float) -> Fault:
    """Slack does it and answers, late."""
    return Fault(taken=True, how="late", seconds=seconds)


class Edge:
    """A server on a port of its own. What it holds is what people in the workspace would see."""

    def __init__(self) -> None:
        """Take nothing."""
        self.calls: list[tuple[str, Found]] = []
        self.messages: list[Found] = []
        self.ephemerals: list[Found] = []
        self.answers: list[tuple[str, Found]] = []
        self.modals: defaultdict[str, list[Found]] = defaultdict(list)
        self.homes: dict[str, Found] = {}
        self.files: dict[str, Found] = {}
        self.always: dict[str, Fault] = {}
        self.not_in: set[str] = set()
        self.late: set[str] = set()
        self.gone: set[str] = set()
        self.scans_for = 0.0
        self.token, self.team = BOT_TOKEN, TEAM
        self.clock: Callable[[], float] = time.monotonic
        self._next: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._used: set[str] = set()
        self._numbers = 0
        self._may_end = asyncio.Event()
        self._port = 0
        self._site: web.TCPSite | None = None
        # not_in: channels without the bot. late: triggers that are too old. gone: channels and people that are no more.
        # scans_for: seconds in which a new file is looked through, and shown in nothing.
        app = web.Application(client_max_size=2**24)
        app.add_routes(
            [
                web.post("/api/{method}", self._called),
                web.post("/upload/{id}", self._uploaded),
                web.post("/answer/{user}/{id}", self._answered),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)

    @property
    def address(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        """Return where its Web API is."""
        return f"{self.address}/api/"

    async def __aenter__(self) -> Self:
        """Start."""
        await self._runner.setup()
        await self.comes_back()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.wakes()
        await self._runner.cleanup()

    async def goes_away(self) -> None:
        """Stop listening: a connection is refused, and those that are open are broken off."""
        assert self._site
        assert self._runner.server
        await self._site.stop()
        for connection in list(self._runner.server.connections):
            connection.force_close()

    async def comes_back(self) -> None:
        """Listen, at the same address as before."""
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await self._site.start()
        self._port = self._runner.addresses[0][1]

    def wakes(self) -> None:
        """Answer all that hangs, and everything after it."""
        self.always.clear()
        self._may_end.set()

    def misbehaves(self, method: str, *faults: Fault, to: str = "") -> None:
        """Answer the next calls of a method so, or only those for one channel or person."""
        self._next[f"{method} {to}".strip()].extend(faults)

    def called(self, method: str) -> list[Found]:
        """Return with what a method was called, also when nothing came of it."""
        return [body for name, body in self.calls if name == method]

    def in_channel(self, channel: str) -> list[Found]:
        """Return the messages in a channel or in the direct messages of a person, oldest first."""
        return [one for one in self.messages if one["channel"] in (channel, direct(channel))]

    # How

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method, body = request.match_info["method"], await _body_of(request)
        self.calls.append((method, body))
        known = request.headers.get("Authorization") == f"Bearer {self.token}" or body.get("token") == self.token
        fault = self._fault(method, str(body.get("channel", "")))
        return await self._answer(request, fault, lambda: self._take(method, body) if known else _no("not_authed"))

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        body = dict(await request.json())
        self.calls.append((RESPONSE_URL, body))

        def take() -> Found:
            self.answers.append((request.match_info["user"], body))
            return {"ok": True}

        refused = Fault(400, _no("invalid_blocks")) if self._scans_in(body) else None
        return await self._answer(request, self._fault(RESPONSE_URL, "") or refused, take)

    async def _uploaded(self, request: web.Request) -> web.StreamResponse:
        id = request.match_info["id"]
        raw = await request.read()

        def take() -> Found:
            self.files[id]["bytes"] = len(raw)
            return {"ok": True}

        return await self._answer(request, self._fault("upload", ""), take)

    def _fault(self, method: str, to: str) -> Fault | None:
        for name in (f"{method} {to}", method):
            if self._next[name]:
                return self._next[name].popleft()
        return self.always.get(method) or (self.always.get("*") if method != RESPONSE_URL else None)

    async def _answer(self, request: web.Request, fault: Fault | None, take: Any) -> web.StreamResponse:
        fault = fault or Fault(taken=True)
        taken = take() if fault.taken else {}
        if fault.how == "drops":
            assert request.transport
            request.transport.abort()
        elif fault.how == "hangs":
            await self._may_end.wait()
        elif fault.how == "late":
            await asyncio.sleep(fault.seconds)
        if isinstance(fault.body, str) and fault.body:
            return web.Response(status=fault.status, text=fault.body, content_type="text/html", headers=fault.headers)
        return web.json_response(fault.body or taken, status=fault.status, headers=fault.headers)

    def _take(self, method: str, body: Found) -> Found:
        if self._scans_in(body) or self._scans_in(body.get("view")):
            return _no("invalid_blocks")
        does = {
            "auth.test": self._who,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "chat.postEphemeral": self._whisper,
            "views.open": self._open,
            "views.push": self._push,
            "views.update": self._replace,
            "views.publish": self._publish,
            "files.getUploadURLExternal": self._upload,
            "files.completeUploadExternal": self._complete,
        }
        return does[method](body) if method in does else _no("unknown_method")

    def _who(self, _: Found) -> Found:
        about = {"team": "De gemeente", "team_id": self.team, "user": "kompas", "user_id": BOT, "bot_id": "B0KOMPAS"}
        return {"ok": True, "url": "https://gemeente.slack.com/", "is_enterprise_install": False, **about}

    def _post(self, body: Found) -> Found:
        if body["channel"] in self.not_in:
            return _no("not_in_channel")
        said = {**body, "channel": direct(body["channel"]), "ts": self._moment(), "user": BOT}
        self.messages.append(said)
        return {"ok": True, "channel": said["channel"], "ts": said["ts"], "message": {"type": "message", **said}}

    def _update(self, body: Found) -> Found:
        if body["channel"] in self.not_in:
            return _no("channel_not_found")
        found = [one for one in self.messages if (one["channel"], one["ts"]) == (body["channel"], body["ts"])]
        if not found:
            return _no("message_not_found")
        found[0].update(body)  # with text alone the blocks stay as they were
        return {"ok": True, "channel": body["channel"], "ts": body["ts"], "text": body["text"]}

    def _whisper(self, body: Found) -> Found:
        if body["channel"] in self.not_in:
            return _no("not_in_channel")
        self.ephemerals.append(body)
        return {"ok": True, "message_ts": self._moment()}

    def _open(self, body: Found) -> Found:
        trigger = str(body["trigger_id"])
        fault = self._refused_view(body["view"]) or self._refused_trigger(trigger)
        if fault:
            return _no(fault)
        self._used.add(trigger)
        view = self.view(body["view"])
        self.modals[trigger.rpartition(".")[2]] = [view]
        return {"ok": True, "view": view}

    def _push(self, body: Found) -> Found:
        trigger = str(body["trigger_id"])
        views = self.modals[trigger.rpartition(".")[2]]
        full = "push_limit_reached" if len(views) == MOST_VIEWS else ""
        fault = self._refused_view(body["view"]) or self._refused_trigger(trigger) or full
        if fault:
            return _no(fault)
        self._used.add(trigger)
        views.append(self.view({**body["view"], "previous_view_id": views[-1]["id"]} if views else body["view"]))
        return {"ok": True, "view": views[-1]}

    def _replace(self, body: Found) -> Found:
        there = [
            (views, nth)
            for views in self.modals.values()
            for nth, one in enumerate(views)
            if one["id"] == body["view_id"]
        ]
        if not there:
            return _no("not_found")
        views, nth = there[0]
        if body.get("hash", views[nth]["hash"]) != views[nth]["hash"]:
            return _no("hash_conflict")
        fault = self._refused_view(body["view"])
        if fault:
            return _no(fault)
        below = {"previous_view_id": views[nth]["previous_view_id"]}
        views[nth] = self.view({**below, **body["view"]}, views[nth])
        return {"ok": True, "view": views[nth]}

    def _refused_trigger(self, trigger: str) -> str:
        if trigger in self.late:
            return "expired_trigger_id"
        return "exchanged_trigger_id" if trigger in self._used else ""

    def _refused_view(self, view: Found) -> str:
        """Return Slack's code for a view in which somebody or a channel is chosen that is no more."""
        asked = [block["element"] for block in view["blocks"] if block["type"] == "input"]
        chosen = {one.get("initial_conversation", "") for one in asked}
        chosen.update(user for one in asked for user in one.get("initial_users", []))
        return "invalid_arguments" if chosen & self.gone else ""

    def _scans_in(self, shown: Found | None) -> bool:
        """Return whether something shows a file that Slack still looks through."""
        shown_files = [
            block["slack_file"]["id"] for block in (shown or {}).get("blocks") or [] if "slack_file" in block
        ]
        return any(self.clock() < self.files[id]["ready"] for id in shown_files)

    def _publish(self, body: Found) -> Found:
        self.homes[body["user_id"]] = self.view(body["view"])
        return {"ok": True, "view": self.homes[body["user_id"]]}

    def _upload(self, body: Found) -> Found:
        id = f"F{self._number()}"
        self.files[id] = dict(body)
        return {"ok": True, "upload_url": f"{self.address}/upload/{id}", "file_id": id}

    def _complete(self, body: Found) -> Found:
        files = body["files"] if isinstance(body["files"], list) else json.loads(body["files"])
        for one in files:
            self.files[one["id"]]["ready"] = self.clock() + self.scans_for
        return {"ok": True, "files": files}

    def view(self, shown: Found, before: Found | None = None) -> Found:
        """Return a view as Slack keeps it; one that takes the place of another keeps its id."""
        kept = before["id"] if before else f"V{self._number()}"
        more = {"team_id": TEAM, "app_id": APP, "bot_id": "B0KOMPAS", "external_id": "", "app_installed_team_id": TEAM}
        return {"previous_view_id": None, "root_view_id": kept, **more, **shown, "id": kept, "hash": self._moment()}

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _moment(self) -> str:
        return f"1764000000.{self._number():06d}"


def direct(to: str) -> str:
    """Return the channel of a message: that of the direct messages for a person."""
    return f"D{to[1:]}" if to.startswith("U") else to


def _no(code: str) -> Found:
    return {"ok": False, "error": code}


async def _body_of(request: web.Request) -> Found:
    if request.content_type == "application/json":
        return dict(await request.json())
    return {**request.query, **dict((await request.post()).items())}
