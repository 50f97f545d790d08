"""The first page: its map through time, its table, what stands beside."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desks import Served, client_of, signed_in
from starlette.testclient import TestClient

from dateline.lexicon.countries import countries
from dateline.model import SitePresence, Standing
from dateline.store import open_store
from dateline.web.rendering import STATIC
from made_presences import many, presence, put, step

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = "<script>alert(1)</script>{{ 7919 * 7907 }}\u202egnp.exe\x00"
KNOWN = (
    presence(
        "USA",
        "NER",
        [step("2020-01-01", "2024-09-14", 900, 1100), step("2024-09-15", None, 0, 0)],
        [SitePresence("Airbase 201", 16.95, 8.01, (step("2021-01-01", "2024-09-14", None, None),))],
        status=Standing.LEFT,
    ),
    presence("RUS", "NER", [step("2024-04-10", None, 60, 100, "2024-10-03")]),
    presence("FRA", "MLI", [step("2019-01-01", "2022-08-15", 2400, 5100)], status=Standing.LEFT),
)


@pytest.fixture(scope="session")
def made_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("overview") / "made.db", KNOWN)


@pytest.fixture(scope="session")
def made_client(made_ledger: Path) -> Iterator[TestClient]:
    with client_of(made_ledger) as made:
        yield made


@pytest.fixture
def map_tab(browser: Browser, made_ledger: Path) -> Iterator[Page]:
    """A tab on a desk over the made-up presences; fails on foreign requests and script errors."""
    served = Served(made_ledger)
    made = signed_in(browser, served)
    yield made
    found = [*made.foreign, *made.errors]  # type: ignore[attr-defined]
    made.context.close()
    served.close()
    assert not found


def _rows(tab: Page) -> list[str]:
    return tab.locator("[data-day] tbody th").all_inner_texts()


def _drawn(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.wait_for_selector("[data-ready]")


def test_the_table_tells_the_day_without_javascript(made_client: TestClient) -> None:
    text = made_client.get("/", params={"on": "2021-05-03"}).text
    table = text[text.index("<tbody>") : text.index("</tbody>")]
    assert "France, armed forces" in table and "2,400–5,100" in table
    assert "Russia, armed forces" not in table


def test_filters_are_in_the_address(made_client: TestClient) -> None:
    text = made_client.get("/", params={"on": "2024-05-03", "actor": "russia"}).text
    assert 'data-actor-code="RUS"' in text
    assert "United States, armed forces" not in text[text.index("<tbody>") : text.index("</tbody>")]


@pytest.mark.parametrize("name", ["on", "host", "actor", "disputes"])
def test_hostile_filters_come_out_inert(made_client: TestClient, name: str) -> None:
    answer = made_client.get("/", params={name: HOSTILE})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text and "\u202e" not in answer.text
    assert str(7919 * 7907) not in answer.text
    assert "\x00" not in answer.text


def test_the_map_is_not_sent_twice(made_client: TestClient) -> None:
    first = made_client.get("/map.json")
    assert first.headers["content-type"] == "application/json"
    assert {one["by"] for one in first.json()["presences"]} == {"USA", "RUS", "FRA"}
    again = made_client.get("/map.json", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content


def test_an_empty_ledger_tells_the_first_steps(tmp_path: Path) -> None:
    open_store(tmp_path / "empty.db", create=True).close()
    with client_of(tmp_path / "empty.db") as client:
        text = client.get("/").text
    assert "first steps" in text and 'href="/add"' in text and "data-overview" not in text


def test_a_ledger_of_reports_is_told_beside_the_map(client: TestClient) -> None:
    text = client.get("/").text
    for heading in ("Newest changes of presence", "Newest events", "Open disputes", "Ledger"):
        assert heading in text
    assert client.get("/", params={"disputes": "largest"}).status_code == 200


def test_every_country_has_a_shape_or_a_point() -> None:
    world = (STATIC / "world.json").read_text(encoding="utf-8")
    assert len(world.encode()) < 300_000
    known = {one["code"]: one for one in json.loads(world)["countries"]}
    assert {country.code for country in countries()} == set(known)
    assert all(-90 <= one["at"][0] <= 90 and -180 <= one["at"][1] <= 190 for one in known.values())
    assert {code for code, one in known.items() if not one["shape"]} == {"ATA", "GIB", "VAT"}


def test_the_slider_moves_the_map_through_time(map_tab: Page) -> None:
    _drawn(map_tab, "/?on=2024-05-03")
    assert _rows(map_tab) == ["United States, armed forces", "Russia, armed forces"]
    map_tab.get_by_role("button", name="On to the day of the next change").click()
    assert _rows(map_tab) == ["Russia, armed forces"]
    assert map_tab.locator("[data-time] output").inner_text() == "2024-09-15"
    map_tab.wait_for_url(re.compile("on=2024-09-15"))


def test_the_slider_is_moved_by_key(map_tab: Page) -> None:
    _drawn(map_tab, "/?on=2022-08-14")
    slider = map_tab.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    assert "France, armed forces" in _rows(map_tab)
    slider.press("ArrowRight")
    assert "France, armed forces" not in _rows(map_tab)
    assert slider.get_attribute("aria-valuetext") == "2022-08-16"


def test_forces_are_chosen_by_key_and_by_pointer(map_tab: Page) -> None:
    _drawn(map_tab, "/?on=2024-05-03&at=15,8,5")
    panel = map_tab.locator("[data-panel]")
    map_tab.locator("#map").focus()
    map_tab.keyboard.press("n")
    assert panel.get_by_role("heading").inner_text() == "Airbase 201"
    assert "number not said" in panel.inner_text() and "as of 2024-09-14" in panel.inner_text()
    map_tab.keyboard.press("Escape")
    assert panel.get_by_role("heading").inner_text() == "Choose a force"
    box = map_tab.locator("#map").bounding_box()
    assert box is not None
    point = map_tab.evaluate("() => window.dateline.overview.map.latLngToContainerPoint([13.2, 3.2])")
    map_tab.mouse.click(box["x"] + point["x"], box["y"] + point["y"])
    assert panel.get_by_role("heading").inner_text() == "Niger"
    assert "60–100" in panel.inner_text()
    assert panel.get_by_role("link", name="Russia, armed forces").get_attribute("href", timeout=2000)


def test_a_country_is_shaded_only_where_no_site_is_known(map_tab: Page) -> None:
    shaded = "() => [...window.dateline.overview.world.shaded.keys()]"
    _drawn(map_tab, "/?on=2021-05-03")
    assert map_tab.evaluate(shaded) == ["MLI"]
    _drawn(map_tab, "/?on=2024-05-03")
    assert map_tab.evaluate(shaded) == ["NER"]


def test_the_view_and_the_arcs_are_in_the_address(map_tab: Page) -> None:
    _drawn(map_tab, "/?on=2024-05-03&at=15.00,8.00,5")
    map_tab.get_by_label("Arcs from sending states").check()
    map_tab.locator("#map").focus()
    map_tab.keyboard.press("+")
    map_tab.wait_for_url(re.compile(r"at=15\.\d\d%2C8\.\d\d%2C6.*arcs=1"))
    _drawn(map_tab, map_tab.url)
    assert map_tab.get_by_label("Arcs from sending states").is_checked()
    assert map_tab.evaluate("() => window.dateline.overview.map.getZoom()") == 6


def test_many_sites_are_bundled(browser: Browser, tmp_path: Path) -> None:
    served = Served(put(tmp_path / "many.db", many(3000)))
    tab = signed_in(browser, served)
    _drawn(tab, "/?on=2022-05-03")
    marks = tab.evaluate(
        "() => window.dateline.overview.symbols.marks.map((m) => [m.x, m.y, m.r, m.sites.length, m.kind])"
    )
    assert 3 < len(marks) < 400 and sum(count for *_, count, _ in marks) > 1500
    bundles = [mark for mark in marks if mark[4] == "bundle"]
    apart = [
        ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 - a[2] - b[2]
        for at, a in enumerate(bundles)
        for b in bundles[:at]
    ]
    assert min(apart) > 0
    tab.context.close()
    served.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_page_is_accessible(browser: Browser, served: Served, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = signed_in(browser, served, color_scheme=scheme, viewport={"width": width, "height": 800})
    _drawn(tab, "/")
    found = Axe().run(tab).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.context.close()
