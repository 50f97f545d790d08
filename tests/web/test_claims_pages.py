"""The pages of claims: the list with its filters, files and keys, and one claim with all around it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from copied_reports import copied_ledger
from desks import client_of, signed_in
from starlette.testclient import TestClient

from dateline.judging import Judging
from dateline.model import Claim, Kind
from dateline.store import Filters, View, open_store

if TYPE_CHECKING:
    from desks import Served
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def claims(examples_ledger: Path) -> tuple[Claim, ...]:
    store = open_store(examples_ledger, create=False)
    found = View(store).claims().rows
    store.close()
    return found


def rows(page: str) -> list[str]:
    return re.findall(r'<tr id="(claim-\w+)"', page)


def test_the_newest_report_comes_first_and_pages_hold_every_claim_once(
    client: TestClient, claims: tuple[Claim, ...]
) -> None:
    seen, address = [], "/claims"
    while address:
        page = client.get(address).text
        seen += rows(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == len(claims)
    assert set(seen) == {claim.id for claim in claims}


def test_filters_of_the_address_hold_and_stay_in_the_form(client: TestClient, claims: tuple[Claim, ...]) -> None:
    page = client.get("/claims", params={"kind": "withdrawal", "host": "Niger"}).text
    wanted = {c.id for c in claims if c.kind is Kind.WITHDRAWAL}
    assert rows(page) and set(rows(page)) <= wanted
    assert re.search(r'<option value="withdrawal" selected>', page)
    assert 'value="Niger"' in page


def test_a_filter_that_cannot_be_read_is_said_and_left_out(client: TestClient) -> None:
    page = client.get("/claims", params={"since": "yesterday", "kind": "nonsense"})
    assert page.status_code == 200
    assert "“yesterday” is no day" in page.text and "“nonsense” is no kind" in page.text
    assert rows(page.text)


def test_a_page_that_is_none_leads_to_the_first_one(client: TestClient) -> None:
    page = client.get("/claims", params={"cursor": "bm90aGluZw", "sort": "-published"})
    assert page.status_code == 200 and "start from its first page" in page.text and rows(page.text)
    assert "are not sorted by" in client.get("/claims", params={"sort": "nothing"}).text


def test_words_are_found_the_best_first_on_demand(client: TestClient) -> None:
    newest = client.get("/claims", params={"q": "niger troops"}).text
    best = client.get("/claims", params={"q": "niger troops", "sort": "best"}).text
    assert "/claims?q=niger+troops&amp;sort=best" in newest and "Newest first" in best
    assert rows(best) and set(rows(best)) == set(rows(newest))
    assert 'role="alert"' not in best


def test_chosen_columns_are_shown_and_kept_in_the_links(client: TestClient) -> None:
    page = client.get("/claims", params={"column": ["words", "confidence"]}).text
    headings = re.findall(r'<th scope="col" class="(\w+)', page)
    assert headings == ["choose", "words", "confidence"]
    assert "column=words&amp;column=confidence" in page


def test_nothing_found_says_what_to_do(client: TestClient) -> None:
    page = client.get("/claims", params={"q": "xyzzy"}).text
    assert "No claim passes these filters" in page and "Show all claims" in page


def test_files_hold_all_that_is_filtered(client: TestClient) -> None:
    page = client.get("/claims", params={"kind": "withdrawal"}).text
    told = csv.DictReader(io.StringIO(client.get("/claims.csv", params={"kind": "withdrawal"}).text))
    assert {row["id"] for row in told} == set(rows(page))
    lines = client.get("/claims.jsonl", params={"kind": "withdrawal"})
    assert {json.loads(line)["id"] for line in lines.text.splitlines()} == set(rows(page))
    assert lines.headers["content-disposition"] == 'attachment; filename="claims.jsonl"'


def test_files_hold_only_what_is_chosen(client: TestClient, claims: tuple[Claim, ...]) -> None:
    ids = [claims[3].id, claims[1].id, "claim-unknown"]
    told = list(csv.DictReader(io.StringIO(client.get("/claims.csv", params={"id": ids, "kind": "coup"}).text)))
    assert [row["id"] for row in told] == ids[:2]


def test_formulas_of_reports_are_harmless_in_csv(tmp_path: Path) -> None:
    from dateline.ledger import Ledger

    with Ledger(tmp_path / "formula.db") as ledger:
        ledger.add_text(
            "France withdrew 400 soldiers from Chad on Monday.", outlet='=HYPERLINK("http://e.org")', title="@x"
        )
    with client_of(tmp_path / "formula.db") as client:
        (row,) = csv.DictReader(io.StringIO(client.get("/claims.csv").text))
    assert row["document_outlet"].startswith("'=") and row["document_title"] == "'@x"


def test_a_claim_tells_its_sentence_its_chain_and_how_each_slot_was_read(
    client: TestClient, claims: tuple[Claim, ...]
) -> None:
    claim = next(c for c in claims if c.attribution and c.attribution.source and c.quantity and c.place)
    page = client.get(f"/claims/{claim.id}").text
    assert "<mark>" in page and f"/reports/{claim.document}?claim={claim.id}" in page
    assert claim.attribution and claim.attribution.source
    assert claim.attribution.source.name.replace("'", "&#39;") in page
    for slot in ("actor", "place", "quantity"):
        assert claim.basis[slot].replace("'", "&#39;").replace('"', "&#34;") in page
    assert f"dateline {claim.id}." in page


def test_a_shortened_id_leads_to_the_claim_and_an_unknown_one_is_told(
    client: TestClient, claims: tuple[Claim, ...]
) -> None:
    short = client.get(f"/claims/{claims[0].id[:14]}?x=1", follow_redirects=False)
    assert short.status_code == 307 and short.headers["location"] == f"/claims/{claims[0].id}?x=1"
    unknown = client.get("/claims/claim-ffffffffffff")
    assert unknown.status_code == 404 and "Nothing has this id" in unknown.text


def test_corrections_show_what_was_read_and_what_counts_now(own_ledger: Path) -> None:
    store = open_store(own_ledger, create=False)
    claim = next(c for c in View(store).claims(Filters(kind=Kind.WITHDRAWAL)).rows if c.quantity)
    Judging(store, "ana", lambda: "2026-01-02T10:00:00Z").correct(
        claim.id, [("quantity", "77 personnel total")], reason="misread"
    )
    store.close()
    with client_of(own_ledger) as client:
        page = client.get(f"/claims/{claim.id}").text
        listed = client.get("/claims", params={"kind": "withdrawal"}).text
    assert re.search(r'<ins class="now">77 personnel', page) and "corrected by ana" in page and "misread" in page
    row = re.search(rf'<tr id="{claim.id}".*?</tr>', listed, re.DOTALL)
    assert row and "corrected" in row[0]


def test_hostile_reports_are_inert_in_list_and_card(tmp_path: Path) -> None:
    path = copied_ledger(tmp_path / "copies.db")
    store = open_store(path, create=False)
    hostile = View(store).claims(Filters(text="evil")).rows
    store.close()
    assert hostile
    with client_of(path) as client:
        for address in ("/claims?q=evil", f"/claims/{hostile[0].id}", "/search?q=evil"):
            page = client.get(address).text
            assert "<script>alert" not in page and "<b>Abdou" not in page and "\u202e" not in page
            assert "<img src=x" not in page and "{{ 7 * 7 }}" in page


def test_claims_are_moved_through_opened_and_chosen_by_keys(tab: Page) -> None:
    tab.goto("/claims")
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    tab.keyboard.press("x")
    second = tab.locator("[data-row]").nth(1)
    assert second.locator("input").is_checked()
    assert tab.locator("[data-chosen]").inner_text() == "1 chosen"
    tab.keyboard.press("k")
    assert tab.evaluate("document.activeElement.closest('[data-row]').rowIndex") == 1
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.name") == "q"
    tab.keyboard.type("jx?")
    assert tab.locator("#keys").is_hidden() and tab.input_value("#f-q") == "jx?"
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("?")
    assert tab.locator("#keys").is_visible()
    tab.keyboard.press("Escape")
    tab.keyboard.press("j")
    wanted = tab.evaluate("document.activeElement.closest('[data-row]').id")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.url.endswith(f"/claims/{wanted}")


def test_keys_of_one_letter_can_be_turned_off(tab: Page) -> None:
    tab.goto("/claims")
    tab.locator("[data-help]").click()
    tab.locator("#keys-on").uncheck()
    tab.keyboard.press("Escape")
    tab.keyboard.press("j")
    assert tab.evaluate("document.activeElement.closest('[data-row]')") is None
    tab.evaluate("localStorage.clear()")


def test_the_choice_is_kept_from_page_to_page_until_it_is_exported(tab: Page) -> None:
    tab.goto("/claims")
    first = tab.locator("[data-row]").first.get_attribute("id")
    tab.locator("[data-row] input").first.check()
    tab.locator("a[rel=next]").click()
    other = tab.locator("[data-row]").first.get_attribute("id")
    tab.locator("[data-row] input").first.check()
    assert tab.locator("[data-chosen]").inner_text() == "2 chosen, 1 of them on other pages"
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Chosen as JSON Lines").click()
    told = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["id"] for line in told} == {first, other}
    tab.get_by_role("button", name="Choose none").click()
    assert tab.locator("[data-chosen]").inner_text().startswith("Choose claims")


def test_a_citation_is_copied(browser: Browser, served: Served, claims: tuple[Claim, ...]) -> None:
    tab = signed_in(browser, served, permissions=["clipboard-read", "clipboard-write"])
    tab.goto(f"/claims/{claims[0].id}")
    tab.get_by_role("button", name="Copy").first.click()
    tab.get_by_text("Copied.").wait_for()
    assert claims[0].id in tab.evaluate("navigator.clipboard.readText()")
    tab.context.close()


@pytest.mark.parametrize("width", [1280, 375])
def test_no_serious_finding_of_axe_and_no_sideways_scrolling(
    browser: Browser, served: Served, claims: tuple[Claim, ...], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = signed_in(browser, served, viewport={"width": width, "height": 800})
    for address in ("/claims", f"/claims/{claims[0].id}", "/claims?q=xyzzy", "/claims/claim-ffffffffffff"):
        tab.goto(address)
        found = Axe().run(tab).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == [], address
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
    tab.context.close()
