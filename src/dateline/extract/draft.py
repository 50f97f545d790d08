"""A draft: a finding with its chain and slots, on its way to a claim."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.extract.attribution import Chain
from dateline.extract.finding import Finding
from dateline.model import Actor, Kind, Place, Quantity, Span, Stance, TimeRange


@dataclass(frozen=True)
class Draft:
    """A claim before merging; `more` holds further evidence of the same proposition."""

    finding: Finding
    chain: Chain
    kind: Kind
    actor: Actor | None
    recipient: Actor | None
    place: Place | None
    quantity: Quantity | None = None
    time: TimeRange | None = None
    stance: Stance = Stance.ASSERTED
    basis: dict[str, str] = field(default_factory=dict)
    more: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """All evidence, in the order it was found."""
        return (self.finding.evidence, *self.more)
