"""What is kept decoded: read once, never more than is allowed, and no other after the ledger has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from made_ledger import RUN, reports, write
from sqlalchemy import event

from dateline.derivation import bring_up_to_date
from dateline.model import Origin
from dateline.store import Store, View, Writer, open_store
from dateline.store.records import coded
from dateline.store.unchanging import AT_A_TIME, Recent, Unchanging
from places import Places


@pytest.fixture
def store(places: Places) -> Iterator[Store]:
    made = open_store(write(places.new()), create=False)
    yield made
    made.close()


class Asked:
    """The statements that a store is asked while it is looked at."""

    def __init__(self, store: Store) -> None:
        self.statements: list[str] = []
        event.listen(store.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_more: object) -> None:
        self.statements.append(statement)


class TestRecent:
    def test_the_one_that_was_not_asked_for_longest_goes_first(self) -> None:
        kept: Recent[str, str] = Recent(4)
        for name in "abcd":
            kept.keep(name, name.upper())
        assert kept.get("a") == "A"
        kept.keep("e", "E")
        assert [kept.get(name) for name in "abcde"] == ["A", None, "C", "D", "E"]

    def test_what_is_kept_anew_weighs_once(self) -> None:
        kept: Recent[str, int] = Recent(8)
        for number in range(9):
            kept.keep("a", number, 2)
        kept.keep("b", 1, 2)
        assert (kept.get("a"), kept.get("b")) == (8, 1)

    def test_what_is_too_heavy_is_not_kept(self) -> None:
        kept: Recent[str, int] = Recent(8)
        kept.keep("light", 1, 2)
        kept.keep("heavy", 2, 3)
        assert (kept.get("light"), kept.get("heavy")) == (1, None)

    def test_only_what_is_missing_is_read_and_a_files_worth_is_not_kept(self) -> None:
        kept: Recent[int, int] = Recent(1000)
        read: list[list[int]] = []

        def squares(some: Sequence[int]) -> dict[int, int]:
            read.append(list(some))
            return {number: number**2 for number in some if number < 10**6}

        assert kept.of([2, 3], squares) == {2: 4, 3: 9}
        assert kept.of([3, 4, 10**6], squares) == {3: 9, 4: 16}
        assert read == [[2, 3], [4, 10**6]]
        many = range(100, 101 + AT_A_TIME)
        assert kept.of(many, squares) == {number: number**2 for number in many}
        assert kept.get(100) is None


def test_claims_and_headers_are_read_once(store: Store) -> None:
    view = View(store)
    claims = view.claims_page().rows
    ids, documents = [claim.id for claim in claims], [claim.document for claim in claims]
    first = view.claims_of(ids), view.headers(documents)
    asked = Asked(store)
    assert (View(store).claims_of(ids), View(store).headers(documents)) == first
    assert asked.statements == []
    with view.snapshot() as pinned:
        assert (pinned.claims_of(ids), pinned.headers(documents)) == first
    assert asked.statements != []


def test_a_page_shows_what_was_added_since(store: Store) -> None:
    view = View(store)
    before = view.claims_page().rows
    document, claims = next(reports())
    text = document.text + " More."
    Writer(store).add(replace(document, id="doc-later", text=text, published="2030-01-01"), [], (), run=RUN)
    newest = replace(claims[0], id="claim-later", document="doc-last")
    Writer(store).add(replace(document, id="doc-last", text=text, published="2030-01-02"), [newest], (), run=RUN)
    assert View(store).claims_page().rows[:3] == (newest, *before[:2])
    assert [row.id for row in view.documents_page().rows[:2]] == ["doc-last", "doc-later"]


def test_derived_records_are_those_of_their_words(store: Store) -> None:
    bring_up_to_date(store)
    origin = View(store).origins().rows[0]
    kept = Unchanging()
    assert kept.derived(Origin, coded(origin)) is kept.derived(Origin, coded(origin))
    other = replace(origin, name="another name")
    assert kept.derived(Origin, coded(other)) == other
    assert kept.derived(Origin, coded(origin)) == origin
