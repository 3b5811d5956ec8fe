"""The real server in a process of its own, and people who use its web chat over HTTP, as a browser does."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import httpx

SOON = 20.0  # seconds: less than the lease of a letter, so that a restart must not wait for it
PATIENCE = 180.0  # seconds: a busy machine starts slowly, and the first start makes a history


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Server:
    """`compassbot serve` with the office, on a folder of its own. `arguments` runs something else, such as demo."""

    folder: Path
    arguments: tuple[str, ...] = ("serve",)
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict[str, str])
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Return the file with all that it wrote."""
        return self.folder.parent / f"{self.folder.name}.log"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COMPASSBOT_")}
        environment |= {
            "COMPASSBOT_DATA_DIR": str(self.folder),
            "COMPASSBOT_WEB_CHAT": "office",
            "COMPASSBOT_PORT": str(self.port),
        } | self.settings
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "compassbot", *self.arguments]
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self._wait()

    def kill(self) -> None:
        """Kill it as a power cut does."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Stop it as Ctrl+C does."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(PATIENCE)

    def _wait(self) -> None:
        assert self.process
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process.poll() is None, f"the server stopped: {self.log.read_text()[-2000:]}"
            try:
                if httpx.get(f"{self.address}/healthz", timeout=5).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                time.sleep(0.02)
        raise AssertionError(f"the server does not answer: {self.log.read_text()[-2000:]}")


@dataclass
class Filled:
    """A form as a browser would send it: where to, its inputs, and the words on its button."""

    action: str
    inputs: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    button: str = ""


class _Forms(HTMLParser):
    """Reads the forms of a page with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Filled] = []
        self._open: Filled | None = None
        self._area = self._select = ""
        self._button = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Filled(has.get("action", ""))
            self.forms.append(self._open)
        if self._open is None:
            return
        if tag == "input" and (has.get("type") not in ("radio", "checkbox") or "checked" in has):
            self._open.inputs.append((has.get("name", ""), has.get("value", "")))
        elif tag == "textarea":
            self._area = has["name"]
            self._open.inputs.append((self._area, ""))
        elif tag == "select":
            self._select = has["name"]
        elif tag == "option" and "selected" in has:
            self._open.inputs.append((self._select, has.get("value", "")))
        elif tag == "button":
            self._button = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "button":
            self._button = False

    def handle_data(self, data: str) -> None:
        if self._open is None:
            return
        if self._area:
            name, value = self._open.inputs[-1]
            self._open.inputs[-1] = (name, value + data.removeprefix("\n") if not value else value + data)
        elif self._button:
            self._open.button += data.strip()


def forms_in(page: str) -> list[Filled]:
    """Return the forms of a page."""
    reader = _Forms()
    reader.feed(page)
    return reader.forms


@dataclass
class Visitor:
    """Somebody at the web chat. `form` is the one that is open."""

    client: httpx.AsyncClient
    id: str
    form: Filled | None = None
    refused: dict[str, str] = field(default_factory=dict[str, str])

    async def page(self, where: str = "dilemmas", thread: str = "") -> str:
        """Return a page as this person sees it."""
        response = await self.client.get(f"/as/{self.id}/{where}" + (f"/{thread}" if thread else ""))
        assert response.status_code == httpx.codes.OK, response.text
        return response.text

    async def says(self, text: str, event: str = "") -> None:
        """Type a line in the channel."""
        await self._send("/do/say", [*self._origin("dilemmas", event), ("text", text)])

    async def presses(self, label: str, where: str = "dilemmas", thread: str = "") -> None:
        """Press the last button with these words."""
        found: list[Filled] = []
        end = time.monotonic() + SOON
        while not found and time.monotonic() < end:  # what was said is sent after the answer to who said it
            page = await self.page(where, thread)
            found = [form for form in forms_in(page) if form.button.startswith(label) and form.action == "/do/press"]
            await asyncio.sleep(0 if found else 0.1)
        assert found, f"{self.id} sees no button {label!r}"
        await self._send("/do/press", found[-1].inputs)

    async def fills(self, **answers: object) -> None:
        """Fill in the open form and send it; it can be sent again if the server does not answer."""
        assert self.form, f"{self.id} has no form"
        given = {f"answer.{name}" for name in answers}
        inputs = [(name, value) for name, value in self.form.inputs if name not in given]
        for name, answer in answers.items():
            values = answer if isinstance(answer, tuple) else (answer,)
            inputs += [(f"answer.{name}", str(value)) for value in values]
        self.form.inputs = inputs
        await self._send("/do/submit", inputs)

    def asks(self, name: str) -> bool:
        """Return whether the open form has that question."""
        return self.form is not None and any(
            one["name"] == name for one in json.loads(dict(self.form.inputs).get("shape", "[]"))
        )

    async def _send(self, path: str, inputs: list[tuple[str, str]]) -> None:
        data: dict[str, list[str]] = {}
        for name, value in inputs:
            data.setdefault(name, []).append(value)
        response = await self.client.post(path, data=data)
        answer = response.json()
        self.refused = answer if response.status_code == httpx.codes.UNPROCESSABLE_ENTITY else {}
        assert self.refused or response.status_code == httpx.codes.OK, response.text
        if not self.refused:
            self.form = forms_in(answer["form"])[0] if "form" in answer else None

    def _origin(self, where: str, event: str) -> list[tuple[str, str]]:
        return [("as", self.id), ("in", where), ("thread", ""), ("event", event or secrets.token_urlsafe(16))]
