"""A chain of cues over one finding, and the attribution they make."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.extract.cues import Cue
from dateline.model import Attribution


@dataclass(frozen=True)
class Chain:
    """The cues over a finding, innermost first, and the attribution they make."""

    cues: tuple[Cue, ...]
    attribution: Attribution | None
