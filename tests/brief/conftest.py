"""A small made-up ledger, and briefs of it and of the example reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from briefs import made

from dateline.brief import Asked, Brief
from told_ledger import told_ledger


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of four made-up reports, one claim rejected; not to be written to."""
    return told_ledger(tmp_path_factory.mktemp("told") / "told.db")


@pytest.fixture(scope="session")
def small_brief(small: Path) -> Brief:
    """Niger in the small ledger."""
    return made(small, Asked.of("NER", None))


@pytest.fixture(scope="session")
def niger(examples_ledger: Path) -> Brief:
    """Niger in the ledger of the example reports."""
    return made(examples_ledger, Asked.of("Niger", None))
