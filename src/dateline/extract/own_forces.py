"""A state that has, sends or withdraws men stands for its forces: "Russia still has 1,500 men in Mali"."""

from __future__ import annotations

from dataclasses import replace

from dateline.extract.conditions import content_head
from dateline.extract.finding import Finding
from dateline.extract.reading import POSTURE, Reading
from dateline.model import Sector
from dateline.parse.forms import pivot

MEN = frozenset({"men", "personnel", "women", "staff", "division", "divisions", "corps"})
"""Words for those who are not told to be soldiers."""


def _without_civilians(reading: Reading, finding: Finding) -> Finding:
    """The finding without people of no state beside its forces: "Turkish advisers and employees of a company"."""
    actor, head = finding.actor, finding.actor_head
    if finding.kind not in POSTURE or actor is None or head is None or actor.sector is not Sector.MIL:
        return finding
    if "; " not in actor.name:
        return finding
    first = reading.actor(head, joint=False)
    others = [a for t in head.conjuncts if (a := reading.actor(t, joint=False)) is not None]
    civil = others and all(a.sector is Sector.CIV and a.country is None for a in others)
    return finding.but(actor=first) if civil and first is not None else finding


def with_own_forces(reading: Reading, finding: Finding) -> Finding:
    """The finding with the state's forces, or police, as actor where its government is told to have or move them."""
    finding = _without_civilians(reading, finding)
    actor = finding.actor
    if finding.kind not in POSTURE or actor is None or actor.country is None or actor.sector is not Sector.GOV:
        return finding
    state, _, body = actor.name.partition(", ")
    heads = finding.arguments.get("obj")
    if body not in ("government", "military government") or not heads:
        return finding
    held = reading.actor(heads[0])
    if held is not None and held.sector is Sector.POL:
        return finding.but(actor=replace(actor, name=f"{state}, police", sector=Sector.POL))
    own = held is not None and held.sector is Sector.MIL and held.country == actor.country
    if not own and pivot(content_head(heads[0])) not in MEN:
        return finding
    return finding.but(actor=replace(actor, name=f"{state}, armed forces", sector=Sector.MIL))
