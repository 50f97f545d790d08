"""ACLED's profile: 31 columns in ACLED's order, one row an event, CSV in UTF-8.

Ids begin with `dateline-`, and every row has `generator=dateline` in `tags`: nobody takes it for a row of ACLED. What
the profile has no column for is in `tags` as `key=value; ...`: stance and stage, who says it, origins, bounds of days
and numbers, how near the code is (`crosswalk`). Unknown is empty, never 0; a place without a point has no coordinates.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from dateline.export.errors import ExportError
from dateline.export.event_days import EventDay, event_day
from dateline.export.listing import Scalar
from dateline.export.occurrences import Amount, Occurrence, Party, Spot, from_events
from dateline.export.presence_changes import from_presences
from dateline.export.safe import cell, visible
from dateline.export.selection import About, Selection
from dateline.export.words import amount
from dateline.lexicon.countries import by_code
from dateline.lexicon.country_codes import codes_of
from dateline.lexicon.crosswalks import EVENT_OF, Acled, Quality, disorder_of, to_acled
from dateline.model import Precision, Sector

COLUMNS: Final = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
DELETED_COLUMNS: Final = ("event_id_cnty", "deleted_timestamp")
DELETED: Final = ".deleted.csv"
"""What the name of the list of deleted events has after that of its file."""
_LARGEST_CELL: Final = 10_000_000
PREFIX: Final = "dateline-"
NEAR_METRES: Final = 5_000.0
"""A place that lies within so much of its point is ACLED's precision 1, another town 2."""

COUNTRY_NAMES: Final = {"COD": "Democratic Republic of Congo", "COG": "Republic of Congo", "SWZ": "eSwatini"}
"""Countries that ACLED names otherwise than we do."""

_MOST_NAMED: Final = 8
_WORDS: Final = ((re.compile(r"(?i)\bhundreds\b"), 100), (re.compile(r"(?i)\bdozens?\b"), 12))
_FEW: Final = re.compile(r"(?i)\b(?:several|many|few|some|numerous|multiple|various)\b")
_FORCES: Final = {
    Sector.REB: "Rebel group",
    Sector.PMC: "External/Other forces",
    Sector.CIV: "Civilians",
    Sector.NGO: "Civilians",
    Sector.MED: "Civilians",
    Sector.BUS: "Civilians",
    Sector.IGO: "External/Other forces",
    Sector.POL: "State forces",
    Sector.GOV: "State forces",
    Sector.MIL: "State forces",
}
_ORDER: Final = ("State forces", "Rebel group", "Civilians", "External/Other forces")


def write(selection: Selection, out: BinaryIO) -> None:
    """One row an event of the selection, then one a change of a presence that no event tells."""
    out.write(_line(COLUMNS))
    for one in occurrences(selection):
        values = row(one, selection.about)
        out.write(_line([_cell(values[name]) for name in COLUMNS]))


def occurrences(selection: Selection) -> Iterator[Occurrence]:
    """What a file of events has rows for, in its order."""
    return chain(from_events(selection), from_presences(selection))


def row(one: Occurrence, about: About) -> dict[str, Scalar]:
    """The 31 values of an occurrence, by column, before a spreadsheet is thought of."""
    codes = _codes(one)
    when = event_day(one)
    country = one.spot.country
    known = None if country is None else codes_of(country)
    first, second = _force(one.actor, country), _force(one.recipient, country)
    return {
        "event_id_cnty": f"{PREFIX}{one.id}",
        "event_date": when.day,
        "year": _year(one, when),
        "time_precision": when.precision,
        "disorder_type": codes.disorder,
        "event_type": codes.event,
        "sub_event_type": codes.sub_event,
        "actor1": None if one.actor is None else one.actor.name,
        "assoc_actor_1": None,
        "inter1": first,
        "actor2": None if one.recipient is None else one.recipient.name,
        "assoc_actor_2": None,
        "inter2": second,
        "interaction": _interaction(first, second),
        "civilian_targeting": "Civilian targeting" if codes.event == "Violence against civilians" else None,
        "iso": None if known is None else known.numeric,
        "region": None if known is None else known.region,
        "country": country_name(country),
        **_where(one.spot),
        "source": "; ".join(_plain(outlet) for outlet in one.told.outlets) or None,
        "source_scale": None,
        "notes": notes(one),
        "fatalities": fatalities(one.killed),
        "tags": _tags(one, when, codes.quality, about),
        "timestamp": _seconds(one.told.recorded),
    }


