"""What tests of several parts share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dateline.ledger import Ledger

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "niger-2024"


@pytest.fixture(scope="session")
def examples_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the example reports with all that is derived of them; copy it before writing to it.

    Made once a run: of several test processes the first to be done leaves it to the others.
    """
    own = tmp_path_factory.mktemp("examples") / "examples.db"
    shared = tmp_path_factory.getbasetemp().parent / f"examples-{os.environ.get('PYTEST_XDIST_TESTRUNUID', 'alone')}.db"
    if "PYTEST_XDIST_WORKER" in os.environ and shared.exists():
        own.write_bytes(shared.read_bytes())
        return own
    with Ledger(own) as ledger:
        ledger.add(EXAMPLES)
        ledger.disputes()
    if "PYTEST_XDIST_WORKER" in os.environ:
        beside = own.with_suffix(".copy")
        beside.write_bytes(own.read_bytes())
        beside.replace(shared)
    return own
