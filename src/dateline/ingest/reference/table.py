"""Rows of a table as they are written: each with its line, its cells, and where every cell stands in it.

A file is read as a stream, so that one of a million rows takes the memory of one row. A row that cannot be read is an
issue with its line, and the rest goes on.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from dateline.ingest.claims.fields import Unfit
from dateline.ingest.decode import cleaned
from dateline.model import Issue

ROW_LIMIT: Final = 64 * 1024
"""Bytes of the longest row that is read: some twenty times one with long notes."""

MOST_LINES: Final = 64
"""Lines that one row may run over (breaks within quotes); beyond them a quote was never closed."""

_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"')


_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds, without quotes and outer blanks, and where it stands in the row; `text` is never None.

    `start`/`end` are None where the row has it otherwise (doubled quotes).
    """

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How rows are written: what parts the cells (`,`, `;` or tab), the names of the columns, and the version.

    `other` is the layout of rows that lack a column of the header; `probe` a column that holds an ISO day in every row,
    by which the two are told apart.
    """

    separator: str
    columns: Sequence[str]
    version: str | None = None
    places: Mapping[str, int] = field(default_factory=dict)
    other: Layout | None = None
    probe: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of its first line, its text as written, its cells by column."""

    line: int
    text: str
    cells: Sequence[Cell]
    layout: Layout

    def cell(self, *names: str) -> Cell | None:
        """The first of the columns that the row has and that is not blank."""
        for name in names:
            place = self.layout.places.get(name)
            if place is not None and place < len(self.cells) and self.cells[place].text:
                return self.cells[place]
        return None

    def get(self, *names: str) -> str | None:
        """The text of `cell`."""
        found = self.cell(*names)
        return None if found is None else found.text

    def need(self, *names: str) -> str:
        """The text of a cell that must be there."""
        found = self.get(*names)
        if found is None:
            raise Unfit(f"{names[0]} is missing")
        return found


def layout(separator: str, columns: Sequence[str], version: str | None = None) -> Layout:
    """A layout whose columns are known by name; of two of one name the first."""
    places: dict[str, int] = {}
    for place, name in enumerate(columns):
        places.setdefault(name, place)
    return Layout(separator, tuple(columns), version, places)


def rows(stream: BinaryIO, form: Layout, path: str | None, *, skip: int = 0) -> Iterator[Row | Issue]:
    """The rows of a stream after the first `skip` ones (a header); blank lines are left out.

    Issues: `too_large` for a row beyond the limit, `bad_row` for one with other cells than the header has.
    """
    quoted = form.separator != "\t"
    for number, line in _records(stream, quoted):
        if skip > 0:
            skip -= 1
            continue
        if isinstance(line, str):
            yield Issue("too_large" if "bytes" in line else "bad_row", f"line {number}: {line}", path=path)
            continue
        text = _decoded(line)
        if not text.strip():
            continue
        cells = split(text, form.separator)
        own = form
        if form.other is not None and not _probed(cells, form) and _probed(cells, form.other):
            own = form.other
        wrong = _misfit(cells, own)
        if wrong is not None:
            yield Issue("bad_row", f"line {number}: {wrong}", path=path)
        else:
            yield Row(number, text, cells, own)


def _probed(cells: Sequence[Cell], form: Layout) -> bool:
    """Whether cells can be a row of a layout: as many as it has columns, and a day where it has one."""
    at = form.places.get(form.probe or "", len(cells))
    return _misfit(cells, form) is None and (at >= len(cells) or _DAY.match(cells[at].text) is not None)


def _misfit(cells: Sequence[Cell], form: Layout) -> str | None:
    """Why cells are no row of the table; empty ones beyond the last column are let be."""
    extra = cells[len(form.columns) :]
    if len(cells) < len(form.columns) or any(cell.text for cell in extra):
        return f"{len(cells)} cells, not {len(form.columns)}"
    return None


def split(text: str, separator: str) -> list[Cell]:
    """The cells of a row; in tab-separated text quotes mean nothing.

    >>> [cell.text for cell in split('a,"b, c",d', ",")]
    ['a', 'b, c', 'd']
    """
    cells: list[Cell] = []
    at = 0
    while True:
        quoted = _QUOTED.match(text, at) if separator != "\t" else None
        if quoted is not None and (quoted.end() == len(text) or text[quoted.end()] == separator):
            inner = quoted.group(1)
            at = quoted.end()
            plain = '""' not in inner
            cells.append(_cell(inner, quoted.start(1)) if plain else Cell(inner.replace('""', '"').strip()))
        else:
            end = text.find(separator, at)
            end = len(text) if end < 0 else end
            cells.append(_cell(text[at:end], at))
            at = end
        if at >= len(text):
            return cells
        at += 1


def _cell(text: str, start: int) -> Cell:
    bare = text.strip()
    start += len(text) - len(text.lstrip())
    return Cell(bare, start, start + len(bare)) if bare else Cell("")


def _decoded(line: bytes) -> str:
    """UTF-8, else Windows-1252, which has every Latin-1 letter."""
    line = line.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n")
    try:
        return cleaned(line.decode("utf-8"))
    except UnicodeDecodeError:
        return cleaned(line.decode("cp1252", "replace"))


def _records(stream: BinaryIO, quoted: bool) -> Iterator[tuple[int, bytes | str]]:
    """The number of the first line of each record, and its bytes or why it is none.

    A record whose quote is never closed costs its first line only: the lines after it are read again.
    """
    lines = _Lines(stream)
    while (first := lines.next()) is not None:
        number, line = lines.number, first
        if len(line) > ROW_LIMIT:
            lines.drop_rest(line)
            yield number, f"more than {ROW_LIMIT} bytes"
            continue
        more: list[bytes] = []
        whole = line
        while quoted and whole.count(b'"') % 2:
            another = lines.next() if len(more) < MOST_LINES and len(whole) <= ROW_LIMIT else None
            if another is None:
                lines.back(more)
                yield number, "a quote that is never closed"
                break
            more.append(another)
            whole += another
        else:
            yield number, whole


class _Lines:
    """The lines of a stream, some of which may be given back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._waiting: deque[bytes] = deque()
        self.number = 0

    def next(self) -> bytes | None:
        """The next line with its end, None at the end of the stream."""
        line = self._waiting.popleft() if self._waiting else self._stream.readline(ROW_LIMIT + 1)
        self.number += bool(line)
        return line or None

    def back(self, lines: Sequence[bytes]) -> None:
        """Give lines back, to be read again."""
        self._waiting.extendleft(reversed(lines))
        self.number -= len(lines)

    def drop_rest(self, line: bytes) -> None:
        """Pass over what is left of a line that is too long."""
        while line and not line.endswith(b"\n"):
            line = self._waiting.popleft() if self._waiting else self._stream.readline(ROW_LIMIT + 1)
