"""What an analyst decides: rows that are only added, each with who, when and why; the last one stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dateline.model.words import Matter, Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of an analyst.

    `targets` are ids of what it is about: claims (accept, reject, correct, rate, note), the claims of events or
    disputes and the documents of origins (merge, split, settle: derived ids change with new reports, these do not),
    the name of a source (rate) or a judgement (reverse). `value` holds what is decided: `{"slot": ..., "to": ...}`
    for a correction, `{"taken": [...]}` for a split (those of the targets that are not of it), `{"kind": ...,
    "favours": [...]}` for a settlement (claims it decides for), `{"text": ...}` for a note, `{"rating": "B"}` for a
    source (Admiralty A to F), `{"rating": "2"}` for a claim (1 to 6); anything else in it is for the reader.
    `at` is an ISO 8601 moment in UTC, given by the caller, never part of what is derived.
    """

    id: str
    verdict: Verdict
    matter: Matter
    targets: tuple[str, ...]
    analyst: str
    at: str
    reason: str
    value: Mapping[str, Any] = field(default_factory=dict)
