"""The list of presences and the page of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desks import Served, client_of, signed_in
from starlette.testclient import TestClient

from dateline.charts.presence import PAINTS
from dateline.model import Presence, SitePresence, Standing
from dateline.store import open_store
from dateline.store.view import View
from made_presences import many, presence, put, step

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = "<img src=x onerror=alert(1)>{{ 7 * 7 }}\u202e\x00" + "w" * 5000


@pytest.fixture(scope="session")
def known(examples_ledger: Path) -> list[Presence]:
    """The presences of the example reports, those with most steps first."""
    store = open_store(examples_ledger, create=False)
    rows = View(store).presences().rows
    store.close()
    return sorted(rows, key=lambda row: -len(row.series))


@pytest.fixture(scope="module")
def many_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client_of(put(tmp_path_factory.mktemp("presence") / "many.db", many(300))) as made:
        yield made


def _forces(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/presence/[^"]*">([^<]*)', text)


def test_presences_are_listed(client: TestClient, known: list[Presence]) -> None:
    text = client.get("/presence").text
    assert len(_forces(text)) == len(known)
    for row in known:
        assert f"/presence/{row.id}" in text


def test_the_list_is_filtered_and_sorted_by_its_address(many_client: TestClient) -> None:
    answer = many_client.get("/presence", params={"host": "Niger", "sort": "force"})
    assert _forces(answer.text) == sorted(_forces(answer.text)) and len(_forces(answer.text)) == 12
    turned = many_client.get("/presence", params={"host": "Niger", "sort": "-force"})
    assert _forces(turned.text) == _forces(answer.text)[::-1]
    assert 'aria-sort="descending"' in turned.text


def test_the_list_has_pages(many_client: TestClient) -> None:
    first, second = (many_client.get("/presence", params={"page": page}).text for page in ("1", "2"))
    assert len(_forces(first)) == len(_forces(second)) == 50
    assert 'rel="next"' in first and 'rel="prev"' in second and "Page 2 of 3" in second


@pytest.mark.parametrize(
    "asked", [{"on": "yesterday"}, {"status": "asleep"}, {"sort": "colour"}, {"page": "-1"}, {"host": HOSTILE}]
)
def test_bad_filters_are_told(many_client: TestClient, asked: dict[str, str]) -> None:
    answer = many_client.get("/presence", params=asked)
    assert answer.status_code == 200
    assert "<img src=x" not in answer.text and "\u202e" not in answer.text and "\x00" not in answer.text
    assert ("alert" in answer.text) is (bool({"on", "status"} & set(asked)) or "host" in asked)


def test_a_presence_tells_its_steps_and_claims(client: TestClient, known: list[Presence]) -> None:
    row = known[0]
    text = client.get(f"/presence/{row.id}").text
    for number in range(1, len(row.series) + 1):
        assert f'id="step-{number}"' in text
    assert f"/claims/{row.series[-1].supports[-1]}" in text
    assert "/reports/doc-" in text and "/origins/origin-" in text
    assert f"/api/v1/presences/{row.id}" in text and f"/dossier?host={row.host}" in text


def test_all_claims_of_a_step_are_shown_when_asked_for(client: TestClient, known: list[Presence]) -> None:
    row, number, step = max(
        ((row, number, step) for row in known for number, step in enumerate(row.series, start=1)),
        key=lambda one: len(one[2].supports),
    )
    assert len(step.supports) > 3
    shown = [claim in client.get(f"/presence/{row.id}").text for claim in step.supports]
    text = client.get(f"/presence/{row.id}", params={"step": number}).text
    assert all(f"/claims/{claim}" in text for claim in step.supports) and not all(shown)


def test_a_shortened_id_leads_to_the_presence(client: TestClient, known: list[Presence]) -> None:
    answer = client.get(f"/presence/{known[0].id[:17]}", follow_redirects=False)
    assert answer.status_code == 307 and answer.headers["location"] == f"/presence/{known[0].id}"
    assert client.get("/presence/presence-ffffffff").status_code == 404
    assert client.get("/presence/%3Cscript%3E").status_code == 404


def test_the_drawing_holds_variables_and_no_style(client: TestClient, known: list[Presence]) -> None:
    text = client.get(f"/presence/{known[0].id}").text
    drawing = text[text.index('<svg xmlns="http://www.w3.org/2000/svg" class="chart"') : text.index("</svg>")]
    assert "style=" not in drawing and "<script" not in drawing and "onload" not in drawing
    assert not re.search(r'(?:fill|stroke|stop-color)="#', drawing)
    assert set(re.findall(r"var\(--chart-(\w+)\)", drawing)) <= set(PAINTS.values())
    for number in range(1, len(known[0].series) + 1):
        assert f'href="#step-{number}"' in drawing


def test_hostile_names_come_out_inert(tmp_path: Path) -> None:
    made = presence(
        "RUS",
        HOSTILE,
        [step("2024-01-01", None, 5, 5)],
        [SitePresence(HOSTILE, 10.0, 10.0, (step("2024-01-01", None, 5, 5),))],
        status=Standing.PRESENT,
    )
    with client_of(put(tmp_path / "hostile.db", [made])) as client:
        for address in ("/", "/presence", f"/presence/{made.id}"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "<img src=x" not in answer.text and "\u202e" not in answer.text and "\x00" not in answer.text


def test_hostile_names_are_inert_on_the_map(browser: Browser, tmp_path: Path) -> None:
    places = [SitePresence(HOSTILE, 10.0, 10.0, (step("2024-01-01", None, 5, 5),))]
    served = Served(put(tmp_path / "hostile.db", [presence("RUS", "NER", [step("2024-01-01", None, 5, 5)], places)]))
    tab = signed_in(browser, served)
    tab.goto("/?on=2024-02-01")
    tab.wait_for_selector("[data-ready]")
    tab.locator("#map").focus()
    tab.keyboard.press("n")
    assert "\\u202e" in tab.locator("[data-panel] h2").inner_text()
    assert tab.locator("img").count() == 0
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1280
    assert not tab.foreign and not tab.errors  # type: ignore[attr-defined]
    tab.context.close()
    served.close()


def test_steps_of_the_drawing_lead_to_their_rows(tab: Page, known: list[Presence]) -> None:
    tab.goto(f"/presence/{known[0].id}")
    link = tab.locator(".chart a").first
    link.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"#step-\d+$"))
    tab.locator(":target").wait_for(state="attached")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_are_accessible(
    browser: Browser, served: Served, known: list[Presence], scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = signed_in(browser, served, color_scheme=scheme, viewport={"width": width, "height": 800})
    for address in ("/presence", f"/presence/{known[0].id}"):
        tab.goto(address)
        found = Axe().run(tab).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.context.close()
