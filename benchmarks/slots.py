"""How well the place, the other party, the time and the source of claims are read in written news passages.

    python benchmarks/slots.py [--wrong] [CASES.jsonl ...]

CASES (tests/cases/slots.en.jsonl and slots_unseen.en.jsonl unless said) has `{"text", "published", "claims"}` a line. A
claim has its `kind` (a list where several will do), the words that it `says`, and `recipient`, `place`, `time`,
`source`: lists of what will do, null for nothing, names as in `benchmarks/battery.py`, times as two days. A claim is
found when one of its kind is read with evidence over those words; the slots are compared of found claims only.
Precision is of slots filled, recall of those that are to be filled, as /work/shared/bench/score_claims.py counts them.
`--wrong` lists what disagrees, never of a file with `unseen` in its name: such a file only measures.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from battery import agrees, summary
from dateline.ingest import text
from dateline.model import Claim, Hints, TimeBasis
from dateline.pipeline import describe, extract_claims

CASES = Path(__file__).parents[1] / "tests" / "cases"
FILES = (CASES / "slots.en.jsonl", CASES / "slots_unseen.en.jsonl")
SLOTS = ("recipient", "place", "time", "source")

Expected = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts over the claims of a file; per slot how many were filled, were to be filled, and were both and right."""

    claims: int = 0
    found: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def precision(self, slot: str) -> float:
        """The share of the filled slots that are right."""
        return self.right[slot] / max(1, self.filled[slot])

    def recall(self, slot: str) -> float:
        """The share of the slots to be filled that are right."""
        return self.right[slot] / max(1, self.wanted[slot])


def tally(path: Path) -> Tally:
    """Read the passages of a file and compare."""
    given = rows(path)
    result = Tally()
    for row, claims in zip(given, readings(given), strict=True):
        free = list(claims)
        for expected in row["claims"]:
            result.claims += 1
            claim = _meant(row["text"], expected, free)
            if claim is not None:
                free.remove(claim)
                _count(result, row["text"], expected, claim)
    return result


def rows(path: Path) -> list[dict[str, Any]]:
    """The passages of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def readings(passages: Sequence[dict[str, Any]]) -> Iterator[Sequence[Claim]]:
    """The claims of each passage, read as a text file is, with its dateline told apart."""
    given = [Hints(path=f"{n}.txt", published=row["published"], language="en") for n, row in enumerate(passages)]
    items = (
        describe(item, hints)
        for row, hints in zip(passages, given, strict=True)
        for item in text.read(row["text"].encode(), hints)
    )
    return (reading.claims for reading in extract_claims(items))


def _meant(text: str, expected: Expected, claims: Sequence[Claim]) -> Claim | None:
    """The claim that agrees in most slots of those of the kind whose evidence covers the words."""
    start = text.index(expected["says"])
    end = start + len(expected["says"])
    near = [
        c for c in claims if c.kind in expected["kind"] and any(e.start < end and start < e.end for e in c.evidence)
    ]
    return max(near, key=lambda c: sum(_right(c, expected, slot) for slot in SLOTS), default=None)


def _filled(claim: Claim, slot: str) -> bool:
    """Whether a slot says something; a time that only repeats the publication date does not."""
    if slot == "time":
        return claim.time is not None and claim.time.basis is not TimeBasis.PUBLISHED
    if slot == "source":
        return claim.attribution is not None and claim.attribution.source is not None
    return getattr(claim, slot) is not None


def _right(claim: Claim, expected: Expected, slot: str) -> bool:
    if not _filled(claim, slot):
        return None in expected[slot]
    return any(agrees(claim, _alone(slot, wanted), slot) for wanted in expected[slot] if wanted is not None)


def _alone(slot: str, wanted: Any) -> Expected:
    return {"earliest": wanted[0], "latest": wanted[1]} if slot == "time" else {slot: wanted}


def _count(result: Tally, text: str, expected: Expected, claim: Claim) -> None:
    result.found += 1
    for slot in SLOTS:
        filled, right = _filled(claim, slot), _right(claim, expected, slot)
        result.filled[slot] += filled
        result.right[slot] += right and filled
        result.wanted[slot] += (right and filled) or None not in expected[slot]
        if not right:
            result.wrong.append(f"{text}\n    {slot}: {json.dumps(expected, ensure_ascii=False)}\n    {summary(claim)}")


def table(results: dict[str, Tally]) -> Iterator[str]:
    """A line a file: claims, found, and precision and recall of each slot."""
    yield f"{'file':28}{'claims':>8}{'found':>8}" + "".join(f"{slot:>12}" for slot in SLOTS)
    for name, result in results.items():
        cells = "".join(f"{f'{result.precision(slot):.2f}/{result.recall(slot):.2f}':>12}" for slot in SLOTS)
        yield f"{name:28}{result.claims:8}{result.found:8}{cells}"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="*", default=list(FILES), metavar="CASES.jsonl")
    parser.add_argument("--wrong", action="store_true", help="list the slots that are not as expected")
    given = parser.parse_args()
    results = {path.name: tally(path) for path in given.cases}
    lines = list(table(results))
    if given.wrong:
        lines += [entry for name, result in results.items() if "unseen" not in name for entry in result.wrong]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
