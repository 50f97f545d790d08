"""The library: read one report."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

from dateline import pipeline
from dateline.model import Claim, Hints, as_record, claim_record
from dateline.pipeline import Reading
from dateline.results import ReadReport, Rows
from dateline.wanted import Given


def read(path_or_text: str | Path, **given: Unpack[Given]) -> ReadReport:
    """The document, claims and issues of one report, without a ledger.

    A `Path`, or a string that names a file, is read from the disk; another string is the text itself.
    A string without a space or line feed is always taken for a file name. A file of several reports is a
    ValueError: add it to a ledger. A report that cannot be read comes back `refused`, the reason in `issues`.

    >>> report = read("Paris withdrew 400 soldiers from Chad on Monday.", published="2025-01-08")
    >>> report.document.published, report.refused
    ('2025-01-08', False)
    """
    hints = Hints(**given)
    if _is_path(path_or_text):
        described = list(pipeline.ingest_documents([path_or_text], hints))
    else:
        described = list(pipeline.ingest_text(str(path_or_text), hints))
    described = [reading for reading in described if reading.refused or reading.document is not None]
    if len(described) != 1:
        raise ValueError(f"{path_or_text} holds {len(described)} reports: add it to a Ledger")
    return report_of(next(pipeline.extract_claims(described)))


def report_of(reading: Reading) -> ReadReport:
    """A reading of the pipeline as the library gives it."""
    document = reading.document

    def record(claim: Claim) -> dict[str, object]:
        return claim_record(claim, document) if document is not None else as_record(claim)

    claims = Rows("claims", reading.claims, record)
    return ReadReport(document, claims, Rows("issues", reading.issues, as_record), reading.refused)


def _is_path(value: str | Path) -> bool:
    if isinstance(value, Path):
        return True
    if value and not (" " in value or "\n" in value):
        return True
    try:
        return Path(value).is_file()
    except (OSError, ValueError):
        return False
