"""Write the SHA-256 of the large data files, by which the package knows them when it loads them.

    python tools/hash_data.py

To be run after a model or the gazetteer was made anew; a test compares.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "dateline"
FILES = ("kinds/kinds.onnx", "kinds/labels.json", "kinds/vocabulary.txt", "lexicon/gazetteer.tsv")
FOLDERS = ("parse/pipelines",)


def listed() -> str:
    """The list, a line a file as `sha256sum` writes it."""
    names = [*FILES, *(path for folder in FOLDERS for path in _within(folder))]
    lines = (f"{hashlib.sha256((PACKAGE / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    return "".join(lines)


def _within(folder: str) -> list[str]:
    """The files of a folder and those below it, by their paths in the package."""
    found = (path for path in (PACKAGE / folder).rglob("*") if path.is_file())
    return sorted(path.relative_to(PACKAGE).as_posix() for path in found)


def main() -> int:
    """Run from the command line."""
    (PACKAGE / "lexicon" / "intact.sha256").write_text(listed(), encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
