"""Which claims wait for a look, and in which order."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.desk import Desk
from dateline.desk.judging import follow, judging
from dateline.desk.review import Asked, review, score
from dateline.model import DisputeStatus, Kind
from dateline.store import Filters, open_store
from dateline.store.review_queue import UNSURE, Narrowed, ReviewQueue, Waiting


@pytest.fixture
def desk(examples_file: Path, tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "own.db"
    shutil.copy(examples_file, path)
    store = open_store(path, create=False)
    yield Desk(store)
    store.close()


def test_unsure_disputed_and_carrying_claims_wait(desk: Desk) -> None:
    found = {one.claim: one for one in ReviewQueue(desk.store, ()).waiting(Narrowed()).waiting}
    claims = desk.view.claims(Filters()).rows
    disputes = desk.view.disputes(Filters(state=DisputeStatus.OPEN)).rows
    disputed = {claim for dispute in disputes for claim in dispute.claims}
    carrying = {row.strength_from for row in desk.view.presences(Filters()).rows} - {None}
    assert set(found) == {claim.id for claim in claims if claim.confidence < UNSURE} | disputed | carrying
    assert {key for key, one in found.items() if one.dispute is not None} == disputed
    assert {key for key, one in found.items() if one.presence is not None} == carrying


def test_the_queue_comes_in_bands_of_the_score(desk: Desk) -> None:
    page = review(desk, "anna", Asked())
    assert page.current is not None
    bands = [int(one.score * 20) for one in (page.current, *page.ahead)]
    assert bands == sorted(bands, reverse=True) and len(bands) == 11


def test_a_dispute_weighs_more_than_doubt_of_a_half() -> None:
    disputed, doubtful = Waiting("claim-a", 0.9, dispute="dispute-a"), Waiting("claim-b", 0.45)
    assert score(disputed) > score(doubtful) > score(Waiting("claim-c", 0.9, presence="presence-a"))


def test_narrowed_to_a_kind_or_country(desk: Desk) -> None:
    queue = ReviewQueue(desk.store, ())
    kinds = {claim.id: claim.kind for claim in desk.view.claims(Filters()).rows}
    some = queue.waiting(Narrowed(kind=Kind.PRESENCE)).waiting
    assert some and all(kinds[one.claim] is Kind.PRESENCE for one in some)
    everything = {one.claim for one in queue.waiting(Narrowed()).waiting}
    here = {one.claim for one in queue.waiting(Narrowed(host="NER")).waiting}
    assert here and here < everything


def test_a_decision_takes_a_claim_out_and_its_undoing_puts_it_back(desk: Desk) -> None:
    page = review(desk, "anna", Asked())
    assert page.current is not None
    claim = page.current.statement.claim.id
    made = judging(desk, "anna").accept(claim)
    assert follow(desk)
    after = review(desk, "bela", Asked())
    assert after.left == page.left - 1
    shown = [after.current, *after.ahead]
    assert claim not in {one.statement.claim.id for one in shown if one is not None}
    assert (review(desk, "anna", Asked()).done, after.done) == (1, 0)
    judging(desk, "anna").undo(made.judgements[0].id)
    follow(desk)
    again = review(desk, "anna", Asked())
    assert again.current is not None and again.current.statement.claim.id == claim and again.done == 0


def test_going_on_after_a_claim_leads_through_the_whole_queue_and_round(desk: Desk) -> None:
    page = review(desk, "anna", Asked())
    seen: list[str] = []
    while page.current is not None and page.current.statement.claim.id not in seen:
        seen.append(page.current.statement.claim.id)
        page = review(desk, "anna", Asked(after=seen[-1]))
    assert len(seen) == page.left and page.current is not None
    assert page.current.statement.claim.id == seen[0]


def test_two_analysts_are_not_given_the_same_claim(desk: Desk) -> None:
    anna = review(desk, "anna", Asked())
    ben = review(desk, "ben", Asked())
    assert anna.current is not None and ben.current is not None
    held = anna.current.statement.claim.id
    assert ben.current.statement.claim.id != held
    assert held not in {one.statement.claim.id for one in ben.ahead} and ben.held == 1
    again = review(desk, "anna", Asked())
    assert again.current is not None and again.current.statement.claim.id == held
    asked = review(desk, "ben", Asked(claim=held))
    assert asked.current is not None and asked.current.statement.claim.id == held
    assert asked.held_by is not None and asked.held_by[0] == "anna"
    onward = review(desk, "anna", Asked(after=held))
    assert onward.current is not None and onward.current.statement.claim.id != held
    freed = review(desk, "carla", Asked(claim=held))
    assert freed.held_by is None, "who goes on has nothing but the next one in hand"


def test_who_may_not_judge_takes_nothing(desk: Desk) -> None:
    shown = review(desk, "reader", Asked(takes=False))
    assert shown.current is not None
    assert review(desk, "anna", Asked(claim=shown.current.statement.claim.id)).held_by is None
