"""The manifest of a release: what it is, what it was made of, and size and SHA-256 of every file, under one hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dateline.export.seals import seal_of
from dateline.releases.errors import ReleaseError

FORMAT = 1
"""The newest layout of a release that this program knows."""

KIND = "dateline_release"
"""The key that a manifest of a release begins with; its value is the layout."""

_OF_THE_MOMENT = ("released_at", "content", "hash")


def sealed(about: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest with its hashes: `content` of all but the moment, `hash` of everything."""
    told = {KIND: FORMAT, **about}
    told["content"] = seal_of({name: value for name, value in told.items() if name not in _OF_THE_MOMENT})
    told["hash"] = seal_of(told)
    return told


def unsealed(manifest: Mapping[str, Any]) -> list[str]:
    """What of a manifest does not fit its own hashes, in words."""
    about = {name: value for name, value in manifest.items() if name not in ("content", "hash")}
    told = []
    if seal_of({n: v for n, v in about.items() if n not in _OF_THE_MOMENT}) != manifest.get("content"):
        told.append("the manifest was changed: its content hash is another")
    if seal_of({**about, "content": manifest.get("content")}) != manifest.get("hash"):
        told.append("the manifest was changed: its hash is another")
    return told


def coded(manifest: Mapping[str, Any]) -> bytes:
    """The one way in which a manifest is written."""
    return json.dumps(manifest, ensure_ascii=True, indent=1).encode("ascii") + b"\n"


def line(record: Mapping[str, Any]) -> bytes:
    """A record as a line of JSON in ASCII."""
    return json.dumps(record, ensure_ascii=True).encode("ascii") + b"\n"


def read(data: bytes, name: str) -> dict[str, Any]:
    """The manifest of a release; ReleaseError for what is none, or of a newer layout."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ReleaseError(f"{name} has no manifest that can be read: {error}") from error
    if not isinstance(found, dict) or KIND not in found:
        raise ReleaseError(f"{name} is no release")
    if found[KIND] != FORMAT:
        raise ReleaseError(f"{name} is of layout {found[KIND]}, this dateline knows {FORMAT}: use a newer one")
    _shaped(found, name)
    return found


_SHAPE: Mapping[str, type[Any] | tuple[type[Any], ...]] = {
    "name": str,
    "number": int,
    "released_at": str,
    "dateline": str,
    "rules": str,
    "ledger": str,
    "log": dict,
    "as_of": (str, type(None)),
    "filters": dict,
    "redaction": dict,
    "texts": bool,
    "counts": dict,
    "files": dict,
    "previous": (dict, type(None)),
}


def _shaped(found: Mapping[str, Any], name: str) -> None:
    for key, kind in _SHAPE.items():
        if not isinstance(found.get(key), kind) or (key == "as_of" and key not in found):
            raise ReleaseError(f"the manifest of {name} says nothing that can be read for {key!r}")
    log = found["log"]
    if not (isinstance(log.get("entry"), int) and isinstance(log.get("sha256"), str)):
        raise ReleaseError(f"the manifest of {name} says nothing that can be read for 'log'")
    for file, entry in found["files"].items():
        if not isinstance(entry, dict) or not isinstance(entry.get("bytes"), int) or "sha256" not in entry:
            raise ReleaseError(f"the manifest of {name} says nothing that can be read for the file {file!r}")
