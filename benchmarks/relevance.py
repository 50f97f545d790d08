"""What the relevance filter loses and what it saves.

    python benchmarks/relevance.py [--sample 40] [--reports 500]

Lost: of gold reports with claims in `../shared/gold` (recall only), of the examples, and of the sentences with claims
in `tests/cases/kinds.en.jsonl` and of PLV, how many are kept. On real news texts in `../shared/data`, evenly sampled:
how many reports are left out, and how many of the reports and claims that the full path finds there are lost with
them. The full path is itself wrong about many claims in such texts, so that this is recall of what dateline says, not
of what is true.
For some thresholds around the one that is used, the same is told of each corpus.
Saved: the CPU time of the filter and of the full path for the same texts, and of ordinary reports made by
`training/relevance/generate.py` how many are left out (their templates are learned from: an upper bound).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from dateline.ingest import text as reader
from dateline.model import Document, Hints
from dateline.pipeline import Reading, describe, extract_claims
from dateline.relevance import filters, keeps, shown

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CORPORA = ("geo/lgl", "geo/geovirus", "geo/trnews", "polnear/dev", "polnear/train")
LOOKED_AT = frozenset({"geo/lgl", "geo/geovirus", "geo/trnews", "polnear/dev"})
"""Corpora whose texts, or what was lost of them, were looked at when templates were written or the threshold chosen."""
THRESHOLDS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5)
"""Thresholds for which the trade-off is told."""

T = TypeVar("T")


def lines(path: Path) -> list[dict[str, object]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def described(body: str) -> Reading:
    """A text as the path describes it."""
    hints = Hints(published="2024-05-04", outlet="Benchmark")
    return next(describe(item, hints) for item in reader.read(body.encode("utf-8", "replace"), hints))


def timed(run: Callable[[], T]) -> tuple[T, float]:
    """What a function gives, and the CPU seconds it took."""
    began = time.process_time()
    found = run()
    return found, time.process_time() - began


def gold() -> None:
    """Recall on reports and sentences that people marked."""
    folder = SHARED / "gold"
    if folder.is_dir():
        for name in ("dev", "seeds", "check"):
            ids = [d["id"] for d in lines(folder / "documents.jsonl") if d["set"] == name and d["n_claims"]]
            _tell(f"gold {name}", [(folder / "docs" / f"{one}.txt").read_text(encoding="utf-8") for one in ids])
    acts = SHARED / "data" / "plv" / "train.jsonl"
    if acts.is_file():
        _tell("sentences of PLV", [str(row["sentence"]) for row in lines(acts)])
    _tell("examples", [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").rglob("*.txt"))])
    cases = lines(ROOT / "tests" / "cases" / "kinds.en.jsonl")
    for name in ("open", "unseen"):
        _tell(f"sentences, {name}", [str(case["text"]) for case in cases if case["claims"] and case["set"] == name])


def _tell(name: str, texts: list[str]) -> None:
    kept = sum(filters()["en"].keeps(body) for body in texts)
    print(f"{name}: {kept} of {len(texts)} with claims are kept ({kept / len(texts):.3f})")


def corpus(name: str, sample: int) -> None:
    """What is left out of a corpus, and what the full path finds in that."""
    rows = lines(SHARED / "data" / f"{name}.jsonl")
    step = max(1, len(rows) // sample)
    readings = [described(str(row["text"])) for row in rows[::step]]
    kept_readings = [r for r in readings if r.document is not None and not r.refused]
    documents = [r.document for r in kept_readings if isinstance(r.document, Document)]
    kept, cheap = timed(lambda: keeps(documents))
    found, dear = timed(lambda: [len(reading.claims) for reading in extract_claims(kept_readings)])
    size = sum(len(document.text) for document in documents) / 1000
    looked = "looked at" if name in LOOKED_AT else "not looked at"
    print(f"{name} ({looked}), {len(kept)} texts: {told(kept, found, documents)}")
    print(f"  {1e6 * cheap / size:.0f} µs a 1,000 characters, 1/{dear / cheap:.0f} of the full path")
    scored = [filters()["en"].score(shown(document)) for document in documents]
    for threshold in THRESHOLDS:
        print(f"  threshold {threshold}: {told([one >= threshold for one in scored], found, documents)}")


def told(kept: list[bool], found: list[int], documents: list[Document]) -> str:
    """What is left out, in reports and in characters of those without a claim, and what is lost with it."""
    silent = [(keep, len(document.text)) for keep, n, document in zip(kept, found, documents, strict=True) if not n]
    lost = [n for n, keep in zip(found, kept, strict=True) if n and not keep]
    out = sum(not keep for keep, _ in silent) / max(1, len(silent))
    characters = sum(size for keep, size in silent if not keep) / max(1, sum(size for _, size in silent))
    return (
        f"left out {kept.count(False) / len(kept):.2f}, of those without a claim {out:.2f} ({characters:.2f} of their "
        f"characters); lost {len(lost)} of {sum(map(bool, found))} reports with claims, {sum(lost)} of {sum(found)} "
        f"claims ({sum(lost) / max(1, sum(found)):.3f})"
    )


def ordinary(count: int) -> None:
    """How many made reports without a claim are left out."""
    sys.path.insert(0, str(ROOT / "training" / "relevance"))
    from generate import reports

    kept: dict[str, list[bool]] = {}
    for subject, body in reports(count, seed=77):
        kept.setdefault(subject, []).append(filters()["en"].keeps(body))
    for subject, found in sorted(kept.items()):
        print(f"made reports, {subject}: {found.count(False) / len(found):.2f} of {len(found)} left out")
    every = [one for found in kept.values() for one in found]
    print(f"made reports, all: {every.count(False) / len(every):.2f} of {len(every)} left out")


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--sample", type=int, default=40, help="how many texts of each corpus; 0: none")
    options.add_argument("--reports", type=int, default=500, help="how many made reports")
    given = options.parse_args()
    gold()
    ordinary(given.reports)
    for name in CORPORA:
        if given.sample and (SHARED / "data" / f"{name}.jsonl").is_file():
            corpus(name, given.sample)
    return 0


if __name__ == "__main__":
    sys.exit(main())
