"""Servers of the tests, over a ledger of the example reports and over a hostile one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from mcp_clients import Call, asked

from dateline.desk import Desk
from dateline.store import open_store
from hostile_reports import hostile_store


@pytest.fixture(scope="session")
def desk(examples_place: str) -> Iterator[Desk]:
    store = open_store(examples_place, create=False)
    yield Desk(store)
    store.close()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    store = hostile_store(tmp_path_factory.mktemp("mcp") / "hostile.db")
    yield Desk(store)
    store.close()


@pytest.fixture
def call(desk: Desk) -> Call:
    """Calls a tool over the ledger of examples."""
    return lambda tool, **given: asked(desk, lambda client: client.call_tool(tool, given))


@pytest.fixture
def call_hostile(hostile: Desk) -> Call:
    """Calls a tool over the hostile ledger."""
    return lambda tool, **given: asked(hostile, lambda client: client.call_tool(tool, given))
