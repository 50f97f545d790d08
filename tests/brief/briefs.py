"""Briefs of the tests, all of one day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dateline.brief import Asked, Brief, brief_of
from dateline.store import open_store

DAY = date(2024, 9, 30)


def made(path: Path, asked: Asked) -> Brief:
    """The brief of a ledger on the day of the tests."""
    store = open_store(path, create=False)
    try:
        return brief_of(store, asked, made=DAY)
    finally:
        store.close()
