"""Listings to files: each exporter writes one to a binary stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from dateline.export import csv, jsonl, table
from dateline.export.listing import Listing, Record, Row, Scalar, Shape
from dateline.export.shapes import SHAPES, flat_rows

Exporter = Callable[[Listing, BinaryIO], None]

EXPORTERS: Mapping[str, Exporter] = MappingProxyType({"table": table.write, "csv": csv.write, "jsonl": jsonl.write})

__all__ = ["EXPORTERS", "SHAPES", "Exporter", "Listing", "Record", "Row", "Scalar", "Shape", "flat_rows"]
