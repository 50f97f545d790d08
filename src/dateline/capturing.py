"""The raw bytes of what is read, kept before the report is: one function that every way of adding goes through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dateline.model import Capture, Issue
from dateline.pipeline import Reading
from dateline.store import Store, Writer
from dateline.store.captures import Captures, TooLargeError
from dateline.store.moments import in_utc

NOT_CAPTURED = "not_captured"
"""The issue of a report whose raw bytes are too large to be kept."""


def captured(store: Store, reading: Reading, clock: Callable[[], str]) -> Reading:
    """The reading with its capture kept, and no longer in memory; a refused one without it.

    Of a report that the ledger has already, the capture is noted with it. What is too large to be kept is an
    issue `not_captured` of the reading; what cannot be written is a LedgerError. A reading whose capture is
    kept already, or that has none, comes back as it is.
    """
    capture, document = reading.capture, reading.document
    if not isinstance(capture, Capture):
        return reading
    if reading.refused or document is None:
        return replace(reading, capture=None)
    try:
        kept = Captures(store).keep(capture, at=in_utc(clock()))
    except TooLargeError as error:
        issue = Issue(NOT_CAPTURED, str(error), document=document.id, path=reading.path)
        return replace(reading, capture=None, issues=(*reading.issues, issue))
    if kept is not None:
        Writer(store).link(document.id, kept)
    return replace(reading, capture=kept)
