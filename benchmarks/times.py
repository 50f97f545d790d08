"""Times of a TIMEX3 corpus, for `score_times.py`.

    python benchmarks/times.py GOLD.jsonl OUT.jsonl

GOLD has `{"id", "published", "text"}` a line; OUT gets `{"id", "times": [{"start", "end", "earliest", "latest"}]}`.
TIMEX3 leaves the preposition out, so the spans and intervals written are those of the bare phrase: "2014", not
"since 2014".
"""

from __future__ import annotations

import argparse
import json
import re
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from dateline.parse.calendar import Interval, year
from dateline.parse.time_frame import Frame
from dateline.parse.time_spans import Timed, points


def record(found: Timed) -> dict[str, object]:
    """One expression as the scorer reads it."""
    core = found.core
    known = core is not None and core.earliest is not None and core.latest is not None and found.name != "now"
    return {
        "start": found.core_start,
        "end": found.end,
        "earliest": core.earliest.isoformat() if known and core and core.earliest else None,
        "latest": core.latest.isoformat() if known and core and core.latest else None,
    }


def halves(found: Timed, text: str) -> list[Timed]:
    """A range in one phrase ("22-25 April", "1914-18") as its two ends, which TIMEX3 keeps apart."""
    link = re.search(r"\d(?P<link>\s*(?:[-–/]|to|and)\s*)\d", text[found.core_start : found.end])
    core = found.core
    if (
        link is None
        or found.name in ("numeric", "season")
        or core is None
        or core.earliest is None
        or core.latest is None
    ):
        return [found]
    first, last = Interval(core.earliest, core.earliest), Interval(core.latest, core.latest)
    if found.name == "year":
        first, last = year(core.earliest.year), year(core.latest.year)
    elif core.earliest == core.latest:
        return [found]
    first_end, second_start = (found.core_start + at for at in link.span("link"))
    return [replace(found, end=first_end, core=first), replace(found, core_start=second_start, core=last)]


def main() -> None:
    """Write the predictions and say how long they took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    documents = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()]
    began = time.perf_counter()
    lines = []
    for document in documents:
        anchor = date.fromisoformat(document["published"][:10])
        found = points(document["text"], Frame(anchor))
        times = [record(half) for t in found for half in halves(t, document["text"])]
        lines.append(json.dumps({"id": document["id"], "times": times}))
    spent = time.perf_counter() - began
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    characters = sum(len(d["text"]) for d in documents)
    print(f"{len(documents)} texts, {characters / spent / 1000:.0f} thousand characters a second")


if __name__ == "__main__":
    main()
