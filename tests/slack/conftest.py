"""What tests at the edge of the network ask for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.slack.edge import Edge
from tests.slack.edge_office import EdgeColleague, EdgeOffice, copied, edge_office


@pytest.fixture
async def edge() -> AsyncIterator[Edge]:
    """A Web API that misbehaves when it is told to."""
    async with Edge() as made:
        yield made


@pytest.fixture
async def office(edge: Edge, tmp_path: Path, empty_file: Path) -> AsyncIterator[EdgeOffice]:
    """An office whose Slack is that one."""
    async with edge_office(edge, copied(empty_file, tmp_path)) as made:
        yield made


@pytest.fixture
def fatma(office: EdgeOffice) -> EdgeColleague:
    """A caseworker with a dilemma."""
    return office.person("Fatma", "inkomen")
