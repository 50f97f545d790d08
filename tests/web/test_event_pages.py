"""The pages of events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from starlette.testclient import TestClient

from dateline.store import Filters, View, open_store

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from dateline.model import Event


@pytest.fixture(scope="module")
def events(examples_ledger: Path) -> tuple[Event, ...]:
    store = open_store(examples_ledger, create=False)
    found = View(store).events(Filters()).rows
    store.close()
    return found


def test_the_list_is_narrowed_and_sorted(client: TestClient) -> None:
    everything = client.get("/events").text
    french = client.get("/events", params={"actor": "France", "kind": "withdrawal"}).text
    assert "of French" in french and "of Russian" not in french and "of Russian" in everything
    by_origins = client.get("/events", params={"sort": "-origins"}).text
    assert 'aria-sort="descending"' in by_origins and "sort=origins" in by_origins


def test_what_cannot_be_read_of_an_address_is_said(client: TestClient) -> None:
    answer = client.get("/events", params={"kind": "nonsense", "sort": "colour", "cursor": "x", "origins": "many"})
    assert answer.status_code == 200 and answer.text.count('role="alert"') == 3
    assert "<tr>" in answer.text


def test_pages_follow_each_other(client: TestClient, events: tuple[Event, ...]) -> None:
    assert len(events) > 50
    first = client.get("/events").text
    following = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = client.get(following).text
    told = [event.id for event in events if f"/events/{event.id}" in first]
    assert len(told) == 50 and not any(f"/events/{key}" in second for key in told)


def test_every_event_tells_its_readings_and_claims(client: TestClient, events: tuple[Event, ...]) -> None:
    for event in sorted(events, key=lambda event: -len(event.claims))[:6]:
        shown = client.get(f"/events/{event.id}").text
        assert all(f"/claims/{claim}" in shown for claim in event.claims)
        assert all(f"/events/{link.event}" in shown for link in event.links)
        assert all(f"/origins/{one.origin}" in shown for one in event.witnesses if one.origin.startswith("origin-"))


def test_unknown_and_shortened_ids(client: TestClient, events: tuple[Event, ...]) -> None:
    short = client.get(f"/events/{events[0].id[:14]}", follow_redirects=False)
    assert short.status_code == 307 and short.headers["location"].endswith(events[0].id)
    assert client.get("/events/event-00000000000000000000").status_code == 404


def test_events_are_accessible(tab: Page, events: tuple[Event, ...]) -> None:
    big = max(events, key=lambda event: len(event.claims))
    for width in (1280, 375):
        tab.set_viewport_size({"width": width, "height": 900})
        for path in ("/events", f"/events/{big.id}"):
            tab.goto(path)
            found = Axe().run(tab).response["violations"]
            assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
