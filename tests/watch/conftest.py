"""What the tests of the watch share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from watch_world import Site, World, running


@pytest.fixture
def site() -> Iterator[Site]:
    """A server that answers as it is told."""
    with running(Site()) as found:
        yield found


@pytest.fixture
def world(site: Site, tmp_path: Path) -> World:
    """A watch over the server."""
    return World(site, tmp_path)
