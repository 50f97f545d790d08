"""POLECAT's profile: 40 columns in POLECAT's order, tab-separated, no quotes, one row an event, UTF-8.

Ids begin with `dateline-`. What the profile has no column for stands in `Contexts` as `dateline:key=value`: stance,
stage, who says it, origins, the bounds of days, numbers and how near the PLOVER code is (`crosswalk`). `Intensity` is
left empty: it is a scale of the coder of POLECAT.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from dateline.export.acled import PREFIX, occurrences
from dateline.export.event_days import EventDay, event_day
from dateline.export.listing import Scalar
from dateline.export.occurrences import Occurrence, Party, Spot
from dateline.export.safe import cell, visible
from dateline.export.selection import About, Selection
from dateline.lexicon.country_codes import codes_of
from dateline.lexicon.crosswalks import Plover, Quality, to_plover
from dateline.model import Precision, Sector

COLUMNS: Final = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
    *("Actor Name Raw", "Wikipedia Actor ID"),
    *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors"),
    *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    *("Raw Placename", "Feature Type", "Source", "Publication Date"),
    *("Story People", "Story Organizations", "Story Locations", "Language", "Version"),
)
EXTENSION: Final = "dateline:"
SECTORS: Final = {Sector.POL: "COP", Sector.PMC: "PRM", Sector.CIV: "CVL"}
"""Sectors that PLOVER names otherwise than we do."""

FEATURES: Final = {
    Precision.SITE: "INSM",
    Precision.SETTLEMENT: "PPL",
    Precision.DISTRICT: "ADM2",
    Precision.PROVINCE: "ADM1",
    Precision.COUNTRY: "PCLI",
    Precision.REGION: "RGN",
}
"""The GeoNames feature code that stands for each of our precisions."""

_MOST_NAMED: Final = 8
_BREAKS: Final = re.compile(r"[\t\r\n]+")


def write(selection: Selection, out: BinaryIO) -> None:
    """One row an event of the selection, then one a change of a presence that no event tells."""
    out.write(_line(COLUMNS))
    for one in occurrences(selection):
        values = row(one, selection.about)
        out.write(_line(values[name] for name in COLUMNS))


def row(one: Occurrence, about: About) -> dict[str, Scalar]:
    """The 40 values of an occurrence, by column."""
    codes = to_plover(one.kind, one.stage) if one.asserted else Plover(None, None, None, Quality.NONE)
    when = event_day(one)
    empty: dict[str, Scalar] = dict.fromkeys(COLUMNS)
    return empty | {
        "Event ID": f"{PREFIX}{one.id}",
        "Event Date": when.day,
        "Event Type": codes.type,
        "Event Mode": codes.mode,
        "Quad Code": codes.quad,
        "Contexts": _contexts(one, when, codes.quality),
        **_party("Actor", one.actor),
        **_party("Recipient", one.recipient),
        **_where(one.spot),
        "Source": "; ".join(outlet.replace(";", ",") for outlet in one.told.outlets) or None,
        "Publication Date": one.told.first,
        "Language": ";".join(one.told.languages) or None,
        "Version": f"dateline {about.dateline}",
    }


def _party(role: str, party: Party | None) -> dict[str, Scalar]:
    if party is None:
        return {}
    known = None if party.country is None else codes_of(party.country)
    sector = None if party.sector is Sector.UNK else SECTORS.get(party.sector, str(party.sector))
    return {
        f"{role} Name": party.name,
        f"{role} Country": party.country,
        f"{role} COW": None if known is None else known.cow,
        f"Primary {role} Sector": sector,
        f"{role} Sectors": sector,
    }


def _where(spot: Spot) -> dict[str, Scalar]:
    pinned = spot.lat is not None and spot.lon is not None
    town = spot.precision in (Precision.SITE, Precision.SETTLEMENT)
    return {
        "Placename": spot.name,
        "City": spot.name if town else None,
        "District": spot.name if spot.precision is Precision.DISTRICT else None,
        "Province": spot.name if spot.precision is Precision.PROVINCE else None,
        "Country": spot.country,
        "Latitude": spot.lat if pinned else None,
        "Longitude": spot.lon if pinned else None,
        "Feature Type": None if spot.precision is None else FEATURES[spot.precision],
    }


def _contexts(one: Occurrence, when: EventDay, quality: Quality) -> str:
    """The context "military" where forces act, then what the profile has no column for."""
    military = Sector.MIL in (party.sector for party in (one.actor, one.recipient) if party is not None)
    pairs: list[tuple[str, Scalar]] = [
        ("record", one.record),
        ("kind", one.kind),
        ("stage", one.stage),
        ("stance", ", ".join(one.stances)),
        ("crosswalk", quality),
        ("change", one.change),
        ("date", when.basis),
        ("time_precision", when.precision),
        ("earliest", one.first if when.precision != 1 else None),
        ("latest", one.last if when.precision != 1 else None),
        ("origins", one.told.origins),
        ("said_by", " | ".join(one.told.voices[:_MOST_NAMED])),
        ("uncertainty_m", None if one.spot.lat is None else one.spot.uncertainty),
    ]
    for name, many in (("count", one.amount), ("fatalities", one.killed)):
        if many is not None:
            pairs += [(f"{name}_low", many.low), (f"{name}_high", many.high), (f"{name}_words", many.words)]
            pairs += [(f"{name}_unit", many.unit)]
    told = [f"{EXTENSION}{key}={_plain(value)}" for key, value in pairs if value not in (None, "")]
    return ";".join([*(["military"] if military else []), *told])


def _line(cells: Iterable[Scalar]) -> bytes:
    return ("\t".join(_cells(cells)) + "\n").encode("utf-8", "backslashreplace")


def _cells(cells: Iterable[Scalar]) -> Iterator[str]:
    for value in cells:
        if isinstance(value, str):
            yield cell(visible(_BREAKS.sub(" ", value)))
        else:
            yield "" if value is None else _plain(value)


def _plain(value: Scalar) -> str:
    """A value as it is written, without what parts the values of a cell."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace(";", ",")
