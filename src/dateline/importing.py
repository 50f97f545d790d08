"""The path of claims from elsewhere: read a file of them, and keep each report with its claims and their ids there.

A report is kept under a run of its own kind (`extractor` "import"), beside what our own extractor read in it. Importing
again changes nothing; a file with more claims of a known report adds these.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from dateline.model import Document, Issue, Run, content_id
from dateline.store import Store, View, Writer
from dateline.store.external import name_elsewhere, unknown
from dateline.store.moments import in_utc
from dateline.store.shown import IMPORT

if TYPE_CHECKING:
    from dateline.ingest.claims import Imported

STDIN: Final = "-"

LIMIT: Final = 256 * 1024 * 1024
"""Bytes of the largest file of claims that is read."""

Outcome = Literal["new", "reread", "known"]


def import_run(part: int) -> Run:
    """The run of an import; `part` counts the times that claims of one report came."""
    from dateline.ingest.claims import VERSION

    parts = {"extractor": IMPORT, "model": "none", "python": ".".join(platform.python_version_tuple()[:2])}
    settings = {"rules": VERSION, "part": str(part)}
    return Run(content_id("run", parts, settings), **parts, spacy="none", settings=settings)


def given_reports(paths: Iterable[str | Path], store: Store) -> Iterator[tuple[str, Imported]]:
    """The reports in files, folders and `-` (standard input) of claims, each with the path it came from."""
    from dateline.ingest.claims import Imported, imported
    from dateline.ingest.sources import files

    view = View(store)

    def held(document: str) -> Document | None:
        try:
            return view.document(document)
        except LookupError:
            return None

    for path in paths:
        for file in [Path(STDIN)] if str(path) == STDIN else files(path):
            data = _bytes(file)
            if isinstance(data, Issue):
                yield str(file), Imported(None, issues=(data,))
                continue
            for report in imported(data, str(file), held=held):
                yield str(file), report


def keep(store: Store, report: Imported, clock: Callable[[], str]) -> tuple[Outcome, int]:
    """Keep a report that was read, and how many claims of it are new to the ledger."""
    if report.document is None:
        raise ValueError("a refused report cannot be kept")
    writer = Writer(store)
    part = next(n for n in count(1) if not writer.was_read(report.document.id, import_run(n)))
    fresh = unknown(store, report.claims)
    outcome: Outcome = "known"
    if fresh or part == 1:
        outcome = writer.add(report.document, fresh, report.issues, run=import_run(part), at=in_utc(clock()))
    name_elsewhere(store, report.external)
    return outcome, 0 if outcome == "known" else len(fresh)


def _bytes(file: Path) -> bytes | Issue:
    name = str(file)
    try:
        if name == STDIN:
            data = sys.stdin.buffer.read(LIMIT + 1)
        elif not file.is_file():
            return Issue("unreadable", "not a regular file" if file.exists() else "no such file", path=name)
        else:
            with file.open("rb") as stream:
                data = stream.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Issue("unreadable", reason, path=name)
    return Issue("too_large", f"more than {LIMIT} bytes: split the file", path=name) if len(data) > LIMIT else data
