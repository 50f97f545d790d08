"""The examples of feeds and wires and what is read in them: `python tests/ingest/wire_examples.py` writes that anew."""

from __future__ import annotations

import json
from pathlib import Path

from dateline.ingest import documents
from dateline.model import Hints, as_record

FOLDER = Path(__file__).parent / "examples"
READERS = ("rss", "atom", "jsonfeed", "ninjs", "newsml")


def examples() -> list[Path]:
    """The files that are examples of feeds and wires."""
    found = (path for name in READERS for path in sorted((FOLDER / name).iterdir()))
    return [path for path in found if not path.name.endswith(".expected.json")]


def told(path: Path) -> str:
    """What is read in an example, as JSON."""
    hints = Hints(path=f"{path.parent.name}/{path.name}")
    items = [{"what": type(item).__name__.lower(), **as_record(item)} for item in documents(path.read_bytes(), hints)]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def expected(path: Path) -> Path:
    """Where it is written what is read in an example."""
    return path.with_name(f"{path.name}.expected.json")


if __name__ == "__main__":
    for example in examples():
        expected(example).write_text(told(example), encoding="utf-8")
