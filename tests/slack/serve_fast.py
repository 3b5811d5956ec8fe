"""The server of Slack as `compassbot serve` runs it, but at once: forked from a process that has read it all before.

Two things differ from a real server: messages leave at a pace of milliseconds, and time is what a file says, so that
all processes share a clock that the test can move.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from compassbot.app.asgi import make_app
from compassbot.app.opening import hold, open_database
from compassbot.app.parts import Parts, house_of, put_together
from compassbot.app.serving import run, set_up_log
from compassbot.app.slack_office import running_slack
from compassbot.clock import Hours
from compassbot.settings import Settings
from compassbot.talk.chat import Pace
from tests.serving import free_port

FAST = Pace(message=0.02, update=0.02)  # seconds: the courier paces, and a hundred kills fit in a minute
SPEED = 10
"""How much faster than ours the clock of a test runs: a lease of ten seconds is over in one."""
PATIENCE = 60.0


class SharedHours(Hours):
    """A clock in a file, for all processes of a test."""

    def __init__(self, file: Path) -> None:
        """Take the file."""
        super().__init__()
        self._file = file

    def now(self) -> datetime:
        """Return the time in UTC."""
        stood, at = json.loads(self._file.read_text())
        return datetime.fromisoformat(stood) + timedelta(seconds=(time.time() - at) * SPEED)

    def set(self, now: datetime) -> None:
        """Move the clock of all processes to that moment."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps([now.astimezone(UTC).isoformat(), time.time()]))
        fresh.replace(self._file)


@dataclass
class FastServer:
    """A server in a process of its own, which can be killed and started again in a moment."""

    settings: Mapping[str, Any]
    clock: Path
    log: Path
    port: int = field(default_factory=free_port)
    process: ForkServerProcess | None = None

    @property
    def address(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers, or is killed before it does."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.slack.warm"])
        given = (dict(self.settings) | {"port": self.port}, self.clock, self.log)
        process = context.Process(target=_serve, args=given, daemon=True)
        process.start()
        self.process = process
        self._wait(process)

    def kill(self) -> None:
        """Kill it as a power cut does, also while it starts."""
        process, self.process = self.process, None
        assert process
        process.kill()
        process.join()

    def _wait(self, process: ForkServerProcess) -> None:
        end = time.monotonic() + PATIENCE
        while process.is_alive() and time.monotonic() < end:
            if self._answers():
                return
            time.sleep(0.02)
        assert self.process is not process, f"the server does not answer: {self.log.read_text()[-3000:]}"

    def _answers(self) -> bool:
        # Not with httpx: making a client costs as much as starting the server.
        asking = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asking.request("GET", "/healthz")
            return asking.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            asking.close()


def _serve(given: Mapping[str, Any], clock: Path, log: Path) -> None:
    """Do what `serving.serve` does, in the process that was forked for it."""
    with log.open("ab") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    settings = Settings(**given)
    set_up_log(settings.log_level)
    with _held(settings):
        parts = put_together(open_database(settings), house_of(settings), SharedHours(clock))
        running = running_slack(parts, settings)
        parts.chats["slack"].pace = FAST
        app = make_app(running)
        app.router.routes.append(_minute(parts))
        run(app, settings, lambda _: None)


@contextmanager
def _held(settings: Settings) -> Generator[None]:
    if settings.database_url:
        yield
        return
    with hold(settings.data_dir):
        yield


def _minute(parts: Parts) -> Route:
    """Return what does at once what the server does each minute."""

    async def minute(_: Request) -> Response:
        await parts.clock.do_due(parts.hours.now())
        parts.wake()
        return Response()

    return Route("/minute", minute, methods=["POST"])
