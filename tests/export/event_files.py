"""A small ledger of made-up reports, and what the exporters of event data write of it."""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path

from dateline.derivation import bring_up_to_date
from dateline.export.formats import FORMATS
from dateline.export.selection import About, Selection
from dateline.ledger import Ledger
from dateline.store import View, open_store

GIVEN = Path(__file__).parent / "given" / "events.jsonl"
GOLDEN = Path(__file__).parent / "golden"
ABOUT = About("0.1.0", "made up.db", "2026-11-22T12:00:00Z", None, {}, ())


def made(path: Path) -> Path:
    """A ledger of the made-up reports, all recorded at one moment."""
    with Ledger(path, clock=lambda: "2025-02-01T08:00:00Z") as ledger:
        ledger.import_claims(GIVEN)
    return path


def written(path: Path, name: str) -> bytes:
    """A ledger in a format."""
    out = io.BytesIO()
    with closing(open_store(path, create=False)) as store:
        bring_up_to_date(store)
        with View(store).snapshot() as view:
            FORMATS[name].write(Selection(view, ABOUT), out)
    return out.getvalue()
