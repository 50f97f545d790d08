"""The pages of disputes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from starlette.testclient import TestClient

from dateline.store import Filters, View, open_store

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from dateline.model import Dispute


@pytest.fixture(scope="module")
def disputes(examples_ledger: Path) -> tuple[Dispute, ...]:
    store = open_store(examples_ledger, create=False)
    found = View(store).disputes(Filters()).rows
    store.close()
    return found


def test_open_disputes_are_listed_first(client: TestClient, disputes: tuple[Dispute, ...]) -> None:
    shown = client.get("/disputes").text
    assert all(f"/disputes/{dispute.id}" in shown for dispute in disputes)
    assert "no open dispute" in client.get("/disputes", params={"q": "nowhere"}).text.lower()
    assert disputes[0].id not in client.get("/disputes", params={"state": "settled"}).text
    assert disputes[0].id in client.get("/disputes", params={"state": "any"}).text


def test_the_sides_face_each_other(client: TestClient, disputes: tuple[Dispute, ...]) -> None:
    for dispute in disputes:
        shown = client.get(f"/disputes/{dispute.id}").text
        for number, side in enumerate(dispute.sides, 1):
            assert f'id="side-{number}"' in shown
            assert all(f"/claims/{claim}" in shown for claim in side.claims)
        assert f"/presence/{dispute.about}" in shown or f"/events/{dispute.about}" in shown


def test_figures_are_drawn_with_a_table_beside_them(client: TestClient, disputes: tuple[Dispute, ...]) -> None:
    number = next(dispute for dispute in disputes if dispute.kind == "number")
    shown = client.get(f"/disputes/{number.id}").text
    assert "<title>Side 1: " in shown and "The same as a table" in shown and "style=" not in shown


def test_unknown_ids(client: TestClient, disputes: tuple[Dispute, ...]) -> None:
    assert client.get("/disputes/dispute-none").status_code == 404
    assert client.get(f"/disputes/{disputes[0].id[:16]}", follow_redirects=False).status_code == 307


def test_a_dispute_is_settled_in_a_browser(own_tab: Page, disputes: tuple[Dispute, ...]) -> None:
    own_tab.goto(f"/disputes/{disputes[0].id}")
    own_tab.get_by_role("radio", name="Side 1:").check()
    own_tab.get_by_label("Reason (needed)").fill("the ministry published the order")
    own_tab.get_by_role("button", name="Settle the dispute").click()
    assert own_tab.get_by_role("status").inner_text().startswith(("Number dispute", "Denial dispute"))
    assert own_tab.get_by_text("decided for", exact=True).count() == 1
    own_tab.get_by_role("button", name="Undo", exact=True).click()
    assert own_tab.get_by_text("decided for", exact=True).count() == 0
    assert "Undone" in own_tab.get_by_role("status").inner_text()


def test_disputes_are_accessible(tab: Page, disputes: tuple[Dispute, ...]) -> None:
    for width in (1280, 375):
        tab.set_viewport_size({"width": width, "height": 900})
        for path in ("/disputes", *(f"/disputes/{dispute.id}" for dispute in disputes)):
            tab.goto(path)
            found = Axe().run(tab).response["violations"]
            assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
