"""The one who writes: all pieces of work in order, and what waits together in one transaction."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from compassbot.store.books import Books
from compassbot.store.coming import Coming, Expected
from compassbot.store.memory import REMEMBERED, Memory
from compassbot.store.turn import Failed, Seat, Unsettled, attempt, settle
from compassbot.store.vault import Locks
from compassbot.store.waiting import Ended, Waits, tell

T = TypeVar("T")
Work = Callable[[Books], T]
BATCH = 8
"""How many waiting pieces of work are committed together, at most: more would answer a few more of them in the same time,
and each of them later."""
BRIEFLY = 0.0005
"""Seconds after which a thread that computes lets another one go. Python's own 5 ms is longer than most answers take."""


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work, who waits for it, and the event that it is for, if any."""

    work: Work[Any]
    waits: Waits
    coming: Coming | None = None


Leave = Future[None]
"""Who waits until the connection is let go of."""


class OneWriter:
    """One thread does all the work, and commits what is waiting together; no other process writes meanwhile.

    What cannot be kept together is done again, each by itself: one that fails does not fail its neighbours. So work may
    be done more than once, and only the last time counts.
    """

    def __init__(self, engine: sa.Engine, locks: Locks) -> None:
        """Start the thread."""
        self._seat = Seat(engine)
        self._memory = Memory(locks)
        self.stirred = 0
        self._waiting: queue.SimpleQueue[Job | Leave | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="store", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> None:
        """Put the work in the queue. Raises RuntimeError after the end: nobody would do it."""
        if self._closed:
            raise RuntimeError("the database is closed")
        self._waiting.put(job)

    def leave(self) -> None:
        """Remember nothing, and let go of the connection; the next work takes one."""
        if not self._closed:
            left: Leave = Future()
            self._waiting.put(left)
            left.result()

    def close(self) -> None:
        """Let the thread finish what is waiting, and end it."""
        self._closed = True
        self._waiting.put(None)
        self._thread.join()

    def _serve(self) -> None:
        sys.setswitchinterval(BRIEFLY)
        going = True
        while going:
            batch = [self._first()]
            while len(batch) < BATCH and not self._waiting.empty():
                batch.append(self._waiting.get())
            going = None not in batch
            if jobs := [job for job in batch if isinstance(job, Job)]:
                self._do(jobs, _together)
            if leaving := [each for each in batch if isinstance(each, Future)]:
                self._left(leaving)
        self._left([])

    def _first(self) -> Job | Leave | None:
        """Return the next piece of work; while there is none nothing is remembered."""
        with suppress(queue.Empty):
            return self._waiting.get(timeout=REMEMBERED)
        self._left([])
        return self._waiting.get()

    def _left(self, waits: Sequence[Leave]) -> None:
        self._memory.forget()
        self._seat.leave()
        for each in waits:
            each.set_result(None)

    def _do(self, batch: Sequence[Job], way: Way) -> None:
        """Do a batch in one transaction, and tell all who wait once it has ended."""
        together = way is _together
        expected = Expected([job.coming for job in batch if job.coming and together])
        try:
            with self._seat.turn(expected.ask) as connection:
                books = self._memory.books(connection, self._seat.undisturbed)
                expected.tell(books)
                ended = way(books, batch)
                settle(connection)
                self.stirred += not together or books.stirs()
                if together:
                    self._memory.keep(books)
        except Unsettled as fault:  # to do it again might do it twice
            ended = [Ended(job.waits, fault=fault.__cause__) for job in batch]
        except BaseException as fault:  # nothing of the batch is there
            if len(batch) > 1:
                self._again(batch, way)
                return
            ended = [Ended(job.waits, fault=fault) for job in batch]
        tell(ended)

    def _again(self, batch: Sequence[Job], way: Way) -> None:
        if way is _together:
            self._do(batch, _apart)
            return
        for job in batch:
            self._do([job], _together)


Way = Callable[[Books, Sequence[Job]], list[Ended]]


def _together(books: Books, batch: Sequence[Job]) -> list[Ended]:
    """Do all on the same books: what one has read, the next need not ask. Raises what one of them raises."""
    ended = [Ended(job.waits, job.work(books)) for job in batch]
    books.finish()
    return ended


def _apart(books: Books, batch: Sequence[Job]) -> list[Ended]:
    """Do each on books of its own, and undo only what fails."""
    return [_attempt(books.anew(), job) for job in batch]


def _attempt(books: Books, job: Job) -> Ended:
    def alone() -> Any:
        [ended] = _together(books, [job])
        return ended.result

    came = attempt(books.connection, alone)
    return Ended(job.waits, fault=came.fault) if isinstance(came, Failed) else Ended(job.waits, came)
