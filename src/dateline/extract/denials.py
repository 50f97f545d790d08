"""Forces denied by a pronoun: "Kinshasa says 4,000 Rwandan soldiers are in Congo, which Kigali denies".

Who denies that its forces are somewhere says so of the claim told before, so it is that claim, denied; a charge that is
denied stays a rejection (see the annotation guide).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extract.arguments import Arguments
from dateline.extract.attribution import Attributor, Chain
from dateline.extract.cues import Cue
from dateline.extract.scenes import Act
from dateline.model import Kind, Stance
from dateline.parse.forms import means, pivot

FORCES = frozenset({Kind.PRESENCE, Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.WITHDRAWAL, Kind.ARMS_TRANSFER})
SHORT = frozenset({"it", "this", "that", "which"})
REACH = 2
"""Sentences back within which a pronoun means what was told."""


def with_denials(acts: Sequence[Act], cues: Sequence[Cue], attributor: Attributor) -> Iterator[Act]:
    """The acts, each rejection of forces told before as those forces, denied."""
    sayings = {cue.word.i: cue for cue in cues if cue.source is not None}
    for act in acts:
        denied = _denied(act, acts) if act.finding.kind is Kind.REJECTION else None
        saying = sayings.get(act.token.i)
        if denied is None or saying is None:
            yield act
            continue
        told = denied.finding
        finding = told.but(
            token=act.token,
            arguments=Arguments(),
            actor_head=None,
            recipient_head=None,
            evidence=act.finding.evidence,
            support=act.finding.support,
            basis=told.basis | {"stance": f"“{act.token.text}” what was told before"},
        )
        chain = Chain((saying,), replace(attributor.said(saying), via=()))
        yield replace(act, finding=finding, chain=chain, stance=Stance.DENIED, time=denied.time, places=denied.places)


def _denied(act: Act, acts: Sequence[Act]) -> Act | None:
    """The forces of the denier's own state, or on its ground, that another source has just told of."""
    objects = [c for c in act.token.children if c.dep_ == "dobj"]
    denier = act.finding.actor
    if denier is None or denier.country is None or not means(act.token, "deny"):
        return None
    if len(objects) != 1 or pivot(objects[0]) not in SHORT:
        return None
    before = [a for a in acts if a.token.i < act.token.i and _sentences(a, act) <= REACH]
    if any(a.finding.kind is Kind.ACCUSATION for a in before) or not before:
        return None
    last = max(before, key=lambda a: a.token.i)
    told, source = last.finding, last.chain.attribution
    parties = (told.actor, told.recipient)
    concerned = any(p is not None and p.country == denier.country for p in parties)
    own = last.chain.cues and any(c.source is not None and c.source.text == denier.text for c in last.chain.cues)
    if told.kind not in FORCES or source is None or own or not concerned or last.stance is Stance.DENIED:
        return None
    return last


def _sentences(earlier: Act, later: Act) -> int:
    between = later.token.doc[earlier.token.i + 1 : later.token.i + 1]
    return sum(bool(t.is_sent_start) for t in between)
