"""Claims from elsewhere: JSON Lines to reports with their claims, in two formats told by their content.

`guide`: one claim a line, as `dateline claims --format jsonl` writes it. `facts`: one report a line with its claims in
a wording of their own. See `docs/importing.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dateline.ingest.claims import facts, guide
from dateline.ingest.claims.facts import load_facts
from dateline.ingest.claims.imported import CODES, VERSION, Imported
from dateline.ingest.claims.lines import records
from dateline.model import Document, Issue

__all__ = ["CODES", "VERSION", "Imported", "imported", "load_facts"]


def imported(
    data: bytes, path: str | None = None, *, held: Callable[[str], Document | None] = lambda _id: None
) -> Iterator[Imported]:
    """The reports in a file of claims, each with its claims, their ids elsewhere and what could not be taken over.

    `held` gives the document of an id where the ledger has it with its text: claims of the guide's format then keep
    their offsets into it. Never raises for what a file holds: a bad line is an issue with its number.
    """
    claims = guide.Claims(path, held)
    for number, record in records(data, path):
        if isinstance(record, Issue):
            yield Imported(None, issues=(record,))
        elif facts.fits(record):
            yield facts.report(record, number, path)
        elif guide.fits(record):
            claims.take(record, number)
        else:
            message = f"line {number}: neither a claim of the guide nor a report of a fact sheet"
            yield Imported(None, issues=(Issue("unknown_format", message, path=path),))
    yield from claims.reports()
