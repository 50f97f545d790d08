"""Attributions of given texts, span by span, for `score_attribution.py`.

    python benchmarks/attribution.py IN.jsonl OUT.jsonl

IN has `{"name", "text"}` a line; OUT gets `{"name", "attributions": [{"source", "cue", "content"}]}`, each a list of
`[start, end]` in code points of the text as given. Prints what the parse that all layers share cost, what finding
the attributions cost above it, in CPU seconds, and the documents a CPU second that makes.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.extract.attributions import attributions
from dateline.extract.reading import Reading
from dateline.extract.spans import saying_spans
from dateline.lexicon.language import language
from dateline.model import Document
from dateline.parse import ParsedDocument, parsed_documents

BATCH = 32
"""Documents parsed together."""


def record(parsed: ParsedDocument) -> dict[str, Any]:
    """The attributions of one parsed text, as the scorer reads them."""
    reading = Reading(parsed, language(parsed.document.language or "en"))
    spans = [saying_spans(parsed.doc, cue) for cue in attributions(reading)]
    return {
        "name": parsed.document.id,
        "attributions": [{"source": s.source, "cue": s.cue, "content": s.content} for s in spans],
    }


def documents(listing: Path) -> list[Document]:
    """The given texts as documents, unchanged, so that offsets are those of the file."""
    rows = [json.loads(line) for line in listing.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Document(id=row["name"], text=row["text"], sha256="", language="en") for row in rows]


def timed(given: list[Document], spent: dict[str, float]) -> Iterator[dict[str, Any]]:
    """The record of every document; adds to `spent` the CPU seconds of the parse and of the attributions."""
    for at in range(0, len(given), BATCH):
        began = time.process_time()
        parsed = list(parsed_documents(given[at : at + BATCH]))
        done = time.process_time()
        records = [record(one) for one in parsed]
        spent["parse"] += done - began
        spent["attribution"] += time.process_time() - done
        yield from records


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("listing", type=Path, metavar="IN.jsonl")
    options.add_argument("out", type=Path, metavar="OUT.jsonl")
    given = options.parse_args()
    spent = {"parse": 0.0, "attribution": 0.0}
    texts = documents(given.listing)
    list(parsed_documents(texts[:1]))  # loads the model, outside the timing
    with given.out.open("w", encoding="utf-8") as sink:
        for row in timed(texts, spent):
            sink.write(json.dumps(row, ensure_ascii=False) + "\n")
    rate = len(texts) / spent["attribution"] if spent["attribution"] else 0.0
    print(
        f"{len(texts)} documents; CPU seconds: shared parse {spent['parse']:.1f}, attribution above it "
        f"{spent['attribution']:.1f}: {rate:.1f} documents a second",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
