"""Claims of given reports, by the guide, for the scorer.

    python benchmarks/claims.py DOCUMENTS.jsonl DOCS_DIR OUT.jsonl

Reads `{id, published, title, outlet}` a line and `DOCS_DIR/id.txt`, and writes one claim a line as
`docs/claims.md` describes it, with `document.id` as given. The offsets of the claims are those of
the text file (UTF-8, NFC).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from dateline.ingest import text
from dateline.model import Document, Hints, claim_record
from dateline.pipeline import Reading, describe, extract_claims

GIVEN = ("published", "title", "outlet", "url", "language")


def described(listing: Path, folder: Path) -> Iterator[Reading]:
    """The listed reports, read as the library reads them, each under the id it was given."""
    for line in listing.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield from read(json.loads(line), folder)


def read(entry: dict[str, Any], folder: Path) -> Iterator[Reading]:
    """One listed report; what the listing leaves null is left to the reader to find."""
    path = folder / f"{entry['id']}.txt"
    hints = Hints(path=str(path), **{name: entry.get(name) for name in GIVEN})
    for item in text.read(path.read_bytes(), hints):
        reading = describe(item, hints)
        if isinstance(reading.document, Document):
            reading = replace(reading, document=replace(reading.document, id=entry["id"]))
        yield reading


def write(listing: Path, folder: Path, out: Path) -> tuple[int, int]:
    """Write the claims of every listed report; the counts of reports and claims."""
    n_documents = n_claims = 0
    with out.open("w", encoding="utf-8") as sink:
        for reading in extract_claims(described(listing, folder)):
            n_documents += 1
            if reading.refused:
                print("refused:", *(issue.message for issue in reading.issues), file=sys.stderr)
            for claim in reading.claims:
                if reading.document is not None:
                    record = claim_record(claim, reading.document)
                    sink.write(json.dumps(record, ensure_ascii=False) + "\n")
                    n_claims += 1
    return n_documents, n_claims


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("listing", type=Path, metavar="DOCUMENTS.jsonl")
    options.add_argument("folder", type=Path, metavar="DOCS_DIR")
    options.add_argument("out", type=Path, metavar="OUT.jsonl")
    given = options.parse_args()
    began = time.perf_counter()
    n_documents, n_claims = write(given.listing, given.folder, given.out)
    spent = time.perf_counter() - began
    print(f"{n_documents} documents, {n_claims} claims, {spent:.1f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
