"""Who waits for a piece of work: a thread, or an event loop, which is woken once for all that ended together."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

Waits = Future[Any] | asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a piece of work: its result, or the error that it raised."""

    waits: Waits
    result: Any = None
    fault: BaseException | None = None


def tell(ended: Iterable[Ended]) -> None:
    """Give each who waits what came of their work. Who has left meanwhile is told nothing."""
    loops: dict[asyncio.AbstractEventLoop, list[Ended]] = {}
    for each in ended:
        if isinstance(each.waits, Future):
            _give(each)
        else:
            loops.setdefault(each.waits.get_loop(), []).append(each)
    for loop, together in loops.items():
        with suppress(RuntimeError):  # it was closed: nobody waits there any more
            loop.call_soon_threadsafe(_give_all, together)


def _give_all(together: Sequence[Ended]) -> None:
    for each in together:
        _give(each)


def _give(ended: Ended) -> None:
    if ended.waits.done():
        return
    if ended.fault is None:
        ended.waits.set_result(ended.result)
    else:
        ended.waits.set_exception(ended.fault)
