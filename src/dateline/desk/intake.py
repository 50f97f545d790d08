"""Reading what was given into a ledger, report by report. Loads the parser: the server itself never calls this."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from dateline.desk.jobs import Outcome, SpooledFile, Taken
from dateline.ingest import SEVERAL, format_of
from dateline.ingest.archived import Item
from dateline.ingest.report import SKIPPED
from dateline.ingest.sources import STDIN, captured
from dateline.ledger import Ledger
from dateline.model import Document, Hints, Issue, Notice
from dateline.pipeline import Reading, extract_claims, readings
from dateline.results import Summary
from dateline.store import LedgerError

_TRIES = 20
_PAUSE = 1.0
_SNIFFED = 4096
Turn = AbstractContextManager[object]
"""Held while a report is written, so that it waits for what else this process writes."""


def reports_in(file: SpooledFile) -> int:
    """How many reports, or what is none, a file holds."""
    with Path(file.path).open("rb") as data:
        if format_of(file.name, data.read(_SNIFFED)) not in SEVERAL:
            return 1
        data.seek(0)
        return sum(1 for item, _ in _items(data, Hints(path=file.name)) if _is_told(item))


def take_in(ledger: Ledger, file: SpooledFile, given: Hints, turn: Turn) -> Iterator[Taken]:
    """The reports of one file, each kept whole or refused before it is told."""
    named = replace(given, path=file.name)
    with Path(file.path).open("rb") as data:
        for reading in readings(_items(data, named), named):
            if reading.document is None and not reading.refused and not reading.notices:
                with turn:
                    _kept(ledger, reading)
            else:
                yield _taken(ledger, reading, file.name, turn)


def _is_told(item: Document | Issue | Notice) -> bool:
    """Whether an item of a file is told by itself: not what is no report, nor what is said of one."""
    if isinstance(item, Issue):
        return item.code != SKIPPED
    return not isinstance(item, Notice) or item.document is None


def _items(data: BinaryIO, named: Hints) -> Iterator[Item]:
    """The bytes of an open file as reports: a name that somebody gave is never opened."""
    return captured([STDIN], named, stdin=data)


def _taken(ledger: Ledger, described: Reading, file: str, turn: Turn) -> Taken:
    document = described.document
    if document is not None and ledger.was_read(described):
        with turn:
            _kept(ledger, replace(described, document=None))
        return Taken(Outcome.KNOWN, file, document.id, document.title)
    reading = next(extract_claims([described]))
    with turn:
        summary = _kept(ledger, reading)
    if reading.document is None and not reading.refused:
        return Taken(Outcome.KNOWN, file, title="a notice without a report")
    outcome = next(what for what in Outcome if getattr(summary, what))
    issues = tuple(issue.message for issue in reading.issues)
    title = None if reading.document is None else reading.document.title
    if outcome is Outcome.REFUSED or reading.document is None:
        return Taken(outcome, file, title=title, issues=issues)
    return Taken(outcome, file, reading.document.id, title, len(reading.claims), issues)


def _kept(ledger: Ledger, reading: Reading) -> Summary:
    """Keep a report; while another program writes for long, wait for it."""
    summary = Summary()
    for tried in range(_TRIES):
        try:
            ledger.keep(reading, summary)
            return summary
        except LedgerError as error:
            if "locked" not in str(error) or tried + 1 == _TRIES:
                raise
            time.sleep(_PAUSE)
    raise AssertionError("unreachable")
