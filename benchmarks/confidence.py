"""How well a claim's confidence says how often it is right, and the fit of its weights.

    python benchmarks/confidence.py [--fit]

A claim counts as right when it matches an expected claim (same kind, same words) and no slot says something
else (the scorer's *uncontradicted*). Fitted on the seeds and the development set in ../shared/gold and on the
odd lines of tests/cases/claims_en.jsonl, by logistic regression with an L2 penalty; the reliability
table is of `check` and of the even lines, which the fit does not see. `--fit` rewrites the lexicon's weights.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

import battery
from dateline.extract.assembly import VERSION, drafts, finished
from dateline.extract.confidence import features
from dateline.extract.merging import merged
from dateline.extract.reading import Reading
from dateline.ingest import text
from dateline.lexicon.language import language
from dateline.model import Document, Hints, claim_record
from dateline.parse import parsed_documents
from dateline.pipeline import describe

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
WEIGHTS = ROOT / "src/dateline/lexicon/confidence.yaml"
PENALTY = 4.0
Row = tuple[dict[str, float], bool]


def load(path: Path) -> ModuleType:
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def gold_rows(names: set[str]) -> Iterator[Row]:
    """Features and rightness of every claim read from the gold reports of the named sets."""
    scorer = load(SHARED / "bench/score_claims.py")
    listing = [json.loads(x) for x in (SHARED / "gold/documents.jsonl").read_text(encoding="utf-8").splitlines()]
    for name in sorted(names):
        gold = scorer.read(SHARED / f"gold/{name}.jsonl")
        for entry in (e for e in listing if e["set"] == name):
            for document in documents(entry):
                yield from judged(scorer, document, gold.get(entry["id"], []))


def documents(entry: dict[str, Any]) -> Iterator[Document]:
    """The report of one listing line, described."""
    hints = Hints(**{k: entry.get(k) for k in ("published", "title", "outlet")})
    for item in text.read((SHARED / f"gold/docs/{entry['id']}.txt").read_bytes(), hints):
        document = describe(item, hints).document
        if document is not None:
            yield document


def judged(scorer: ModuleType, document: Document, gold: list[dict[str, Any]]) -> Iterator[Row]:
    """The claims of a document with whether each is right by the scorer."""
    parsed = next(parsed_documents([document]))
    reading = Reading(parsed, language("en"))
    kept = merged(reading, drafts(reading))
    records = [claim_record(finished(reading, d), document) for d in kept]
    weights = [[scorer.affinity(g, p, True) for p in records] for g in gold]
    pairs = {j: i for i, j in scorer.assign(weights)} if gold and records else {}
    for at, draft in enumerate(kept):
        right = at in pairs and uncontradicted(scorer, gold[pairs[at]], records[at])
        yield features(reading, draft), right


def uncontradicted(scorer: ModuleType, gold: dict[str, Any], claim: dict[str, Any]) -> bool:
    """Whether no slot of a matched claim says something else than gold."""
    return all(
        scorer.slot(s, gold, claim) or (s in scorer.VALUES and not (scorer.filled(s, gold) and scorer.filled(s, claim)))
        for s in scorer.WHOLE
    )


def battery_rows(parity: int) -> Iterator[Row]:
    """Features and rightness of the claims read from the battery's passages of one parity."""
    given = [p for n, p in enumerate(battery.passages()) if n % 2 == parity]
    made = [Document(str(n), p.text, "", published=p.published, language="en") for n, p in enumerate(given)]
    for passage, parsed in zip(given, parsed_documents(made), strict=True):
        reading = Reading(parsed, language("en"))
        kept = merged(reading, drafts(reading))
        claims = [finished(reading, d) for d in kept]
        pairs = {id(p.claim): p for p in battery.paired(passage, claims) if p.claim is not None}
        for draft, claim in zip(kept, claims, strict=True):
            pair = pairs.get(id(claim))
            yield features(reading, draft), pair is not None and not battery.disagreeing(pair)


def fitted(rows: list[Row]) -> dict[str, float]:
    """Weights by name, `bias` among them: Newton steps on the penalised likelihood."""
    names = ["bias", *sorted({n for f, _ in rows for n in f})]
    matrix = np.array([[1.0, *(f.get(n, 0.0) for n in names[1:])] for f, _ in rows])
    target = np.array([float(right) for _, right in rows])
    penalty = np.full(len(names), PENALTY)
    penalty[0] = 0.0
    beta = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-matrix @ beta))
        gradient = matrix.T @ (target - p) - penalty * beta
        hessian = (matrix * (p * (1 - p))[:, None]).T @ matrix + np.diag(penalty)
        beta = beta + np.linalg.solve(hessian, gradient)
    return {n: round(float(b), 3) for n, b in zip(names, beta, strict=True)}


def probability(weights: dict[str, float], found: dict[str, float]) -> float:
    score = weights["bias"] + sum(weights.get(n, 0.0) * v for n, v in found.items())
    return float(min(0.98, max(0.02, 1 / (1 + np.exp(-score)))))


def table(weights: dict[str, float], rows: list[Row], name: str) -> None:
    """Print how often claims of each confidence are right."""
    scored = [(probability(weights, f), right) for f, right in rows]
    print(f"{name}: {len(rows)} claims, {sum(r for _, r in scored)} right")
    for low, high in ((0.0, 0.3), (0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 1.01)):
        part = [(p, r) for p, r in scored if low <= p < high]
        if part:
            mean, share = np.mean([p for p, _ in part]), np.mean([r for _, r in part])
            print(f"  {low:.1f}-{min(high, 1.0):.1f}  n {len(part):4d}  said {mean:.2f}  right {share:.2f}")
    print(f"  Brier score {np.mean([(p - r) ** 2 for p, r in scored]):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="rewrite the weights")
    given = parser.parse_args()
    seen = [*gold_rows({"seeds", "dev"}), *battery_rows(0)]
    weights = fitted(seen)
    if given.fit:
        lines = [f'  "{name}": {value}' for name, value in weights.items()]
        head = f"# Fitted by benchmarks/confidence.py on {len(seen)} claims of extractor version {VERSION}.\n"
        WEIGHTS.write_text(head + "weights:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    table(weights, seen, "fitted on (seeds, dev, odd battery lines)")
    table(weights, list(gold_rows({"check"})), "check")
    table(weights, list(battery_rows(1)), "even battery lines")


if __name__ == "__main__":
    main()
