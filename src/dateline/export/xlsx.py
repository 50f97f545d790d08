"""Tables as a workbook (XLSX): a sheet a table, the codebook, what the export is; written row by row, with xlsxwriter.

Every text is written as text, never as a formula, number or link, and stays so when it is edited. What Excel cannot
hold is neither cut in silence nor dropped: rows beyond 1,048,576 go on in a next sheet, the whole of a text of more
than 32,767 characters stands in the sheet "long texts", and a control character that XML cannot hold is shown as an
escape. The sheet "about" counts them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from dateline.export.codebook import CODEBOOK, records
from dateline.export.jsonl import utf8
from dateline.export.listing import Scalar
from dateline.export.selection import Selection
from dateline.export.statement import lines
from dateline.export.tables import TABLES, Table, table_called

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
"""Rows of a sheet, the heading among them."""

MOST_CHARACTERS = 32_767
"""UTF-16 units of a cell."""

LONG = "long texts"
_LONG_COLUMNS = ("sheet", "row", "column", "part", "text")
_MARK = " […]"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RICH = ("<r>", "</r>")
"""What xlsxwriter takes for a text of several fonts, written as it is."""

_WIDE, _NARROW = 40, 14


def write(selection: Selection, out: BinaryIO) -> None:
    """All tables, a sheet each."""
    _write(selection, tuple(TABLES.values()), out)


def write_table(selection: Selection, name: str, out: BinaryIO) -> None:
    """One table."""
    _write(selection, (table_called(name),), out)


def _write(selection: Selection, tables: Sequence[Table], out: BinaryIO) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options | {"strings_to_numbers": False}) as workbook:
        moment = datetime.fromisoformat(selection.about.exported_at)
        workbook.set_properties({"title": "dateline export", "created": moment.replace(tzinfo=None)})
        book = Book(workbook)
        for table in tables:
            book.add(table.name, table.shape.columns, table.rows(selection))
        book.add("codebook", CODEBOOK.columns, (CODEBOOK.flat(record) for record in records()))
        told = [*lines(selection), *book.told()]
        book.add("about", ("what", "value"), ({"what": what, "value": value} for what, value in told))


class Book:
    """A workbook that takes whatever it is given, in sheets as large as they can be."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._bold = workbook.add_format({"bold": True})
        self._text = workbook.add_format({"quote_prefix": True})
        self._long: Worksheet | None = None
        self._long_rows = 0
        self._counts: Counter[str] = Counter()

    def told(self) -> list[tuple[str, str]]:
        """What did not fit as it was, and how it was kept."""
        said = {
            "sheets": "tables go on in a next sheet, a sheet holding 1,048,576 rows",
            "long": f"texts are longer than a cell can hold: marked {_MARK.strip()}, whole in the sheet {LONG!r}",
            "escaped": "texts have characters that XML cannot hold, shown as escapes",
        }
        return [
            ("kept otherwise", f"{self._counts[key]:,} {words}") for key, words in said.items() if self._counts[key]
        ]

    def add(self, name: str, columns: Sequence[str], rows: Iterable[Any]) -> None:
        """A table as one sheet, or as several with the same heading where there are too many rows."""
        sheet, title, at, number = self._sheet(name, columns), name, 0, 1
        for row in rows:
            at += 1
            if at == MOST_ROWS:
                number += 1
                self._counts["sheets"] += 1
                title, at = f"{name} {number}", 1
                sheet = self._sheet(title, columns)
            for column, key in enumerate(columns):
                self._put(sheet, (title, at, column), key, row[key])

    def _sheet(self, title: str, columns: Sequence[str]) -> Worksheet:
        sheet = self._workbook.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(columns):
            wide = name in ("evidence", "title", "document_title", "reason", "sentence", "meaning", "value", "text")
            sheet.set_column(column, column, _WIDE if wide else _NARROW)
            sheet.write_string(0, column, name, self._bold)
        return sheet

    def _put(self, sheet: Worksheet, where: tuple[str, int, int], key: str, value: Scalar) -> None:
        title, row, column = where
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value)
        else:
            sheet.write_string(row, column, self._fitting(title, row, key, self._legal(value)), self._text)

    def _legal(self, text: str) -> str:
        """The text without what XML, or the writer, cannot hold."""
        legal = _ILLEGAL.sub(_escape, utf8(text).replace("\r\n", "\n"))
        if legal.startswith(_RICH[0]) and legal.endswith(_RICH[1]):
            legal = f"'{legal}"
        self._counts["escaped"] += legal != text
        return legal

    def _fitting(self, title: str, row: int, key: str, text: str) -> str:
        """The text, or as much of it as a cell holds, the whole then beside."""
        if len(text) <= MOST_CHARACTERS // 2:
            return text
        parts = _parts(text, MOST_CHARACTERS)
        if len(parts) == 1:
            return text
        self._counts["long"] += 1
        for number, part in enumerate(parts, 1):
            self._beside((title, row + 1, key, number, part))
        return _parts(text, MOST_CHARACTERS - len(_MARK))[0] + _MARK

    def _beside(self, cells: tuple[str, int, str, int, str]) -> None:
        if self._long is None:
            self._long = self._sheet(LONG, _LONG_COLUMNS)
        self._long_rows += 1
        for column, value in enumerate(cells):
            if isinstance(value, int):
                self._long.write_number(self._long_rows, column, value)
            else:
                self._long.write_string(self._long_rows, column, value, self._text)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def _parts(text: str, most: int) -> list[str]:
    """A text in parts of so many UTF-16 units at most, no character divided."""
    parts, start, size = [], 0, 0
    for at, char in enumerate(text):
        units = 2 if ord(char) > 0xFFFF else 1
        if size + units > most:
            parts.append(text[start:at])
            start, size = at, 0
        size += units
    return [*parts, text[start:]]
