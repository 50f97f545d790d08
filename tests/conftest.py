"""What tests of several parts share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import servers
from dateline.ledger import Ledger
from places import Places

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


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    """A PostgreSQL server of this run; files beside its ledgers lie in a folder of this run."""
    server = servers.started()
    before = os.environ.get("DATELINE_FILES")
    os.environ["DATELINE_FILES"] = str(tmp_path_factory.mktemp("beside"))
    yield server
    if before is None:
        del os.environ["DATELINE_FILES"]
    else:
        os.environ["DATELINE_FILES"] = before
    servers.removed(server)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Places for ledgers, in either database: a test that takes them is run on both."""
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return Places(tmp_path_factory, server)


@pytest.fixture
def place(places: Places) -> str:
    """Where a new ledger can be, in either database."""
    return places.new()