def _codes(one: Occurrence) -> Acled:
    """The code that ACLED itself gave where a claim is from there; a change without a source for it has none."""
    given = one.codes.get("acled", "")
    found = to_acled(one.kind, one.stage)
    if not one.asserted:
        return Acled(None, None, None, Quality.NONE)
    if one.change is not None and found.quality is Quality.EXACT:
        return Acled(found.sub_event, found.event, found.disorder, Quality.NEAR)
    if given in EVENT_OF and one.happened:
        return Acled(given, EVENT_OF[given], disorder_of(given), Quality.EXACT)
    return found


def _year(one: Occurrence, when: EventDay) -> int | None:
    """The year of the day, or of the range where that is all within one."""
    if when.day is not None:
        return int(when.day[:4])
    years = {day[:4] for day in (one.first, one.last) if day is not None}
    return int(years.pop()) if len(years) == 1 else None


def _force(party: Party | None, host: str | None) -> str | None:
    """ACLED's kind of actor: forces of another state than that of the event are external ones."""
    if party is None:
        return None
    kind = _FORCES.get(party.sector)
    foreign = party.country is not None and host is not None and party.country != host
    return "External/Other forces" if kind == "State forces" and foreign else kind


def _interaction(first: str | None, second: str | None) -> str | None:
    """The pair of kinds, the lower of ACLED's numbers first."""
    kinds = sorted((kind for kind in (first, second) if kind is not None), key=_ORDER.index)
    if not kinds:
        return None
    return f"{kinds[0]} only" if len(kinds) == 1 else "-".join(kinds)


def country_name(code: str | None) -> str | None:
    """The country as ACLED names it, None where it is not known."""
    found = None if code is None else by_code(code)
    return None if found is None or code is None else COUNTRY_NAMES.get(code, found.name)


def _where(spot: Spot) -> dict[str, Scalar]:
    """The columns of the place. Coordinates only with a point; a country has no location of its own."""
    pinned = spot.lat is not None and spot.lon is not None
    province = spot.name if spot.precision is Precision.PROVINCE else None
    district = spot.name if spot.precision is Precision.DISTRICT else None
    return {
        "admin1": province,
        "admin2": district,
        "admin3": None,
        "location": None if spot.precision is Precision.COUNTRY else spot.name,
        "latitude": spot.lat if pinned else None,
        "longitude": spot.lon if pinned else None,
        "geo_precision": geo_precision(spot),
    }


def geo_precision(spot: Spot) -> int | None:
    """ACLED's precision of a place: 1 a named town, 2 near one or a small region, 3 a province.

    None without a point.
    """
    if spot.lat is None or spot.lon is None:
        return None
    if spot.precision is Precision.PROVINCE:
        return 3
    if spot.precision is Precision.DISTRICT or (spot.uncertainty or 0) > NEAR_METRES:
        return 2
    return 1


def fatalities(killed: Amount | None) -> int | None:
    """ACLED's number for a toll: the lowest that is told; "hundreds" is 100, "dozens" 12, "several" 3.

    None where no toll is told (ACLED would have 0) or only an upper bound.
    """
    if killed is None:
        return None
    words = killed.words or ""
    if killed.low != killed.high:
        for pattern, number in _WORDS:
            if pattern.search(words) is not None:
                return number
        if _FEW.search(words) is not None and not any(char.isdigit() for char in words):
            return 3
    return None if killed.low is None else int(killed.low)


