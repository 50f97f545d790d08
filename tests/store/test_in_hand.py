"""Claims of the review queue are handed out once, however many ask at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from dateline.store import Store, open_store
from dateline.store.databases import database_of
from dateline.store.in_hand import of_others, take

QUEUE = [f"claim-{number:02}" for number in range(12)]
NOON = "2024-05-04T12:00:00Z"


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    made = open_store(place, create=True)
    yield made
    made.close()


def test_each_has_one_and_it_falls_back_after_some_minutes(store: Store) -> None:
    assert take(store, "anna", QUEUE, at=NOON) == QUEUE[0]
    assert take(store, "anna", QUEUE, at=NOON) == QUEUE[0]
    assert take(store, "ben", QUEUE, at=NOON) == QUEUE[1]
    assert of_others(store, "ben", at=NOON) == {QUEUE[0]: ("anna", "2024-05-04T12:10:00.000000Z")}
    assert take(store, "ben", QUEUE[:1], at="2024-05-04T12:09:59Z") is None
    assert take(store, "ben", QUEUE, at="2024-05-04T12:10:00Z") == QUEUE[0]
    assert take(store, "carla", QUEUE, at="2024-05-04T12:10:00Z") == QUEUE[1], "what ben had is free"


def test_many_at_once_get_one_each(store: Store) -> None:
    with ThreadPoolExecutor(12) as pool:
        for turn in range(5):
            at = f"2024-05-04T{13 + turn}:00:00Z"
            asked = [pool.submit(take, store, f"analyst {number}", QUEUE, at=at) for number in range(12)]
            found = [one.result() for one in asked]
            assert len(set(found) - {None}) == len([one for one in found if one is not None]), "none twice"
            assert sum(one is not None for one in found) >= 6


def test_nothing_waits(store: Store) -> None:
    assert take(store, "anna", [], at=NOON) is None


def test_what_is_in_hand_is_not_written_again(store: Store) -> None:
    take(store, "anna", QUEUE, at=NOON)
    with database_of(store.engine).writing(store.engine, store.name):
        assert take(store, "anna", QUEUE, at="2024-05-04T12:00:59Z") == QUEUE[0], "somebody else writes meanwhile"
    take(store, "anna", QUEUE, at="2024-05-04T12:05:00Z")
    assert of_others(store, "ben", at=NOON)[QUEUE[0]][1] == "2024-05-04T12:15:00.000000Z", "taken anew"
    take(store, "anna", QUEUE[3:], at="2024-05-04T12:05:01Z")
    assert set(of_others(store, "ben", at=NOON)) == {QUEUE[3]}
