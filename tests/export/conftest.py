"""What the tests of the exporters of event data share."""

from __future__ import annotations

from pathlib import Path

import pytest
from event_files import made


@pytest.fixture(scope="session")
def event_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of made-up reports; not to be written to."""
    return made(tmp_path_factory.mktemp("events") / "made up.db")
