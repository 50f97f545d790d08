"""What happened, as event data has it: one occurrence an event, and one for each dated change of a presence.

ACLED, POLECAT, GeoJSON and KML all need an event with its place, its days and who tells of it. An event of the ledger
is one occurrence. A presence is a state: its series gives an occurrence where it began, changed or ended, and only
where no event tells the same, so that nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Final, TypeVar

from dateline.export.listing import Record
from dateline.export.selection import Selection
from dateline.model import Kind, Precision, Sector, Stage, Unit

BATCH: Final = 100
"""Events whose claims are held at once."""

_POINTS: Final = (Precision.SITE, Precision.SETTLEMENT, Precision.DISTRICT, Precision.PROVINCE)
_MOST_QUOTED: Final = 300
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts or is acted upon: canonical name, alpha-3 code of the state, the sector as far as claims tell."""

    name: str
    country: str | None
    sector: Sector


@dataclass(frozen=True, slots=True)
class Spot:
    """Where: `lat`/`lon` in degrees (WGS 84), None for a country, a region or a place not decided.

    `uncertainty` is metres from the point within which the place very likely lies.
    """

    name: str | None
    country: str | None
    precision: Precision | None
    lat: float | None = None
    lon: float | None = None
    uncertainty: float | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """How many, in its words and as bounds; None is an open bound, never zero."""

    words: str | None
    low: float | None
    high: float | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class Told:
    """Who tells of it: outlets and addresses of the reports, whom these name, when, on how many origins.

    `first`/`last` are the days of the first and last report, `recorded` the newest moment at which one of them was
    recorded; `quote` the words of the first piece of evidence.
    """

    outlets: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    recorded: str | None = None
    origins: int = 0
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One dated thing. `first`/`last` are the ISO days that bound it, None where no claim gives one.

    `record` is "event" or "presence change"; `change` of the latter "start", "change" or "end", and `asserted` whether
    a source says so, rather than that it was first or last seen then. `killed` is the toll, `amount` the number that
    the act is told by (of a change: the strength after it).
    """

    id: str
    record: str
    kind: Kind
    stage: Stage
    stances: tuple[str, ...]
    actor: Party | None
    recipient: Party | None
    spot: Spot
    first: str | None
    last: str | None
    told: Told
    claims: tuple[str, ...]
    amount: Amount | None = None
    killed: Amount | None = None
    change: str | None = None
    asserted: bool = True
    precise: bool = True
    reason: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def happened(self) -> bool:
        """Whether somebody asserts that it came about, or has begun to."""
        return self.stage in (Stage.DONE, Stage.BEGUN)


def from_events(selection: Selection) -> Iterator[Occurrence]:
    """Every event of the selection but those of a mere state, newest first."""
    acts = (event for event in selection.events() if event["kind"] != Kind.PRESENCE)
    for some in batches(acts, BATCH):
        claims = selection.claims_of(list(dict.fromkeys(chain.from_iterable(event["claims"] for event in some))))
        recorded = selection.last_read([claim["document"]["id"] for claim in claims.values()])
        for event in some:
            yield _of_event(event, [claims[key] for key in event["claims"] if key in claims], recorded)


def batches(items: Iterator[T], size: int) -> Iterator[list[T]]:
    """The items in lists of `size`, the last one shorter."""
    while some := list(islice(items, size)):
        yield some


def _of_event(event: Record, claims: Sequence[Record], recorded: Mapping[str, str]) -> Occurrence:
    first, last = event["earliest"], event["latest"]
    origins = sum(not witness["background"] for witness in event["witnesses"])
    return Occurrence(
        id=event["id"],
        record="event",
        kind=Kind(event["kind"]),
        stage=Stage(event["stage"]),
        stances=tuple(event["stances"]),
        actor=_party(event, claims, "actor"),
        recipient=_party(event, claims, "recipient"),
        spot=spot_of(event["place"], event["country"], claims),
        first=first,
        last=last,
        told=told_by(claims, recorded, origins),
        claims=tuple(event["claims"]),
        amount=_amount(event, claims),
        killed=_killed(claims),
        codes=_codes(claims),
    )


def _party(event: Record, claims: Sequence[Record], slot: str) -> Party | None:
    """The party of an event with the sector that a claim gives it."""
    name = event[slot]
    if name is None:
        return None
    given = next((claim[slot] for claim in claims if claim[slot] is not None and claim[slot]["name"] == name), None)
    sector = Sector.UNK if given is None else Sector(given["sector"])
    return Party(name, event[f"{slot}_country"], sector)


def spot_of(name: str | None, country: str | None, claims: Sequence[Record]) -> Spot:
    """Where an event was: the point that its claims give for the place it was decided to be at, else no point."""
    places = [claim["place"] for claim in claims if claim["place"] is not None]
    own = [place for place in places if place["name"] == name] if name is not None else []
    pinned = [place for place in own if place["lat"] is not None and place["precision"] in _POINTS]
    best = next(iter(pinned), None) or next(iter(own), None)
    if best is None:
        precision = None if country is None else Precision.COUNTRY
        return Spot(name, country, precision if name is None else None)
    precision = Precision(best["precision"])
    if best not in pinned:
        return Spot(name, best["country"] or country, precision)
    return Spot(name, best["country"] or country, precision, best["lat"], best["lon"], best["uncertainty"])


def told_by(claims: Sequence[Record], recorded: Mapping[str, str], origins: int) -> Told:
    """Who tells of it, from the claims that hold it."""
    ordered = sorted(claims, key=lambda claim: (claim["document"]["published"] or "9999", claim["id"]))
    reports = {claim["document"]["id"]: claim["document"] for claim in ordered}
    days = [report["published"][:10] for report in reports.values() if report["published"] is not None]
    moments = [recorded[key] for key in reports if key in recorded]
    first = next((claim for claim in ordered if claim["stance"] == "asserted"), next(iter(ordered), None))
    return Told(
        outlets=_once(report["outlet"] for report in reports.values()),
        voices=_once(voice(claim) for claim in ordered),
        urls=_once(report["url"] for report in reports.values()),
        documents=tuple(reports),
        languages=_once(report["language"] for report in reports.values()),
        first=min(days, default=None),
        last=max(days, default=None),
        recorded=max(moments, default=None),
        origins=origins,
        quote=None if first is None else _quote(first),
    )


def voice(claim: Record) -> str | None:
    """Who says it and how: "Reuters: a Nigerien official (unnamed), denied"; None where the report says it itself."""
    said = claim["attribution"]
    if said is None and claim["stance"] == "asserted":
        return None
    parts = []
    if said is not None:
        source = said["source"]
        name = said["source_kind"] if source is None else source["name"]
        parts.append(f"{name} (unnamed)" if said["anonymous"] else name)
        parts += [f"via {via}" for via in said["via"]]
    outlet = claim["document"]["outlet"]
    told = ", ".join([*parts, *([] if claim["stance"] == "asserted" else [claim["stance"]])])
    return told if outlet is None else f"{outlet}: {told}"


def _quote(claim: Record) -> str | None:
    words = claim["evidence"][0].get("exact") if claim["evidence"] else None
    if not words:
        return None
    plain = " ".join(words.split())
    return plain if len(plain) <= _MOST_QUOTED else f"{plain[: _MOST_QUOTED - 1]}…"


def _once(values: Iterator[str | None] | Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _amount(event: Record, claims: Sequence[Record]) -> Amount | None:
    """The number an event is told by, with the words of a claim that gives these bounds."""
    low, high, unit = event["low"], event["high"], event["unit"]
    if unit is None or (low is None and high is None):
        return None
    given = (claim["quantity"] for claim in claims if claim["quantity"] is not None)
    words = next((q["text"] for q in given if (q["low"], q["high"], q["unit"]) == (low, high, unit)), None)
    return Amount(words, low, high, Unit(unit))


def _killed(claims: Sequence[Record]) -> Amount | None:
    """The lowest toll that is asserted (ACLED's and UCDP's caution: of two numbers the lower)."""
    given = [
        claim["quantity"]
        for claim in claims
        if claim["quantity"] is not None and claim["quantity"]["unit"] == Unit.KILLED and claim["stance"] == "asserted"
    ]
    if not given:
        return None
    best = min(given, key=lambda one: (one["low"] is None, one["low"] or 0, one["high"] or float("inf")))
    return Amount(best["text"], best["low"], best["high"], Unit.KILLED)


def _codes(claims: Sequence[Record]) -> dict[str, str]:
    """Codes that a data set gave: "given as acled Armed clash" is acled: Armed clash."""
    found: dict[str, str] = {}
    for claim in claims:
        how = str(claim["basis"].get("kind", ""))
        scheme, _, code = how.removeprefix("given as ").partition(" ")
        if how.startswith("given as ") and scheme in ("acled", "plover") and code:
            found.setdefault(scheme, code)
    return found
