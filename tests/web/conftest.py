"""Desks of the tests, over a ledger of the example reports."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desks import CHROMIUM, FLAGS, Served, client_of, signed_in, signed_off
from judging_flows import Judged
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ASKED = os.environ.get("DATELINE_BROWSER_TESTS") == "required"


@pytest.fixture
def own_ledger(examples_file: Path, tmp_path: Path) -> Path:
    """A copy to write to."""
    return Path(shutil.copy(examples_file, tmp_path / "own.db"))


@pytest.fixture
def judged(own_place: str) -> Iterator[Judged]:
    """A ledger of its own that is judged in."""
    with client_of(own_place) as client:
        made = Judged(own_place, client)
        yield made
        made.store.close()


@pytest.fixture(scope="session")
def client(examples_place: str) -> Iterator[TestClient]:
    """A signed-in client that only reads, over either database."""
    with client_of(examples_place) as made:
        yield made


@pytest.fixture(scope="session")
def served(examples_ledger: Path) -> Iterator[Served]:
    """A desk in a server of its own, only to be read."""
    made = Served(examples_ledger)
    yield made
    made.close()


@pytest.fixture
def own_served(own_ledger: Path) -> Iterator[Served]:
    """A desk in a server of its own, to be written to."""
    made = Served(own_ledger)
    yield made
    made.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; skipped loudly where there is none, unless DATELINE_BROWSER_TESTS=required."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        if ASKED:
            pytest.fail("Chromium is required here and not installed: apt-get install chromium")
        pytest.skip("NOT TESTED IN A BROWSER: no Chromium on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield made
        made.close()


@pytest.fixture
def tab(browser: Browser, served: Served) -> Iterator[Page]:
    """A signed-in tab on the desk that is only read; fails at the end on foreign requests and script errors."""
    made = signed_in(browser, served)
    yield made
    signed_off(made)


@pytest.fixture
def own_tab(browser: Browser, own_served: Served) -> Iterator[Page]:
    """A signed-in tab on a desk of its own."""
    made = signed_in(browser, own_served)
    yield made
    signed_off(made)
