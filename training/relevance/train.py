"""Learn the weights of the relevance filter from sentences of our own, and write them where the package loads them.

    python training/relevance/train.py [--into src/dateline/relevance] [--threshold 0.5] [--growth 0.4]

Needs scikit-learn (extra `train`). Positive: every sentence of `training/kinds/` that tells a coded act, and plain ones
of `generate.py`. Negative: the `none` lines of `training/kinds/`, which mislead on purpose and weigh less, and ordinary
sentences of `generate.py`. What the weights are worth is measured by `benchmarks/relevance.py`; this script prints what
passes of lines and subjects not learned from.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from generate import TELLING
from generate import sentences as made
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dateline.relevance.features import features, sentences

ROOT = Path(__file__).resolve().parents[2]
KINDS = ROOT / "training" / "kinds"
ORDINARY = 30_000
"""Ordinary sentences that are generated."""
PLAIN = 12_000
"""Sentences with a claim that are generated."""
MISLEADING = 0.25
"""Weight of a `none` line: reports that keep such company may tell claims next to it."""
RARE = 3
"""Lines below which a feature is not learned."""
SMALL = 0.05
"""Weights nearer to nought than this are left out."""
STRENGTH = 0.3
"""Inverse strength of the L2 penalty."""
PARTS = 5
SHORT = 3
"""Letters from which on a single word may be a feature."""
EMPTY = frozenset(Path(__file__).with_name("empty.txt").read_text(encoding="utf-8").split())
"""Words that tell how a text is written and not what it is about: not learned, alone or in pairs of their own."""


@dataclass(frozen=True)
class Line:
    """The features of a sentence, whether it tells a claim, how much it counts, and what it was made for."""

    features: frozenset[str]
    tells: bool
    weight: float
    made_for: str
    subject: bool = False


def lines(seed: int) -> list[Line]:
    """All sentences, shuffled."""
    found = []
    for path in sorted(KINDS.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            tells = not row["code"].startswith("none") or bool(row["others"])
            weight = 1.0 if tells else MISLEADING
            made_for = row["code"].partition(".")[0] if tells else row["code"]
            found.append(_line(row["sentence"], tells, weight, made_for))
    found += [replace(_line(text, False, 1.0, name), subject=True) for name, text in made(ORDINARY, seed)]
    found += [replace(_line(text, True, 1.0, name), subject=True) for name, text in made(PLAIN, seed, TELLING)]
    random.Random(seed).shuffle(found)
    return found


def _line(text: str, tells: bool, weight: float, made_for: str) -> Line:
    seen: set[str] = set()
    for sentence in sentences(text):
        seen |= features(sentence)
    return Line(frozenset(filter(telling, seen)), tells, weight, made_for)


def telling(feature: str) -> bool:
    """Whether a feature tells what a sentence is about."""
    if feature[0] in "#<":
        return feature not in EMPTY
    words = feature.split()
    return not EMPTY.issuperset(words) and (len(words) > 1 or len(feature) >= SHORT)


def learned(known: list[Line]) -> tuple[dict[str, float], float]:
    """The weights by feature, and the bias."""
    counts = Counter(feature for line in known for feature in line.features)
    index = {feature: number for number, feature in enumerate(sorted(f for f, n in counts.items() if n >= RARE))}
    rows = [[index[f] for f in line.features if f in index] for line in known]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.array([c for row in rows for c in row])
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(index)))
    model = LogisticRegression(C=STRENGTH, max_iter=300, solver="liblinear")
    model.fit(matrix, [line.tells for line in known], sample_weight=[line.weight for line in known])
    weights = {f: round(float(model.coef_[0][n]), 2) for f, n in index.items() if abs(model.coef_[0][n]) >= SMALL}
    return weights, round(float(model.intercept_[0]), 2)


def passing(known: list[Line], asked: list[Line], threshold: float, passed: Counter[str]) -> None:
    """Count what passes of `asked`, by what it was made for, with weights learned on `known`."""
    weights, bias = learned(known)
    for line in asked:
        passed[line.made_for] += bias + sum(weights.get(f, 0.0) for f in line.features) >= threshold


def crossed(known: list[Line], threshold: float) -> None:
    """Print what passes of marked lines and of made subjects that were not learned from, each in parts."""
    passed: Counter[str] = Counter()
    marked = [line for line in known if not line.subject]
    made_lines = [line for line in known if line.subject]
    names = sorted({line.made_for for line in made_lines})
    for part in range(PARTS):
        asked = frozenset(names[part::PARTS])
        others = [line for n, line in enumerate(marked) if n % PARTS != part]
        rest = [*others, *(line for line in made_lines if line.made_for not in asked)]
        own = [*marked[part::PARTS], *(line for line in made_lines if line.made_for in asked)]
        passing(rest, own, threshold, passed)
    every = Counter(line.made_for for line in known)
    for name, count in sorted(every.items()):
        print(f"{name:22} {passed[name] / count:6.3f} of {count} pass")
    told = {line.made_for for line in known if line.tells}
    for title, chosen in (("all that tell", told), ("all made ordinary", set(names) - told)):
        found, there = sum(passed[n] for n in chosen), sum(every[n] for n in chosen)
        print(f"{title:22} {found / there:6.3f} of {there} pass")


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--into", type=Path, default=ROOT / "src/dateline/relevance")
    options.add_argument("--threshold", type=float, default=0.5, help="the score from which on a report is kept")
    options.add_argument(
        "--growth", type=float, default=0.4, help="by how much that grows with the log of the sentences"
    )
    options.add_argument("--seed", type=int, default=9)
    options.add_argument("--no-crossing", action="store_true", help="only write the weights")
    given = options.parse_args()
    known = lines(given.seed)
    if not given.no_crossing:
        crossed(known, given.threshold)
    weights, bias = learned(known)
    data = "".join(f"{feature}\t{weight}\n" for feature, weight in sorted(weights.items())).encode()
    (given.into / "en.tsv").write_bytes(data)
    entry = {
        "file": "en.tsv",
        "sha256": hashlib.sha256(data).hexdigest(),
        "bias": bias,
        "threshold": given.threshold,
        "growth": given.growth,
    }
    manifest = given.into / "languages.json"
    held = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else {}
    manifest.write_text(json.dumps(held | {"en": entry}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(weights)} weights of {len(known)} lines, {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
