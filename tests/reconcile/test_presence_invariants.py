"""What must hold of every presence, whatever the claims: order, blocks, no value without a claim, no gaps."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import (
    Actor,
    Claim,
    Document,
    Evidence,
    Kind,
    Origin,
    Place,
    Precision,
    Quantity,
    Scope,
    Sector,
    Stance,
    Step,
    TimeBasis,
    TimeRange,
    Unit,
    content_id,
)
from dateline.reconcile import presence, presence_block
from dateline.reconcile.reports import Reports

STATES = {"USA": "United States, armed forces", "RUS": "Russia, armed forces"}
FORCES = [
    *(Actor(None, None, None, name, code, Sector.MIL) for code, name in STATES.items()),
    Actor(None, None, None, "Wagner Group", "RUS", Sector.PMC),
    Actor(None, None, None, "Africa Corps", "RUS", Sector.PMC),
    Actor(None, None, None, "Russian mercenaries", "RUS", Sector.PMC),
    Actor(None, None, None, "AMISOM", None, Sector.IGO),
    Actor(None, None, None, "ATMIS", None, Sector.IGO),
]
PLACES = [
    Place(None, None, None, "Niger", "NER", None, None, Precision.COUNTRY),
    Place(None, None, None, "Mali", "MLI", None, None, Precision.COUNTRY),
    Place(None, None, None, "Airbase 101", "NER", 13.48, 2.18, Precision.SITE),
    Place(None, None, None, "Agadez", "NER", 16.97, 7.99, Precision.SETTLEMENT),
    Place(None, None, None, "Sahel", None, None, None, Precision.REGION),
]
DOCUMENTS = [
    *(
        Document(id=f"doc-{n}", text="", sha256="", outlet=f"Outlet {n}", published=f"2024-0{n}-15T09:00:00Z")
        for n in range(1, 7)
    ),
    Document(id="doc-0", text="", sha256=""),
]
ORIGIN = Origin("origin-1", "Agency", ("doc-1", "doc-2"), "2024-01-15")
REPORTS = Reports({one.id: one for one in DOCUMENTS}, {"doc-1": ORIGIN, "doc-2": ORIGIN})
WORDS = [
    "x",
    "the last soldiers left",
    "half of the force left",
    "100 of 950 soldiers have left",
    "the pull-out has begun",
    "more soldiers arrived",
    "they remain there",
    "left their last base in the country",
    "have arrived over the past two months",
    "were driven out",
]


def claim(days: tuple[date, int] | None, words: str, **slots: object) -> Claim:
    time = None
    if days is not None:
        first, span = days
        time = TimeRange(
            None, None, None, first.isoformat(), (first + timedelta(days=span)).isoformat(), TimeBasis.STATED
        )
    made = Claim(
        id="",
        document="doc-1",
        kind=Kind.PRESENCE,
        actor=FORCES[0],
        recipient=None,
        place=PLACES[0],
        quantity=None,
        time=time,
        stance=Stance.ASSERTED,
        attribution=None,
        evidence=(Evidence(0, len(words), words),),
        confidence=0.9,
    )
    made = replace(made, **slots)  # type: ignore[arg-type]
    if made.kind is Kind.EXPULSION:
        made = replace(made, actor=None, recipient=made.actor)
    return replace(made, id=content_id("claim", made))


QUANTITIES = st.builds(
    lambda low, more, scope: Quantity(
        None, None, None, low, None if low is None or more is None else low + more, Unit.PERSONNEL, scope
    ),
    st.sampled_from([0, 60, 100, 500, 950, 1000, 200_000]),
    st.sampled_from([0, 0, 50, None]),
    st.sampled_from(Scope),
)
CLAIMS = st.lists(
    st.builds(
        claim,
        days=st.one_of(
            st.none(),
            st.tuples(st.dates(date(2023, 6, 1), date(2024, 6, 30)), st.sampled_from([0, 0, 0, 6, 30, 90, 365])),
        ),
        words=st.sampled_from(WORDS),
        kind=st.sampled_from(
            [Kind.PRESENCE, Kind.DEPLOYMENT, Kind.WITHDRAWAL, Kind.WITHDRAWAL, Kind.EXPULSION, Kind.TRAINING]
        ),
        actor=st.sampled_from(FORCES),
        stance=st.sampled_from([Stance.ASSERTED] * 5 + list(Stance)),
        place=st.sampled_from(PLACES),
        quantity=st.one_of(st.none(), QUANTITIES),
        document=st.sampled_from([one.id for one in DOCUMENTS]),
    ),
    max_size=14,
)


def all_steps(claims: list[Claim]) -> list[tuple[Step, ...]]:
    rows = presence(claims, REPORTS)
    return [series for row in rows for series in (row.series, *(site.steps for site in row.at_sites))]


@settings(max_examples=200, deadline=None)
@given(CLAIMS)
def test_steps_are_ordered_and_meet(claims: list[Claim]) -> None:
    for steps in all_steps(claims):
        for before, after in zip(steps, steps[1:], strict=False):
            assert before.end is not None
            assert after.start is not None
            assert date.fromisoformat(before.end) + timedelta(days=1) == date.fromisoformat(after.start)
            assert before.start is None or before.start <= before.end
        assert all(step.start is not None for step in steps[1:])
        assert not steps or steps[-1].end is None
        for step in steps:
            assert step.low is None or step.high is None or 0 <= step.low <= step.high


@settings(max_examples=200, deadline=None)
@given(CLAIMS)
def test_no_value_without_a_claim_and_none_of_intentions(claims: list[Claim]) -> None:
    by_id = {made.id: made for made in claims}
    for steps in all_steps(claims):
        for step in steps:
            assert step.supports
            assert step.origins >= 1
            assert step.reason.endswith(".")
            denied_departure = {Kind.WITHDRAWAL, Kind.EXPULSION}
            for support in step.supports:
                made = by_id[support]
                told = made.stance is Stance.ASSERTED
                assert told or (made.stance is Stance.DENIED and made.kind in denied_departure)
            assert not set(step.supports) & set(step.contradicts)
            if step.low is not None or step.high is not None:
                assert step.high == 0 or any(by_id[c].quantity is not None for c in step.supports)


@settings(max_examples=100, deadline=None)
@given(CLAIMS, st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(claims: list[Claim], chance: random.Random) -> None:
    shuffled = claims.copy()
    chance.shuffle(shuffled)
    assert presence(claims, REPORTS) == presence(shuffled, REPORTS)


@settings(max_examples=100, deadline=None)
@given(CLAIMS)
def test_each_block_stands_for_itself(claims: list[Claim]) -> None:
    blocks: dict[str, list[Claim]] = {}
    for made in claims:
        block = presence_block(made, REPORTS.documents[made.document])
        if block is not None:
            blocks.setdefault(block, []).append(made)
    apart = [row for block in blocks.values() for row in presence(block, REPORTS)]
    assert {row.id: row for row in apart} == {row.id: row for row in presence(claims, REPORTS)}
    assert len(apart) == len(presence(claims, REPORTS))
