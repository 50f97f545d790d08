"""Deriving beside others: nobody is kept from writing, and what they change meanwhile is not lost."""

from __future__ import annotations

from contextlib import closing

import made_claims as made
from dateline.derivation import bring_up_to_date, rebuild
from dateline.model import Run
from dateline.store import Store, Writer, open_store
from dateline.store.apart import derive_in
from dateline.store.derived import Derived
from ledgers import DERIVED, rows

RUN = Run("run-1", "made", "no model", "3.11", "none")


def add(store: Store, *numbers: int) -> None:
    for number in numbers:
        drafts = [made.draft()]
        Writer(store).add(*made.report(drafts, made.day(number), f"Outlet {number}", None), (), run=RUN)


def test_steps_beside_the_tables_come_to_what_a_rebuild_does(place: str) -> None:
    with closing(open_store(place, create=True)) as store:
        for number in range(6):
            add(store, number)
            bring_up_to_date(store)
        stepwise = rows(place, *DERIVED, "derived")
        rebuild(store)
    assert rows(place, *DERIVED, "derived") == stepwise
    assert stepwise["events"]


def test_reports_come_in_while_something_is_derived_and_are_derived_next(place: str) -> None:
    with closing(open_store(place, create=True)) as store, closing(open_store(place, create=False)) as other:
        add(store, 1)
        bring_up_to_date(store)
        add(store, 2)

        def work(tables: Derived) -> None:
            add(other, 3)
            tables.mark("1", tables.last_entry())

        assert derive_in(store, work, whole=False)
        with store.reading() as connection:
            assert Derived(connection).marked() == ("1", 2)
            assert Derived(connection).last_entry() == 3
        bring_up_to_date(store)
        stepwise = rows(place, *DERIVED, "derived")
        rebuild(store)
    assert rows(place, *DERIVED, "derived") == stepwise


def test_what_another_forestalled_is_not_kept(place: str) -> None:
    with closing(open_store(place, create=True)) as store, closing(open_store(place, create=False)) as other:
        add(store, 1)
        for whole in (False, True):

            def work(tables: Derived) -> None:
                tables.clear()
                add(other, 2, 3)
                bring_up_to_date(other)

            assert not derive_in(store, work, whole=whole)
            before = rows(place, *DERIVED, "derived")
            assert before["events"]
            add(other, 4)


def test_a_derivation_that_fails_leaves_all_as_it_was(place: str) -> None:
    with closing(open_store(place, create=True)) as store:
        add(store, 1)
        bring_up_to_date(store)
        before = rows(place, *DERIVED, "derived")

        def work(tables: Derived) -> None:
            tables.clear()
            raise ZeroDivisionError

        for whole in (False, True):
            try:
                derive_in(store, work, whole=whole)
            except ZeroDivisionError:
                continue
            raise AssertionError("the error is hidden")
        assert rows(place, *DERIVED, "derived") == before
        add(store, 2)
        bring_up_to_date(store)
        assert len(rows(place, "sketches")["sketches"]) == 2
