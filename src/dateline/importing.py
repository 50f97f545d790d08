"""The path of claims from elsewhere: read a file of them, and keep each report with its claims and their ids there.

A report is kept under a run of its own kind (`extractor` "import"), beside what our own extractor read in it. Importing
again changes nothing; a file with more claims of a known report adds these.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BufferedReader
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Literal

from dateline.held import is_held
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

TOGETHER: Final = 400
"""Rows of a data set that are kept in one transaction."""

_HEAD: Final = 64 * 1024
"""Bytes of a file that are looked at to tell what it is: enough for the longest header."""

Outcome = Literal["new", "reread", "known"]


def import_run(part: int) -> Run:
    """The run of an import; `part` counts the times that claims of one report came."""
    from dateline.ingest.claims import VERSION

    parts = {"extractor": IMPORT, "model": "none", "python": ".".join(platform.python_version_tuple()[:2])}
    settings = {"rules": VERSION, "part": str(part)}
    return Run(content_id("run", parts, settings), **parts, spacy="none", settings=settings)


def given_reports(
    paths: Iterable[str | Path], store: Store, data_set: str | None = None
) -> Iterator[tuple[str, Imported]]:
    """The reports in files, folders and `-` (standard input) of claims, each with the path it came from.

    Files of a data set (`dateline.ingest.reference`) are known by their first line and read as a stream, whatever their
    size; with `data_set` every file must be of that one.
    """
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
            rows = _rows(file, data_set)
            if rows is not None:
                for report in rows:
                    yield str(file), report
                continue
            data = _bytes(file)
            if isinstance(data, Issue):
                yield str(file), Imported(None, issues=(data,))
                continue
            for report in imported(data, str(file), held=held):
                yield str(file), report


def _rows(file: Path, data_set: str | None) -> Iterator[Imported] | None:
    """The rows of a data set, one issue where the file is not of the one asked for, None where it is of none."""
    from dateline.ingest.claims import Imported
    from dateline.ingest.reference import DATA_SETS, data_set_of, reports

    try:
        stream = _opened(file)
        head = b"" if stream is None else _head(stream)
    except OSError:
        return None
    found = data_set_of(head, data_set)
    if stream is not None and found is not None:
        return _closing(reports(stream, found, str(file)), stream)
    if stream is not None and str(file) != STDIN:
        stream.close()
    if stream is None or data_set is None:
        return None
    return iter(
        [Imported(None, issues=(Issue("unknown_format", f"no table of {DATA_SETS[data_set].name}", path=str(file)),))]
    )


def _opened(file: Path) -> BinaryIO | None:
    """The file, or standard input, as bytes; None for what is no regular file."""
    if str(file) == STDIN:
        return sys.stdin.buffer
    return file.open("rb", buffering=_HEAD) if file.is_file() and not is_held(file) else None


def _head(stream: BinaryIO) -> bytes:
    """The first bytes of a stream, which stays where it is."""
    if isinstance(stream, BufferedReader):
        return stream.peek(_HEAD)
    if not stream.seekable():
        return b""
    at = stream.tell()
    head = stream.read(_HEAD)
    stream.seek(at)
    return head


def _closing(rows: Iterator[Imported], stream: BinaryIO) -> Iterator[Imported]:
    """The rows, and the file closed after the last of them."""
    try:
        yield from rows
    finally:
        if stream is not sys.stdin.buffer:
            stream.close()


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


def keep_all(
    reports: Iterable[tuple[str, Imported]], store: Store, clock: Callable[[], str]
) -> Iterator[tuple[Imported, Outcome | None, int]]:
    """Keep reports in their order: each with what became of it and how many of its claims are new.

    A refused one is passed on with None. Rows of data sets are kept `TOGETHER`, so that a table of a million is done in
    minutes; each lot of them is kept whole or not at all.
    """
    waiting: list[Imported] = []
    for _, report in reports:
        is_plain = report.document is not None and report.document.is_row and not report.issues
        if is_plain:
            waiting.append(report)
        if waiting and (not is_plain or len(waiting) == TOGETHER):
            yield from _keep_rows(waiting, store, clock)
            waiting.clear()
        if report.document is None:
            yield report, None, 0
        elif not is_plain:
            yield report, *keep(store, report, clock)
    yield from _keep_rows(waiting, store, clock)


def _keep_rows(
    waiting: Sequence[Imported], store: Store, clock: Callable[[], str]
) -> Iterator[tuple[Imported, Outcome | None, int]]:
    """Keep at once the rows that the ledger does not have, one by one those that it knows with other claims."""
    if not waiting:
        return
    given = [(report.document, report.claims) for report in waiting if report.document is not None]
    fresh = Writer(store).add_new(given, run=import_run(1), at=in_utc(clock()))
    name_elsewhere(store, [pair for report in waiting for pair in report.external])
    more = {claim.document for claim in unknown(store, [claim for report in waiting for claim in report.claims])}
    for report in waiting:
        key = "" if report.document is None else report.document.id
        if key in more:
            yield report, *keep(store, report, clock)
        else:
            yield (report, "new", len(report.claims)) if key in fresh else (report, "known", 0)
        fresh.discard(key)


def _bytes(file: Path) -> bytes | Issue:
    name = str(file)
    try:
        if name == STDIN:
            data = sys.stdin.buffer.read(LIMIT + 1)
        elif not file.is_file():
            return Issue("unreadable", "not a regular file" if file.exists() else "no such file", path=name)
        elif is_held(file):
            return Issue("unreadable", "a ledger that is open here is no file of claims", path=name)
        else:
            with file.open("rb") as stream:
                data = stream.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Issue("unreadable", reason, path=name)
    return Issue("too_large", f"more than {LIMIT} bytes: split the file", path=name) if len(data) > LIMIT else data
