"""What a row of a data set says, as a claim attributed to the data set, with the row itself for evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from dateline.ingest.claims.fields import LARGEST, Unfit
from dateline.ingest.claims.imported import Imported
from dateline.ingest.reference.table import Cell, Row
from dateline.model import (
    DATA_SET_ROW,
    Actor,
    Attribution,
    Claim,
    Document,
    Evidence,
    Kind,
    Place,
    Precision,
    Quantity,
    Quote,
    Scope,
    Source,
    SourceKind,
    Stance,
    TimeBasis,
    TimeRange,
    Unit,
    content_id,
    identified,
)

VERSION: Final = "1"
"""Version of the rules by which rows are read: part of the id of every claim of a data set."""

_POINTLESS: Final = (Precision.COUNTRY, Precision.REGION)
_MOST_CITED: Final = 300


@dataclass(frozen=True, slots=True)
class Coded:
    """What a row says.

    `data_set` is the name it is attributed to, `name` the id of the row there, `citing` what the row was coded from.
    `confidence` is how far such rows are right, as the data set itself or its critics have it. `first`/`last` are ISO
    days. `published` is the day the row tells as its own, None where it has none.
    """

    data_set: str
    name: str | None
    kind: Kind
    actor: Actor | None = None
    recipient: Actor | None = None
    place: Place | None = None
    quantity: Quantity | None = None
    first: str | None = None
    last: str | None = None
    when: Cell | None = None
    stance: Stance = Stance.ASSERTED
    citing: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    confidence: float = 1.0
    basis: Mapping[str, str] = field(default_factory=dict)


def imported(coded: Coded, row: Row) -> Imported:
    """The row as a document of its own, with the claim it makes.

    The document's text is the row as it is written, and the claim quotes all of it. `provenance` says that it is no
    report, and by that it is no origin of anything.
    """
    document = _document(coded, row)
    claim = _claim(coded, row, document)
    external = () if coded.name is None else ((claim.id, coded.name),)
    return Imported(document, (claim,), external)


def _document(coded: Coded, row: Row) -> Document:
    given = {"outlet": "data set", "text": DATA_SET_ROW}
    given |= {} if coded.published is None else {"published": "column of the data set"}
    given |= {} if coded.url is None else {"url": "the report that the row was coded from"}
    given |= {} if row.layout.version is None else {"version": row.layout.version}
    title = coded.title or f"{coded.data_set} {coded.name or ''}".strip()
    sha = hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(
        id="",
        text=row.text,
        sha256=sha,
        title=title[:300],
        outlet=coded.data_set,
        published=coded.published,
        url=coded.url,
        provenance={**dict(sorted(given.items())), "title": "made of the row"},
    )
    return identified(document)


def _claim(coded: Coded, row: Row, document: Document) -> Claim:
    version = "" if row.layout.version is None else f" {row.layout.version}"
    said = f"{coded.data_set}{version}"
    cited = None if coded.citing is None else coded.citing[:_MOST_CITED]
    source = Source(None, None, None, coded.data_set, None if cited is None and not version else _told(said, cited))
    slots = (coded.actor, coded.recipient, coded.place, coded.quantity, _time(coded))
    identity = content_id("claim", document.id, VERSION, coded.kind, [repr(slot) for slot in slots], coded.stance)
    names = ("actor", "recipient", "place", "quantity", "time")
    basis = {name: f"column of {coded.data_set}" for name, slot in zip(names, slots, strict=True) if slot is not None}
    return Claim(
        id=identity,
        document=document.id,
        kind=coded.kind,
        actor=coded.actor,
        recipient=coded.recipient,
        place=coded.place,
        quantity=coded.quantity,
        time=_time(coded),
        stance=coded.stance,
        attribution=Attribution(source, SourceKind.DOCUMENT, False, None, Quote.INDIRECT),
        evidence=(Evidence(0, len(row.text), row.text),),
        confidence=coded.confidence,
        basis=basis | dict(coded.basis) | {"document": DATA_SET_ROW},
    )


def _told(said: str, cited: str | None) -> str:
    return said if cited is None else f"{said}, citing {cited}"


def _time(coded: Coded) -> TimeRange | None:
    if coded.first is None and coded.last is None:
        return None
    text, start, end = span(coded.when)
    return TimeRange(text, start, end, coded.first, coded.last, TimeBasis.STATED)


def span(cell: Cell | None) -> tuple[str | None, int | None, int | None]:
    """`text`, `start` and `end` of a slot that a cell gives."""
    return (None, None, None) if cell is None else (cell.text, cell.start, cell.end)


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees as a row gives them, and how wide they are meant: metres, None where the data set does not say."""

    lat: float | None
    lon: float | None
    uncertainty: float | None = None


def spot(cell: Cell | None, name: str, country: str | None, precision: Precision, point: Point) -> Place:
    """A place of a row; a country or a region never has the point that a data set puts on it."""
    if precision in _POINTLESS or point.lat is None or point.lon is None:
        return Place(*span(cell), name, country, None, None, precision)
    return Place(*span(cell), name, country, point.lat, point.lon, precision, point.uncertainty)


def counted(cell: Cell | None, low: float | None, high: float | None, unit: Unit) -> Quantity | None:
    """A number of a row. 0 is no lower bound, and nothing but zeros is nothing known."""
    low = low or None
    if not low and not high:
        return None
    if low is not None and high is not None and high < low:
        raise Unfit(f"high {high:g} is below low {low:g}")
    return Quantity(*span(cell), low, high, unit, Scope.TOTAL)


def number(row: Row, *names: str) -> float | None:
    """A number from 0 up, None where the cell is empty; `Unfit` for anything else."""
    text = row.get(*names)
    if text is None or text.upper() in ("NA", "NULL", "NONE", "."):
        return None
    try:
        value = float(text)
    except ValueError:
        raise Unfit(f"{names[0]} {text[:40]!r} is no number") from None
    if not 0 <= value <= LARGEST:
        raise Unfit(f"{names[0]} {text[:40]} is out of bounds")
    return value


def point(row: Row, lat: str, lon: str) -> Point:
    """Degrees of two columns, none where one is empty; `Unfit` for what is on no globe."""
    north, east = row.get(lat), row.get(lon)
    if north is None or east is None or "NA" in (north, east):
        return Point(None, None)
    try:
        found = float(north), float(east)
    except ValueError:
        raise Unfit(f"{lat} {north[:20]!r}, {lon} {east[:20]!r} are no degrees") from None
    if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
        raise Unfit(f"{lat} {north[:20]}, {lon} {east[:20]} are on no globe")
    return Point(*found)


def month_of(day: str) -> tuple[str, str]:
    """The first and the last day of the month of a day."""
    first = date.fromisoformat(day).replace(day=1)
    later = first + timedelta(days=31)
    return first.isoformat(), (later.replace(day=1) - timedelta(days=1)).isoformat()


def around(day: str, days: int) -> tuple[str, str]:
    """So many days before and after a day."""
    middle = date.fromisoformat(day)
    return (middle - timedelta(days=days)).isoformat(), (middle + timedelta(days=days)).isoformat()


def stance_in(tags: Mapping[str, str]) -> Stance:
    """The strongest stance that a row of ours has: an event that somebody asserts is asserted."""
    given = [part.strip() for part in tags.get("stance", "").split(",")]
    return next((stance for stance in Stance if stance in given), Stance.ASSERTED)
