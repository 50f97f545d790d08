"""What analysts decided on claims, as an export tells it beside the claims: these stay as they were read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from dateline.export.selection import Selection
from dateline.model import Judgement, Verdict
from dateline.reconcile.verdicts import Verdicts, verdicts


@dataclass(frozen=True, slots=True)
class Standing:
    """The judgements that stand; `at` is the moment of the last one that names a claim, undone ones too.

    `verdict_of` tells what they make of a claim in one word, those on earlier readings of it among them.
    """

    verdicts: Verdicts
    verdict_of: Callable[[str], str]
    at: Mapping[str, str] = field(default_factory=dict)

    def rejected(self, claim: str) -> bool:
        """Whether analysts rejected a claim."""
        return self.verdict_of(claim) == "rejected"

    def of(self, claim: str) -> dict[str, Any]:
        """What was decided of a claim, empty where nobody judged it: `verdict`, `corrections`, `credibility`.

        A correction has the `slot` and what it was corrected `to`, or that it was `cleared`.
        """
        known = self.verdicts
        found: dict[str, Any] = {}
        if self.rejected(claim) or claim in known.accepted:
            found["verdict"] = "rejected" if self.rejected(claim) else "accepted"
        corrections = [
            {"slot": made.slot, "to": made.to, "cleared": made.to is None} for made in known.corrections.get(claim, ())
        ]
        if corrections:
            found["corrections"] = corrections
        if claim in known.claim_ratings:
            found["credibility"] = str(known.claim_ratings[claim])
        return found


def standing(selection: Selection) -> Standing:
    """What the judgements of an export come to."""
    made = [_whole(msgspec.convert(record, Judgement)) for record in selection.judgements()]
    at: dict[str, str] = {}
    by_id = {judgement.id: judgement for judgement in made}
    carried = selection.carried()
    for judgement in made:
        undone = [key for key in judgement.targets if key in by_id]
        for target in (*judgement.targets, *(claim for key in undone for claim in by_id[key].targets)):
            claim = carried.get(target, target)
            at[claim] = max(judgement.at, at.get(claim, ""))
    return Standing(verdicts(made, carried), selection.verdict_of, at)


def _whole(judgement: Judgement) -> Judgement:
    """The judgement; where redaction took out what a slot was corrected to, it says so."""
    if judgement.verdict is not Verdict.CORRECT or "to" in judgement.value:
        return judgement
    return replace(judgement, value={**judgement.value, "to": {"withheld": True}})
