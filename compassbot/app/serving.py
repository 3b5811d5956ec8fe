"""One ASGI app: the chats, the pictures of the digest, the health of the whole, and the tick."""

from __future__ import annotations

import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from compassbot.app.opening import hold, open_database
from compassbot.app.parts import Parts, house_of, put_together
from compassbot.app.refusing import CannotStart
from compassbot.clock import every_minute
from compassbot.settings import Settings

log = structlog.get_logger()
Ready = Callable[[int], None]
"""Told the port, once the first request can be answered."""


@dataclass(frozen=True)
class Running:
    """What an app is made of: the parts, the routes of its chats, and what is kept each minute."""

    parts: Parts
    routes: Sequence[BaseRoute]
    keep: Callable[[], Coroutine[Any, Any, None]] | None = None


def make_app(running: Running) -> Starlette:
    """Return the app. It ticks when it starts, so that what fell due or was not sent while it was off is done."""
    parts = running.parts

    async def tick() -> None:
        await parts.clock.tick(parts.hours.now())
        if running.keep:
            await running.keep()

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        await tick()
        scheduler = every_minute(tick)
        yield
        scheduler.shutdown(wait=False)  # pyright: ignore[reportUnknownMemberType]  (it has no types)
        if running.keep:
            await running.keep()
        await parts.close()

    async def healthz(_: Request) -> Response:
        try:
            waiting = await parts.database.run(lambda books: books.outbox.waiting())
        except Exception:  # noqa: BLE001 - whatever it is, the answer is the same
            return JSONResponse({"status": "the database does not answer"}, 503)
        return JSONResponse({"status": "ok", "letters_waiting": waiting})

    async def picture(request: Request) -> Response:
        id = request.path_params["id"]
        png = await parts.database.run(lambda books: books.digests.picture(id))
        if png is None:
            return PlainTextResponse("There is no such picture.", 404)
        return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=31536000, immutable"})

    routes = [Route("/healthz", healthz), Route("/pictures/{id}.png", picture), *running.routes]
    return Starlette(routes=routes, lifespan=life)


def serve(settings: Settings) -> None:
    """Run until told to stop. Raises CannotStart when nobody could reach the bot."""
    if settings.web_chat == "off":
        raise CannotStart(
            "no chat is connected, so nobody can reach the bot. Set COMPASSBOT_WEB_CHAT=office to try it out; "
            "`compassbot check` tells more."
        )
    set_up_log(settings.log_level)
    from compassbot.app.web_office import furnish, open_office

    with _held(settings):
        parts = put_together(open_database(settings), house_of(settings))
        furnish(parts, settings)
        run(make_app(open_office(parts, settings)), settings, lambda port: log.info("ready", port=port))


@contextlib.contextmanager
def _held(settings: Settings) -> Any:
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
        logger_factory=structlog.WriteLoggerFactory(file=_stderr()),
    )
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


def _stderr() -> Any:
    import sys

    return sys.stderr
