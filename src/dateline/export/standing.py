"""What analysts decided on claims, as an export tells it beside the claims: these stay as they were read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from dateline.export.listing import Record
from dateline.model import Judgement, Verdict
from dateline.reconcile.verdicts import Verdicts, undone, verdicts


@dataclass(frozen=True, slots=True)
class Standing:
    """The judgements that stand; `at` is the moment of the last one that names a claim, undone ones too."""

    verdicts: Verdicts
    at: Mapping[str, str] = field(default_factory=dict)

    def rejected(self, claim: str) -> bool:
        """Whether analysts rejected a claim."""
        return claim in self.verdicts.rejected

    def of(self, claim: str) -> dict[str, Any]:
        """What was decided of a claim, empty where nobody judged it: `verdict`, `corrections`, `credibility`.

        A correction has the `slot` and what it was corrected `to`, or that it was `cleared`.
        """
        known = self.verdicts
        found: dict[str, Any] = {}
        if claim in known.rejected or claim in known.accepted:
            found["verdict"] = "rejected" if claim in known.rejected else "accepted"
        corrections = [
            {"slot": made.slot, "to": made.to, "cleared": made.to is None} for made in known.corrections.get(claim, ())
        ]
        if corrections:
            found["corrections"] = corrections
        if claim in known.claim_ratings:
            found["credibility"] = str(known.claim_ratings[claim])
        return found


def standing(records: Iterable[Record]) -> Standing:
    """What judgements, in the order they were made, come to."""
    made = [_whole(msgspec.convert(record, Judgement)) for record in records]
    at: dict[str, str] = {}
    by_id = {judgement.id: judgement for judgement in made}
    gone = undone(made)
    for judgement in made:
        for target in judgement.targets:
            at[target] = max(judgement.at, at.get(target, ""))
    for key, reversal in gone.items():
        for target in by_id[key].targets if key in by_id else ():
            at[target] = max(by_id[reversal].at, at.get(target, ""))
    return Standing(verdicts(made), at)


def _whole(judgement: Judgement) -> Judgement:
    """The judgement; where redaction took out what a slot was corrected to, it says so."""
    if judgement.verdict is not Verdict.CORRECT or "to" in judgement.value:
        return judgement
    return replace(judgement, value={**judgement.value, "to": {"withheld": True}})
