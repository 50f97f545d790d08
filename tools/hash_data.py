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


def listed() -> str:
    """The list, a line a file as `sha256sum` writes it."""
    lines = (f"{hashlib.sha256((PACKAGE / name).read_bytes()).hexdigest()}  {name}\n" for name in FILES)
    return "".join(lines)


def main() -> int:
    """Run from the command line."""
    (PACKAGE / "lexicon" / "intact.sha256").write_text(listed(), encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
