"""The pages of reports: the list, and the text with its evidence linked both ways."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from copied_reports import copied_ledger, keep_long_report
from desks import Served, client_of, signed_in
from starlette.testclient import TestClient

from dateline.ledger import Ledger
from dateline.model import Claim, Document
from dateline.store import Filters, View, open_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied_ledger(tmp_path_factory.mktemp("copies") / "copies.db")


@pytest.fixture(scope="module")
def desk(copied: Path) -> Iterator[TestClient]:
    with client_of(copied) as made:
        yield made


@pytest.fixture(scope="module")
def copied_served(copied: Path) -> Iterator[Served]:
    made = Served(copied)
    yield made
    made.close()


@pytest.fixture
def reading(browser: Browser, copied_served: Served) -> Iterator[Page]:
    made = signed_in(browser, copied_served, viewport={"width": 1280, "height": 700})
    made.errors.clear()  # type: ignore[attr-defined]
    yield made
    found = [*made.foreign, *made.errors]  # type: ignore[attr-defined]
    made.context.close()
    assert not found


def reports_of(path: Path) -> dict[str, tuple[Document, tuple[Claim, ...]]]:
    store = open_store(path, create=False)
    view = View(store)
    found = {d.outlet or "": (d, view.claims(Filters(document=d.id)).rows) for d in view.documents().rows}
    store.close()
    return found


def text_of(page: str) -> str:
    """The words of a report's text as a reader sees them, numbers of claims left out."""
    inside = page.split('class="report-text"', 1)[1].split("</section>", 1)[0].split(">", 1)[1]
    bare = re.sub(r'<a class="mark-number.*?</a>', "", inside)
    return unescape(re.sub(r"<[^>]*>", "", bare))


def test_reports_are_found_by_outlet_day_and_words(desk: TestClient) -> None:
    assert "American troops to go" in desk.get("/reports", params={"outlet": "sahel"}).text
    assert "US to leave Niger" not in desk.get("/reports", params={"outlet": "sahel"}).text
    page = desk.get("/reports", params={"since": "2024-05-05", "until": "2024-05-05"}).text
    assert "Americans out in autumn" in page and "US to leave Niger" not in page
    assert "elections" not in page
    assert "Americans out in autumn" in desk.get("/reports", params={"q": "opposition elections"}).text


def test_the_whole_text_is_shown_as_it_is_with_every_claim_marked_and_beside_it(desk: TestClient, copied: Path) -> None:
    document, claims = reports_of(copied)["Reuters"]
    page = desk.get(f"/reports/{document.id}").text
    assert "".join(text_of(page).split()) == "".join(document.text.split())
    assert len(claims) > 5
    for claim in claims:
        assert page.count(f'id="{claim.id}"') == 1
        assert f'href="#{claim.id}"' in page and f"/claims/{claim.id}" in page
    assert {int(number) for number in re.findall(r'id="evidence-(\d+)"', page)} == set(range(1, len(claims) + 1))


def test_metadata_tell_where_they_come_from_and_copies_are_linked(desk: TestClient, copied: Path) -> None:
    known = reports_of(copied)
    document = known["Reuters"][0]
    page = desk.get(f"/reports/{document.id}").text
    assert "from: <bdi>given</bdi>" in page and document.sha256 in page
    assert re.search(rf"/origins/origin-\w+/compare\?a={document.id}&amp;b={known['Sahel Daily'][0].id}", page)


def test_a_hostile_report_is_inert(desk: TestClient, copied: Path) -> None:
    document = reports_of(copied)["<img src=x>"][0]
    page = desk.get(f"/reports/{document.id}").text
    for bad in ("<script>alert", "<img src=x", "<b>Abdou", "\u202e", "\x00"):
        assert bad not in page
    assert "&lt;script&gt;alert(&#39;no&#39;)&lt;/script&gt; {{ 7 * 7 }} {% raw %}" in page
    assert "\\u202eevil\\u202c" in page


def test_each_paragraph_finds_its_own_direction(desk: TestClient, copied: Path) -> None:
    document = reports_of(copied)["وكالة الأنباء"][0]
    page = desk.get(f"/reports/{document.id}").text
    assert page.split('class="report-text"', 1)[1].count('<p dir="auto">') == 3


