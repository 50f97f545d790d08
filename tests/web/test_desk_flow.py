"""The whole way of an analyst, in a browser: add a report, find and judge its claim, see the map change, undo."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

REPORT = (
    "LOMÉ, June 3, 2024 - Turkey has deployed 120 soldiers to Togo, the Togolese defence ministry said on Monday. "
    "The Turkish soldiers arrived in the northern town of Dapaong at the weekend, it said."
)


def on_the_map(tab: Page) -> set[str]:
    """The forces in Togo by the data that the map is drawn from."""
    found = tab.evaluate("fetch('/map.json').then(answer => answer.json())")
    return {presence["force"] for presence in found["presences"] if presence["host"] == "TGO"}


def claims_in_togo(tab: Page) -> list[str]:
    """The ids of the claims about Togo, by the interface."""
    asked = "fetch('/api/v1/claims?host=TGO&limit=50').then(answer => answer.json())"
    return [claim["id"] for claim in tab.evaluate(asked)["items"]]


def test_add_find_judge_and_undo(own_tab: Page) -> None:
    tab = own_tab
    tab.set_default_timeout(90_000)
    assert not on_the_map(tab)

    tab.goto("/add")
    tab.fill("#t-text", REPORT)
    tab.fill("#t-published", "2024-06-03")
    tab.fill("#t-outlet", "Lomé Courier")
    tab.get_by_role("button", name="Read the report").click()
    tab.get_by_role("heading", name=re.compile("claims? found")).wait_for()

    tab.goto("/search?q=Dapaong")
    assert tab.locator("main a[href^='/claims/']").count() >= 1
    tab.goto("/presence?host=TGO")
    tab.get_by_role("link", name=re.compile("Turkey")).first.click()
    tab.wait_for_url(re.compile("/presence/"))
    presence = tab.url
    assert "120" in tab.inner_text("main")
    assert on_the_map(tab)

    claims = claims_in_togo(tab)
    for claim in claims:
        tab.goto(f"/claims/{claim}")
        tab.get_by_text("Reject …").click()
        tab.get_by_label("Reason, in your words").fill("a report that we cannot confirm")
        tab.get_by_role("button", name="Reject for this reason").click()
        tab.get_by_role("status").get_by_text(re.compile("Rejected")).wait_for()
    assert not on_the_map(tab)
    tab.goto("/presence?host=TGO")
    assert not tab.get_by_role("link", name=re.compile("Turkey")).count()

    for _ in claims:
        tab.goto("/log?what=reject")
        tab.get_by_role("button", name=re.compile("Undo")).first.click()
        tab.wait_for_load_state()
    assert on_the_map(tab)
    assert tab.goto(presence).status == 200  # type: ignore[union-attr]
    assert "120" in tab.inner_text("main")
