"""Disputes: own cases of claims that cannot all be so, and of those that can; order and blocks never matter."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import (
    Actor,
    Attribution,
    Claim,
    Dispute,
    DisputeKind,
    DisputeStatus,
    Document,
    Event,
    Evidence,
    Kind,
    Origin,
    Place,
    Precision,
    Presence,
    Quantity,
    Quote,
    Scope,
    Sector,
    Source,
    SourceKind,
    Stance,
    TimeBasis,
    TimeRange,
    Unit,
)
from dateline.reconcile import event_block, events, presence
from dateline.reconcile.disputes import disputes, independent
from dateline.reconcile.disputes.numbers import levels
from dateline.reconcile.disputes.tellings import tellings
from dateline.reconcile.reports import Reports
from dateline.reconcile.verdicts import Settlement, Verdicts

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases" / "disputes.jsonl").read_text("utf-8").splitlines()
]
COUNTRIES = {
    "Niger": "NER",
    "Mali": "MLI",
    "Chad": "TCD",
    "Libya": "LBY",
    "Benin": "BEN",
    "Burkina Faso": "BFA",
    "Central African Republic": "CAF",
    "Mozambique": "MOZ",
    "Senegal": "SEN",
    "Afghanistan": "AFG",
    "Somalia": "SOM",
}


def actor(text: str) -> Actor:
    """`RUS:PMC:Wagner Group`, or a bare country for its government."""
    if ":" not in text:
        return Actor(None, None, None, f"{text}, government", text, Sector.GOV)
    country, sector, name = text.split(":")
    return Actor(name, None, None, name, country or None, Sector(sector))


def place(text: str | None) -> Place | None:
    """A country by its name, or `site:Airbase 101@NER`."""
    if text is None:
        return None
    if ":" not in text:
        return Place(None, None, None, text, COUNTRIES[text], None, None, Precision.COUNTRY)
    precision, rest = text.split(":")
    name, country = rest.split("@")
    kind = {"town": Precision.SETTLEMENT}.get(precision) or Precision(precision)
    return Place(name, None, None, name, country, None, None, kind)


def quantity(given: list[Any] | None) -> Quantity | None:
    if given is None:
        return None
    low, high, *rest = given
    unit = Unit(rest[0]) if rest else Unit.PERSONNEL
    scope = Scope(rest[1]) if len(rest) > 1 else Scope.TOTAL
    return Quantity(None, None, None, low, high, unit, scope)


def claim(told: dict[str, Any]) -> Claim:
    text = told.get("text", "so it is told")
    by = told.get("by")
    source = None if by is None else Source(by, None, None, by)
    said = Attribution(source, SourceKind.UNKNOWN, False, None, Quote.INDIRECT, tuple(told.get("via", ())))
    time = told.get("time")
    return Claim(
        id=told["id"],
        document=told["id"][0],
        kind=Kind(told["kind"]),
        actor=actor(told["actor"]),
        recipient=actor(told["to"]),
        place=place(told.get("place")),
        quantity=quantity(told.get("n")),
        time=None if time is None else TimeRange(None, None, None, time[0], time[1], TimeBasis.STATED),
        stance=Stance(told.get("stance", "asserted")),
        attribution=said if source is not None else None,
        evidence=(Evidence(0, len(text), text),),
        confidence=told.get("conf", 0.9),
    )


def reports_of(case: dict[str, Any]) -> Reports:
    documents = {
        name: Document(name, "", "0" * 64, outlet=header.get("outlet", f"Paper {name}"), **_kept(header))
        for name, header in case["reports"].items()
    }
    origins = {}
    for agency in {header["agency"] for header in case["reports"].values() if "agency" in header}:
        members = tuple(sorted(n for n, header in case["reports"].items() if header.get("agency") == agency))
        origins |= {name: Origin(f"origin-{agency}", agency, members, None) for name in members}
    return Reports(documents, origins)


def _kept(given: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in given.items() if key in ("published", "agency")}


def found(claims: list[Claim], reports: Reports, verdicts: Verdicts | None = None) -> tuple[Dispute, ...]:
    given = Verdicts() if verdicts is None else verdicts
    by_id = {claim.id: claim for claim in claims}
    return disputes(events(claims, reports), presence(claims, reports), by_id, reports, given)


def of_case(case: dict[str, Any]) -> tuple[Dispute, ...]:
    return found([claim(told) for told in case["claims"]], reports_of(case))


def sides(dispute: Dispute) -> list[list[str]]:
    return sorted(sorted(side.claims) for side in dispute.sides)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    got = sorted((str(one.kind), sides(one)) for one in of_case(case))
    assert got == sorted((one["kind"], sorted(map(sorted, one["sides"]))) for one in case["disputes"])


def named(name: str) -> dict[str, Any]:
    return next(case for case in CASES if case["name"] == name)


def test_strongest_side_first() -> None:
    (one,) = of_case(named("a jump that no report explains"))
    assert [side.claims[0] for side in one.sides] == ["b1", "a1"]
    assert [independent(side) for side in one.sides] == [2, 1]


def test_sentence_can_be_quoted() -> None:
    (one,) = of_case(named("a jump that no report explains"))
    assert one.sentence == (
        "900 to 1,000 American personnel in Niger from March to April 2024 by Paper b and AFP; "
        "650 in December 2023 by White House report."
    )
    assert (one.first_day, one.last_day, one.force_country, one.host) == ("2023-12-01", "2024-04-13", "USA", "NER")


def test_a_changed_copy_is_called_one() -> None:
    (one,) = of_case(named("copies of one reporting that differ are one side each, and the sentence says so"))
    assert one.sides[0].holds == "1,500"
    assert "15,000 on 3 May 2024 by A Copy (Reuters), a copy of the same reporting that changed “1,500”" in one.sentence


def test_a_judgement_settles_and_a_new_side_reopens() -> None:
    case = named("a jump that no report explains")
    claims, reports = [claim(told) for told in case["claims"]], reports_of(case)
    settled = Verdicts(settlements=(Settlement("j1", DisputeKind.NUMBER, frozenset({"a1", "b1"}), frozenset({"a1"})),))
    (one,) = found(claims, reports, settled)
    assert (one.status, one.settled_by, one.favours) == (DisputeStatus.SETTLED, "j1", 1)
    other = Verdicts(settlements=(Settlement("j1", DisputeKind.DATE, frozenset({"a1", "b1"}), frozenset()),))
    assert found(claims, reports, other)[0].status is DisputeStatus.OPEN
    new = {**case["claims"][2], "id": "c2", "n": [2500, 2500], "by": "somebody else"}
    (again,) = found([*claims, claim(new)], reports, settled)
    assert (again.status, again.settled_by, len(again.sides)) == (DisputeStatus.OPEN, None, 3)


def renamed(case: dict[str, Any], suffix: str) -> dict[str, Any]:
    """The case with ids of its own, so that many can be told together."""
    return {
        "reports": {name + suffix: header for name, header in case["reports"].items()},
        "claims": [{**told, "id": told["id"][0] + suffix + told["id"][1:]} for told in case["claims"]],
    }


def many() -> tuple[list[Claim], Reports]:
    """All cases in one ledger."""
    claims: list[Claim] = []
    documents: dict[str, Document] = {}
    for number, case in enumerate(CASES):
        own = renamed(case, f"-{number:02}.")
        for told in own["claims"]:
            document = told["id"].split(".")[0] + "."
            made = claim({**told, "id": told["id"]})
            claims.append(_in_document(made, document))
        documents |= reports_of({"reports": own["reports"]}).documents
    return claims, Reports(documents)


def _in_document(made: Claim, document: str) -> Claim:
    return replace(made, document=document)


TOLD, REPORTS = many()
ALL = found(TOLD, REPORTS)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_order_does_not_matter(seed: int) -> None:
    claims = list(TOLD)
    mixed = random.Random(seed)
    mixed.shuffle(claims)
    by_id = {claim.id: claim for claim in claims}
    happened, standing = list(events(TOLD, REPORTS)), list(presence(TOLD, REPORTS))
    mixed.shuffle(happened)
    mixed.shuffle(standing)
    assert disputes(happened, standing, by_id, REPORTS) == ALL


def test_blocks_do_not_touch_each_other() -> None:
    """Disputes of each block of events and of presences alone are those of all together."""
    by_id = {claim.id: claim for claim in TOLD}
    rows: dict[tuple[str, str | None], list[Presence]] = {}
    for row in presence(TOLD, REPORTS):
        rows.setdefault((row.host, row.force_country), []).append(row)
    acts: dict[str | None, list[Event]] = {}
    for event in events(TOLD, REPORTS):
        first = by_id[event.claims[0]]
        acts.setdefault(event_block(first, REPORTS.documents[first.document]), []).append(event)
    alone = {one.id: one for block in rows.values() for one in disputes((), block, by_id, REPORTS)}
    alone |= {one.id: one for block in acts.values() for one in disputes(block, (), by_id, REPORTS)}
    assert alone == {one.id: one for one in ALL}


def test_every_side_has_claims_and_two_sides_differ() -> None:
    for one in ALL:
        assert len(one.sides) > 1
        assert all(side.claims for side in one.sides)
        assert len(set(one.claims)) == len(one.claims)


DAYS = ("2023-03-01", "2023-03-20", "2023-04-02", "2023-09-15", "2024-02-01")
NUMBERS = (None, [100, 100], [110, 110], [300, 900], [400, 400], [1000, None], [None, 500])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Claim], Reports]:
    """A few claims of a few forces in a few reports of two origins."""
    told = []
    for number in range(draw(st.integers(2, 9))):
        kind = draw(st.sampled_from(("presence", "deployment", "withdrawal", "expulsion", "attack")))
        who = draw(st.sampled_from(("RUS:MIL:Russian instructors", "RUS:PMC:Wagner Group", "RUS:MIL:Russian soldiers")))
        days = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2)))
        to = "MLI:GOV:Mali, government"
        made = claim(
            {
                "id": f"{draw(st.sampled_from('abcd'))}{number}",
                "kind": kind,
                "actor": to if kind == "expulsion" else who,
                "to": who if kind == "expulsion" else to,
                "place": draw(st.sampled_from(("Mali", "town:Gao@MLI", "site:Base 5@MLI"))),
                "n": draw(st.sampled_from(NUMBERS)),
                "time": draw(st.sampled_from((None, days))),
                "stance": draw(st.sampled_from(("asserted", "asserted", "alleged", "denied", "planned"))),
                "by": draw(st.sampled_from((None, "a minister", "a witness"))),
                "conf": draw(st.sampled_from((0.9, 0.9, 0.3))),
            }
        )
        told.append(made)
    header = {"a": {"published": "2023-04-03", "agency": "AFP"}, "b": {"published": "2023-04-04", "agency": "AFP"}}
    return told, reports_of({"reports": {**header, "c": {"published": "2024-02-02"}, "d": {}}})


@settings(max_examples=150, deadline=None)
@given(worlds(), st.integers(0, 2**32))
def test_of_any_claims(world: tuple[list[Claim], Reports], seed: int) -> None:
    """Sides are of different claims, each with one that is read right, and the order of claims makes no difference."""
    claims, reports = world
    got = found(claims, reports)
    mixed = list(claims)
    random.Random(seed).shuffle(mixed)
    assert found(mixed, reports) == got
    by_id = {claim.id: claim for claim in claims}
    for one in got:
        assert len(one.sides) > 1
        assert len(set(one.claims)) == len(one.claims)
        assert all(any(by_id[c].confidence >= 0.5 for c in side.claims) for side in one.sides)
        assert one.sentence.endswith(".")
        assert one.topic
        weights = [independent(side) for side in one.sides]
        assert weights == sorted(weights, reverse=True)


def test_levels_group_what_agrees() -> None:
    """Rounded figures are one, a vague one joins the only figure it fits, "more than" stands for its number."""
    given_figures = [[1000, 1000], [950, 950], [1000, None], [400, 400], [300, 900], [200, 450], [15000, None]]
    told = [
        claim({"id": f"a{at}", "kind": "presence", "actor": "FRA:MIL:French", "to": "MLI:GOV:Mali", "n": n})
        for at, n in enumerate(given_figures)
    ]
    reports = Reports({"a": Document("a", "", "0" * 64, published="2024-01-01")})
    made = tellings([c.id for c in told], {c.id: c for c in told}, reports)
    got = [sorted(t.claim.id for t in level) for level in levels(made)]
    assert got == [["a3", "a5"], ["a0", "a1", "a2"], ["a6"]]
