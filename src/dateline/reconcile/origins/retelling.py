"""How much of what one report tells another tells too, sentence by sentence, whatever the words and the order.

For each sentence the other's sentence that shares most of its terms is sought; the share of their weight counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dateline.reconcile.origins.weights import weight
from dateline.reconcile.origins.wording import Wording

SLIGHT: Final = 0.3
"""A sentence that shares less of its weight with any one of the other's is not told there."""

Terms = frozenset[str]


@lru_cache(maxsize=512)
def told(text: Wording) -> tuple[tuple[Terms, float], ...]:
    """The terms of each sentence with their weight; sentences of less than two terms are left out."""
    found = []
    for begin, end in text.sentences:
        terms = frozenset(term for term in text.terms[begin:end] if term is not None)
        if len(terms) > 1:
            found.append((terms, sum(map(weight, terms))))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Retelling:
    """Pairs of (the first report, the second), by weight, 0 to 1: `told` what of it the other tells too, `absent` its
    sentences of which the other tells next to nothing."""

    told: tuple[float, float]
    absent: tuple[float, float]


def retelling(a: Wording, b: Wording) -> Retelling:
    """How much of what each of two reports tells the other tells too."""
    of_a, of_b = told(a), told(b)
    shared = _shared(of_a, of_b)
    best_a, best_b = [max(row.values(), default=0.0) for row in shared], _best_of_b(shared, len(of_b))
    return Retelling((_share(of_a, best_a), _share(of_b, best_b)), (_absent(of_a, best_a), _absent(of_b, best_b)))


def matched(a: Wording, b: Wording) -> tuple[tuple[int, int], ...]:
    """Pairs of sentences (by their number in `told`) that each are the other's best match."""
    of_a, of_b = told(a), told(b)
    shared = _shared(of_a, of_b)
    best = _best_of_b(shared, len(of_b))
    pairs = []
    for i, row in enumerate(shared):
        j = max(row, key=lambda key: (row[key], -key), default=None)
        if j is not None and row[j] >= best[j] and row[j] >= 0.5 * max(of_a[i][1], of_b[j][1]):
            pairs.append((i, j))
    return tuple(pairs)


def _shared(of_a: Sequence[tuple[Terms, float]], of_b: Sequence[tuple[Terms, float]]) -> list[dict[int, float]]:
    """For each sentence of `a` the weight it shares with each sentence of `b` that has one of its terms."""
    places: dict[str, list[int]] = defaultdict(list)
    for j, (terms, _) in enumerate(of_b):
        for term in terms:
            places[term].append(j)
    found = []
    for terms, _ in of_a:
        row: dict[int, float] = defaultdict(float)
        for term in sorted(terms):
            for j in places.get(term, ()):
                row[j] += weight(term)
        found.append(dict(row))
    return found


def _best_of_b(shared: Sequence[Mapping[int, float]], size: int) -> list[float]:
    best = [0.0] * size
    for row in shared:
        for j, value in row.items():
            best[j] = max(best[j], value)
    return best


def _share(sentences: Sequence[tuple[Terms, float]], best: Sequence[float]) -> float:
    total = sum(whole for _, whole in sentences)
    kept = sum(value for (_, whole), value in zip(sentences, best, strict=True) if value >= SLIGHT * whole)
    return kept / total if total else 0.0


def _absent(sentences: Sequence[tuple[Terms, float]], best: Sequence[float]) -> float:
    total = sum(whole for _, whole in sentences)
    gone = sum(whole for (_, whole), value in zip(sentences, best, strict=True) if value < SLIGHT * whole)
    return gone / total if total else 0.0
