"""Times of news texts, for `score_times.py`.

    python benchmarks/times.py IN.jsonl OUT.jsonl

IN has `{"id", "published", "text"}` a line; OUT gets `{"id", "times": [{"start", "end", "earliest", "latest"}]}`.
TIMEX3 leaves the preposition out, so the spans and intervals written are those of the bare phrase: "2014", not
"since 2014". Durations, ages and the like, which TIMEX3 marks too, are written with no interval.

Where IN has `times` too (the corpus with its annotation), the share of the dates that carry their own year and whose
interval is right is printed: the fair measure for texts whose publication date is no anchor, such as encyclopedia
articles on old wars.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from dateline.parse.calendar import Interval, shift_months, year
from dateline.parse.time_frame import Frame
from dateline.parse.time_spans import Timed, points

PART = re.compile(r"\b(early|mid|late|end|beginning|start|middle|close|first half|second half)", re.IGNORECASE)


def record(found: Timed) -> dict[str, object]:
    """One expression as the scorer reads it; TIMEX3 writes the 20th century as "19", the years 1900 to 1999."""
    core = found.core
    if found.name == "century" and core is not None and core.earliest is not None and core.latest is not None:
        core = Interval(shift_months(core.earliest, -12), shift_months(core.latest, -12))
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


def dated(document: dict, written: list[dict[str, object]]) -> tuple[int, int]:
    """How many annotated dates with a year of their own there are, and how many an overlapping time gets right.

    A phrase with a modifier ("early 1941") is right when its interval lies inside, as in `score_times.py`.
    """
    right = total = 0
    for gold in document.get("times", ()):
        if not gold["earliest"] or not re.search(r"\b[12]\d{3}\b", gold["text"]):
            continue
        total += 1
        over = [w for w in written if w["start"] < gold["end"] and gold["start"] < w["end"] and w["earliest"]]  # type: ignore[operator]
        part = gold.get("mod") or PART.search(gold["text"])
        right += any(
            (w["earliest"], w["latest"]) == (gold["earliest"], gold["latest"])
            or (part and str(w["earliest"]) >= gold["earliest"] and str(w["latest"]) <= gold["latest"])
            for w in over
        )
    return right, total


def main() -> None:
    """Write the predictions and say how long they took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    documents = [json.loads(line) for line in args.texts.read_text(encoding="utf-8").splitlines()]
    began = time.perf_counter()
    lines = []
    right = total = 0
    for document in documents:
        anchor = date.fromisoformat(document["published"][:10])
        found = points(document["text"], Frame(anchor))
        times = [record(half) for t in found for half in halves(t, document["text"])]
        lines.append(json.dumps({"id": document["id"], "times": times}))
        got = dated(document, times)
        right, total = right + got[0], total + got[1]
    spent = time.perf_counter() - began
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    characters = sum(len(d["text"]) for d in documents)
    each = 1000 * spent / max(len(documents), 1)
    print(f"{len(documents)} texts, {each:.1f} ms each, {characters / spent / 1000:.0f} thousand characters a second")
    if total:
        print(f"dates that carry their year: {right} of {total} right, {100 * right / total:.1f} %")


if __name__ == "__main__":
    main()
