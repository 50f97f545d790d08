"""What one says and another denies in one breath: "Iran has sent drones, Kyiv says, which Tehran denies".

The relative clause refuses no demand of a party: it holds that the proposition before it is not so. That makes two
claims of one proposition, the second denied, by another source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.attribution import Attributor, Chain
from dateline.extract.cues import Cue
from dateline.extract.scenes import Act
from dateline.extract.stance import SPEECH_ACTS
from dateline.model import Kind, Stance
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

VOUCHED = frozenset({"assert", "claim"})
"""Classes of saying that report: what is blamed on somebody is refused by him, as an act between the two."""


def gainsaid(attributor: Attributor, acts: Sequence[Act], cues: Iterable[Cue]) -> Iterator[Act]:
    """The acts, each refusal by "which X denies" of what another reports as a denial of that."""
    denials = {cue.word.i: cue for cue in cues if cue.how == "deny" and cue.source is not None}
    for act in acts:
        told = list(_told_before(act, acts)) if _sweeping(act.token) else []
        cue = denials.get(act.token.i)
        if cue is None or not told:
            yield act
            continue
        chain = Chain((cue,), replace(attributor.said(cue), via=()))
        for first in told:
            basis = first.finding.basis | {"stance": f"“{act.token.text}” after it"}
            yield replace(first, finding=first.finding.but(basis=basis), chain=chain, stance=Stance.DENIED)


def _sweeping(verb: Token) -> bool:
    """Whether a verb denies all that was said: "which Tehran denies"."""
    if not means(verb, "deny", "dispute", "refute", "reject"):
        return False
    return any(c.dep_ == "dobj" and pivot(c) == "which" and c.i < verb.i for c in verb.children)


def _told_before(denial: Act, acts: Sequence[Act]) -> Iterator[Act]:
    """The acts that another reports in the sentence before the denial."""
    for act in acts:
        near = act.token.sent.start == denial.token.sent.start and act.token.i < denial.token.i
        reported = act.chain.attribution is not None and all(c.how in VOUCHED for c in act.chain.cues)
        if near and reported and act.finding.kind not in SPEECH_ACTS | {Kind.REJECTION}:
            yield act
