"""Pages: walked from end to end, both ways, they give each row of the listing once, in its order."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from made_ledger import RUN, reports, write

import made_claims as made
from dateline.model import Kind, Run, Stance
from dateline.store import CursorError, Filters, Paging, PagingError, Slice, SortError, Store, View, Writer, open_store
from dateline.store.judging import Judgements
from dateline.store.orders import CLAIMS, DISPUTES, DOCUMENTS, EVENTS, ORIGINS, PRESENCES
from places import Places

LATER = Run("run-2", "made 2", "no model", "3.11", "none")
Pages = Callable[[Filters, Paging], Slice[Any]]
EVERYTHING = Filters()
LISTINGS = {listing.name: listing for listing in (CLAIMS, DOCUMENTS, EVENTS, PRESENCES, DISPUTES, ORIGINS)}
ORDERS = [(name, sign + order) for name, listing in LISTINGS.items() for order in listing.orders for sign in ("", "-")]


@pytest.fixture(scope="module")
def read(places: Places) -> str:
    return write(places.new())


@pytest.fixture(scope="module")
def store(read: str) -> Iterator[Store]:
    made = open_store(read, create=False)
    yield made
    made.close()


@pytest.fixture
def own(places: Places) -> Iterator[Store]:
    """A ledger for a test that writes to it."""
    made = open_store(write(places.new()), create=False)
    yield made
    made.close()


def pages_of(store: Store, name: str) -> Pages:
    found: Pages = getattr(View(store), f"{name}_page")
    return found


def walked(pages: Pages, wanted: Filters, sort: str, limit: int) -> list[Slice[Any]]:
    found = [pages(wanted, Paging(limit, None, sort))]
    while found[-1].next is not None:
        found.append(pages(wanted, Paging(limit, found[-1].next, sort)))
    return found


def ids(pages: list[Slice[Any]]) -> list[str]:
    return [row.id for page in pages for row in page.rows]


@pytest.mark.parametrize(("name", "sort"), ORDERS)
def test_pages_give_every_row_once_forwards_and_backwards(store: Store, name: str, sort: str) -> None:
    pages = pages_of(store, name)
    whole = pages(EVERYTHING, Paging(500, None, sort))
    assert whole.next is None
    assert whole.previous is None
    assert len({row.id for row in whole.rows}) == whole.total == len(whole.rows) > 3
    for limit in (1, 4, 7):
        forwards = walked(pages, EVERYTHING, sort, limit)
        assert ids(forwards) == [row.id for row in whole.rows]
        at, back = forwards[-1], [forwards[-1]]
        while at.previous is not None:
            at = pages(EVERYTHING, Paging(limit, at.previous, sort))
            back.insert(0, at)
        assert ids(back) == [row.id for row in whole.rows]
        assert forwards[0].previous is None


def key(name: str, row: Any) -> Callable[[str], Any]:
    """What a row is sorted by, read from the row itself."""
    if name == "claims":
        time, quantity = row.time, row.quantity
        return {
            "kind": row.kind,
            "stance": row.stance,
            "actor": row.actor and row.actor.name.lower(),
            "place": row.place and row.place.name.lower(),
            "quantity": quantity and quantity.high,
            "time": time and time.earliest,
            "confidence": row.confidence,
        }.get
    if name == "documents":
        return {"published": row.published, "outlet": row.outlet.lower(), "title": row.title.lower()}.get
    if name == "events":
        return {"day": row.latest, "kind": row.kind, "origins": row.origins}.get
    if name == "presences":
        return {"host": row.host, "force": row.force.lower(), "as_of": row.as_of, "strength": row.high}.get
    if name == "disputes":
        return {"day": row.last_day, "kind": row.kind, "status": row.status}.get
    return {"size": len(row.documents), "day": None}.get


@pytest.mark.parametrize(("name", "sort"), ORDERS)
def test_rows_are_in_the_order_that_is_named_and_what_lacks_it_is_last(store: Store, name: str, sort: str) -> None:
    rows = pages_of(store, name)(EVERYTHING, Paging(500, None, sort)).rows
    found = [key(name, row)(sort.removeprefix("-")) for row in rows]
    there = [value for value in found if value is not None]
    assert found == there + [None] * (len(found) - len(there))
    assert there == sorted(there, reverse=sort.startswith("-"))


@pytest.mark.parametrize(
    "wanted",
    [
        Filters(actor="Wagner"),
        Filters(host="NER", kinds=(Kind.PRESENCE, Kind.DEPLOYMENT)),
        Filters(stances=(Stance.DENIED,), confidence_to=0.5),
        Filters(text="soldiers"),
        Filters(since="2024-05-01"),
        Filters(ids=()),
    ],
)
def test_filters_hold_on_every_page(store: Store, wanted: Filters) -> None:
    everything = {claim.id for claim in View(store).claims(wanted).rows}
    for sort in ("-published", "confidence", "actor"):
        found = walked(View(store).claims_page, wanted, sort, 5)
        assert sorted(ids(found)) == sorted(everything)
        assert {page.total for page in found} == {len(everything)}


def test_newest_reports_come_first_and_a_report_in_its_order(store: Store) -> None:
    view = View(store)
    found = view.claims_page(paging=Paging(500)).rows
    headers = view.headers()
    published = [headers[claim.document].published or "" for claim in found]
    assert published == sorted(published, reverse=True)
    starts: dict[str, list[int]] = {}
    for claim in found:
        starts.setdefault(claim.document, []).append(claim.evidence[0].start)
    assert all(some == sorted(some) for some in starts.values())
    assert len(starts) == sum(a.document != b.document for a, b in zip(found, found[1:], strict=False)) + 1


def test_what_is_added_meanwhile_moves_no_row_to_another_page(own: Store) -> None:
    view = View(own)
    first = view.claims_page(paging=Paging(10))
    second = view.claims_page(paging=Paging(10, first.next))
    document, claims = made.report([made.draft()], "2024-12-01", "The Daily", None)
    Writer(own).add(document, claims, (), run=RUN)
    assert view.claims_page(paging=Paging(10, first.next)).rows == second.rows
    assert view.claims_page(paging=Paging(10, second.previous)).rows == first.rows
    assert view.claims_page(paging=Paging(10)).rows[0].id == claims[0].id


def test_a_newer_reading_takes_the_place_of_the_older_one(own: Store) -> None:
    view = View(own)
    document, claims = next(reports())
    before = {claim.id for claim in view.claims_page(paging=Paging(500)).rows}
    fresh = replace(claims[0], id="claim-fresh", confidence=0.7)
    Writer(own).add(document, [fresh], (), run=LATER)
    after = {claim.id for claim in view.claims_page(paging=Paging(500)).rows}
    assert after == before - {claim.id for claim in claims} | {"claim-fresh"}
    assert after == {claim.id for claim in view.claims().rows}


def test_totals_are_counted_up_to_a_bound(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.store.counting.count.__kwdefaults__", {"most": 7, "among": None})
    page = View(store).claims_page(paging=Paging(3))
    assert (page.total, page.total_is_least) == (7, True)


def test_forged_and_foreign_cursors_are_refused(store: Store) -> None:
    view = View(store)
    cursor = view.claims_page(paging=Paging(3)).next or ""
    raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    wrong = [
        *("", "x", "é", "\x00", "=" * 8, "A" * 9000, cursor[:-2], cursor.swapcase()),
        urlsafe_b64encode(raw[:6] + raw[6:].replace(b"1", b"2", 1)).decode(),
    ]
    for made_up in wrong:
        with pytest.raises(CursorError, match="first page"):
            view.claims_page(paging=Paging(3, made_up))
    for wanted, paging in (
        (Filters(actor="Wagner"), Paging(3, cursor)),
        (EVERYTHING, Paging(3, cursor, "kind")),
        (EVERYTHING, Paging(3, cursor, "published")),
    ):
        with pytest.raises(CursorError):
            view.claims_page(wanted, paging)
    with pytest.raises(CursorError):
        view.documents_page(EVERYTHING, Paging(3, cursor))


def test_limits_and_orders_are_checked(store: Store) -> None:
    for limit in (0, -1, 501):
        with pytest.raises(PagingError, match="1 to 500"):
            Paging(limit)
    with pytest.raises(SortError, match="published, kind"):
        View(store).claims_page(paging=Paging(sort="record"))


def test_the_log_is_paged_newest_first(own: Store) -> None:
    judgements = Judgements(own)
    whole = [entry.number for entry in judgements.log().rows]
    found = [judgements.log_page(paging=Paging(10))]
    while found[-1].next is not None:
        found.append(judgements.log_page(paging=Paging(10, found[-1].next)))
    assert [entry.number for page in found for entry in page.rows] == whole
    assert found[0].total == len(whole)
    assert [entry.number for entry in judgements.log_page(paging=Paging(10, sort="added")).rows] == whole[::-1][:10]
