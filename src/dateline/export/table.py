"""A table for a person at a terminal."""

from __future__ import annotations

import io
from typing import BinaryIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.export.listing import Listing
from dateline.export.safe import visible

WIDTH = 200
"""Columns where the output is no terminal: wide enough that a row stays readable for other programs."""


def write(listing: Listing, out: BinaryIO) -> None:
    """Write the brief rows; text of reports is shown as text, never obeyed as markup or control."""
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", write_through=True)
    try:
        terminal = text.isatty()
        console = Console(file=text, width=None if terminal else WIDTH, highlight=False)
        console.print(table(listing) if listing.records else f"{listing.name}: 0")
        if listing.total > len(listing.records):
            console.print(f"{len(listing.records)} of {listing.total} shown; --limit shows more", style="dim")
    finally:
        text.detach()


def table(listing: Listing) -> Table:
    """The brief rows, at least one, as a rich table; columns that are empty throughout are left out."""
    rows = [listing.shape.brief(record) for record in listing.records]
    names = [name for name in rows[0] if any(row[name] for row in rows)]
    title = f"{listing.name}: {listing.total:,}"
    grid = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    for name in names:
        fixed = name in ("id", "from", "report", "host")
        ratio = 3 if name in listing.shape.wide else None
        grid.add_column(name, overflow="fold", no_wrap=fixed, ratio=ratio, min_width=4)
    for row in rows:
        grid.add_row(*(Text(visible(row[name])) for name in names))
    return grid
