"""Presences in short: a record names every claim it rests on, of which a list shows only how many they are."""

from __future__ import annotations

import re

import msgspec

from dateline.model import DeploymentKind, Scope, Sector, Standing

_CLAIM = re.compile(rb'"claim-[0-9a-f]+"')


class _Witness(msgspec.Struct, frozen=True):
    background: bool = False


class PresenceHead(msgspec.Struct, frozen=True):
    """A presence without what it rests on; fields as in `dateline.model.Presence`."""

    id: str
    force: str
    force_country: str | None
    sector: Sector
    host: str
    site: str | None
    status: Standing
    low: float | None
    high: float | None
    scope: Scope | None
    as_of: str | None
    strength_from: str | None
    sites: tuple[str, ...]
    supports: msgspec.Raw
    deployment: DeploymentKind | None = None
    witnesses: tuple[_Witness, ...] = ()

    @property
    def supporting(self) -> int:
        """How many claims say that it is or came there."""
        return len(_CLAIM.findall(bytes(self.supports)))

    @property
    def origins(self) -> int:
        """How many independent origins are behind it; those that recall it only are not counted."""
        return sum(not witness.background for witness in self.witnesses)
