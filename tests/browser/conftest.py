"""What tests in a browser ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The office without history."""
    server = Server(tmp_path / "data")
    server.start()
    yield server
    server.stop()