def notes(one: Occurrence) -> str:
    """The event in a sentence or two, with who tells it and the words of the first report."""
    act = str(one.kind).replace("_", " ") if one.change is None else f"presence: {one.change}"
    stand = str(one.stage) if one.change is None else "asserted" if one.asserted else "first or last seen then"
    whom = " → ".join(party.name for party in (one.actor, one.recipient) if party is not None)
    parts = [f"{act} ({stand}): {whom or 'actor not said'}."]
    if one.amount is not None:
        words = f" (“{one.amount.words}”)" if one.amount.words else ""
        parts.append(f"{amount(one.amount.low, one.amount.high)} {one.amount.unit}{words}.")
    if one.reason is not None:
        parts.append(one.reason)
    voices = "; ".join(one.told.voices[:_MOST_NAMED])
    parts += [f"Said by {voices}."] if voices else []
    parts += [f"“{one.told.quote}”"] if one.told.quote else []
    return visible(" ".join(parts))


def _tags(one: Occurrence, when: EventDay, quality: Quality, about: About) -> str:
    """What the profile has no column for."""
    place = one.spot.precision
    many = one.amount
    pairs = (
        ("generator", f"dateline {about.dateline}"),
        ("record", one.record),
        ("crosswalk", quality),
        ("kind", one.kind),
        ("stage", one.stage),
        ("stance", ", ".join(one.stances)),
        ("change", one.change),
        ("date", when.basis),
        ("earliest", one.first if when.precision != 1 else None),
        ("latest", one.last if when.precision != 1 else None),
        ("origins", one.told.origins),
        ("reports", len(one.told.documents)),
        ("said_by", " | ".join(one.told.voices[:_MOST_NAMED])),
        *_states(one),
        ("place", place),
        ("uncertainty_m", None if one.spot.lat is None else one.spot.uncertainty),
        *_numbers("count", many),
        ("unit", None if many is None else many.unit),
        *_numbers("fatalities", one.killed),
    )
    return "; ".join(f"{key}={_plain(str(value))}" for key, value in pairs if value not in (None, ""))


def _states(one: Occurrence) -> Iterator[tuple[str, Scalar]]:
    """The state and sector of each side, which ACLED has no column for."""
    for number, party in ((1, one.actor), (2, one.recipient)):
        if party is not None:
            yield f"actor{number}_country", party.country
            yield f"actor{number}_sector", party.sector


def _numbers(name: str, many: Amount | None) -> Iterator[tuple[str, Scalar]]:
    if many is not None:
        yield f"{name}_low", _whole(many.low)
        yield f"{name}_high", _whole(many.high)
        yield f"{name}_words", many.words


def _whole(value: float | None) -> Scalar:
    return int(value) if value is not None and float(value).is_integer() else value


def _plain(text: str) -> str:
    """A value within a list that semicolons part."""
    return visible(text).replace(";", ",")


def _seconds(moment: str | None) -> int | None:
    return None if moment is None else int(datetime.fromisoformat(moment).timestamp())


def _cell(value: Scalar) -> Scalar:
    return cell(visible(value)) if isinstance(value, str) else value


def _line(cells: Iterable[Scalar]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue().encode("utf-8", "backslashreplace")


def ids_of(path: Path) -> frozenset[str]:
    """The ids of the rows of a file in ACLED's columns; ExportError where it has no such column, OSError unread."""
    csv.field_size_limit(_LARGEST_CELL)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        if "event_id_cnty" not in (rows.fieldnames or ()):
            raise ExportError(f"{path} has no column event_id_cnty: it is no export in ACLED's columns")
        return frozenset(row["event_id_cnty"] for row in rows)


def deleted(gone: Iterable[str], moment: str) -> bytes:
    """The list of ids that are gone since an earlier file, as ACLED gives it; `moment` as in `About.exported_at`."""
    at = _seconds(moment)
    return b"".join([_line(DELETED_COLUMNS), *(_line((identifier, at)) for identifier in sorted(gone))])
