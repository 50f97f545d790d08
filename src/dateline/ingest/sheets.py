"""Sheets of reports, one a row: CSV in any encoding and with any usual delimiter, and XLSX."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from dateline.ingest.columns import Cell, Columns, ColumnsError, columns_of, row_report
from dateline.ingest.decode import binary, decoded
from dateline.ingest.report import LONGEST, refused
from dateline.ingest.zips import OFFICE, RefusedZipError, opened_zip
from dateline.model import Document, Hints, Issue

DELIMITERS: Final = (",", ";", "\t", "|")
MOST_COLUMNS: Final = 1_000
MOST_ROWS: Final = 1_048_576
"""Rows and columns of a sheet that are read: as many rows as a sheet can have."""
MOST_CELLS: Final = 20_000_000
MOST_MARKS: Final = 8_000_000
"""Tags in a part of a workbook; the library needs a second for some 300,000 of them, and memory for all."""
HEADER_WITHIN: Final = 10
"""Rows of a sheet among which its header is looked for: titles and empty rows often stand above it."""

_SAMPLED = 20
_OLE = b"\xd0\xcf\x11\xe0"
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, NotImplementedError,
    RecursionError, SyntaxError, TypeError, ValueError, OSError, zlib.error,
)  # fmt: skip


def read_csv(data: bytes, hints: Hints) -> Iterator[Document | Issue]:
    """A report for each row of a sheet in text form; the first row names the columns.

    Encoding and delimiter (comma, semicolon, tab, bar) are found. Columns are those of `hints.columns`, else known
    by their usual names; if none holds a text, the sheet is refused (`no_columns`) and the names seen are told.
    A row without a text or that cannot be read is an issue (`bad_row`) with its number, the header being row 1.
    """
    kind = binary(data)
    if kind is not None:
        yield refused("binary", f"not a sheet in text form: {kind}", hints)
        return
    text = decoded(data).text
    csv.field_size_limit(4 * LONGEST)
    delimiter, text = _delimited(text)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    yield from _sheet(_numbered(rows), "", hints)


def read_xlsx(data: bytes, hints: Hints) -> Iterator[Document | Issue]:
    """A report for each row of each sheet of an XLSX workbook, columns as in `read_csv`; dates keep their type.

    Formulas count as what they last gave; nothing is computed, no link is followed. A sheet without a column of texts
    is an issue, unless it is empty. Refused: other files, damaged ones, one with a password, zip bombs.
    """
    if data.startswith(_OLE):
        yield refused("encrypted", "an old XLS file or one with a password: save it as XLSX without one", hints)
        return
    try:
        with opened_zip(data, OFFICE) as file:
            if "xl/workbook.xml" not in file.all_read():
                yield refused("bad_file", "not an XLSX workbook", hints)
                return
            for member in file.members:
                if member.name.endswith((".xml", ".rels")) and file.xml(member.name).count(b"<") > MOST_MARKS:
                    yield refused("too_large", f"more than {MOST_MARKS} cells and marks in it: split it", hints)
                    return
    except RefusedZipError as error:
        yield refused(error.code, str(error), hints)
        return
    yield from _workbook(data, hints)


def _workbook(data: bytes, hints: Hints) -> Iterator[Document | Issue]:
    from openpyxl import load_workbook

    try:
        book: Any = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = list(book.worksheets)
    except _BROKEN as error:
        yield refused("bad_file", f"a damaged XLSX workbook ({_words(error)})", hints)
        return
    found = False
    for sheet in sheets:
        for item in _sheet(_xlsx_rows(sheet), f"sheet {sheet.title[:60]!r}, " if len(sheets) > 1 else "", hints):
            found = True
            yield item
    if not found:
        yield refused("empty", "no row in it", hints)


def _xlsx_rows(sheet: Any) -> Iterator[tuple[int, Sequence[Cell] | str]]:
    try:
        sheet.reset_dimensions()
        cells = 0
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_row=MOST_ROWS), start=1):
            if not row:
                continue
            cells += len(row)
            if cells > MOST_CELLS:
                yield number, f"more than {MOST_CELLS} cells: the rest was not read, split the sheet"
                return
            yield number, row[:MOST_COLUMNS]
    except _BROKEN as error:
        yield 0, f"a damaged sheet ({_words(error)})"


def _numbered(rows: Any) -> Iterator[tuple[int, Sequence[Cell] | str]]:
    """Rows with their numbers, or for a row that cannot be read the reason."""
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, str(error)
            continue
        yield number, row[:MOST_COLUMNS]


def _sheet(rows: Iterator[tuple[int, Sequence[Cell] | str]], sheet: str, hints: Hints) -> Iterator[Document | Issue]:
    """The reports of numbered rows: the header is the first row that names a text, else the first that is not empty."""
    above: list[tuple[int, Sequence[Cell] | str]] = []
    columns: Columns | None = None
    problem: str | None = None
    for number, row in rows:
        if isinstance(row, str):
            yield refused("bad_row", f"{sheet}row {number}: {row}" if number else f"{sheet}{row}", hints)
            continue
        if columns is not None:
            yield from row_report(row, columns, f"{sheet}row {number}", hints)
            continue
        if any(cell not in (None, "") for cell in row):
            above.append((number, row))
            try:
                columns = columns_of(row, hints.columns)
            except ColumnsError as error:
                problem = problem or str(error)
                if len(above) >= HEADER_WITHIN:
                    break
    if columns is None and problem is not None:
        yield refused("no_columns", f"{sheet}{problem}", hints)


def _delimited(text: str) -> tuple[str, str]:
    """The delimiter of a sheet and its text without a line that names it (`sep=;`)."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], rest
    sample = text[: 256 * 1024]
    return max(DELIMITERS, key=lambda mark: _fit(sample, mark)), text


def _fit(sample: str, delimiter: str) -> tuple[int, int]:
    """How well a delimiter fits: rows that have as many cells as the first with several, and how many cells."""
    widths: list[int] = []
    rows = csv.reader(io.StringIO(sample), delimiter=delimiter)
    try:
        for _, row in zip(range(_SAMPLED), rows, strict=False):
            if row:
                widths.append(len(row))
    except csv.Error:
        pass
    width = next((count for count in widths if count > 1), 0)
    return (sum(count == width for count in widths), width) if width else (0, 0)


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
