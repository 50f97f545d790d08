"""What tests of several parts share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import servers
from dateline.ledger import Ledger
from dateline.upkeep.copying import copied_between
from places import Places

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "niger-2024"


@pytest.fixture(scope="session")
def examples_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the example reports with all that is derived of them, to be copied and never opened.

    Copying a ledger that this process holds open would drop its locks, and the next program to close it would throw
    its write-ahead log away. Made once a run: of several test processes the first to be done leaves it to the others.
    """
    own = tmp_path_factory.mktemp("examples") / "examples.db"
    shared = tmp_path_factory.getbasetemp().parent / f"examples-{os.environ.get('PYTEST_XDIST_TESTRUNUID', 'alone')}.db"
    if "PYTEST_XDIST_WORKER" in os.environ and shared.exists():
        return shared
    with Ledger(own) as ledger:
        ledger.add(EXAMPLES)
        ledger.disputes()
    if "PYTEST_XDIST_WORKER" in os.environ:
        own.replace(shared)
        return shared
    return own


@pytest.fixture(scope="session")
def examples_ledger(examples_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the example reports, only to be read; who writes takes a copy of `examples_file`."""
    return Path(shutil.copy(examples_file, tmp_path_factory.mktemp("examples") / "examples.db"))


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


@pytest.fixture(scope="session")
def examples_on_server(examples_file: Path, postgres: servers.Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the same ledger on the server, to be copied and never kept open."""
    copy = shutil.copy(examples_file, tmp_path_factory.mktemp("examples") / "examples.db")
    url = postgres.new()
    copied_between(str(copy), url)
    return url


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def examples_place(request: pytest.FixtureRequest) -> str:
    """A ledger of the example reports in either database, only to be read."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("examples_ledger"))
    server: servers.Server = request.getfixturevalue("postgres")
    return server.new(of=request.getfixturevalue("examples_on_server"))


@pytest.fixture(params=["sqlite", "postgresql"])
def own_place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A ledger of the example reports in either database, to be written to."""
    if request.param == "sqlite":
        return str(shutil.copy(request.getfixturevalue("examples_file"), tmp_path / "own.db"))
    server: servers.Server = request.getfixturevalue("postgres")
    return server.new(of=request.getfixturevalue("examples_on_server"))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Places for ledgers, in either database: a test that takes them is run on both."""
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return Places(tmp_path_factory, server)


@pytest.fixture
def place(places: Places) -> str:
    """Where a new ledger can be, in either database."""
    return places.new()
