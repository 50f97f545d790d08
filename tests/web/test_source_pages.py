"""Sources at the desk: who says things, their record, their rating."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from dateline.desk import Desk
from dateline.desk.sources import HouseSort, ListedSource, SourceSort, houses, source, sources
from dateline.judging import Judging
from dateline.store import Filters, open_store
from dateline.store.moments import now

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def own_desk(own_ledger: Path) -> Iterator[Desk]:
    store = open_store(own_ledger, create=False)
    yield Desk(store)
    store.close()


def test_counts_are_those_of_the_claims(own_desk: Desk) -> None:
    claims = own_desk.view.claims().rows
    said: dict[str, int] = {}
    for claim in claims:
        if claim.attribution is not None and claim.attribution.source is not None:
            name = claim.attribution.source.name
            said[name] = said.get(name, 0) + 1
    found = sources(own_desk)
    assert sum(row.claims for row in found.rows if isinstance(row, ListedSource)) == sum(said.values())
    assert found.rows[0].claims == max(said.values())  # type: ignore[union-attr]
    for row in found.rows[:10]:
        card = source(own_desk, row.name)
        assert card is not None and card.voice.claims == len(card.looked.ids) == row.claims  # type: ignore[union-attr]
        assert sum(number for _, number in card.kinds) == card.voice.claims


def test_orders_and_filters(own_desk: Desk) -> None:
    names = [row.name for row in sources(own_desk, sort=SourceSort.NAME).rows]
    assert names == sorted(names, key=str.casefold)
    last = [row.last or "" for row in sources(own_desk, sort=SourceSort.LAST).rows]
    assert last == sorted(last, reverse=True)
    some = sources(own_desk, text="PENTAGON")
    assert all("pentagon" in row.name.casefold() for row in some.rows)
    kind = next(row.kind for row in sources(own_desk).rows if isinstance(row, ListedSource) and row.kind is not None)
    of_kind = sources(own_desk, kind=kind)
    assert 0 < of_kind.total <= sources(own_desk).total
    reports = [row.reports for row in houses(own_desk).rows]  # type: ignore[union-attr]
    assert reports == sorted(reports, reverse=True)
    assert houses(own_desk, sort=HouseSort.NAME).total == houses(own_desk).total


def test_outlets_are_those_of_the_reports(own_desk: Desk) -> None:
    outlets = {document.outlet for document in own_desk.view.headers().values() if document.outlet is not None}
    assert outlets <= {row.name for row in houses(own_desk).rows}


def test_record_and_rating(own_desk: Desk) -> None:
    name = sources(own_desk).rows[0].name
    card = source(own_desk, name)
    assert card is not None
    analyst = Judging(own_desk.store, "ada", now)
    analyst.accept(card.looked.ids[0])
    analyst.reject(card.looked.ids[1], reason="misread")
    analyst.rate(name, "C", reason="so far")
    own_desk.keeper.bring_up_to_date(30)
    after = source(own_desk, name)
    assert after is not None and after.rating == "C" and len(after.history) == 1
    assert (after.record.accepted, after.record.rejected) == (1, 1)
    disputed = [claim for dispute in own_desk.view.disputes().rows for claim in dispute.claims]
    speaker = next(
        (
            c.attribution.source.name
            for c in own_desk.view.claims_of(disputed).values()
            if c.attribution and c.attribution.source
        ),
        None,
    )
    if speaker is not None:
        shown = source(own_desk, speaker)
        assert shown is not None and shown.record.disputed > 0


def test_names_that_mean_one_are_taken_together(own_desk: Desk) -> None:
    Judging(own_desk.store, "ada", now).rate("AFP", "B")
    for name in ("AFP", "Agence France-Presse"):
        card = source(own_desk, name)
        assert card is not None and card.rating == "B"


def test_pages(client: TestClient) -> None:
    listing = client.get("/sources")
    assert listing.status_code == 200
    for address in re.findall(r'href="(/sources/[^"?]+)"', listing.text)[:5]:
        one = client.get(address)
        assert one.status_code == 200 and "What became of its claims" in one.text
        said = re.search(r'href="(/claims\?source=[^"&]+)"', one.text)
        assert said is not None and client.get(said[1]).text.count('href="/claims/claim-') > 0
    assert client.get("/sources?tab=outlets&sort=last").status_code == 200
    assert client.get("/sources?page=999999&kind=nonsense&sort=x&q=%00%25").status_code == 200


@pytest.mark.parametrize(
    "name", ["nobody at all", "%3Cscript%3Ealert(1)%3C/script%3E", "%00", "a/b", "..%2f..", "x" * 3000]
)
def test_a_name_nobody_has(client: TestClient, name: str) -> None:
    answer = client.get(f"/sources/{name}")
    assert answer.status_code in (400, 404) and "<script>alert" not in answer.text


def test_rating_in_the_browser(own_tab: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    own_tab.goto("/sources")
    own_tab.wait_for_timeout(100)
    own_tab.errors.clear()  # type: ignore[attr-defined]
    own_tab.locator("tbody th a").first.click()
    own_tab.wait_for_load_state()
    found = Axe().run(own_tab).response["violations"]
    assert not [one["id"] for one in found if one["impact"] in ("serious", "critical")]
    own_tab.select_option("#letter", "B")
    own_tab.get_by_role("button", name="Rate the source").click()
    own_tab.wait_for_load_state()
    assert own_tab.url.partition("?")[0].partition("/sources/")[2]
    assert "usually reliable" in own_tab.inner_text("main > header")
    own_tab.get_by_role("button", name=re.compile("^Undo")).first.click()
    own_tab.wait_for_load_state()
    assert "not rated" in own_tab.inner_text("main > header")


def test_filters_agree_with_the_view(own_desk: Desk) -> None:
    name = sources(own_desk).rows[0].name
    card = source(own_desk, name)
    assert card is not None
    found = own_desk.view.claims(Filters(source=name))
    assert set(card.looked.ids) <= {claim.id for claim in found.rows}
