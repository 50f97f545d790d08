"""The brief on the desk: the page, its links, what it refuses, and how readers without sight find it."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from desks import Served, client_of, signed_in, signed_off
from starlette.testclient import TestClient

from dateline.desk import desk as desk_of_dateline
from dateline.judging import Judging
from dateline.model import Presence
from dateline.store import open_store
from dateline.store.addresses import address_of
from dateline.store.moments import now
from dateline.store.view import View
from dateline.web import composing

if TYPE_CHECKING:
    from httpx import Response
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def presence(examples_ledger: Path) -> Presence:
    store = open_store(examples_ledger, create=False)
    found = next(one for one in View(store).presences().rows if one.host == "NER")
    store.close()
    return found


def test_a_presence_and_the_list_lead_to_the_brief_of_their_country(client: TestClient, presence: Presence) -> None:
    assert 'href="/brief?host=NER"' in client.get(f"/presence/{presence.id}").text
    assert "/brief?host=NER" in client.get("/presence", params={"host": "NER"}).text


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_brief_is_a_page_with_the_headers_of_every_page(client: TestClient, lang: str) -> None:
    answer = client.get("/brief", params={"host": "NER", "lang": lang})
    assert answer.status_code == 200 and f'<html lang="{lang}">' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "<style" not in answer.text and "/static/brief.css?v=" in answer.text


def test_it_is_closed_to_whoever_is_not_signed_in(client: TestClient) -> None:
    stranger = TestClient(client.app, base_url="http://127.0.0.1")
    assert stranger.get("/brief", params={"host": "NER"}, follow_redirects=False).status_code in (302, 303, 401, 403)


@pytest.mark.parametrize(
    "asked",
    [{}, {"host": "<b>Atlantis</b>"}, {"host": "NER", "since": "yesterday"}, {"host": "NER", "until": "2024-13-01"}],
)
def test_what_cannot_be_asked_is_told_on_a_page(client: TestClient, asked: dict[str, str]) -> None:
    answer = client.get("/brief", params=asked)
    assert answer.status_code == 422 and 'role="alert"' in answer.text and "<b>Atlantis" not in answer.text


def test_nothing_held_is_a_page_too(client: TestClient) -> None:
    answer = client.get("/brief", params={"host": "PER", "lang": "xx"})
    assert answer.status_code == 200 and "The ledger holds nothing on this subject" in answer.text


def test_over_a_long_ledger_it_is_put_together_beside_the_server(
    own_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(own_ledger)
    asked = {"host": "NER", "lang": "fr"}
    small = client.get("/brief", params=asked)
    monkeypatch.setattr(desk_of_dateline, "LONG", 0)
    first = client.get("/brief", params=asked)
    assert (first.status_code, first.headers["retry-after"]) == (202, "1")
    assert "being put together" in first.text and "/static/brief.js" in first.text
    found = _there(client, asked)
    assert found.status_code == 200 and found.text == small.text
    assert client.head("/brief", params=asked).status_code == 200
    assert client.get("/brief", params={**asked, "lang": "en"}).status_code == 202
    store = open_store(own_ledger, create=False)
    Judging(store, "A. Analyst", lambda: "2024-06-01T10:00:00Z").accept(next(iter(View(store).claims().rows)).id)
    assert client.get("/brief", params=asked).status_code == 202, "what was judged shows at once"
    waits = re.search(r'href="(/brief[^"]*waited=\d+)"', client.get("/brief", params=asked).text)
    assert waits is not None
    address, until = waits[1].replace("&amp;", "&"), time.monotonic() + 60
    while (answer := client.get(address)).status_code == 202 and time.monotonic() < until:
        Judging(store, "A. Analyst", now).rate("Reuters", "A", reason=str(time.time_ns()))
        time.sleep(0.05)
    assert answer.status_code == 200, "who waits is not kept waiting by others who judge"
    store.close()


def test_why_none_could_be_put_together_is_told(own_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_of_dateline, "LONG", 0)
    client = client_of(own_ledger)
    monkeypatch.setattr(composing.sys, "executable", "false")
    broken = _there(client, {"host": "NER"})
    assert broken.status_code == 503 and "rocess that put it together broke" in broken.text
    monkeypatch.undo()
    missing = composing.composed_elsewhere(
        replace(open_store(own_ledger, create=False), address=address_of(own_ledger.with_name("none.db"))),
        composing.Question("NER", None, None, None, "en", "/static/brief.css"),
    )
    assert missing.problem is not None and "there is no ledger at" in missing.problem


def _there(client: TestClient, asked: dict[str, str]) -> Response:
    until = time.monotonic() + 60
    while (answer := client.get("/brief", params=asked)).status_code == 202 and time.monotonic() < until:
        time.sleep(0.1)
    return answer


def test_a_reader_waits_on_a_page_that_shows_it_when_it_is_there(
    browser: Browser, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_of_dateline, "LONG", 0)
    tab = signed_in(browser, served)
    tab.goto("/brief?host=NER")
    assert tab.locator("h1").inner_text() == "Brief"
    found = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert not found.response["violations"], found.generate_report()
    tab.wait_for_selector("main svg[role=img]", timeout=60_000)
    signed_off(tab)


@pytest.mark.parametrize(("width", "lang"), [(1280, "en"), (390, "fr")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, served: Served, width: int, lang: str
) -> None:
    tab = signed_in(browser, served, viewport={"width": width, "height": 900})
    problems: list[str] = []
    tab.on("console", lambda message: problems.append(message.text))
    tab.goto(f"/brief?host=NER&lang={lang}")
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(tab, options={"runOnly": rules})
    assert not found.response["violations"], found.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert tab.locator("svg[role=img]").count() >= 2 and not problems
    assert tab.locator("main h2").count() >= 9
    tab.context.close()
