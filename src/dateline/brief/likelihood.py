"""The words for likelihood that a brief may use: those of Intelligence Community Directive 203, and no others.

ICD 203, "Analytic Standards" (Office of the Director of National Intelligence, 2 January 2015), section D.6.e.2.a:
seven steps with ranges in percent. A word stands only beside a probability, which in this ledger is that of a reading
(`Claim.confidence`: that the record says what the report does). Nothing here is a probability that a report is right,
so no such word stands in a sentence on the matter itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SCALE: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "almost_no_chance": (0.01, 0.05),
        "very_unlikely": (0.05, 0.20),
        "unlikely": (0.20, 0.45),
        "roughly_even": (0.45, 0.55),
        "likely": (0.55, 0.80),
        "very_likely": (0.80, 0.95),
        "almost_certain": (0.95, 0.99),
    }
)
"""The steps by key, each with the probabilities from which to which it reaches."""


def likelihood(probability: float) -> str | None:
    """The step of a probability; one on a bound belongs to the step nearer to a half, none fits below 1 or above 99 %.

    >>> likelihood(0.62), likelihood(0.55), likelihood(0.2), likelihood(1.0)
    ('likely', 'roughly_even', 'unlikely', None)
    """
    steps = [key for key, (low, high) in SCALE.items() if low <= probability <= high]
    if not steps:
        return None
    return steps[-1] if probability < 0.5 else steps[0]
