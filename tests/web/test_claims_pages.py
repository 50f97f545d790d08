"""The pages of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.testclient import TestClient

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_claims_are_listed(client: TestClient) -> None:
    answer = client.get("/claims")
    assert answer.status_code == 200
    assert "Claims" in answer.text and answer.text.count("<tr") > 5


def test_claims_are_listed_in_a_browser(tab: Page) -> None:
    tab.goto("/claims")
    assert tab.locator("tbody tr").count() > 5
