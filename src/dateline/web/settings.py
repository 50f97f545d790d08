"""How a desk is served."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_urlsafe


@dataclass(frozen=True, slots=True)
class Settings:
    """What the caller decides; the defaults are those of one analyst on one machine.

    `token` opens the desk on this machine (`/?token=...`).
    """

    token: str = field(default_factory=lambda: token_urlsafe(24), repr=False)
