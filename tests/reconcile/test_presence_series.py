"""Series of strength in small cases (`cases/presence*.en.jsonl`, a line a case), and their invariants."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.model import (
    Actor,
    Claim,
    Document,
    Evidence,
    Kind,
    Place,
    Precision,
    Presence,
    Quantity,
    Scope,
    Sector,
    Stance,
    TimeBasis,
    TimeRange,
    Unit,
    content_id,
)
from dateline.reconcile import presence
from dateline.reconcile.reports import Reports

CASES = Path(__file__).parents[1] / "cases"
AMERICANS = "United States, armed forces|USA|MIL"
NIGER = Actor(None, None, None, "Niger, military government", "NER", Sector.GOV)
_PRECISIONS = {"site": Precision.SITE, "town": Precision.SETTLEMENT, "region": Precision.REGION}


def cases(*names: str) -> list[dict[str, Any]]:
    lines = (line for name in names for line in (CASES / name).read_text(encoding="utf-8").splitlines())
    return [json.loads(line) for line in lines]


def claim_of(given: dict[str, Any]) -> tuple[Claim, Document]:
    """A claim and its report from the few words of a case."""
    name, country, sector = given.get("force", AMERICANS).split("|")
    force = Actor(None, None, None, name, country or None, Sector(sector))
    kind = Kind(given["kind"])
    host = given.get("host", "NER")
    expelled = kind is Kind.EXPULSION
    words = given.get("words", "x")
    document = Document(
        id=f"{given['outlet']} {given['published']}",
        text="",
        sha256="",
        outlet=given["outlet"],
        published=given["published"],
    )
    time = given.get("time")
    made = Claim(
        id="",
        document=document.id,
        kind=kind,
        actor=NIGER if expelled else force,
        recipient=force if expelled else (NIGER if host else None),
        place=_place(given, host),
        quantity=_quantity(given),
        time=None if time is None else TimeRange(None, None, None, time[0], time[1], TimeBasis.STATED),
        stance=Stance(given.get("stance", "asserted")),
        attribution=None,
        evidence=(Evidence(0, len(words), words),),
        confidence=0.9,
    )
    identity = given.get("id") or content_id("claim", made)
    return _named(made, identity), document


def _named(claim: Claim, identity: str) -> Claim:
    from dataclasses import replace

    return replace(claim, id=identity)


def _place(given: dict[str, Any], host: str | None) -> Place:
    if "place" not in given:
        return Place(None, None, None, "Niger", host, None, None, Precision.COUNTRY)
    sort, name = given["place"].split(":")
    return Place(None, None, None, name, host, None, None, _PRECISIONS[sort])


def _quantity(given: dict[str, Any]) -> Quantity | None:
    if "low" not in given:
        return None
    scope = Scope(given.get("scope", "total"))
    return Quantity(None, None, None, given["low"], given["high"], Unit.PERSONNEL, scope)


def rows(case: dict[str, Any]) -> tuple[Presence, ...]:
    made = [claim_of(given) for given in case["claims"]]
    return presence([claim for claim, _ in made], Reports({document.id: document for _, document in made}))


@pytest.mark.parametrize("case", cases("presence.en.jsonl", "presence_unseen.en.jsonl"), ids=lambda case: case["case"])
def test_series(case: dict[str, Any]) -> None:
    (row,) = rows(case)
    told = [[step.start, step.end, step.low, step.high] for step in row.series]
    assert told == case["series"], [step.reason for step in row.series]
    against = {claim for step in row.series for claim in step.contradicts}
    assert against >= set(case.get("contradicts", ()))
    if "as_of" in case:
        assert row.series[-1].as_of == case["as_of"]
    if "carried" in case:
        assert row.series[-1].carried is case["carried"]
