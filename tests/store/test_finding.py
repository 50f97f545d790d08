"""Searches page by page: the same rows whichever way they are found, by common words or by rare ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from made_ledger import reports, write
from sqlalchemy import select

from dateline.model import Kind, Run
from dateline.store import CursorError, Filters, Paging, Slice, SortError, Store, View, Writer, open_store, search
from dateline.store.finding import BEST
from dateline.store.schema import listed_claims
from places import Places

SOLDIERS = Filters(text="russia* armed")


@pytest.fixture(scope="module")
def store(places: Places) -> Iterator[Store]:
    made = open_store(write(places.new()), create=False)
    yield made
    made.close()


def walked(store: Store, wanted: Filters, sort: str, limit: int = 4) -> list[str]:
    """The ids of all pages, which are the same backwards."""
    view = View(store)
    pages = [view.claims_page(wanted, Paging(limit, None, sort))]
    while pages[-1].next is not None:
        pages.append(view.claims_page(wanted, Paging(limit, pages[-1].next, sort)))
    back: list[Slice[object]] = [pages[-1]]  # type: ignore[list-item]
    while back[0].previous is not None:
        back.insert(0, view.claims_page(wanted, Paging(limit, back[0].previous, sort)))  # type: ignore[arg-type]
    forwards = [row.id for page in pages for row in page.rows]
    assert [row.id for page in back for row in page.rows] == forwards  # type: ignore[attr-defined]
    return forwards


@pytest.mark.parametrize("sort", ["-published", "published"])
@pytest.mark.parametrize("wanted", [SOLDIERS, Filters(text="armed", kind=Kind.PRESENCE, host="NER")])
def test_common_words_find_what_rare_ones_would(
    store: Store, monkeypatch: pytest.MonkeyPatch, sort: str, wanted: Filters
) -> None:
    found = walked(store, wanted, sort)
    assert sorted(found) == sorted(claim.id for claim in View(store).claims(wanted).rows)
    assert len(found) > 8
    monkeypatch.setattr(search, "FEW", 3)
    assert walked(store, wanted, sort) == found
    page = View(store).claims_page(wanted, Paging(4))
    assert (page.total, page.total_is_least) == (4, True)


def test_no_more_than_so_many_rows_are_looked_through(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = Filters(text="armed", kind=Kind.PRESENCE)
    everything = walked(store, wanted, "-published")
    monkeypatch.setattr(search, "FEW", 3)
    monkeypatch.setattr(search, "LOOKED_THROUGH", 9)
    page = View(store).claims_page(wanted, Paging(500))
    assert page.total_is_least
    assert 0 < len(page.rows) <= 9
    assert [claim.id for claim in page.rows] == everything[: len(page.rows)]


def test_common_words_in_another_order_are_those_of_the_newest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = walked(store, SOLDIERS, "-published")
    assert sorted(walked(store, SOLDIERS, "confidence")) == sorted(everything)
    monkeypatch.setattr(search, "FEW", 5)
    page = View(store).claims_page(SOLDIERS, Paging(500, None, "confidence"))
    assert sorted(claim.id for claim in page.rows) == sorted(everything[:5])
    assert page.total_is_least


def test_the_best_come_first_and_filters_hold(store: Store) -> None:
    rare = Filters(text='"airbase 101" wagner')
    assert sorted(walked(store, rare, BEST)) == sorted(walked(store, rare, "-published"))
    narrow = Filters(text="wagner", kind=Kind.PRESENCE)
    assert {claim.kind for claim in View(store).claims_page(narrow, Paging(sort=BEST)).rows} == {Kind.PRESENCE}
    assert View(store).claims_page(Filters(text="nothingofthekind"), Paging(sort=BEST)).rows == ()
    assert View(store).claims_page(Filters(text="*"), Paging(sort=BEST)).rows == ()


def test_an_order_by_fit_is_of_searches_only(store: Store) -> None:
    with pytest.raises(SortError):
        View(store).claims_page(Filters(), Paging(sort=BEST))
    cursor = View(store).claims_page(SOLDIERS, Paging(2, None, BEST)).next
    for wanted, sort in ((Filters(text="wagner"), BEST), (SOLDIERS, None)):
        with pytest.raises(CursorError):
            View(store).claims_page(wanted, Paging(2, cursor, sort))


def test_documents_are_found_by_title_and_text_newest_first(store: Store) -> None:
    page = View(store).documents_page(Filters(text="wagner"), Paging(500))
    published = [document.published or "" for document in page.rows]
    assert published == sorted(published, reverse=True)
    assert {document.id for document in page.rows} == {
        document.id for document in View(store).documents(Filters(text="wagner")).rows
    }
    assert {document.text for document in page.rows} == {""}


def test_claims_that_were_read_otherwise_since_are_not_found(place: str) -> None:
    store = open_store(place, create=True)
    document, claims = next(reports())
    Writer(store).add(document, claims, (), run=Run("run-1", "made", "none", "3.11", "none"))
    Writer(store).add(document, claims[:1], (), run=Run("run-2", "made 2", "none", "3.11", "none"))
    for sort in ("-published", "confidence", BEST):
        found = View(store).claims_page(Filters(text="russia"), Paging(sort=sort))
        assert [claim.id for claim in found.rows] == [claims[0].id]
    store.close()


def test_sqlite_is_told_which_index_to_walk_along(store: Store) -> None:
    hinted = select(listed_claims.c.id).with_hint(listed_claims, "NOT INDEXED", "sqlite")
    with store.reading() as connection:
        written = str(hinted.compile(connection))
    assert ("NOT INDEXED" in written) == (connection.dialect.name == "sqlite")


@pytest.mark.parametrize("ends", [("since",), ("until",), ("since", "until")])
def test_reports_of_some_days_are_those_that_were_published_on_them(store: Store, ends: tuple[str, ...]) -> None:
    every = View(store).documents_page(Filters(), Paging(500)).rows
    known = sorted(one.published[:10] for one in every if one.published is not None)
    day = {"since": known[len(known) // 3], "until": known[len(known) * 2 // 3]}
    first, last = (day[end] if end in ends else other for end, other in (("since", ""), ("until", "9")))
    wanted = [one.id for one in every if one.published is not None and first <= one.published[:10] <= last]
    found = View(store).documents_page(Filters(**{end: day[end] for end in ends}), Paging(500)).rows
    assert [one.id for one in found] == wanted
    assert 0 < len(wanted) < len(every)
