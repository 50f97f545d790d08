"""What a selection hands out: everything that passes, once, in the order of the listings, whatever the size."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

import exported
from dateline.export.redaction import Redaction
from dateline.export.selection import plain
from dateline.ledger import Ledger
from dateline.model import as_record
from dateline.store import Paging, View, open_store, streams
from dateline.store.filters import Filters
from made_claims import draft, report


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported.make(tmp_path_factory.mktemp("selection") / "small.db")


@pytest.mark.parametrize("batch", [1, 2, 3, 500])
def test_streams_give_what_the_pages_give(examples_ledger: Path, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr(streams, "BATCH", batch)
    store = open_store(examples_ledger, create=False)
    try:
        with View(store).snapshot() as view:
            for wanted in (Filters(), Filters(host="NER"), Filters(actor="USA", since="2024-04-01")):
                for every, page in (
                    (view.every_claim, view.claims_page),
                    (view.every_document, view.documents_page),
                    (view.every_event, view.events_page),
                    (view.every_presence, view.presences_page),
                    (view.every_dispute, view.disputes_page),
                    (view.every_origin, view.origins_page),
                ):
                    found = [row for some in every(wanted) for row in some]
                    assert found == list(page(wanted, Paging(500)).rows)
    finally:
        store.close()


def test_plain_records_are_those_of_the_model(ledger: Path) -> None:
    with Ledger(ledger, create=False) as opened:
        for row in (*opened.claims(), *opened.events(), *opened.presence(), *opened.disputes(), *opened.documents()):
            assert plain(row) == as_record(row)
            assert list(plain(row)) == list(as_record(row))


def test_with_a_filter_reports_and_origins_are_those_of_the_claims(ledger: Path) -> None:
    with exported.selection(ledger, text="hangar") as found:
        claims = list(found.claims())
        assert 0 < len(claims) < 10
        documents = [record["id"] for record in found.documents()]
        assert documents == list(dict.fromkeys(claim["document"]["id"] for claim in claims))
        for origin in found.origins():
            assert set(origin["documents"]) & set(documents)
    with exported.selection(ledger, kind="coup") as found:
        assert not [*found.claims(), *found.documents(), *found.origins()]
        assert found.given == {"claims": 0, "documents": 0, "origins": 0}
    with exported.selection(ledger) as found:
        assert len(list(found.documents())) == 2 and "text" not in next(found.documents())


def test_what_is_written_meanwhile_is_not_in_it(ledger: Path, tmp_path: Path) -> None:
    copy = exported.make(tmp_path / "copy.db")
    with exported.selection(copy) as found:
        records = found.claims()
        first = next(records)
        with Ledger(copy) as other:
            other.judging("Somebody").reject(first["id"], reason="wrong")
        assert len([first, *records]) == 10 and found.verdict_of(first["id"]) != "rejected"
    with exported.selection(copy) as found:
        assert found.verdict_of(first["id"]) == "rejected"


@pytest.mark.parametrize("redaction", [Redaction(), Redaction(0.5)], ids=["whole", "blurred"])
def test_what_analysts_made_of_a_claim(ledger: Path, redaction: Redaction) -> None:
    with exported.selection(ledger, redaction) as found:
        told = {record["id"]: found.verdict_of(record["id"]) for record in found.claims()}
    assert sorted(told.values()) == [*[""] * 9, "corrected"]


def test_memory_does_not_grow_with_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records are read in batches: a ledger of four times the claims takes no more."""
    monkeypatch.setattr(streams, "BATCH", 20)
    peaks = []
    for count in (200, 800):
        store = open_store(tmp_path / f"{count}.db", create=True)
        for number in range(count // 10):
            document, made = report([draft()] * 10, f"2024-05-{number % 28 + 1:02}", f"Outlet {number}", None)
            exported.Writer(store).add(document, made, (), run=exported.RUN, at=exported.MOMENT)
        store.close()
        with exported.selection(tmp_path / f"{count}.db") as found:
            next(found.claims())
            tracemalloc.start()
            total = sum(1 for _ in found.claims())
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        assert total == count
    assert peaks[1] < peaks[0] * 1.5 + 100_000
