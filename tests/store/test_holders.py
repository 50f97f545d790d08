"""What holds a claim, found by blocks, against a look through everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.ledger import Ledger
from dateline.model import Claim
from dateline.store import Filters, Store, View, open_store
from dateline.store.holders import disputes_about, events_by_id, holders
from dateline.store.passages import stretches
from places import Places

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "niger-2024"


@pytest.fixture(scope="module")
def store(places: Places) -> Iterator[Store]:
    path = places.new()
    with Ledger(path) as made:
        made.add(EXAMPLES)
        withdrawals = [event.id for event in made.events(kind="withdrawal")]
        made.judging("anna").merge(*withdrawals[:2], reason="tied blocks")
        made.disputes()
    found = open_store(path, create=False)
    yield found
    found.close()


@pytest.fixture(scope="module")
def claims(store: Store) -> tuple[Claim, ...]:
    return View(store).claims(Filters()).rows


def test_every_claim_is_found_in_what_holds_it(store: Store, claims: tuple[Claim, ...]) -> None:
    view = View(store)
    events, disputes = view.events(Filters()).rows, view.disputes(Filters()).rows
    presences = view.presences(Filters()).rows
    for claim in claims:
        found = holders(store, [claim.id])
        assert {event.id for event in found.events} == {event.id for event in events if claim.id in event.claims}
        assert {one.id for one in found.disputes} == {one.id for one in disputes if claim.id in one.claims}
        resting = {row.id for row in presences if claim.id in (*row.supports, *row.departures, *row.denied)}
        assert resting <= {row.id for row in found.presences}


def test_several_claims_at_once(store: Store, claims: tuple[Claim, ...]) -> None:
    ids = [claim.id for claim in claims]
    assert {event.id for event in holders(store, ids).events} == {e.id for e in View(store).events(Filters()).rows}
    assert holders(store, []).events == holders(store, ["claim-unknown"]).disputes == ()


def test_disputes_about_an_event_or_a_presence(store: Store) -> None:
    disputes = View(store).disputes(Filters()).rows
    assert disputes
    for dispute in disputes:
        assert dispute.id in {found.id for found in disputes_about(store, dispute.about)}
    assert disputes_about(store, "event-unknown") == ()


def test_unknown_ids_are_left_out(store: Store) -> None:
    one = View(store).events(Filters(limit=1)).rows[0]
    assert list(events_by_id(store, ["event-x", one.id, one.id])) == [one.id]


def test_stretches_are_what_the_text_has_there(store: Store) -> None:
    documents = View(store).documents(Filters(limit=5)).rows
    asked = [(document.id, start, start + 50) for document in documents for start in (0, 17, len(document.text) - 20)]
    found = stretches(store, [*asked, ("doc-unknown", 0, 5)])
    texts = {document.id: document.text for document in documents}
    assert found == {stretch: texts[stretch[0]][stretch[1] : stretch[2]] for stretch in asked}
