"""Run the tutorial's notebook and write its page.

    python tools/tutorial.py

`docs/tutorial.ipynb` holds the cells without their answers; `docs/tutorial.md` and the picture beside it are what a run
of them gives.
"""

from __future__ import annotations

import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOTEBOOK = DOCS / "tutorial.ipynb"
TIMEOUT = 600


@dataclass(frozen=True, slots=True)
class Page:
    """The page and its pictures by file name."""

    text: str
    pictures: dict[str, bytes]


def ran(notebook: Path = NOTEBOOK) -> Page:
    """The page of a notebook that was just run; CellExecutionError where a cell fails."""
    import nbformat
    from nbclient import NotebookClient
    from nbconvert import MarkdownExporter

    cells = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        beside = {"metadata": {"path": str(notebook.parent)}}
        NotebookClient(cells, timeout=TIMEOUT, coalesce_streams=True, resources=beside).execute()
    names = {"output_files_dir": "", "unique_key": notebook.stem}
    text, resources = MarkdownExporter().from_notebook_node(cells, resources=names)
    pictures = {Path(name).name: data for name, data in resources.get("outputs", {}).items()}
    lines = (line.rstrip() for line in text.strip().splitlines())
    return Page("\n".join(lines) + "\n", pictures)


def main() -> int:
    """Run from the command line."""
    page = ran()
    (DOCS / "tutorial.md").write_text(page.text, encoding="utf-8")
    for name, data in page.pictures.items():
        (DOCS / name).write_bytes(data)
    print(f"docs/tutorial.md: {len(page.text.splitlines())} lines, {len(page.pictures)} pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
