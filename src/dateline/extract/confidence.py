"""Confidence: the probability that a claim is right, from how it was read."""

from __future__ import annotations

from dateline.extract.draft import Draft
from dateline.extract.reading import Reading


def confidence(reading: Reading, draft: Draft) -> float:
    """A probability between 0 and 1."""
    return 0.6
