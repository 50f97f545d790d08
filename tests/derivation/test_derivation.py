"""Derivation step by step and as a whole: the same rows, whatever came in which order."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import made_claims as made
from dateline.derivation import bring_up_to_date, rebuild
from dateline.model import Claim, Document, Run
from dateline.store import Store, Writer, open_store
from ledgers import DERIVED, rows

RUN = Run("run-1", "made", "no model", "3.11", "none")
LATER = Run("run-2", "made 2", "no model", "3.11", "none")
RULES = settings(max_examples=25, deadline=None)
Report = tuple[Document, list[Claim]]


@contextmanager
def ledger() -> Iterator[tuple[Store, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        store = open_store(path, create=True)
        try:
            yield store, path
        finally:
            store.close()


def add(store: Store, reports: list[Report], run: Run = RUN) -> None:
    for document, claims in reports:
        Writer(store).add(document, claims, (), run=run)


def derived(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return rows(path, *DERIVED)


@RULES
@given(made.stories(), st.randoms(use_true_random=False))
def test_adding_report_by_report_gives_what_a_rebuild_gives(reports: list[Report], order: random.Random) -> None:
    order.shuffle(reports)
    with ledger() as (store, path):
        for report in reports:
            add(store, [report])
            bring_up_to_date(store)
        step_by_step = derived(path)
        rebuild(store)
        assert derived(path) == step_by_step


@RULES
@given(made.stories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(reports: list[Report], order: random.Random) -> None:
    with ledger() as (store, path):
        add(store, reports)
        rebuild(store)
        first = derived(path)
    order.shuffle(reports)
    with ledger() as (store, path):
        add(store, reports)
        rebuild(store)
        assert derived(path) == first


@RULES
@given(made.stories())
def test_a_report_read_again_takes_the_place_of_its_old_reading(reports: list[Report]) -> None:
    with ledger() as (store, path):
        add(store, reports)
        bring_up_to_date(store)
        fewer = [(document, [replace(c, id=f"{c.id}x") for c in claims[1:]]) for document, claims in reports]
        add(store, fewer[: len(fewer) // 2 + 1], LATER)
        bring_up_to_date(store)
        step_by_step = derived(path)
        rebuild(store)
        assert derived(path) == step_by_step


@RULES
@given(made.stories())
def test_nothing_is_derived_without_a_claim(reports: list[Report]) -> None:
    known = {claim.id for _, claims in reports for claim in claims}
    with ledger() as (store, path):
        add(store, reports)
        bring_up_to_date(store)
        for document, record in made.known(path):
            assert document, record
            assert document <= known, record


@pytest.mark.parametrize("reports", [made.WIRE_STORY])
def test_copies_of_a_wire_are_one_origin_in_the_ledger(reports: list[Report]) -> None:
    with ledger() as (store, path):
        add(store, reports)
        bring_up_to_date(store)
        sizes = sorted(row[2] for row in rows(path, "origins")["origins"])
        assert sizes == [1, 3]
