"""One ASGI app: the chats, the pictures of the digest, the health of the whole, and the tick."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

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


class Side(Protocol):
    """A chat that lives as long as the app: it connects, lets go, and has a health of its own."""

    async def start(self) -> None:
        """Connect; called once the tables are there."""
        ...

    async def stop(self) -> None:
        """Finish what is under way, and let go."""
        ...

    async def tick(self) -> None:
        """Do what is due in it; called when it starts, and each minute."""
        ...

    async def health(self) -> Mapping[str, Any]:
        """Return what /healthz tells of it; a name that /healthz has already adds to what is counted there."""
        ...


@dataclass(frozen=True)
class Running:
    """What an app is made of: the parts, the routes of its chats, what is kept each minute, and chats that connect."""

    parts: Parts
    routes: Sequence[BaseRoute]
    keep: Callable[[], Coroutine[Any, Any, None]] | None = None
    sides: Sequence[Side] = ()


async def _release(parts: Parts) -> None:
    """Let what an earlier process had in hand when it was killed be sent at once, where no other process can be."""
    if parts.database.alone:
        await parts.database.run(lambda books: books.outbox.release(parts.hours.now()))


def make_app(running: Running) -> Starlette:
    """Return the app. It ticks when it starts, so that what fell due or was not sent while it was off is done."""
    own = [Route("/healthz", _healthz(running)), Route("/pictures/{id}.png", _picture(running.parts))]
    return Starlette(routes=[*running.routes, *own], lifespan=_life(running), middleware=[Middleware(Quietly)])


def _life(running: Running) -> Callable[[Starlette], contextlib.AbstractAsyncContextManager[None]]:
    parts = running.parts

    async def own() -> None:
        await parts.clock.do_due(parts.hours.now())
        parts.wake()  # what is sent may take long: what falls due does not wait for it
        if running.keep:
            await running.keep()

    async def theirs() -> None:
        for side in running.sides:
            await side.tick()

    async def tick() -> None:
        await _quietly(own)
        await _quietly(theirs)

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncGenerator[None]:
        await _release(parts)
        await _quietly(own)
        first = asyncio.create_task(
            _quietly(theirs)
        )  # hundreds of workspaces may be opened: the first event does not wait
        scheduler = every_minute(tick)
        for side in running.sides:
            await side.start()
        yield
        scheduler.shutdown(wait=False)  # pyright: ignore[reportUnknownMemberType]  (it has no types)
        first.cancel()
        await asyncio.wait([first])
        if running.keep:
            await running.keep()
        for side in running.sides:
            await side.stop()
        await parts.close()

    return life


async def _quietly(work: Callable[[], Awaitable[None]]) -> None:
    try:
        await work()
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is logged without content
        log.error("tick failed", fault=where(fault))


def _healthz(running: Running) -> Callable[[Request], Awaitable[Response]]:
    async def healthz(_: Request) -> Response:
        try:
            waiting, counted = await running.parts.database.run(
                lambda books: (books.outbox.waiting(), books.outbox.counted())
            )
        except Exception:  # noqa: BLE001 - whatever it is, the answer is the same
            return JSONResponse({"status": "the database does not answer"}, 503)
        told: dict[str, Any] = {"status": "ok", "letters_waiting": waiting} | counted
        for side in running.sides:
            for name, value in (await side.health()).items():
                told[name] = told[name] + value if name in told else value
        return JSONResponse(told)

    return healthz


def _picture(parts: Parts) -> Callable[[Request], Awaitable[Response]]:
    pictures = Pictures(parts.database, parts.house)

    async def picture(request: Request) -> Response:
        png = await pictures.get(request.path_params["id"])
        if png is None:
            return PlainTextResponse("There is no such picture.", 404)
        return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=31536000, immutable"})

    return picture


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
