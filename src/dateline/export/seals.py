"""Seals: the SHA-256 of a statement, kept in it, so that a change of one of its values shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def seal_of(statement: Mapping[str, Any]) -> str:
    """SHA-256 over canonical JSON (sorted keys, no spaces, ASCII), with the name of the sum before it.

    >>> seal_of({"a": 1})[:20]
    'sha-256:015abd7f5cc5'
    """
    told = json.dumps(statement, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"sha-256:{hashlib.sha256(told.encode('ascii')).hexdigest()}"
