"""What an exporter gets: the records of a listing, whole, flat for a spreadsheet, or brief for a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Scalar = str | int | float | bool | None
Record = Mapping[str, Any]
Row = dict[str, Scalar]


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of record is made flat (all of it, one level) and brief (what a reader looks for)."""

    flat: Callable[[Record], Row]
    brief: Callable[[Record], dict[str, str]]
    columns: tuple[str, ...]
    wide: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Records to be written; `total` is how many there are without a limit."""

    name: str
    records: Sequence[Record]
    shape: Shape
    total: int
