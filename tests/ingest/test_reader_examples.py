"""What the readers make of example files, compared with what a person read through and kept beside them.

`DATELINE_RENEW_GOLDEN=1 pytest tests/ingest/test_reader_examples.py` writes them anew; read their difference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from dateline.ingest import documents
from dateline.model import Document, Hints, Issue
from golden import same_as_golden

EXAMPLES = Path(__file__).parent / "examples"
OWN = ("pdf", "docx", "mail", "csv", "xlsx", "zip", "tar", "warc", "wacz")
FILES = sorted(path for name in OWN for path in (EXAMPLES / name).iterdir() if path.suffix != ".json")


def told(item: Document | Issue) -> dict[str, Any]:
    if isinstance(item, Issue):
        return {"code": item.code, "message": item.message, "path": item.path}
    values = {key: value for key, value in asdict(item).items() if value and key not in ("id", "furniture")}
    furniture = [[item.text[part.start : part.end], part.reason] for part in item.furniture]
    return {**values, "text": item.text.split("\n"), **({"furniture": furniture} if furniture else {})}


def read(path: Path) -> Iterator[dict[str, Any]]:
    hints = Hints(path=path.relative_to(EXAMPLES).as_posix())
    return (told(item) for item in documents(path.read_bytes(), hints) if isinstance(item, Document | Issue))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(EXAMPLES).as_posix())
def test_an_example_is_read_as_it_was_read_through(path: Path) -> None:
    expected = path.with_name(f"{path.name}.expected.json")
    found = list(read(path))
    data = json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    same_as_golden(expected, data.encode())
