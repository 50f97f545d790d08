"""A finding: a trigger with its arguments, before anyone has asked who says it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.lexicon.language import Trigger
from dateline.model import Actor, Kind, Place, Quantity, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.extract.arguments import Arguments


@dataclass(frozen=True)
class Finding:
    """An act or state found in one clause or noun phrase, with who and where and how it was read."""

    kind: Kind
    token: Token
    arguments: Arguments
    trigger: Trigger
    actor: Actor | None
    recipient: Actor | None
    actor_head: Token | None
    recipient_head: Token | None
    evidence: Span
    place: Place | None = None
    quantity: Quantity | None = None
    support: float | None = None
    """How probable the learned model finds the kind, for this word or what it carries; None: it was not asked."""
    basis: dict[str, str] = field(default_factory=dict)

    def but(self, **changes: object) -> Finding:
        """A copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]
