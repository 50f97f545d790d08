"""How a desk is served."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_urlsafe

from dateline.people import Clock

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Names of this machine to itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may cost. Bytes are of the body as sent; times are seconds.

    `uploads` are the addresses below which a body may have `upload_bytes` and a form `upload_files`; every other body
    has `body_bytes` at most. `requests` a minute are counted by person, or by address of whoever is not signed in;
    one analyst on his own machine (`Settings.people` is None) is not counted.
    """

    body_bytes: int = 2_000_000
    upload_bytes: int = 72_000_000
    upload_files: int = 100
    uploads: tuple[str, ...] = ("/add", "/api/v1/documents")
    address_bytes: int = 16_000
    requests: int = 1200
    body_s: float = 30.0
    upload_s: float = 300.0
    idle_s: float = 8 * 3600.0
    session_s: float = 7 * 86400.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What the caller decides; the defaults are those of one analyst on one machine.

    `token` opens the desk on this machine (`/?token=...`, or as a bearer token). With a file of `people` it opens
    nothing: everybody signs in with his name. `hosts` are the names the desk answers to, with `any_number` also every
    numeric address (names can be rebound, numbers cannot). `read_only`: nobody judges, adds or manages people.
    """

    token: str = field(default_factory=lambda: token_urlsafe(32), repr=False)
    people: Path | None = None
    hosts: tuple[str, ...] = LOOPBACK
    any_number: bool = False
    read_only: bool = False
    limits: Limits = Limits()
    clock: Clock = time.time
