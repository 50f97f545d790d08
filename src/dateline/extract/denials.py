"""What is denied by a pronoun: "Kinshasa says 4,000 Rwandan soldiers are in Congo, which Kigali denies".

Who denies what another has just told says of that claim that it is not so: it is the same claim, denied, by another
source. A denial of wrongdoing between two parties stays a rejection (see the annotation guide): what is put as a charge
never becomes a claim denied, and what is denied in a later sentence only where it tells of forces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extract.attribution import Attributor, Chain
from dateline.extract.cues import Cue
from dateline.extract.scenes import Act
from dateline.extract.stance import SPEECH_ACTS
from dateline.model import Attribution, Kind, Stance
from dateline.parse.forms import pivot

FORCES = frozenset({Kind.PRESENCE, Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.WITHDRAWAL, Kind.ARMS_TRANSFER})
SHORT = frozenset({"it", "this", "that", "which"})
"""Pronouns that mean what was told before."""
VOUCHED = frozenset({"assert", "claim"})
"""Classes of saying that report: what is blamed on somebody is refused by him, as an act between the two."""
REACH = 2
"""Sentences back within which a pronoun means what was told."""


def with_denials(acts: Sequence[Act], cues: Sequence[Cue], attributor: Attributor) -> Iterator[Act]:
    """The acts, each refusal that denies by a pronoun what another has told as those claims, denied."""
    denying = {cue.word.i: cue for cue in cues if cue.how == "deny" and cue.source is not None}
    for act in acts:
        cue = denying.get(act.token.i) if act.finding.kind is Kind.REJECTION else None
        if cue is None or not _of_a_pronoun(act):
            yield act
            continue
        said = replace(attributor.said(cue), via=())
        before = [a for a in acts if a.token.i < act.token.i and not _by(said, a)]
        denied = _in_one_breath(act, before) or _just_told(act, before)
        yield from (_as_denied(told, act, Chain((cue,), said)) for told in denied)
        if not denied:
            yield act


def _of_a_pronoun(denial: Act) -> bool:
    objects = [c for c in denial.token.children if c.dep_ == "dobj"]
    return len(objects) == 1 and pivot(objects[0]) in SHORT


def _by(said: Attribution, told: Act) -> bool:
    """Whether the denier told it himself."""
    teller = told.chain.attribution
    if teller is None or teller.source is None or said.source is None:
        return False
    return teller.source.name == said.source.name


def _in_one_breath(denial: Act, before: Sequence[Act]) -> list[Act]:
    """What others report in the sentence whose relative clause denies all of it."""
    if not any(pivot(c) == "which" and c.i < denial.token.i for c in denial.token.children if c.dep_ == "dobj"):
        return []
    return [
        act
        for act in before
        if _sentences(act, denial) == 0
        and act.chain.attribution is not None
        and all(cue.how in VOUCHED for cue in act.chain.cues)
        and act.finding.kind not in SPEECH_ACTS | {Kind.REJECTION}
    ]


def _just_told(denial: Act, before: Sequence[Act]) -> list[Act]:
    """The forces of the denier's own state, or on its ground, that another told of last; none where he is accused."""
    near = [act for act in before if _sentences(act, denial) <= REACH]
    denier = denial.finding.actor
    if not near or denier is None or denier.country is None or _charged(near):
        return []
    last = max(near, key=lambda act: act.token.i)
    told = last.finding
    concerned = any(p is not None and p.country == denier.country for p in (told.actor, told.recipient))
    reported = last.chain.attribution is not None and last.stance is not Stance.DENIED
    return [last] if told.kind in FORCES and concerned and reported else []


def _charged(acts: Sequence[Act]) -> bool:
    return any(act.finding.kind is Kind.ACCUSATION for act in acts)


def _as_denied(told: Act, denial: Act, chain: Chain) -> Act:
    """A claim told before as the denier's, with the words that deny it."""
    finding = told.finding
    evidence = finding.evidence if _sentences(told, denial) == 0 else denial.finding.evidence
    basis = finding.basis | {"stance": f"“{denial.token.text}” what was told before"}
    return replace(told, finding=finding.but(evidence=evidence, basis=basis), chain=chain, stance=Stance.DENIED)


def _sentences(earlier: Act, later: Act) -> int:
    """How many sentences begin between the two."""
    between = later.token.doc[earlier.token.i + 1 : later.token.i + 1]
    return sum(bool(t.is_sent_start) for t in between)