def test_page_furniture_is_greyed_with_its_reason(tmp_path: Path) -> None:
    body = "France withdrew 400 soldiers from Chad on Monday, the army of Chad said in a statement.\n\n"
    with Ledger(tmp_path / "f.db") as ledger:
        ledger.add_text(body * 3 + "Read more\n\nSubscribe to our newsletter\n\nMost read\n", outlet="Dune Radio")
    document = reports_of(tmp_path / "f.db")["Dune Radio"][0]
    assert document.furniture
    with client_of(tmp_path / "f.db") as client:
        page = client.get(f"/reports/{document.id}").text
    part = document.furniture[0]
    greyed = re.findall(r'<span class="furniture" title="Page furniture: ([^"]*)">(.*?)</span>', page, re.DOTALL)
    assert greyed and unescape(greyed[0][0]) == part.reason
    assert unescape(greyed[0][1]).strip() in document.text[part.start : part.end]


def test_a_report_of_a_megabyte_is_cut_and_can_be_read_to_its_end(tmp_path: Path) -> None:
    document, last = keep_long_report(tmp_path / "long.db", 1_000_000)
    with client_of(tmp_path / "long.db") as client:
        before = time.process_time()
        page = client.get(f"/reports/{document}").text
        assert time.process_time() - before < 0.5
        assert len(page) < 200_000 and "Show the whole text" in page and "In the part not shown" in page
        assert "Show the whole text" not in client.get(f"/reports/{document}", params={"all": "1"}).text
        pointed = client.get(f"/reports/{document}", params={"claim": last}).text
    assert "200 American soldiers" in text_of(pointed)


def test_a_shortened_id_keeps_the_claim_it_points_at(desk: TestClient, copied: Path) -> None:
    document, claims = reports_of(copied)["Reuters"]
    short = desk.get(f"/reports/{document.id[:12]}", params={"claim": claims[0].id}, follow_redirects=False)
    assert short.headers["location"] == f"/reports/{document.id}?claim={claims[0].id}"
    assert desk.get("/reports/doc-ffffffff").status_code == 404


def test_evidence_and_claims_light_one_another_and_lead_both_ways(reading: Page, copied: Path) -> None:
    document, _ = reports_of(copied)["Reuters"]
    reading.goto(f"/reports/{document.id}")
    card = reading.locator(".beside-claim").nth(4)
    claim = card.get_attribute("data-claim")
    card.hover()
    assert reading.locator(".evidence.lit").count() > 0
    assert all(claim in (piece.get_attribute("data-claims") or "") for piece in reading.locator(".evidence.lit").all())
    number = reading.locator(f".mark-number[data-claim={claim}]").first
    number.focus()
    assert "lit" in (card.get_attribute("class") or "")
    reading.keyboard.press("Enter")
    assert reading.evaluate("document.activeElement.id") == claim
    assert reading.url.endswith(f"#{claim}")
    card.get_by_role("link", name="In the text").click()
    assert reading.evaluate("document.activeElement.dataset.claim") == claim
    assert number.is_visible()


def test_a_link_with_a_claim_marks_it_in_the_text_and_beside_it(reading: Page, copied: Path) -> None:
    document, claims = reports_of(copied)["Reuters"]
    claim = claims[-1].id
    for address in (f"/reports/{document.id}?claim={claim}", f"/reports/{document.id}#{claim}"):
        reading.goto("/reports")
        reading.goto(address)
        assert reading.locator(".beside-claim.pointed").get_attribute("data-claim") == claim
        assert claim in (reading.locator(".evidence.pointed").first.get_attribute("data-claims") or "")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (375, "light")])
def test_no_serious_finding_of_axe(
    browser: Browser, copied_served: Served, copied: Path, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = signed_in(browser, copied_served, viewport={"width": width, "height": 800}, color_scheme=scheme)
    known = reports_of(copied)
    claim = known["Reuters"][1][0].id
    addresses = ["/reports", *(f"/reports/{known[name][0].id}?claim={claim}" for name in ("Reuters", "<img src=x>"))]
    for address in addresses:
        tab.goto(address)
        found = Axe().run(tab).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == [], address
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
    tab.context.close()
