"""Number policies answer from a step and its claims; they store nothing and never add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from test_presence_series import claim_of, rows

from dateline.model import Claim, Source, SourceKind, Step
from dateline.model.claims import Attribution
from dateline.model.words import Quote
from dateline.reconcile import presence
from dateline.reconcile.presence.policies import best_low_high, by_source, latest, lowest
from dateline.reconcile.presence.steps import stale
from dateline.reconcile.reports import Reports

FIGURES = [
    {"kind": "presence", "time": ["2024-05-10", "2024-05-10"], "low": low, "high": high, "outlet": outlet}
    | {"published": "2024-05-11", "id": f"claim-{number}"}
    for number, (low, high, outlet) in enumerate(
        [(900, 1000, "Atlas Daily"), (1000, 1000, "Dune Radio"), (1000, 1000, "Harmattan Herald")]
    )
]


def told(*given: dict[str, object]) -> tuple[Step, dict[str, Claim], Reports]:
    made = [claim_of(dict(one)) for one in given]
    reports = Reports({document.id: document for _, document in made})
    (row,) = presence([claim for claim, _ in made], reports)
    return row.series[-1], {claim.id: claim for claim, _ in made}, reports


def test_lowest_after_acled() -> None:
    step, claims, _ = told(*FIGURES)
    estimate = lowest(step, claims)
    assert estimate is not None
    assert (estimate.number, estimate.low, estimate.high, estimate.claims) == (900, 900, 1000, ("claim-0",))


@pytest.mark.parametrize(("text", "number"), [("several hundred", 100), ("dozens", 12), ("a few", 3), ("300", 200)])
def test_numbers_in_words_after_acled(text: str, number: float) -> None:
    given = FIGURES[0] | {"low": 200, "high": 900}
    step, claims, _ = told(given)
    (claim,) = claims.values()
    assert claim.quantity is not None
    estimate = lowest(step, {claim.id: replace(claim, quantity=replace(claim.quantity, text=text))})
    assert estimate is not None
    assert estimate.number == number


def test_best_low_high_after_ucdp() -> None:
    step, claims, reports = told(*FIGURES)
    estimate = best_low_high(step, claims, reports)
    assert estimate is not None
    assert (estimate.number, estimate.low, estimate.high) == (1000, 900, 1000)
    assert set(estimate.claims) == {"claim-1", "claim-2"}


def test_latest() -> None:
    newer = FIGURES[0] | {"time": ["2024-05-20", "2024-05-20"], "low": 950, "high": 950, "id": "claim-9"}
    step, claims, reports = told(*FIGURES, newer)
    estimate = latest(step, claims, reports)
    assert estimate is not None
    assert (estimate.number, estimate.claims) == (950, ("claim-9",))


def test_by_source_names_who_says_it() -> None:
    step, claims, reports = told(*FIGURES)
    source = Source(None, None, None, "Lloyd Austin")
    said = Attribution(source, SourceKind.OFFICIAL, False, None, Quote.INDIRECT)
    claims["claim-1"] = replace(claims["claim-1"], attribution=said)
    found = by_source(step, claims, reports)
    assert {name: estimate.number for name, estimate in found.items()} == {
        "Atlas Daily": 950,
        "Harmattan Herald": 1000,
        "Lloyd Austin": 1000,
    }


def test_a_derived_number_answers_by_its_own_bounds() -> None:
    left = {
        "kind": "withdrawal",
        "time": ["2024-07-07", "2024-07-07"],
        "low": 766,
        "high": 766,
        "words": "766 have left the country, out of about 950 who were there",
        "outlet": "Atlas Daily",
        "published": "2024-07-08",
    }
    step, claims, reports = told(*FIGURES, left)
    for estimate in (lowest(step, claims), best_low_high(step, claims, reports), latest(step, claims, reports)):
        assert estimate is not None
        assert (estimate.number, estimate.claims) == (184, ())


def test_no_number_no_estimate() -> None:
    step, claims, reports = told({"kind": "presence", "outlet": "Atlas Daily", "published": "2024-05-11"})
    assert lowest(step, claims) is best_low_high(step, claims, reports) is latest(step, claims, reports) is None
    assert by_source(step, claims, reports) == {}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2024-05-10", (0, "fresh")),
        ("2024-06-10", (31, "fresh")),
        ("2024-12-01", (205, "ageing")),
        ("2026-01-01", (601, "old")),
    ],
)
def test_age_of_a_step(on: str, expected: tuple[int, str]) -> None:
    step, _, _ = told(*FIGURES)
    age = stale(step, date.fromisoformat(on))
    assert age is not None
    assert (age.days, age.mark) == expected


def test_a_step_that_ended_does_not_age() -> None:
    ended = Step("2024-01-01", "2024-02-01", 5, 5, "2024-01-20", ("c",), "x.")
    assert stale(ended, date(2024, 3, 1)) is None
    assert stale(ended, date(2024, 1, 1)) is None
    assert stale(replace(ended, as_of=None), date(2024, 1, 30)) is None


def test_rows_of_a_case_are_one() -> None:
    assert len(rows({"claims": FIGURES})) == 1
