"""What the judgements of analysts come to: the last one that was not reversed stands."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model import DisputeKind


@dataclass(frozen=True, slots=True)
class Settlement:
    """A dispute that a judgement decided: the claims it was between, and those it decided for."""

    judgement: str
    kind: DisputeKind | None
    claims: frozenset[str]
    favours: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """All that stands of the judgements, as reconciliation needs it."""

    together: tuple[frozenset[str], ...] = ()
    apart: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    documents_together: tuple[frozenset[str], ...] = ()
    documents_apart: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    settlements: tuple[Settlement, ...] = ()
    accepted: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()


NO_VERDICTS = Verdicts()
