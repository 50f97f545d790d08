"""Keys under which similar reports meet, in linear time: samples of word sequences, and MinHash of what is told.

A copied passage is found by a sample of its six-word sequences (one in eight, chosen by their checksum, so that
both texts choose the same: modulo sampling after Manber 1994); reworded reports by MinHash (Broder 1997) over the
terms they tell, in bands (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4). Keys carry slots of days,
so that reports far apart in time do not meet.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from rensa import RMinHash

from dateline.lexicon.reuse_words import reuse_words
from dateline.reconcile.origins.wording import Wording

SHINGLE: Final = 6
"""Words of a sampled sequence: stock phrases of news are shorter."""

ONE_IN: Final = 8
"""Of so many sequences one is kept: a passage of 30 words keeps about three."""

MOST_PRINTS: Final = 160
"""Kept of a long text: the smallest checksums."""

BANDS: Final = 20
ROWS: Final = 2
"""Two rows: reports that share 40 % of their terms meet with 97 %, those that share 8 % with 12 %."""

SEED: Final = 20_240_503

PRINT_DAYS: Final = 20
"""Days of a slot for copied passages; slots of every second key begin in the middle of the others."""

BAG_DAYS: Final = 8


def prints(text: Wording) -> tuple[int, ...]:
    """The sampled sequences of six words, at least two of which tell something."""
    words, terms = text.words, text.terms
    found = set()
    for at in range(len(words) - SHINGLE + 1):
        checksum = zlib.crc32(" ".join(words[at : at + SHINGLE]).encode("utf-8", "surrogatepass"))
        if checksum % ONE_IN == 0 and sum(term is not None for term in terms[at : at + SHINGLE]) > 1:
            found.add(checksum)
    return tuple(sorted(found)[:MOST_PRINTS])


def bag(text: Wording) -> tuple[int, ...]:
    """MinHash of the terms, common ones and countries left out; empty where fewer than eight are left."""
    common = reuse_words().common
    terms = {term for term in text.terms if term is not None and term[0] != "@" and term not in common}
    if len(terms) < 8:
        return ()
    sketch = RMinHash(BANDS * ROWS, SEED)
    sketch.update(sorted(terms))
    return tuple(sketch.digest())


def alike(a: Sequence[int], b: Sequence[int]) -> float:
    """The estimated share of terms that two reports have in common (Jaccard), 0 where one has no MinHash."""
    return sum(x == y for x, y in zip(a, b, strict=True)) / len(a) if a and b else 0.0


def text_keys(sample: Iterable[int], digest: Sequence[int], published: str | None) -> Iterator[str]:
    """The keys of a text: one for each sampled sequence and each band."""
    for checksum in sample:
        yield f"p{checksum:x}.{slot(published, PRINT_DAYS, (checksum // ONE_IN) % 2)}"
    for band in range(len(digest) // ROWS):
        rows = ".".join(f"{value:x}" for value in digest[band * ROWS : (band + 1) * ROWS])
        yield f"b{band}.{rows}.{slot(published, BAG_DAYS, band % 2)}"


def slot(published: str | None, days: int, phase: int) -> str:
    """The number of the slot of days a report falls in; those of phase 1 begin half a slot later. "-" without a day."""
    if published is None:
        return "-"
    number = (date.fromisoformat(published).toordinal() + phase * (days // 2)) // days
    return f"{'AB'[phase]}{number}"
