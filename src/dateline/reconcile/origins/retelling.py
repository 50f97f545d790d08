"""How much of what one report tells another tells too, sentence by sentence, whatever the words and the order.

For each sentence the other's sentence that shares most of its terms is sought; the share of their weight counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from typing import Final

from dateline.reconcile.origins.weights import weight
from dateline.reconcile.origins.wording import Wording

SLIGHT: Final = 0.3
"""A sentence that shares less of its weight with any one of the other's is not told there."""

SAME: Final = 0.3
"""Two sentences that share so much of the heavier one's weight, each the other's best match, tell the same."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The terms of a sentence and their weight; `begin`/`end` are numbers of words."""

    begin: int
    end: int
    terms: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Retelling:
    """Pairs of (the first report, the second), by weight, 0 to 1.

    `told` is what of each the other tells too, `absent` its sentences of which the other tells next to nothing; `same`
    are pairs of sentences that tell the same.
    """

    told: tuple[float, float]
    absent: tuple[float, float]
    same: tuple[tuple[Sentence, Sentence], ...]


@lru_cache(maxsize=512)
def sentences(text: Wording) -> tuple[Sentence, ...]:
    """The sentences of a report that tell at least two things."""
    found = []
    for begin, end in text.sentences:
        terms = frozenset(term for term in text.terms[begin:end] if term is not None)
        if len(terms) > 1:
            found.append(Sentence(begin, end, terms, fsum(map(weight, terms))))
    return tuple(found)


def retelling(a: Wording, b: Wording) -> Retelling:
    """How much of what each of two reports tells the other tells too."""
    of_a, of_b = sentences(a), sentences(b)
    shared = _shared(of_a, of_b)
    best_a, best_b = [max(row.values(), default=0.0) for row in shared], _best_of_b(shared, len(of_b))
    same = []
    for i, row in enumerate(shared):
        j = max(row, key=lambda key: (row[key], -key), default=None)
        if j is not None and row[j] >= best_b[j] and row[j] >= SAME * max(of_a[i].weight, of_b[j].weight):
            same.append((of_a[i], of_b[j]))
    return Retelling(
        told=(_share(of_a, best_a), _share(of_b, best_b)),
        absent=(_absent(of_a, best_a), _absent(of_b, best_b)),
        same=tuple(same),
    )


def _shared(of_a: Sequence[Sentence], of_b: Sequence[Sentence]) -> list[dict[int, float]]:
    """For each sentence of `a` the weight it shares with each sentence of `b` that has one of its terms."""
    places: dict[str, list[int]] = defaultdict(list)
    for j, sentence in enumerate(of_b):
        for term in sentence.terms:
            places[term].append(j)
    found = []
    for sentence in of_a:
        row: dict[int, float] = defaultdict(float)
        for term in sorted(sentence.terms & places.keys()):
            value = weight(term)
            for j in places[term]:
                row[j] += value
        found.append(dict(row))
    return found


def _best_of_b(shared: Sequence[Mapping[int, float]], size: int) -> list[float]:
    best = [0.0] * size
    for row in shared:
        for j, value in row.items():
            best[j] = max(best[j], value)
    return best


def _share(told: Sequence[Sentence], best: Sequence[float]) -> float:
    total = sum(sentence.weight for sentence in told)
    kept = sum(value for sentence, value in zip(told, best, strict=True) if value >= SLIGHT * sentence.weight)
    return kept / total if total else 0.0


def _absent(told: Sequence[Sentence], best: Sequence[float]) -> float:
    total = sum(sentence.weight for sentence in told)
    gone = sum(s.weight for s, value in zip(told, best, strict=True) if value < SLIGHT * s.weight)
    return gone / total if total else 0.0
