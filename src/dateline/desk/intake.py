"""Reading what was given into a ledger, report by report. Loads the parser: the server itself never calls this."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from dateline.desk.jobs import Outcome, SpooledFile, Taken
from dateline.ingest import format_of
from dateline.ingest.sources import STDIN, reports
from dateline.ledger import Ledger
from dateline.model import Document, Hints, Issue
from dateline.pipeline import Reading, describe
from dateline.results import Summary
from dateline.store import LedgerError

_TRIES = 3
_PAUSE = 2.0
_SNIFFED = 4096


def reports_in(file: SpooledFile) -> int:
    """How many reports, or what is none, a file holds."""
    with Path(file.path).open("rb") as data:
        if format_of(file.name, data.read(_SNIFFED)) != "jsonl":
            return 1
        data.seek(0)
        return sum(1 for _ in _items(data, Hints(path=file.name)))


def take_in(ledger: Ledger, file: SpooledFile, given: Hints) -> Iterator[Taken]:
    """The reports of one file, each kept whole or refused before it is told."""
    named = replace(given, path=file.name)
    with Path(file.path).open("rb") as data:
        for item in _items(data, named):
            yield _taken(ledger, describe(item, named), file.name)


def _items(data: BinaryIO, named: Hints) -> Iterator[Document | Issue]:
    """The bytes of an open file as reports: a name that somebody gave is never opened."""
    return reports([STDIN], named, stdin=data)


def _taken(ledger: Ledger, described: Reading, file: str) -> Taken:
    told: list[Reading] = []
    summary = _added(ledger, described, told)
    reading = told[-1]
    document = reading.document
    outcome = next(what for what in Outcome if getattr(summary, what))
    return Taken(
        outcome,
        file,
        document=None if document is None or outcome is Outcome.REFUSED else document.id,
        title=None if document is None else document.title,
        claims=len(reading.claims) if outcome in (Outcome.NEW, Outcome.REREAD) else None,
        issues=() if outcome is Outcome.KNOWN else tuple(issue.message for issue in reading.issues),
    )


def _added(ledger: Ledger, described: Reading, told: list[Reading]) -> Summary:
    """Add one report; where another program has the ledger for long, wait for it a few times."""
    for tried in range(_TRIES):
        try:
            return ledger.add_readings([described], on_report=lambda reading, _: told.append(reading))
        except LedgerError as error:
            if "locked" not in str(error) or tried + 1 == _TRIES:
                raise
            time.sleep(_PAUSE)
    raise AssertionError("unreachable")
