"""What notices set aside is derived from no more: as if it had never been there, in whatever order all came."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import made_claims as made
from dateline.derivation import bring_up_to_date, rebuild
from dateline.model import Claim, Document, Notice, PubStatus, Run
from dateline.store import Store, Writer, open_store
from ledgers import DERIVED, LISTED, rows

RUN = Run("run-1", "made", "no model", "3.11", "none")
AT = "2024-05-06T00:00:00.000000Z"
RULES = settings(max_examples=40, deadline=None)
Report = tuple[Document, list[Claim]]
Told = tuple[Notice, Report | None]


@contextmanager
def ledger() -> Iterator[tuple[Store, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        store = open_store(path, create=True, clock=lambda: AT)
        try:
            yield store, path
        finally:
            store.close()


@st.composite
def sendings(draw: st.DrawFn) -> list[Told]:
    """Versions of a few items, with and without their reports."""
    found: list[Told] = []
    for report in draw(made.stories()):
        notice = Notice(
            "",
            draw(st.sampled_from(["urn:a", "urn:b", "urn:c", "urn:d", "urn:e"])),
            draw(st.sampled_from([PubStatus.USABLE] * 4 + [PubStatus.WITHHELD, PubStatus.CANCELED])),
            version=draw(st.sampled_from([None, "1", "2", "10"])),
            issued=draw(st.sampled_from([None, "2024-05-01T00:00:00Z"])),
            embargoed=draw(st.sampled_from([None, None, None, "2024-05-05T00:00:00Z", "2024-06-01T00:00:00Z"])),
            document=report[0].id,
            summary=draw(st.booleans()),
        )
        found.append((notice, report))
    for item in draw(st.lists(st.sampled_from(["urn:a", "urn:b"]), max_size=2)):
        found.append((Notice("", item, PubStatus.CANCELED, version="3"), None))
    return found


def send(store: Store, told: Told) -> None:
    notice, report = told
    Writer(store).notice([notice], at=AT)
    if report is not None:
        Writer(store).add(*report, (), run=RUN, at=AT)


@RULES
@given(sendings(), st.randoms(use_true_random=False))
def test_the_order_of_notices_and_reports_does_not_matter(told: list[Told], order: random.Random) -> None:
    with ledger() as (store, path):
        for one in told:
            send(store, one)
        rebuild(store)
        kept, derived = rows(path, *LISTED[-1:]), rows(path, *DERIVED)
    order.shuffle(told)
    with ledger() as (store, path):
        for one in told:
            send(store, one)
            bring_up_to_date(store)
        assert rows(path, *DERIVED) == derived
        assert rows(path, *LISTED[-1:]) == kept
        rebuild(store)
        assert rows(path, *DERIVED) == derived


@RULES
@given(sendings())
def test_what_is_set_aside_is_derived_from_as_if_it_were_not_there(told: list[Told]) -> None:
    with ledger() as (store, path):
        for one in told:
            send(store, one)
            bring_up_to_date(store)
        derived = rows(path, *DERIVED)
        (aside,) = rows(path, "set_aside").values()
    gone = {row[0] for row in aside}
    reports = {report[0].id: report for _, report in told if report is not None}
    with ledger() as (store, path):
        for document, report in reports.items():
            if document not in gone:
                Writer(store).add(*report, (), run=RUN, at=AT)
        rebuild(store)
        assert rows(path, *DERIVED) == derived
