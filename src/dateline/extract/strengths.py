"""Strengths: a counted force in a place, said in passing ("its 1,500 troops in Niger"), is a presence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, words
from dateline.extract.conditions import FORCE
from dateline.extract.evidence import evidence_span
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.lexicon.language import Trigger
from dateline.model import Kind, Unit
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

TRIGGER = Trigger(Kind.PRESENCE, ("number",), (), (), ("of",), ("host",), frozenset(), None, None, None)


def strengths(reading: Reading, found: Iterable[Finding]) -> Iterator[Finding]:
    """One finding a counted force whose phrase names its place and which no other finding speaks of."""
    spoken_of = {head.i for finding in found for heads in finding.arguments.slots.values() for head in heads}
    for counted in reading.counted:
        if counted.quantity.unit is not Unit.PERSONNEL or counted.head is None or counted.head in spoken_of:
            continue
        head = reading.doc[counted.head]
        actor = reading.actor(head)
        place = _place_head(reading, head)
        if actor is None or actor.sector not in FORCE or place is None:
            continue
        args = Arguments()
        args.put("of", head)
        args.put("in", place)
        yield Finding(
            kind=Kind.PRESENCE,
            token=head,
            arguments=args,
            trigger=TRIGGER,
            actor=actor,
            recipient=None,
            actor_head=head,
            recipient_head=None,
            evidence=evidence_span(reading, head, args),
            basis={"kind": f"number of “{head.text}” in a place", "actor": "who is counted"},
        )


def _place_head(reading: Reading, head: Token) -> Token | None:
    for prep in head.rights:
        if prep.dep_ == "prep" and pivot(prep) in words(prep, "at"):
            for pobj in prep.children:
                if pobj.dep_ == "pobj" and pobj.i in reading.place_of_token:
                    return pobj
    return None
