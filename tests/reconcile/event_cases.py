"""Cases of `tests/cases/events.en.jsonl`: claims in one line each, the events and links they come to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dateline.model import (
    Actor,
    Claim,
    Document,
    Event,
    Evidence,
    Kind,
    Place,
    Precision,
    Quantity,
    Scope,
    Sector,
    Stance,
    TimeBasis,
    TimeRange,
    Unit,
)
from dateline.reconcile.events import events
from dateline.reconcile.reports import Reports
from dateline.reconcile.verdicts import Verdicts

FILE = Path(__file__).parent.parent / "cases" / "events.en.jsonl"


@dataclass(frozen=True)
class Case:
    """One situation: reports with their days, claims, the events expected, links that must be there.

    A claim's id is the letter of its report and a number. `none` are claims of no event, `background` reports that
    only recall the event of their first claim.
    """

    name: str
    aside: bool
    reports: Reports
    claims: tuple[Claim, ...]
    groups: frozenset[frozenset[str]]
    none: frozenset[str]
    links: tuple[tuple[str, str, str], ...]
    unlinked: tuple[tuple[str, str], ...]
    background: frozenset[str]
    verdicts: Verdicts
    stages: Mapping[str, str]


def cases() -> Iterator[Case]:
    """All cases of the file."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        yield _case(json.loads(line))


def _case(row: dict[str, object]) -> Case:
    get = row.get
    days: dict[str, str | None] = row["reports"]  # type: ignore[assignment]
    lines: dict[str, str] = row["claims"]  # type: ignore[assignment]
    documents = {key: Document(id=key, text="", sha256="", published=day) for key, day in days.items()}
    apart = tuple((frozenset(a), frozenset(b)) for a, b in get("apart", []))  # type: ignore[attr-defined]
    return Case(
        name=str(row["case"]),
        aside=row["set"] == "aside",
        reports=Reports(documents),
        claims=tuple(claim(key, line) for key, line in lines.items()),
        groups=frozenset(map(frozenset, row["events"])),  # type: ignore[call-overload]
        none=frozenset(get("none", ())),  # type: ignore[call-overload]
        links=tuple(map(tuple, get("links", ()))),  # type: ignore[arg-type]
        unlinked=tuple(map(tuple, get("unlinked", ()))),  # type: ignore[arg-type]
        background=frozenset(get("background", ())),  # type: ignore[call-overload]
        verdicts=Verdicts(together=tuple(map(frozenset, get("together", ()))), apart=apart),  # type: ignore[arg-type]
        stages=get("stages", {}),  # type: ignore[arg-type]
    )


def claim(key: str, line: str) -> Claim:
    """A claim from `kind|stance|actor|recipient|place|quantity|time|words`, empty parts not said."""
    kind, stance, actor, recipient, place, quantity, time, words = line.split("|")
    start = 200 * (int(key[1:]) - 1)
    if words.startswith("@"):
        offset, words = words[1:].split(" ", 1)
        start = int(offset)
    return Claim(
        id=key,
        document=key[0],
        kind=Kind(kind),
        actor=_actor(actor),
        recipient=_actor(recipient),
        place=_place(place),
        quantity=_quantity(quantity),
        time=_time(time),
        stance=Stance(stance),
        attribution=None,
        evidence=(Evidence(start, start + len(words), words),),
        confidence=0.9,
    )


def _actor(text: str) -> Actor | None:
    if not text:
        return None
    name, country, sector = text.split("/")
    return Actor(None, None, None, name, country or None, Sector(sector))


def _place(text: str) -> Place | None:
    if not text:
        return None
    name, country, precision, *point = text.split("/")
    lat, lon = (float(part) for part in point[0].split(",")) if point else (None, None)
    return Place(None, None, None, name, country or None, lat, lon, Precision(precision))


def _quantity(text: str) -> Quantity | None:
    if not text:
        return None
    bounds, unit, scope = text.split()
    low, high = (None if part == "null" else float(part) for part in bounds.split(".."))
    return Quantity(None, None, None, low, high, Unit(unit), Scope(scope))


def _time(text: str) -> TimeRange | None:
    if not text:
        return None
    span, _, basis = text.partition(" ")
    earliest, dots, latest = span.partition("..")
    return TimeRange(
        None, None, None, earliest or None, (latest if dots else earliest) or None, TimeBasis(basis or "stated")
    )


def found(case: Case) -> tuple[Event, ...]:
    """The events of a case."""
    return events(case.claims, case.reports, case.verdicts)
