"""Serving the app on an address, until told to stop."""

from __future__ import annotations

import contextlib
import gc
import logging
import socket
import sys
from collections.abc import Callable, Generator

import structlog
import uvicorn
from starlette.applications import Starlette

from compassbot.app.asgi import Running, make_app
from compassbot.app.opening import hold, open_database
from compassbot.app.parts import house_of, put_together
from compassbot.app.refusing import CannotStart
from compassbot.settings import Settings

log = structlog.get_logger()
SWEEPS = (2_000, 50, 500)
"""When Python looks for garbage that holds itself: the third kind, of all there is, stops every answer for 20 ms."""
Ready = Callable[[int], None]
"""Told the port, once the first request can be answered."""


def serve(settings: Settings) -> None:
    """Run until told to stop. Raises CannotStart when nobody could reach the bot."""
    set_up_log(settings.log_level)
    with _held(settings):
        run(make_app(_connected(settings)), settings, lambda port: log.info("ready", port=port))


def _connected(settings: Settings) -> Running:
    """Return the bot with the chats that are set. What another chat needs is not loaded. Raises CannotStart."""
    if not (settings.uses_slack or settings.web_chat == "office"):
        raise CannotStart(
            "no chat is connected, so nobody can reach the bot. docs/slack.md says how to connect Slack. "
            "To try it out, set COMPASSBOT_WEB_CHAT=office; `compassbot check` tells more."
        )
    if settings.uses_slack and settings.web_chat == "office":
        raise CannotStart(
            "in the web chat every visitor can be every colleague, so it cannot be open beside Slack. "
            "Leave COMPASSBOT_WEB_CHAT out, or the settings of Slack."
        )
    parts = put_together(open_database(settings), house_of(settings))
    if settings.uses_slack:
        from compassbot.app.slack_office import running_slack

        return running_slack(parts, settings)
    from compassbot.app.web_office import furnish, open_office

    furnish(parts, settings)
    return open_office(parts, settings)


@contextlib.contextmanager
def _held(settings: Settings) -> Generator[None]:
    if settings.database_url:
        yield
        return
    with hold(settings.data_dir):
        yield


def run(app: Starlette, settings: Settings, ready: Ready) -> None:
    """Serve the app on the address of the settings. Raises OSError when the port is taken."""
    with socket.create_server((settings.host, settings.port), backlog=512) as listening:
        port = listening.getsockname()[1]
        # Addresses in the web chat name people: no log of requests.
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=2)
        server = _Server(config, lambda: ready(port))
        server.run(sockets=[listening])


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            # What was loaded stays: looking through all of it for garbage, again and again, took a fifth of each press.
            gc.freeze()
            gc.set_threshold(*SWEEPS)
            self._ready()


def set_up_log(level: str) -> None:
    """Write one JSON line for each thing worth knowing to standard error; never what people typed."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
