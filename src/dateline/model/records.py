"""Ids from content, and model values as plain JSON types."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from dateline.model.claims import Claim
from dateline.model.reports import Document


def content_id(prefix: str, *parts: object) -> str:
    """A stable id from content alone: SHA-256 over the canonical JSON of `parts`, never of time."""
    payload = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return f"{prefix}-{hashlib.sha256(payload.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


def identified(document: Document) -> Document:
    """The document under the id of its content: text, published, title, outlet, url, language."""
    parts = (document.text, document.published, document.title, document.outlet, document.url, document.language)
    return replace(document, id=content_id("doc", *parts))


def claim_id(claim: Claim, extractor: str) -> str:
    """The id of a claim that an extractor of that version read: of its document, words, slots, stance and source.

    Numbers count as they were read: 100 and 100.0 give two ids.
    """
    return content_id(
        "claim",
        claim.document,
        extractor,
        claim.kind,
        [(part.start, part.end) for part in claim.evidence],
        [repr(slot) for slot in (claim.actor, claim.recipient, claim.place, claim.quantity, claim.time)],
        claim.stance,
        repr(claim.attribution),
    )


def as_record(value: Any) -> dict[str, Any]:
    """A model value as a plain dict of JSON types, in field order."""
    return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}


def claim_record(claim: Claim, document: Document) -> dict[str, Any]:
    """A claim as the guide's JSON object, with its document's reference in place of the bare id."""
    record = as_record(claim)
    keys = ("id", "url", "outlet", "published", "language", "title")
    record["document"] = {key: getattr(document, key) for key in keys}
    return record


def _plain(value: Any) -> Any:
    kind = type(value)
    if value is None or kind in _PLAIN:
        return value
    if isinstance(value, StrEnum):
        return value.value
    if hasattr(kind, "__dataclass_fields__"):
        return as_record(value)
    if kind is tuple:
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(v) for v in value]
    return value


_PLAIN = frozenset({str, int, float, bool})
