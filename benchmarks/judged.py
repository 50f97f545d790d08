"""What became of the claims that annotators judged in real reports: still told, mended, found since.

    python benchmarks/judged.py [--data DATA_DIR] [--labels FOLDER] [--blind] [--show LOST|FALSE|MISSED]

`benchmarks/judged/open.jsonl` holds the judgement of 79 reports, `blind.jsonl` of 40 that no rule was made from (they
only measure: nothing of them is shown). Careful readers who had not seen the program judged each claim of version 11
by the annotation guide, and wrote down the core claims that it missed. No text of the reports is kept here: a row names
the corpus under DATA_DIR (../shared/data) and the report, and has its `published` day, the length of its `title` and:

- `judged`: claims as then read, `kind`, `start`, `end` of the first evidence, what it `is`: "right", "no" (no claim) or
  the kind it should be; `core` as in the guide; the slots that were `wrong`;
- `same`: groups of these, by number, that are one claim told again;
- `missed`: claims not told, `kind`, `start`, `end`; `again`: more evidence of the judged claim of that number.

A claim stands for a judged one when its kind is the same and its evidence overlaps as the claim scorer asks. Printed
are the right and the false claims still told, the missed that are now told, pairs folded, and how many new claims
nobody has judged: precision is of the judged alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from dateline.ingest import text
from dateline.model import Claim, Hints
from dateline.pipeline import Reading, describe, extract_claims

HERE = Path(__file__).parent / "judged"
DATA = Path(__file__).parents[2] / "shared" / "data"
DICE = 0.2
"""Share of characters that two pieces of evidence must have in common, as in the claim scorer."""

Row = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts over reports, and what was lost, is false still, is missed still: kind with the words."""

    reports: int = 0
    right: list[int] = field(default_factory=lambda: [0, 0])
    core: list[int] = field(default_factory=lambda: [0, 0])
    false: list[int] = field(default_factory=lambda: [0, 0])
    missed: list[int] = field(default_factory=lambda: [0, 0])
    folded: list[int] = field(default_factory=lambda: [0, 0])
    apart: list[int] = field(default_factory=lambda: [0, 0])
    told: int = 0
    new: int = 0
    shown: dict[str, list[str]] = field(default_factory=lambda: {"LOST": [], "FALSE": [], "MISSED": []})


def reports(rows: Sequence[Row], data: Path) -> dict[str, str]:
    """The texts of the listed reports, by name; SystemExit where a corpus is not there."""
    wanted = {row["report"] for row in rows}
    found = {}
    for corpus in sorted({row["corpus"] for row in rows}):
        path = data / f"{corpus}.jsonl"
        if not path.is_file():
            raise SystemExit(f"{path} is not there: say with --data where the corpora are")
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            record = json.loads(line)
            name = record.get("name") or record.get("id")
            if name in wanted:
                found[name] = record["text"]
    return found


def readings(rows: Sequence[Row], texts: dict[str, str]) -> Iterator[Reading]:
    """The reports read, in order."""

    def described() -> Iterator[Reading]:
        for row in rows:
            body = texts[row["report"]]
            title = None if row["title"] is None else body[: row["title"]]
            hints = Hints(path=f"{row['report']}.txt", published=row["published"], title=title)
            for item in text.read(body.encode(), hints):
                yield describe(item, hints)

    return extract_claims(described())


def stands(claims: Sequence[Claim], judged: Row) -> int | None:
    """The number of the claim that tells a judged or missed one; the best where several do."""
    best, at = DICE, None
    for number, claim in enumerate(claims):
        if claim.kind.value != judged["kind"]:
            continue
        for part in claim.evidence:
            shared = min(part.end, judged["end"]) - max(part.start, judged["start"])
            dice = 2 * shared / (part.end - part.start + judged["end"] - judged["start"])
            if dice >= best:
                best, at = dice + 1e-9, number
    return at


def count(tally: Tally, row: Row, claims: Sequence[Claim], body: str) -> None:
    """Add one report."""
    tally.reports += 1
    tally.told += len(claims)
    told = [stands(claims, judged) for judged in row["judged"]]
    seen = {number for number in told if number is not None}
    for judged, number in zip(row["judged"], told, strict=True):
        words = f"{row['report'][:40]} {judged['kind']}: {' '.join(body[judged['start'] : judged['end']].split())}"
        which = tally.right if judged["is"] == "right" else tally.false
        which[0] += number is not None
        which[1] += 1
        if judged["is"] == "right" and judged["core"]:
            tally.core[0] += number is not None
            tally.core[1] += 1
        if (judged["is"] == "right") != (number is not None):
            tally.shown["LOST" if judged["is"] == "right" else "FALSE"].append(f"{words} ({judged['is']})")
    for missed in row["missed"]:
        number = stands(claims, missed)
        seen |= {number} - {None}
        tally.missed[0] += number is not None
        tally.missed[1] += 1
        if number is None:
            told_there = " ".join(body[missed["start"] : missed["end"]].split())
            tally.shown["MISSED"].append(f"{row['report'][:40]} {missed['kind']}: {told_there}")
    tally.new += len(claims) - len(seen)
    group = {number: at for at, numbers in enumerate(row["same"]) for number in numbers}
    for one, other in combinations(range(len(told)), 2):
        if None in (told[one], told[other]) or row["judged"][one]["kind"] != row["judged"][other]["kind"]:
            continue
        which = tally.folded if one in group and group[one] == group.get(other) else tally.apart
        which[0] += (told[one] == told[other]) == (which is tally.folded)
        which[1] += 1


def show(tally: Tally, name: str) -> None:
    """Print the counts of a file."""
    kept, core, false = tally.right, tally.core, tally.false
    precision = kept[0] / max(1, kept[0] + false[0])
    print(f"{name}: {tally.reports} reports, {tally.told} claims told")
    print(f"  right, still told   {kept[0]} of {kept[1]} (core {core[0]} of {core[1]})")
    print(f"  false, still told   {false[0]} of {false[1]}: precision of the judged {precision:.3f}")
    print(f"  missed, told now    {tally.missed[0]} of {tally.missed[1]}")
    print(f"  one claim, folded   {tally.folded[0]} of {tally.folded[1]} pairs")
    print(f"  two, kept apart     {tally.apart[0]} of {tally.apart[1]} pairs")
    print(f"  new, judged by none {tally.new}")


def main(argv: Sequence[str] | None = None) -> int:
    """Count and print; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--labels", type=Path, default=HERE, help="the folder of open.jsonl and blind.jsonl")
    parser.add_argument("--blind", action="store_true", help="the reports that only measure")
    parser.add_argument("--show", choices=("LOST", "FALSE", "MISSED"), help="list these, of the open reports alone")
    given = parser.parse_args(argv)
    name = "blind" if given.blind else "open"
    rows = [json.loads(line) for line in (given.labels / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = reports(rows, given.data)
    tally = Tally()
    for row, reading in zip(rows, readings(rows, texts), strict=True):
        stored = "" if reading.document is None else reading.document.text
        count(tally, row, reading.claims, stored)
    show(tally, name)
    if given.show and not given.blind:
        print(*tally.shown[given.show], sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
