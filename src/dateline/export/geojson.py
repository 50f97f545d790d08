"""GeoJSON (RFC 7946): presences at sites and in countries, and events, as features of one collection.

Longitude before latitude, WGS 84, at most six decimals, points only (so nothing crosses the antimeridian). What is
known of a country alone has `geometry: null`. `dateline` beside the features tells what the export holds.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import Any, BinaryIO, Final

from dateline.export.exchange_json import seen
from dateline.export.features import Feature, event_features, presence_features
from dateline.export.selection import About, Selection
from dateline.export.statement import statement

_CAVEAT: Final = (
    "Features of a country or a region have no geometry. Sites are never summed to their country. "
    "Unknown is null, never 0."
)


def write(selection: Selection, out: BinaryIO) -> None:
    """One feature collection, one feature a line."""
    out.write(b'{"type":"FeatureCollection","dateline":' + _coded(_said(selection.about)) + b',"features":[')
    comma = b"\n"
    for one in chain(presence_features(selection), event_features(selection)):
        out.write(comma + _coded(feature(one)))
        comma = b",\n"
    out.write(b"\n]}\n")


def feature(one: Feature) -> dict[str, Any]:
    """A feature with our id; its properties tell what it is before anything else."""
    point = None if one.point is None else {"type": "Point", "coordinates": list(one.point)}
    told = {"what": one.what, "name": one.name, "summary": one.summary} | one.properties
    return {"type": "Feature", "id": one.id, "geometry": point, "properties": told}


def _said(about: About) -> dict[str, Any]:
    return statement(about) | {"note": _CAVEAT}


def _coded(value: Any) -> bytes:
    """JSON in UTF-8; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD."""
    text = seen(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")
