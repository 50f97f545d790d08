"""Which single number to take where reports give several: views on a step and its claims, never stored.

Other data sets take one number by a rule of theirs. dateline keeps the range and the claims, and gives each of these
answers on request:

- `lowest`, after ACLED (fatalities, codebook of 2023): the most conservative figure; numbers in words are 3
  ("several"), 10 ("many"), 12 ("dozens") and 100 ("hundreds").
- `best_low_high`, after UCDP GED (codebook 23.1): the most credible estimate beside the lowest and the highest; here
  that of most independent origins, the lower one among equals.
- `latest`: the figure of the newest day, of the newest report among equals.
- `by_source`: the newest figure of everyone who gives one.

A step that is derived ("766 of 950 have left") has no claim for its number; its own bounds answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.lexicon.presence_words import vague_number
from dateline.model import Claim, Kind, Quantity, Scope, Stance, Step, Unit
from dateline.reconcile.origins import witnesses
from dateline.reconcile.presence.figures import Range
from dateline.reconcile.presence.sightings import claim_day
from dateline.reconcile.reports import Reports


@dataclass(frozen=True, slots=True)
class Estimate:
    """One answer: the number, the bounds it was taken from, and the claims that give it (none: derived)."""

    number: float | None
    low: float | None
    high: float | None
    claims: tuple[str, ...] = ()


def lowest(step: Step, claims: Mapping[str, Claim]) -> Estimate | None:
    """The most conservative figure (ACLED); None where no number is said."""
    told = _figures(step, claims)
    if not told:
        return _own(step, step.low if step.low is not None else step.high)
    number = min(_conservative(quantity) for _, quantity in told)
    givers = tuple(claim.id for claim, quantity in told if _conservative(quantity) == number)
    return Estimate(number, step.low, step.high, givers)


def best_low_high(step: Step, claims: Mapping[str, Claim], reports: Reports) -> Estimate | None:
    """Best, lowest and highest (UCDP): best is the figure of most independent origins, the lower among equals."""
    told = _figures(step, claims)
    if not told:
        return _own(step, step.low if step.low is not None else step.high)
    givers: dict[float, list[Claim]] = {}
    for claim, quantity in told:
        givers.setdefault(_middle(quantity), []).append(claim)
    best = min(givers, key=lambda number: (-_tellings(givers[number], reports), number))
    lows = [_conservative(quantity) for _, quantity in told]
    highs = [quantity.high if quantity.high is not None else _conservative(quantity) for _, quantity in told]
    return Estimate(best, min(lows), max(highs), tuple(claim.id for claim in givers[best]))


def latest(step: Step, claims: Mapping[str, Claim], reports: Reports) -> Estimate | None:
    """The figure of the newest day that a claim speaks of."""
    told = _figures(step, claims)
    if not told:
        return _own(step, step.low if step.low is not None else step.high)
    newest, quantity = max(told, key=lambda pair: _age(pair[0], reports))
    return Estimate(_middle(quantity), quantity.low, quantity.high, (newest.id,))


def by_source(step: Step, claims: Mapping[str, Claim], reports: Reports) -> dict[str, Estimate]:
    """The newest figure of each who gives one: the source a claim names, else the outlet; in alphabetical order."""
    found: dict[str, tuple[Claim, Quantity]] = {}
    for claim, quantity in sorted(_figures(step, claims), key=lambda pair: _age(pair[0], reports)):
        found[_giver(claim, reports)] = (claim, quantity)
    return {
        name: Estimate(_middle(quantity), quantity.low, quantity.high, (claim.id,))
        for name, (claim, quantity) in sorted(found.items())
    }


def _figures(step: Step, claims: Mapping[str, Claim]) -> list[tuple[Claim, Quantity]]:
    """The supporting claims that count those who are there, and agree with the step."""
    bounds = Range(step.low, step.high)
    if not bounds.said or bounds.empty:
        return []
    found = []
    for claim in (claims[name] for name in step.supports if name in claims):
        quantity = claim.quantity
        if quantity is None or quantity.unit is not Unit.PERSONNEL or claim.stance is not Stance.ASSERTED:
            continue
        of_those_there = claim.kind is not Kind.WITHDRAWAL or quantity.scope is Scope.REMAINING
        said = Range(quantity.low, quantity.high)
        if of_those_there and quantity.scope is not Scope.CEILING and said.said and said.agrees(bounds):
            found.append((claim, quantity))
    return found


def _own(step: Step, number: float | None) -> Estimate | None:
    """The bounds of a step without a claim for its number."""
    return None if step.low is None and step.high is None else Estimate(number, step.low, step.high)


def _conservative(quantity: Quantity) -> float:
    """The least that a figure says; numbers in words as ACLED puts them."""
    in_words = vague_number(quantity.text or "")
    if in_words is not None:
        return in_words
    return (quantity.low if quantity.low is not None else quantity.high) or 0.0


def _middle(quantity: Quantity) -> float:
    """One number for a figure: between its bounds, or the one that is said."""
    low = quantity.high if quantity.low is None else quantity.low
    high = quantity.low if quantity.high is None else quantity.high
    return ((low or 0.0) + (high or 0.0)) / 2


def _age(claim: Claim, reports: Reports) -> tuple[str, str, str]:
    said = reports.published(claim.document)
    return (claim_day(claim, said) or "", said or "", claim.id)


def _giver(claim: Claim, reports: Reports) -> str:
    said = claim.attribution
    if said is not None and said.source is not None:
        return said.source.name
    document = reports.documents.get(claim.document)
    return claim.document if document is None else document.agency or document.outlet or claim.document


def _tellings(claims: list[Claim], reports: Reports) -> int:
    """How many tellings claims come to; data sets are none."""
    return sum(not one.is_data for one in witnesses(claims, reports))
