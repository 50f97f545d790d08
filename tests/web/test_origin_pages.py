"""The pages of origins: who copied whom, and copies side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from copied_reports import copied_ledger
from desks import Served, client_of, signed_in
from starlette.testclient import TestClient

from dateline.model import Origin
from dateline.store import View, open_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied_ledger(tmp_path_factory.mktemp("origins") / "copies.db")


@pytest.fixture(scope="module")
def desk(copied: Path) -> Iterator[TestClient]:
    with client_of(copied) as made:
        yield made


@pytest.fixture(scope="module")
def story(copied: Path) -> Origin:
    """The agency story with its copies."""
    store = open_store(copied, create=False)
    found = View(store).origins().rows[0]
    store.close()
    assert len(found.documents) == 3
    return found


def test_origins_are_listed_by_size_and_filtered(desk: TestClient, story: Origin) -> None:
    page = desk.get("/origins").text
    assert re.findall(r'<th scope="row"><a href="/origins/([\w-]+)"', page)[0] == story.id
    found = desk.get("/origins", params={"origins": "2"}).text
    assert re.findall(r'<th scope="row"><a href="/origins/([\w-]+)"', found) == [story.id]
    assert "No origin passes" in desk.get("/origins", params={"source": "nobody"}).text
    assert "is no number" in desk.get("/origins", params={"origins": "many"}).text


def test_an_origin_draws_its_reports_in_time_and_tells_what_was_changed(desk: TestClient, story: Origin) -> None:
    page = desk.get(f"/origins/{story.id}").text
    nodes = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', page)
    assert len(nodes) == 3
    assert [float(x) for x, _ in nodes] == sorted(float(x) for x, _ in nodes)
    assert page.count('class="edge"') == 2
    assert re.search(r"<del[^>]*>1,000</del> became <ins[^>]*>1,100</ins>", page)
    for link in story.links:
        if link.earlier == story.documents[0]:
            assert link.reason.replace("'", "&#39;") in page


def test_two_copies_stand_side_by_side_the_earlier_one_left(desk: TestClient, story: Origin) -> None:
    first, second = story.documents[:2]
    for a, b in ((first, second), (second, first)):
        page = desk.get(f"/origins/{story.id}/compare", params={"a": a, "b": b}).text
        left, right = re.findall(r'<th scope="col"><a href="/reports/([\w-]+)"', page)
        assert (left, right) == (first, second)
        assert re.search(r'<del class="number"[^>]*>.*?1,000', page) and re.search(r'<ins class="number".*?1,100', page)
    cut = desk.get(f"/origins/{story.id}/compare", params={"a": first, "b": story.documents[2]}).text
    assert '<tr class="cut">' in cut and '<tr class="added">' in cut
    assert re.search(r'<ins class="date"[^>]*>.*?30', cut)


def test_a_comparison_of_nothing_named_begins_with_the_oldest_report(desk: TestClient, story: Origin) -> None:
    at = f"/origins/{story.id}/compare"
    begun = desk.get(at, follow_redirects=False)
    assert begun.status_code == 303
    oldest, other = re.findall(r"[ab]=([\w-]+)", begun.headers["location"])
    assert oldest == story.documents[0] and other in story.documents[1:]
    changes = {link.later: len(link.changes) for link in story.links if link.earlier == oldest}
    assert changes[other] == max(changes.values())
    assert "side by side" in desk.get(at).text
    assert f"a={story.documents[1]}" in str(desk.get(at, params={"b": story.documents[1]}).url)


def test_an_origin_of_one_report_says_that_there_is_nothing_to_compare(copied: Path, desk: TestClient) -> None:
    store = open_store(copied, create=False)
    alone = next(one for one in View(store).origins().rows if len(one.documents) == 1 and not one.partial)
    store.close()
    page = desk.get(f"/origins/{alone.id}/compare")
    assert page.status_code == 200 and "has one report" in page.text


def test_a_comparison_of_reports_that_are_not_of_the_origin_is_not_found(desk: TestClient, story: Origin) -> None:
    for pair in (
        {"a": story.documents[0], "b": "doc-ffffffffff"},
        {"a": "doc-ffffffffff"},
        {"a": "../../etc", "b": "x"},
    ):
        assert desk.get(f"/origins/{story.id}/compare", params=pair).status_code == 404
    assert desk.get("/origins/origin-ffffffff/compare").status_code == 404
    assert desk.get("/origins/origin-ffffffff").status_code == 404


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (375, "light")])
def test_differences_are_stepped_through_by_keys_and_axe_finds_nothing(
    browser: Browser, copied: Path, story: Origin, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    served = Served(copied)
    tab = signed_in(browser, served, viewport={"width": width, "height": 800}, color_scheme=scheme)
    first, _, third = story.documents
    for address in (f"/origins/{story.id}/compare?a={first}&b={third}", "/origins", f"/origins/{story.id}"):
        tab.goto(address)
        found = Axe().run(tab).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == [], address
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
        if "compare" in address:
            tab.get_by_role("button", name="Next difference").focus()
            tab.keyboard.press("Enter")
            assert tab.locator("[data-told]").inner_text().startswith("Difference 1 of")
            assert tab.locator("[data-difference].lit").count() == 2
            tab.get_by_label("Only what differs").check()
            assert tab.locator("tr.same").first.is_hidden()
    tab.context.close()
    served.close()
