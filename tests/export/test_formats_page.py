"""The matrix in docs/formats.md: every format has its row, and every cell its test."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dateline.export.formats import FORMATS
from dateline.export.selection import APPLIES
from dateline.export.tables import TABLES
from dateline.ingest import READERS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
MATRIX = re.findall(r"(?m)^\| ([\w-]+) \| (in|out) \| (.+) \| (.+) \| (.+) \|$", PAGE)


def named_in(text: str) -> list[tuple[str, str]]:
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: f"{row[0]} {row[1]}")
def test_every_row_is_checked_read_back_and_shown(row: tuple[str, ...]) -> None:
    assert all(cell.strip(" -–") for cell in row)
    assert named_in(row[-1])


@pytest.mark.parametrize(("path", "name"), sorted(set(named_in(PAGE))))
def test_every_test_that_is_named_exists(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_no_format_is_left_out() -> None:
    assert {name for name, way, *_ in MATRIX if way == "out"} >= set(FORMATS)
    assert {name for name, way, *_ in MATRIX if way == "in"} >= set(READERS)


def test_the_page_names_the_tables() -> None:
    assert f"`{'`, `'.join(TABLES)}`" in " ".join(PAGE.split())


def test_what_filters_apply_to_is_said_for_every_kind_of_record() -> None:
    assert set(APPLIES) >= {*TABLES, "assessments"}
