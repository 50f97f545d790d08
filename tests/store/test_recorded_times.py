"""The ledger as it stood: what was recorded later is not in it, and the answer is that of a ledger without it."""

from __future__ import annotations

from pathlib import Path

import pytest

import fakes
from dateline.ledger import Ledger
from dateline.model import Hints
from dateline.pipeline import describe
from ledgers import DERIVED, KEPT, rows
from places import Places


class Clock:
    def __init__(self) -> None:
        self.now = "2024-05-01T08:00:00Z"

    def __call__(self) -> str:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    fakes.install(monkeypatch)
    return Clock()


def add(ledger: Ledger, text: str, published: str) -> None:
    ledger.add_readings([describe(fakes.document(text, published=published), Hints())])


def test_reports_recorded_later_are_not_in_it(place: str, clock: Clock) -> None:
    with Ledger(place, clock=clock) as ledger:
        add(ledger, "100 Russian soldiers are in Niger.", "2024-04-30")
        clock.now = "2024-05-03T08:00:00Z"
        add(ledger, "300 Russian soldiers are in Niger. ???", "2024-04-30")
        assert [row.low for row in ledger.presence(host="NER")] != [100]
        with ledger.as_of("2024-05-02") as then:
            assert [row.low for row in then.presence(host="NER")] == [100]
            assert len(then.claims()) == 1
            assert len(then.claims(text="soldiers")) == 1
            assert not then.issues()
        with ledger.as_of("2024-05-03T08:00:00Z") as then:
            assert len(then.claims()) == 2
            assert len(then.issues()) == 1


def test_it_is_the_ledger_that_was(tmp_path: Path, places: Places, clock: Clock) -> None:
    early, late = places.new(), places.new()
    for path in (early, late):
        with Ledger(path, clock=clock) as ledger:
            add(ledger, "100 Russian soldiers are in Niger. ???", "2024-04-30")
            add(ledger, "70 American soldiers left Mali.", "2024-05-01")
            ledger.rebuild()
    clock.now = "2024-06-01T00:00:00Z"
    with Ledger(late, clock=clock) as ledger:
        add(ledger, "5 American soldiers are in Mali.", "2024-05-20")
        with ledger.as_of("2024-05-31") as then:
            then.rebuild()
            copy = tmp_path / "then.db"
            save(then, copy)
    assert rows(copy, *KEPT, *DERIVED) == rows(early, *KEPT, *DERIVED)


def save(ledger: Ledger, path: Path) -> None:
    with ledger._store.reading() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{path}'")
