"""Series of strength in small cases (`cases/presence*.en.jsonl`, a line a case), and their invariants."""

from __future__ import annotations

import json
from dataclasses import replace
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
from dateline.reconcile.verdicts import NO_VERDICTS, Settlement, Verdicts

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
    return replace(made, id=identity), document


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


def told(*given: dict[str, Any], verdicts: Verdicts = NO_VERDICTS) -> Presence:
    made = [claim_of(one) for one in given]
    reports = Reports({document.id: document for _, document in made})
    (row,) = presence([claim for claim, _ in made], reports, verdicts)
    return row


def there(low: float, high: float | None, on: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "presence",
        "time": [on, on],
        "low": low,
        "high": high,
        "outlet": "Atlas Daily",
        "published": on,
    } | more


def left(on: str, words: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "withdrawal",
        "time": [on, on],
        "words": words,
        "outlet": "Dune Radio",
        "published": on,
    } | more


ORDER = {
    "kind": "expulsion",
    "time": ["2024-03-16", "2024-03-16"],
    "words": "ordered the Americans out",
    "outlet": "Dune Radio",
    "published": "2024-03-17",
}


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        (
            [there(950, 1000, "2024-03-02"), ORDER],
            ["950 to 1,000 from 2 March 2024: Atlas Daily; pull-out ordered, not begun."],
        ),
        (
            [
                there(950, 950, "2024-05-19"),
                left("2024-07-07", "766 have left the country, out of about 950", low=766, high=766),
            ],
            [
                "950 from 19 May 2024 to 6 July 2024: Atlas Daily.",
                "184 from 7 July 2024: Dune Radio says that 766 of 950 had left.",
            ],
        ),
        (
            [
                there(400, 400, "2022-06-01"),
                left("2022-08-31", "the last soldiers left", time=["2022-08-01", "2022-08-31"]),
            ],
            [
                "400 from 1 June 2022 to 15 August 2022: Atlas Daily.",
                "None from 16 August 2022: Dune Radio says that the last of them had left; the day is not said, only "
                "in August 2022.",
            ],
        ),
        (
            [
                there(250, 250, "2023-08-06"),
                there(254, 254, "2023-08-06", outlet="Dune Radio"),
                {k: v for k, v in there(0, 0, "2024-05-02").items() if k not in ("low", "high")},
            ],
            [
                "250 to 254 from 6 August 2023: Atlas Daily and Dune Radio; the number is of 6 August 2023, newer "
                "reports give none."
            ],
        ),
        (
            [left("2024-04-10", "a hundred men landed", kind="deployment", low=100, high=100)],
            ["At least 100 from 10 April 2024: Dune Radio says that 100 came."],
        ),
    ],
    ids=["ordered", "of so many", "a month", "carried", "came"],
)
def test_every_step_explains_itself(given: list[dict[str, Any]], reasons: list[str]) -> None:
    assert [step.reason for step in told(*given).series] == reasons


def test_how_each_bound_is_known() -> None:
    row = told(
        there(950, 950, "2024-05-19"),
        left("2022-08-31", "the last soldiers left", time=["2024-08-01", "2024-08-31"], published="2024-09-01"),
    )
    first, last = row.series
    assert (first.start_precise, first.start_asserted) == (True, False)
    assert (first.end_precise, first.end_asserted) == (False, True)
    assert (last.start_precise, last.start_asserted, last.end) == (False, True, None)


def test_a_settled_dispute_moves_the_strength() -> None:
    claims = [there(300, 300, "2024-05-10", id="low"), there(1000, 1000, "2024-05-11", outlet="Dune Radio", id="high")]
    assert (told(*claims).series[0].low, told(*claims).series[0].high) == (300, 1000)
    settled = Settlement("judgement-1", None, frozenset({"low", "high"}), frozenset({"high"}))
    row = told(*claims, verdicts=Verdicts(settlements=(settled,)))
    assert [(step.low, step.high) for step in row.series] == [(1000, 1000)]
    assert row.low == 1000


def test_a_rejected_claim_is_not_there() -> None:
    claims = [there(300, 300, "2024-05-10", id="wrong"), there(1000, 1000, "2024-05-11", outlet="Dune Radio")]
    row = told(*claims, verdicts=Verdicts(rejected=frozenset({"wrong"})))
    assert [(step.low, step.high) for step in row.series] == [(1000, 1000)]


def test_an_unlikely_claim_counts_once_it_is_accepted() -> None:
    made, document = claim_of(there(300, 300, "2024-05-10"))
    unlikely, reports = replace(made, confidence=0.3), Reports({document.id: document})
    (row,) = presence([unlikely], reports)
    assert (row.series, row.low) == ((), None)
    (row,) = presence([unlikely], reports, Verdicts(accepted=frozenset({unlikely.id})))
    assert (row.series[0].low, row.low) == (300, 300)


def test_sites_end_with_the_country() -> None:
    row = told(
        there(950, 950, "2024-05-19"),
        there(200, 200, "2024-05-20", place="site:Airbase 201", words="200 are at the base"),
        left("2024-09-15", "all soldiers have left the country"),
    )
    (site,) = row.at_sites
    assert [(step.start, step.low, step.high) for step in site.steps] == [
        ("2024-05-20", 200, 200),
        ("2024-09-15", 0, 0),
    ]


def test_what_it_is_there_for() -> None:
    assert told(there(100, 100, "2024-05-10", words="100 instructors train the army")).deployment is not None
    assert told(there(100, 100, "2024-05-10")).deployment is None


def test_a_few_who_stay_are_not_out_of_proportion() -> None:
    row = told(
        there(1000, 1000, "2024-05-19"),
        there(900, 950, "2024-06-20", outlet="Gulf Wire"),
        left("2024-08-05", "The last American soldiers have left the country"),
        there(3, 9, "2024-08-06", outlet="Steppe Post", words="A few soldiers remain at the embassy"),
    )
    assert (row.series[-1].low, row.series[-1].high) == (3, 9)
