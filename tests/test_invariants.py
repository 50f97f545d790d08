"""The invariants of the ledger, for any reports: ids are content, nothing is lost, what is derived is the same."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fakes
from dateline.ledger import Ledger
from dateline.model import Document, Hints
from dateline.pipeline import Reading, describe
from ledgers import DERIVED, KEPT, rows, whole

SENTENCE = st.builds(
    "{} {} soldiers {} {}.".format,
    st.integers(0, 5000),
    st.sampled_from(["Russian", "American"]),
    st.sampled_from(["are in", "will go to", "are not in", "left"]),
    st.sampled_from(["Mali", "Niger"]),
)
OTHER = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
REPORT = st.tuples(
    st.lists(st.one_of(SENTENCE, OTHER, st.just("???")), min_size=1, max_size=5).map(" ".join),
    st.one_of(st.none(), st.dates().map(lambda day: day.isoformat())),
)
REPORTS = st.lists(REPORT, max_size=6)
RULES = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Reports = list[tuple[str, str | None]]


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)


@contextmanager
def fresh() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "a.db"


def add(path: Path, reports: Reports) -> None:
    with Ledger(path) as ledger:
        ledger.add_readings(described(reports))


def described(reports: Reports) -> list[Reading]:
    return [describe(fakes.document(text, published=published), Hints()) for text, published in reports]


@RULES
@given(REPORTS)
def test_adding_twice_changes_nothing(reports: Reports) -> None:
    with fresh() as path:
        add(path, reports)
        before = rows(path)
        add(path, reports + reports)
        assert rows(path) == before
        assert whole(path) == []


@RULES
@given(REPORTS, st.randoms(use_true_random=False))
def test_order_and_portions_do_not_matter(reports: Reports, chance: random.Random) -> None:
    shuffled = reports.copy()
    chance.shuffle(shuffled)
    with fresh() as path, fresh() as other:
        add(path, reports)
        for report in shuffled:
            add(other, [report])
        with Ledger(path) as one, Ledger(other) as two:
            one.rebuild()
            two.rebuild()
        assert rows(path) == rows(other)


@RULES
@given(REPORTS)
def test_rebuild_gives_the_same_bytes(reports: Reports) -> None:
    with fresh() as path:
        add(path, reports)
        with Ledger(path) as ledger:
            ledger.presence()
            kept, derived = rows(path, *KEPT), rows(path, *DERIVED)
            ledger.rebuild()
        assert rows(path, *DERIVED) == derived
        assert rows(path, *KEPT) == kept


@RULES
@given(REPORTS, REPORTS)
def test_nothing_that_was_added_goes(first: Reports, second: Reports) -> None:
    with fresh() as path:
        add(path, first)
        before = rows(path, *KEPT)
        add(path, second)
        after = rows(path, *KEPT)
        for table, kept in before.items():
            assert set(map(repr, kept)) <= set(map(repr, after[table]))


@RULES
@given(REPORTS)
def test_every_claim_quotes_the_one_stored_text(reports: Reports) -> None:
    with fresh() as path:
        add(path, reports)
        with Ledger(path) as ledger:
            documents: dict[str, Document] = {document.id: document for document in ledger.documents()}
            assert {document.text for document in documents.values()} == {text for text, _ in reports}
            for claim in ledger.claims():
                assert claim.evidence
                for part in claim.evidence:
                    assert documents[claim.document].text[part.start : part.end] == part.exact


@RULES
@given(REPORTS)
def test_every_claim_comes_back_as_it_was_read(reports: Reports) -> None:
    with fresh() as path:
        add(path, reports)
        read = [fakes.reading(reading.document) for reading in described(reports) if reading.document]
        with Ledger(path) as ledger:
            assert {claim.id: claim for claim in ledger.claims()} == {c.id: c for r in read for c in r.claims}
            assert set(ledger.issues()) == {issue for reading in read for issue in reading.issues}
