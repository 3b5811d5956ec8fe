"""One ASGI app: the chats, the pictures of the digest, the health of the whole, and the tick."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from compassbot.app.parts import Parts
from compassbot.app.pictures import Pictures
from compassbot.clock import every_minute


@dataclass(frozen=True)
class Running:
    """What an app is made of: the parts, the routes of its chats, and what is kept each minute."""

    parts: Parts
    routes: Sequence[BaseRoute]
    keep: Callable[[], Coroutine[Any, Any, None]] | None = None


def make_app(running: Running) -> Starlette:
    """Return the app. It ticks when it starts, so that what fell due or was not sent while it was off is done."""
    parts = running.parts
    pictures = Pictures(parts.database, parts.house)

    async def tick() -> None:
        await parts.clock.tick(parts.hours.now())
        if running.keep:
            await running.keep()

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncGenerator[None]:
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
        png = await pictures.get(request.path_params["id"])
        if png is None:
            return PlainTextResponse("There is no such picture.", 404)
        return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=31536000, immutable"})

    routes = [Route("/healthz", healthz), Route("/pictures/{id}.png", picture), *running.routes]
    return Starlette(routes=routes, lifespan=life)
