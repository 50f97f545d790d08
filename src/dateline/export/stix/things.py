"""What every STIX object of ours is made of: its id, its moments, its marking, and our extension."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from dateline.export.exchange_json import filled

Thing = dict[str, Any]
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:dateline:stix:1")
LONG_AGO = "2024-01-01T00:00:00.000Z"
"""Moment of the version of what never changes: the same name is the same object, in every ledger."""


class Tlp(StrEnum):
    """How far a bundle may be passed on (Traffic Light Protocol 2.0 of FIRST)."""

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber+strict"
    RED = "red"


_TLP_IDS: Mapping[Tlp, str] = MappingProxyType(
    {
        Tlp.CLEAR: "94868c89-83c2-464b-929b-a1a8aa3c8487",
        Tlp.GREEN: "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        Tlp.AMBER: "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        Tlp.AMBER_STRICT: "939a9414-2ddd-4d32-a0cd-375ea402b003",
        Tlp.RED: "e828b379-4e03-4974-9ac4-e53a884c97c1",
    }
)
"""Ids of the marking definitions in OASIS's common objects: everybody has the same."""
_TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"


@lru_cache(maxsize=20_000, typed=True)
def stix_id(kind: str, *key: object) -> str:
    """The id of an object of a kind: the same for the same key, whenever and by whom it is exported.

    >>> stix_id("note", "claim-1") == stix_id("note", "claim-1")
    True
    """
    text = "\x1f".join("" if part is None else str(part) for part in key)
    return f"{kind}--{uuid5(_NAMESPACE, f'{kind}:{text}'.encode('utf-8', 'replace').decode())}"


EXTENSION = stix_id("extension-definition", "dateline claim")
DATELINE = stix_id("identity", "dateline")


def marking_of(tlp: Tlp) -> str:
    """The id of the marking definition of a level."""
    return f"marking-definition--{_TLP_IDS[tlp]}"


def marking(tlp: Tlp) -> Thing:
    """The marking definition, as everybody has it."""
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": marking_of(tlp),
        "created": "2022-10-01T00:00:00.000Z",
        "name": f"TLP:{tlp.upper()}",
        "extensions": {_TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": str(tlp)}},
    }


class Maker:
    """Makes objects of one bundle: with its marking, from us."""

    def __init__(self, tlp: Tlp) -> None:
        self._markings = [marking_of(tlp)]

    def lasting(self, kind: str, key: tuple[object, ...], **properties: Any) -> Thing:
        """An object that its key says all of: it has one version for ever."""
        return self.made(stix_id(kind, *key), (LONG_AGO, LONG_AGO), **properties)

    def made(self, key: str, moments: tuple[str, str], **properties: Any) -> Thing:
        """An object of an id, `moments` its creation and last change; what is not known is left out."""
        extra = filled(properties.pop("extra", {}))
        thing: Thing = {"type": key.partition("--")[0], "spec_version": "2.1", "id": key}
        if key != DATELINE:
            thing["created_by_ref"] = DATELINE
        thing |= {"created": moments[0], "modified": max(moments), **filled(properties)}
        thing["object_marking_refs"] = self._markings
        if extra:
            thing["extensions"] = {EXTENSION: {"extension_type": "property-extension", **extra}}
        return thing
