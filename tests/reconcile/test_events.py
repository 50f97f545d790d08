"""Events: what agrees in kind, parties, country and time is one; anything else stays apart."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import (
    Actor,
    Claim,
    Document,
    Evidence,
    Kind,
    Place,
    Precision,
    Sector,
    Stance,
    TimeBasis,
    TimeRange,
    content_id,
)
from dateline.reconcile import events

RUSSIA = Actor(None, None, None, "Russia, government", "RUS", Sector.GOV)
RUSSIAN_ARMY = replace(RUSSIA, name="Russia, armed forces", sector=Sector.MIL)
NIGER = Actor(None, None, None, "Niger, military government", "NER", Sector.GOV)
PEOPLE = Actor(None, None, None, "people of Niger", "NER", Sector.CIV)
DOCUMENTS = [Document(id=f"doc-{n}", text="x", sha256="", published="2024-05-04") for n in range(3)]


def place(name: str, precision: Precision = Precision.SETTLEMENT) -> Place:
    return Place(None, None, None, name, "NER", None, None, precision)


def span(earliest: str | None, latest: str | None) -> TimeRange:
    return TimeRange(None, None, None, earliest, latest, TimeBasis.STATED)


def claim(document: int = 0, kind: Kind = Kind.AGREEMENT, **slots: object) -> Claim:
    made = Claim(
        id="",
        document=f"doc-{document}",
        kind=kind,
        actor=RUSSIA,
        recipient=NIGER,
        place=place("Niger", Precision.COUNTRY),
        quantity=None,
        time=span("2024-01-16", "2024-01-16"),
        stance=Stance.ASSERTED,
        attribution=None,
        evidence=(Evidence(0, 1, "x"),),
        confidence=0.9,
    )
    made = replace(made, **slots)  # type: ignore[arg-type]
    return replace(made, id=content_id("claim", made))


SAME = [
    (claim(0), claim(1)),
    (claim(0), claim(1, time=span("2024-01-01", "2024-01-31"))),
    (claim(0), claim(1, actor=RUSSIAN_ARMY)),
    (claim(0), claim(1, stance=Stance.DENIED)),
    (claim(0, time=None), claim(0, time=None, confidence=0.5)),
    (claim(0), claim(0, time=None)),
    (claim(0), claim(1, time=span(None, "2024-12-31"))),
    (claim(0), claim(1, place=place("Niamey"))),
]
APART = [
    (claim(0), claim(1, kind=Kind.CONSULTATION)),
    (claim(0), claim(1, time=span("2024-01-17", "2024-01-17"))),
    (claim(0), claim(1, recipient=PEOPLE)),
    (claim(0), claim(1, place=None)),
    (claim(0, time=None), claim(1, time=None)),
    (claim(0, place=place("Niamey")), claim(1, place=place("Agadez"))),
    (claim(0, recipient=None, place=None), claim(1, recipient=None, place=None)),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_one_event(first: Claim, second: Claim) -> None:
    (event,) = events([first, second], DOCUMENTS)
    assert set(event.claims) == {first.id, second.id}


@pytest.mark.parametrize(("first", "second"), APART)
def test_two_events(first: Claim, second: Claim) -> None:
    assert len(events([first, second], DOCUMENTS)) == 2


def test_event_has_the_time_all_its_claims_share_and_their_stances() -> None:
    month = claim(1, time=span("2024-01-01", "2024-01-31"), stance=Stance.PLANNED)
    (event,) = events([claim(0), month], DOCUMENTS)
    assert (event.earliest, event.latest) == ("2024-01-16", "2024-01-16")
    assert event.stances == (Stance.ASSERTED, Stance.PLANNED)
    assert (event.actor, event.actor_country, event.country) == ("Russia, government", "RUS", "NER")


def test_a_chain_of_overlaps_is_not_one_event() -> None:
    chain = [claim(n, time=span(f"2024-01-{10 + 5 * n}", f"2024-01-{16 + 5 * n}")) for n in range(3)]
    assert len(events(chain, DOCUMENTS)) == 2


def test_open_ends_stay_open() -> None:
    (event,) = events([claim(0, time=span("2024-01-01", None))], DOCUMENTS)
    assert (event.earliest, event.latest) == ("2024-01-01", None)


def test_claims_of_unknown_documents_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown document"):
        events([claim(2)], DOCUMENTS[:2])


MANY = st.lists(
    st.builds(
        claim,
        document=st.integers(0, 2),
        kind=st.sampled_from([Kind.AGREEMENT, Kind.ATTACK]),
        actor=st.sampled_from([RUSSIA, RUSSIAN_ARMY, PEOPLE, None]),
        place=st.sampled_from([place("Niamey"), place("Agadez"), None]),
        time=st.one_of(
            st.none(),
            st.tuples(st.dates(), st.dates()).map(lambda d: span(min(d).isoformat(), max(d).isoformat())),
        ),
    ),
    max_size=12,
)


@settings(max_examples=80, deadline=None)
@given(MANY, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_events_and_each_claim_is_in_one(claims: list[Claim], chance: random.Random) -> None:
    claims = list({made.id: made for made in claims}.values())
    found = events(claims, DOCUMENTS)
    shuffled = claims.copy()
    chance.shuffle(shuffled)
    assert found == events(shuffled, DOCUMENTS)
    assert sorted(key for event in found for key in event.claims) == sorted(made.id for made in claims)
