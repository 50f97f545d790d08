"""Presence: the newest asserted strength stands, the rest is shown apart, and order never matters."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gold
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
    Standing,
    TimeBasis,
    TimeRange,
    Unit,
    content_id,
)
from dateline.reconcile import presence
from dateline.reconcile.reports import Reports

NIGER = Actor(None, None, None, "Niger, military government", "NER", Sector.GOV)
IN_NIGER = Place(None, None, None, "Niger", "NER", None, None, Precision.COUNTRY)
BASE = Place(None, None, None, "Airbase 101", "NER", 13.48, 2.18, Precision.SITE)
OTHER_BASE = replace(BASE, name="Airbase 201")


def force(name: str, country: str | None, sector: Sector = Sector.MIL) -> Actor:
    return Actor(None, None, None, name, country, sector)


AMERICANS = force("United States, armed forces", "USA")
WAGNER = force("Wagner Group", "RUS", Sector.PMC)
MERCENARIES = force("Russian mercenaries", "RUS", Sector.PMC)


def number(low: float | None, high: float | None, scope: Scope = Scope.TOTAL) -> Quantity:
    return Quantity(None, None, None, low, high, Unit.PERSONNEL, scope)


def day(stamp: str) -> TimeRange:
    return TimeRange(None, None, None, stamp, stamp, TimeBasis.STATED)


def claim(kind: Kind = Kind.PRESENCE, actor: Actor | None = AMERICANS, **slots: object) -> Claim:
    made = Claim(
        id="",
        document="doc-1",
        kind=kind,
        actor=actor,
        recipient=NIGER,
        place=IN_NIGER,
        quantity=None,
        time=None,
        stance=Stance.ASSERTED,
        attribution=None,
        evidence=(Evidence(0, 1, "x"),),
        confidence=0.9,
    )
    made = replace(made, **slots)  # type: ignore[arg-type]
    return replace(made, id=content_id("claim", made))


DOCUMENTS = (
    Document(id="doc-1", text="x", sha256="", published="2024-05-04"),
    Document(id="doc-2", text="x", sha256="", published="2024-07-08T10:00:00+02:00"),
    Document(id="doc-0", text="x", sha256=""),
)


REPORTS = Reports({document.id: document for document in DOCUMENTS})


def one(*claims: Claim) -> Presence:
    (row,) = presence(claims, REPORTS)
    return row


def test_newest_total_stands() -> None:
    older = claim(quantity=number(1100, 1100), time=day("2023-09-07"))
    newer = claim(quantity=number(900, 1000), time=day("2024-03-16"))
    row = one(newer, older)
    assert (row.low, row.high, row.as_of, row.strength_from) == (900, 1000, "2024-03-16", newer.id)
    assert row.supports == (older.id, newer.id)
    assert [s.claim for s in row.strengths] == [newer.id, older.id]
    assert row.status is Standing.PRESENT


def test_total_stands_before_a_newer_part() -> None:
    total = claim(quantity=number(650, 650), time=day("2023-12-01"))
    part = claim(Kind.DEPLOYMENT, quantity=number(60, 60, Scope.PART), time=day("2024-04-12"))
    assert (one(total, part).low, one(total, part).as_of) == (650, "2023-12-01")
    assert one(part).low == 60
    assert one(part).scope is Scope.PART


@pytest.mark.parametrize("stance", [Stance.PLANNED, Stance.DENIED, Stance.ALLEGED, Stance.CONDITIONAL])
def test_what_is_not_asserted_never_enters_the_range(stance: Stance) -> None:
    said = claim(quantity=number(60, 60), stance=stance)
    alone = one(said)
    assert (alone.low, alone.high, alone.strength_from) == (None, None, None)
    assert alone.status is Standing(str(stance))
    assert getattr(alone, str(stance)) == (said.id,)
    beside = one(said, claim())
    assert (beside.low, beside.status) == (None, Standing.PRESENT)
    assert getattr(beside, str(stance)) == (said.id,)


def test_left_after_the_last_sighting() -> None:
    there = claim(quantity=number(1000, 1000), time=day("2024-05-02"))
    gone = claim(Kind.WITHDRAWAL, document="doc-2", time=day("2024-07-07"))
    row = one(there, gone)
    assert (row.status, row.as_of, row.low) == (Standing.LEFT, "2024-07-07", None)
    assert row.departures == (gone.id,)


@pytest.mark.parametrize(("left", "status", "low"), [(400, Standing.LEAVING, 1500), (1450, Standing.LEFT, None)])
def test_clearly_fewer_than_stood_there_are_a_part(left: int, status: Standing, low: int | None) -> None:
    there = claim(quantity=number(1500, 1500), time=day("2024-05-01"))
    some = claim(Kind.WITHDRAWAL, quantity=number(left, left), time=day("2024-05-03"), document="doc-2")
    row = one(there, some)
    assert (row.status, row.low) == (status, low)
    assert row.departures == (some.id,)


def test_zero_is_said_and_left_is_not_zero() -> None:
    there = claim(time=day("2024-05-02"))
    nobody = claim(quantity=number(0, 0), time=day("2024-07-07"), document="doc-2")
    row = one(there, nobody)
    assert (row.status, row.low, row.high) == (Standing.LEFT, 0, 0)
    assert nobody.id not in row.supports


@pytest.mark.parametrize(
    "sign",
    [
        claim(Kind.WITHDRAWAL, stance=Stance.PLANNED),
        claim(Kind.WITHDRAWAL, quantity=number(200, 200, Scope.PART), time=day("2024-05-04")),
        claim(Kind.WITHDRAWAL, place=OTHER_BASE, time=day("2024-05-04")),
        claim(Kind.EXPULSION, NIGER, recipient=AMERICANS, time=day("2024-03-16")),
    ],
    ids=["planned", "part", "one base", "ordered out"],
)
def test_leaving(sign: Claim) -> None:
    row = one(claim(quantity=number(900, 1000), place=BASE, time=day("2024-05-02")), sign)
    assert (row.status, row.low, row.high) == (Standing.LEAVING, 900, 1000)
    assert row.departures == (sign.id,)


def test_an_old_plan_to_leave_no_longer_tells() -> None:
    plan = claim(Kind.WITHDRAWAL, stance=Stance.PLANNED)
    later = claim(document="doc-3", time=day("2025-09-01"))
    newer = Document(id="doc-3", text="x", sha256="", published="2025-09-02")
    (row,) = presence([plan, later], Reports({**REPORTS.documents, newer.id: newer}))
    assert row.status is Standing.PRESENT


def test_expelled_without_a_sighting() -> None:
    row = one(claim(Kind.EXPULSION, NIGER, recipient=AMERICANS, time=day("2024-03-16")))
    assert (row.status, row.force, row.host, row.as_of) == (
        Standing.EXPELLED,
        "United States, armed forces",
        "NER",
        "2024-03-16",
    )


def test_a_denied_departure_keeps_the_force_there() -> None:
    row = one(claim(Kind.WITHDRAWAL, stance=Stance.DENIED))
    assert row.status is Standing.PRESENT


def test_base_only_when_all_support_names_it() -> None:
    assert one(claim(place=BASE)).site == "Airbase 101"
    mixed = one(claim(place=BASE), claim(place=IN_NIGER))
    assert (mixed.site, mixed.sites) == (None, ("Airbase 101",))
    both = one(claim(place=BASE, time=day("2024-01-01")), claim(place=OTHER_BASE, time=day("2024-02-01")))
    assert (both.site, both.sites) == (None, ("Airbase 201", "Airbase 101"))


def test_a_described_company_is_the_one_that_is_named() -> None:
    row = one(claim(actor=WAGNER), claim(actor=MERCENARIES, stance=Stance.DENIED))
    assert (row.force, len(row.supports), len(row.denied)) == ("Wagner Group", 1, 1)


def test_a_described_company_stays_apart_from_two() -> None:
    rows = presence(
        [claim(actor=WAGNER), claim(actor=replace(WAGNER, name="Redut")), claim(actor=MERCENARIES)], REPORTS
    )
    assert sorted(row.force for row in rows) == ["Redut", "Russian mercenaries", "Wagner Group"]


def test_forces_of_one_state_are_one_force() -> None:
    row = one(claim(), claim(actor=force("United States, government", "USA", Sector.GOV)))
    assert row.force == "United States, armed forces"
    assert len(row.supports) == 2


@pytest.mark.parametrize(
    "left_out",
    [
        claim(actor=force("Niger, armed forces", "NER")),
        claim(actor=force("aid workers", "FRA", Sector.NGO)),
        claim(Kind.CONSULTATION),
        claim(recipient=None, place=None),
        claim(Kind.TRAINING, place=None),
        claim(Kind.EXPULSION, NIGER, recipient=force("France, government", "FRA", Sector.GOV)),
        claim(actor=None),
    ],
    ids=["at home", "civilians", "a visit", "nowhere", "trained anywhere", "diplomats", "nobody"],
)
def test_no_force_abroad_no_row(left_out: Claim) -> None:
    assert presence([left_out], REPORTS) == ()


def test_what_holds_this_year_holds_until_the_report() -> None:
    year = TimeRange(None, None, None, "2024-01-01", "2024-12-31", TimeBasis.STATED)
    assert one(claim(time=year)).as_of == "2024-05-04"


def test_undated_reports_are_oldest() -> None:
    undated = claim(document="doc-0", quantity=number(5, 5))
    dated = claim(quantity=number(7, 7), time=day("2020-01-01"))
    assert one(undated, dated).low == 7
    assert one(undated).as_of is None


MANY = st.lists(
    st.builds(
        claim,
        kind=st.sampled_from([Kind.PRESENCE, Kind.DEPLOYMENT, Kind.WITHDRAWAL, Kind.TRAINING]),
        actor=st.sampled_from([AMERICANS, WAGNER, MERCENARIES, force("Redut", "RUS", Sector.PMC)]),
        stance=st.sampled_from(list(Stance)),
        place=st.sampled_from([IN_NIGER, BASE, OTHER_BASE, None]),
        quantity=st.one_of(
            st.none(),
            st.builds(number, st.sampled_from([None, 0, 50]), st.sampled_from([0, 60, None]), st.sampled_from(Scope)),
        ),
        time=st.one_of(st.none(), st.dates().map(lambda d: day(d.isoformat()))),
        document=st.sampled_from(["doc-0", "doc-1", "doc-2"]),
    ),
    max_size=12,
)


@settings(max_examples=80, deadline=None)
@given(MANY, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_rows(claims: list[Claim], chance: random.Random) -> None:
    shuffled = claims.copy()
    chance.shuffle(shuffled)
    assert presence(claims, REPORTS) == presence(shuffled, REPORTS)


@settings(max_examples=80, deadline=None)
@given(MANY)
def test_a_standing_range_is_one_asserted_claim(claims: list[Claim]) -> None:
    by_id = {made.id: made for made in claims}
    for row in presence(claims, REPORTS):
        if row.strength_from is None:
            assert (row.low, row.high) == (None, None)
            continue
        chosen = by_id[row.strength_from]
        assert chosen.stance is Stance.ASSERTED
        assert chosen.quantity is not None
        assert (row.low, row.high) == (chosen.quantity.low, chosen.quantity.high)


@pytest.mark.skipif(not gold.SHARED.is_dir(), reason="NOT CHECKED: ../shared/gold is not beside this checkout")
class TestSeeds:
    def rows(self, host: str) -> dict[str, Presence]:
        claims, documents = gold.gold("seeds")
        reports = Reports({document.id: document for document in documents})
        return {row.force: row for row in presence(claims, reports) if row.host == host}

    def test_niger(self) -> None:
        rows = self.rows("NER")
        americans = rows["United States, armed forces"]
        assert (americans.low, americans.high, americans.as_of) == (900, 1000, "2024-05-04")
        assert americans.status is Standing.LEAVING
        russians = rows["Russia, armed forces"]
        assert (russians.status, russians.sites) == (Standing.PRESENT, ("Airbase 101",))
        assert (russians.low, russians.high) == (None, None)
        assert [(s.low, s.stance) for s in russians.strengths] == [(60, Stance.PLANNED)]
        assert rows["France, armed forces"].status is Standing.LEFT
        assert set(rows) == {"United States, armed forces", "Russia, armed forces", "France, armed forces"}

    def test_mali(self) -> None:
        rows = self.rows("MLI")
        russians = rows["Russia, armed forces"]
        assert (russians.status, russians.low) == (Standing.PRESENT, None)
        assert [(s.low, s.high, s.stance) for s in russians.strengths] == [(400, 400, Stance.ALLEGED)]
        wagner = rows["Wagner Group"]
        assert (wagner.low, wagner.high, len(wagner.denied)) == (300, 900, 2)
        assert rows["France, armed forces"].status is Standing.EXPELLED
