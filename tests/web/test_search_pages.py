"""The search: claims and reports by words, records by id, countries by name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desks import Served, signed_in
from starlette.testclient import TestClient

from dateline.store import View, open_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_words_are_found_in_claims_and_reports_and_marked(client: TestClient) -> None:
    page = client.get("/search", params={"q": "niger withdraw"}).text
    assert re.search(r"\d+ claims?</h2>", page) and re.search(r"\d+ reports?</h2>", page)
    assert "<mark>Niger</mark>" in page


def test_filters_narrow_the_claims_and_go_with_the_links(client: TestClient) -> None:
    page = client.get("/search", params={"q": "niger", "kind": "withdrawal"}).text
    assert '<option value="withdrawal" selected>' in page
    assert "/claims?q=niger&amp;kind=withdrawal" in page
    assert "/reports?q=niger" in page


def test_an_id_or_its_beginning_leads_to_its_record(client: TestClient, examples_ledger: Path) -> None:
    store = open_store(examples_ledger, create=False)
    view = View(store)
    claim, event, origin = view.claims().rows[0], view.events().rows[0], view.origins().rows[0]
    document = claim.document
    store.close()
    for typed, address in (
        (claim.id, f"/claims/{claim.id}"),
        (claim.id[:16], f"/claims/{claim.id}"),
        (document, f"/reports/{document}"),
        (event.id, f"/events/{event.id}"),
        (origin.id, f"/origins/{origin.id}"),
    ):
        answer = client.get("/search", params={"q": typed}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, address)


def test_a_country_offers_its_presence(client: TestClient) -> None:
    page = client.get("/search", params={"q": "Niger"}).text
    assert 'href="/presence?host=NER"' in page and "foreign forces in Niger" in page


def test_nothing_found_and_nothing_asked_give_hints(client: TestClient) -> None:
    assert "Nothing holds all of these words" in client.get("/search", params={"q": "xyzzy"}).text
    assert "All words must be there" in client.get("/search").text


@pytest.mark.parametrize("typed", ['"', "' OR 1=1 --", "a" * 400, "\x00", "NEAR(", "*", "-", "%", "claim-%", "\ud7ff"])
def test_anything_can_be_typed(client: TestClient, typed: str) -> None:
    assert client.get("/search", params={"q": typed}).status_code == 200


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (375, "light")])
def test_no_serious_finding_of_axe(browser: Browser, served: Served, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = signed_in(browser, served, viewport={"width": width, "height": 800}, color_scheme=scheme)
    for address in ("/search", "/search?q=niger", "/search?q=xyzzy"):
        tab.goto(address)
        found = Axe().run(tab).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == [], address
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
    tab.context.close()
