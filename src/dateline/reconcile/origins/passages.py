"""Passages that stand in both of two reports, word for word but for small changes; in linear time.

Three words in a row that both have are a seed; seeds grow to runs, and runs that follow one another in both texts
with a few words changed between them are one passage. The order of passages does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dateline.reconcile.origins.wording import Wording

SEED: Final = 3
"""Words of a seed."""

GAP: Final = 8
"""Words that may have been changed, added or cut between two runs of one passage."""

LEAST: Final = 8
"""Words that a passage shares at least: stock phrases ("on condition of anonymity") are shorter."""

TELLING: Final = 3
"""Of which so many tell something."""

OCCURRENCES: Final = 6
"""Places of one seed that are tried: repeated phrases cost no more."""


@dataclass(frozen=True, slots=True)
class Run:
    """`size` words that are the same from `a` on in the one text and from `b` on in the other."""

    a: int
    b: int
    size: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Runs that follow one another in both texts."""

    runs: tuple[Run, ...]

    @property
    def size(self) -> int:
        """Words that are the same."""
        return sum(run.size for run in self.runs)


def passages(a: Wording, b: Wording) -> tuple[Passage, ...]:
    """The shared passages in the order of `b`."""
    found = []
    for group in _grouped(_runs(a, b)):
        passage = Passage(tuple(group))
        telling = sum(a.terms[at] is not None for run in group for at in range(run.a, run.a + run.size))
        if passage.size >= LEAST and telling >= TELLING:
            found.append(passage)
    return tuple(found)


def covered(shared: Sequence[Passage], of_a: Wording, of_b: Wording) -> tuple[bytearray, bytearray]:
    """For each word of both texts whether it stands in a shared passage."""
    in_a, in_b = bytearray(len(of_a)), bytearray(len(of_b))
    for passage in shared:
        for run in passage.runs:
            in_a[run.a : run.a + run.size] = b"\x01" * run.size
            in_b[run.b : run.b + run.size] = b"\x01" * run.size
    return in_a, in_b


@lru_cache(maxsize=256)
def _seeds(text: Wording) -> Mapping[tuple[str, ...], list[int]]:
    """Where each three words in a row stand."""
    found: dict[tuple[str, ...], list[int]] = {}
    words = text.words
    for at, seed in enumerate(zip(words, words[1:], words[2:], strict=False)):
        places = found.setdefault(seed, [])
        if len(places) < OCCURRENCES:
            places.append(at)
    return found


def _runs(first: Wording, second: Wording) -> Iterator[Run]:
    """Longest common runs from left to right of the second; one that goes on from the run before is preferred."""
    a, b, seeds = first.words, second.words, _seeds(first)
    at, after = 0, -1
    while at <= len(b) - SEED:
        places = seeds.get(b[at : at + SEED])
        if not places:
            at += 1
            continue
        best = max((Run(place, at, _size(a, b, place, at)) for place in places), key=lambda run: _rank(run, after))
        yield best
        at += best.size
        after = best.a + best.size


def _rank(run: Run, after: int) -> tuple[int, int]:
    """Length, with the words of one gap in favour of going on."""
    follows = 0 <= run.a - after <= GAP
    return run.size + (GAP if follows else 0), -run.a


def _size(a: Sequence[str], b: Sequence[str], i: int, j: int) -> int:
    size = SEED
    while i + size < len(a) and j + size < len(b) and a[i + size] == b[j + size]:
        size += 1
    return size


def _grouped(runs: Iterator[Run]) -> Iterator[list[Run]]:
    group: list[Run] = []
    for run in runs:
        if group:
            last = group[-1]
            gap_a, gap_b = run.a - last.a - last.size, run.b - last.b - last.size
            if not (0 <= gap_a <= GAP and gap_b <= GAP):
                yield group
                group = []
        group.append(run)
    if group:
        yield group
