"""Which PLOVER type a sentence tells between a given source and target.

    python benchmarks/kinds.py IN.jsonl OUT.jsonl [--speed]

IN has `{"id", "sentence", "marked", "source", "target"}` a line, `marked` with the two as `<s>..</s>` and `<t>..</t>`;
OUT gets `{"id", "root"}`: one of the 15 classes of PLV, YIELD for concession and withdrawal.
`../shared/bench/score_kinds.py` scores it. `--speed` prints sentences a CPU second, the model loaded and warm.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from pathlib import Path

from dateline.kinds import Marked, model

MARK = re.compile(r"<(/?)([st])>")
ROLES = {"s": "actor", "t": "recipient"}


def marked(text: str) -> Marked:
    """The sentence without its marks, and where they stood."""
    plain, spans, last = "", {"actor": None, "recipient": None}, 0
    opened = {}
    for mark in MARK.finditer(text):
        plain += text[last : mark.start()]
        last = mark.end()
        role = ROLES[mark[2]]
        if mark[1]:
            spans[role] = (opened.get(role, len(plain)), len(plain))
        else:
            opened[role] = len(plain)
    return Marked(plain + text[last:], **spans)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--speed", action="store_true", help="print sentences a CPU second")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.input.read_text(encoding="utf-8").splitlines() if line.strip()]
    sentences = [marked(row["marked"]) for row in rows]
    answers = model().pairs(sentences)
    if options.speed:
        started = time.process_time()
        model().pairs(sentences)
        print(f"{len(rows) / (time.process_time() - started):.0f} sentences a CPU second", file=sys.stderr)
    with options.output.open("w", encoding="utf-8") as out:
        for row, answer in zip(rows, answers, strict=True):
            out.write(json.dumps({"id": row["id"], "root": max(answer, key=answer.__getitem__)}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
