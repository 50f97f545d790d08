"""Who says a claim, and through whom it reached its report, in words."""

from __future__ import annotations

from dateline.model import Claim, Document


def voices(claim: Claim, document: Document) -> tuple[str, ...]:
    """Who says a claim, then through whom it reached the report; the outlet where the report speaks for itself."""
    said = claim.attribution
    if said is None:
        return (document.outlet or "the report itself",)
    name = said.source.name if said.source is not None else f"somebody ({str(said.source_kind).replace('_', ' ')})"
    return (name, *reversed(said.via))


def voice_of(claim: Claim, document: Document) -> str:
    """The same in words: "Lloyd Austin via Reuters"."""
    return " via ".join(voices(claim, document))
