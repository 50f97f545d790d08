"""The review queue: which claim comes, with keys and with forms alone."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from judging_flows import Judged, done
from starlette.testclient import TestClient

from dateline.desk import Desk
from dateline.desk.judging import REASONS
from dateline.desk.review import Asked, review
from dateline.model import Verdict
from dateline.store import open_store
from dateline.store.judging import Judgements

if TYPE_CHECKING:
    from desks import Served
    from playwright.sync_api import Page


def current(shown: str) -> str:
    """The claim that a page of the queue shows."""
    return shown.partition('name="claim" value="')[2].partition('"')[0]


def test_the_whole_queue_can_be_worked_through_by_forms(judged: Judged) -> None:
    seen, address = list[str](), "/review"
    while claim := current(shown := judged.client.get(address).text):
        assert claim not in seen
        seen.append(claim)
        back = html.unescape(shown.partition('name="back" value="/review?after=')[2].partition('"')[0])
        assert back.startswith(claim)
        address = judged.post("accept", {"claim": claim}, back=f"/review?after={back}").headers["location"]
    assert len(seen) > 10 and "Nothing waits here" in shown
    left = review(Desk(judged.store), judged.judgements()[0].analyst, Asked())
    assert (left.left, left.done) == (0, len(seen))


def test_what_is_undone_comes_back(judged: Judged) -> None:
    claim = current(judged.client.get("/review").text)
    (made,) = done(judged.post("reject", {"claim": claim, "reason": "misread"}))
    assert current(judged.client.get("/review").text) != claim
    assert "left the queue" in judged.client.get("/review", params={"claim": claim}).text
    done(judged.post("undo", {"judgement": made}))
    assert current(judged.client.get("/review").text) == claim


def test_a_rating_or_a_note_does_not_end_the_review_of_a_claim(judged: Judged) -> None:
    claim = current(judged.client.get("/review").text)
    done(judged.post("rate", {"claim": claim, "rating": "3"}))
    done(judged.post("note", {"thing": claim, "text": "ask"}))
    assert current(judged.client.get("/review").text) == claim


def test_two_analysts_begin_with_different_claims(examples_ledger: Path) -> None:
    store = open_store(examples_ledger, create=False)
    desk = Desk(store)
    firsts = {review(desk, name, Asked()).current.statement.claim.id for name in ("anna", "bela", "carl", "dora")}  # type: ignore[union-attr]
    assert len(firsts) > 1
    store.close()


def test_the_queue_is_narrowed(client: TestClient) -> None:
    assert "Nothing waits here" in client.get("/review", params={"host": "Zambia"}).text
    assert "is no kind of claim" in client.get("/review", params={"kind": "nonsense"}).text
    assert current(client.get("/review", params={"host": "NER", "kind": "presence"}).text)
    assert client.get("/review", params={"claim": "claim-unknown", "after": "\x00"}).status_code == 200


def test_reviewing_by_keys(own_tab: Page, own_served: Served) -> None:
    def claim() -> str:
        return str(own_tab.locator("input[name='claim']").first.get_attribute("value"))

    def made() -> list[tuple[Verdict, str]]:
        return [(one.verdict, one.reason) for one in Judgements(own_served.store).all()]

    def key(*keys: str) -> None:
        for one in keys:
            own_tab.keyboard.press(one)
        own_tab.wait_for_load_state()

    own_tab.goto("/review")
    first = claim()
    with own_tab.expect_navigation():
        key("a")
    second = claim()
    assert second != first and made() == [(Verdict.ACCEPT, "")]
    with own_tab.expect_navigation():
        key("r", "3")
    assert made()[-1] == (Verdict.REJECT, REASONS[2])
    third = claim()
    with own_tab.expect_navigation():
        key("u")
    assert made()[-1][0] is Verdict.REVERSE and claim() == second
    with own_tab.expect_navigation():
        key("n")
    assert claim() == third
    with own_tab.expect_navigation():
        key("p")
    assert claim() == second
    key("c")
    stance = own_tab.get_by_label("Stance")
    stance.select_option("planned" if stance.input_value() == "denied" else "denied")
    own_tab.locator("#why-correct").fill("he denied it")
    with own_tab.expect_navigation():
        own_tab.keyboard.press("Enter")
    assert made()[-1] == (Verdict.CORRECT, "he denied it")
    key("?")
    assert own_tab.get_by_role("dialog").is_visible()
    key("a")
    assert own_tab.get_by_role("dialog").is_visible() and made()[-1][0] is Verdict.CORRECT


def test_the_queue_is_accessible(tab: Page) -> None:
    for width in (1280, 375):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.goto("/review")
        for form in ("r", "c"):
            tab.keyboard.press("Escape")
            tab.keyboard.press(form)
            found = Axe().run(tab).response["violations"]
            assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_queue_works_without_scripts(own_tab: Page) -> None:
    bare = own_tab.context.browser.new_context(  # type: ignore[union-attr]
        base_url=own_tab.url.partition("/?")[0].rstrip("/"),
        java_script_enabled=False,
        storage_state=own_tab.context.storage_state(),
    )
    page = bare.new_page()
    page.goto("/review")
    first = page.locator("input[name='claim']").first.get_attribute("value")
    page.locator("summary", has_text="Reject").click()
    page.get_by_role("button", name="Another actor is meant").click()
    assert page.locator("input[name='claim']").first.get_attribute("value") != first
    page.get_by_role("button", name="Undo", exact=True).click()
    assert page.locator("input[name='claim']").first.get_attribute("value") == first
    bare.close()
