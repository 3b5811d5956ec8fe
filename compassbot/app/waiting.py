"""How far a long piece of work is, on a terminal: one line on stderr that is gone when the work is done."""

from __future__ import annotations

import os
import stat
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

LONG = 100_000
"""Characters that take about a second: of less than this nothing is shown."""
PACE = 100_000
"""Characters that are read in a second, about: what the bar of one long text goes by."""
_STEP = 0.3
_WIDE = 30


@contextmanager
def bar(share: Callable[[], float], *, stream: TextIO | None = None, step: float = _STEP) -> Generator[None]:
    """Show how much of the work is done, a number from 0 to 1, until it is over. Only a terminal gets it."""
    shown = stream or sys.stderr
    if not shown.isatty():
        yield
        return
    over = threading.Event()
    drawing = threading.Thread(target=_draw, args=(share, shown, step, over), daemon=True)
    drawing.start()
    try:
        yield
    finally:
        over.set()
        drawing.join()


def _draw(share: Callable[[], float], stream: TextIO, step: float, over: threading.Event) -> None:
    drawn = False
    while not over.wait(step):
        part = min(max(share(), 0.0), 0.99)
        full = int(part * _WIDE)
        stream.write(f"\r[{'#' * full}{'.' * (_WIDE - full)}] {part:4.0%}")
        stream.flush()
        drawn = True
    if drawn:
        stream.write(f"\r{' ' * (_WIDE + 8)}\r")
        stream.flush()


@contextmanager
def expected(characters: int) -> Generator[None]:
    """Show a bar that goes by how long a text of this length takes as a rule; nothing for a short one."""
    if characters < LONG:
        yield
        return
    began, takes = time.monotonic(), characters / PACE
    with bar(lambda: (time.monotonic() - began) / takes):
        yield


class Counted:
    """The lines of a file, with how much of it was read."""

    def __init__(self, source: BinaryIO) -> None:
        """Take a file; what has no size, such as a pipe, counts as short."""
        self._source = source
        told = os.fstat(source.fileno())
        self.size = told.st_size if stat.S_ISREG(told.st_mode) else 0
        self._read = 0

    @property
    def share(self) -> float:
        """Return how much of it was read, from 0 to 1."""
        return self._read / self.size if self.size else 0.0

    def __iter__(self) -> Iterator[bytes]:
        """Yield its lines."""
        for line in self._source:
            yield line
            self._read += len(line)


@contextmanager
def counted(source: BinaryIO) -> Generator[Iterable[bytes]]:
    """Show how much of the lines of a long file was read; give those lines."""
    lines = Counted(source)
    if lines.size < LONG or sys.stdout.isatty():  # what is printed there tells how far it is
        yield lines
        return
    with bar(lambda: lines.share):
        yield lines
