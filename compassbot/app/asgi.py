"""One ASGI app: the chats, the pictures of the digest, the health of the whole, and the tick."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from compassbot.app.parts import Parts
from compassbot.app.pictures import Pictures
from compassbot.clock import every_minute
from compassbot.talk.bot import reference_for, where

log = structlog.get_logger()


@dataclass(frozen=True)
class Running:
    """What an app is made of: the parts, the routes of its chats, and what is kept each minute."""

    parts: Parts
    routes: Sequence[BaseRoute]
    keep: Callable[[], Coroutine[Any, Any, None]] | None = None


async def _release(parts: Parts) -> None:
    """Let what an earlier process had in hand when it was killed be sent at once, where no other process can be."""
    if parts.database.alone:
        await parts.database.run(lambda books: books.outbox.release(parts.hours.now()))


def make_app(running: Running) -> Starlette:
    """Return the app. It ticks when it starts, so that what fell due or was not sent while it was off is done."""
    parts = running.parts
    pictures = Pictures(parts.database, parts.house)

    async def tick() -> None:
        try:
            await parts.clock.tick(parts.hours.now())
            if running.keep:
                await running.keep()
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is logged without content
            log.error("tick failed", fault=where(fault))

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncGenerator[None]:
        await _release(parts)
        await tick()
        scheduler = every_minute(tick)
        yield
        scheduler.shutdown(wait=False)  # pyright: ignore[reportUnknownMemberType]  (it has no types)
        if running.keep:
            await running.keep()
        await parts.close()

    async def healthz(_: Request) -> Response:
        try:
            waiting, counted = await parts.database.run(lambda books: (books.outbox.waiting(), books.outbox.counted()))
        except Exception:  # noqa: BLE001 - whatever it is, the answer is the same
            return JSONResponse({"status": "the database does not answer"}, 503)
        return JSONResponse({"status": "ok", "letters_waiting": waiting} | counted)

    async def picture(request: Request) -> Response:
        png = await pictures.get(request.path_params["id"])
        if png is None:
            return PlainTextResponse("There is no such picture.", 404)
        return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=31536000, immutable"})

    routes = [Route("/healthz", healthz), Route("/pictures/{id}.png", picture), *running.routes]
    return Starlette(routes=routes, lifespan=life, middleware=[Middleware(Quietly)])


class Quietly:
    """Answers what nobody else caught with a number, and logs it without content: a traceback may quote some."""

    def __init__(self, app: ASGIApp) -> None:
        """Take what it stands before."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is logged without content
            reference = reference_for("request failed", fault)
            if not started:
                sentence = f"Something went wrong on our side. The number of it in the log is {reference}."
                await PlainTextResponse(sentence, 500)(scope, receive, send)
