"""Confidence: the probability that a claim is right, from how it was read.

A logistic model over a few features of the reading. Its weights lie in `lexicon/confidence.yaml` with the
account of how they were fitted; the reliability table is in the README.
"""

from __future__ import annotations

import math
from functools import cache

from dateline.extract.conditions import POLITY
from dateline.extract.draft import Draft
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.lexicon.language import load_yaml
from dateline.model import Actor, Stance, TimeBasis

MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis"})


def features(reading: Reading, draft: Draft) -> dict[str, float]:
    """Named features of a reading, each between 0 and 1."""
    token = draft.finding.token
    verb = token.pos_ in ("VERB", "AUX")
    found = {
        f"kind {draft.kind}": 1.0,
        f"stance {draft.stance}": 1.0,
        "noun": 0.0 if verb else 1.0,
        "embedded verb": 1.0 if verb and token.dep_ not in MAIN else 0.0,
        "light verb": 1.0 if not verb and "governed" in draft.finding.arguments.slots else 0.0,
        "actor": 1.0 if draft.actor is not None else 0.0,
        "recipient": 1.0 if draft.recipient is not None else 0.0,
        "political actor": _political(draft.actor),
        "political recipient": _political(draft.recipient),
        "country of actor": 1.0 if draft.actor is not None and draft.actor.country is not None else 0.0,
        "place": 1.0 if draft.place is not None else 0.0,
        "quantity": 1.0 if draft.quantity is not None else 0.0,
        "dated": 1.0 if draft.time is not None and draft.time.basis is not TimeBasis.PUBLISHED else 0.0,
        "attributed": 1.0 if draft.chain.attribution is not None else 0.0,
        "repeated": 1.0 if draft.more else 0.0,
        "weak trigger": 1.0 if "weak" in draft.finding.trigger.flags else 0.0,
        "short evidence": 1.0 if draft.finding.evidence.end - draft.finding.evidence.start < 40 else 0.0,
        "planned or conditional": 1.0 if draft.stance in (Stance.PLANNED, Stance.CONDITIONAL) else 0.0,
        "political report": political_share(reading),
        "early": 1.0 if token.i < 0.35 * len(reading.doc) else 0.0,
        **_told(draft.finding),
    }
    return {k: v for k, v in found.items() if v}


def _told(finding: Finding) -> dict[str, float]:
    """What the learned model made of the word, and whether the lexicon knows it."""
    if finding.support is None:
        return {"not asked": 1.0}
    return {"backed": finding.support, "unlisted": 0.0 if finding.trigger.lemmas else 1.0}


def _political(actor: Actor | None) -> float:
    return 1.0 if actor is not None and actor.sector in POLITY else 0.0


def political_share(reading: Reading) -> float:
    """How much the report speaks of states, forces and their bodies: their mentions per ten words, at most 1."""
    return reading.political_share


@cache
def weights() -> dict[str, float]:
    """The fitted weights by feature name, `bias` among them."""
    return {k: float(v) for k, v in load_yaml("confidence.yaml")["weights"].items()}


def confidence(reading: Reading, draft: Draft) -> float:
    """A probability between 0.02 and 0.98, rounded to two places."""
    table = weights()
    score = table["bias"] + sum(table.get(k, 0.0) * v for k, v in features(reading, draft).items())
    return round(min(0.98, max(0.02, 1 / (1 + math.exp(-score)))), 2)
