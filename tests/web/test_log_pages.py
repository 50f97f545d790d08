"""The log and ledger health at the desk."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desks import client_of
from starlette.testclient import TestClient

from dateline.desk import Desk
from dateline.desk.health import health, issues
from dateline.desk.log import log
from dateline.judging import Judging
from dateline.ledger import Ledger
from dateline.store import open_store
from dateline.store.judging import LogFilters
from dateline.store.paging import Paging

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOMENT = "2025-02-03T10:00:00.000000Z"


@pytest.fixture(scope="module")
def judged(examples_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with judgements of two analysts, one undone, a refused report and more than a page of entries."""
    folder = tmp_path_factory.mktemp("log")
    path = folder / "judged.db"
    shutil.copy(examples_file, path)
    (folder / "empty.txt").write_text("")
    (folder / "undated.txt").write_text("Troops of France left Chad, the army said.")
    with Ledger(path) as ledger:
        ledger.add(folder / "empty.txt", folder / "undated.txt")
        claims = [claim.id for claim in ledger.claims(limit=40)]
    store = open_store(path, create=False)
    ada, bob = Judging(store, "Ada", lambda: MOMENT), Judging(store, "Bob <b>", lambda: "2025-02-04T10:00:00Z")
    ada.accept(*claims[:3])
    rejected = bob.reject(claims[3], reason='=HYPERLINK("x") <script>alert(1)</script>').judgements[0]
    bob.undo(rejected.id)
    ada.rate("Reuters", "B", reason="")
    for number in range(40):
        ada.note(claims[number], f"note {number}")
    store.close()
    return path


@pytest.fixture(scope="module")
def reading(judged: Path) -> Iterator[TestClient]:
    with client_of(judged) as made:
        yield made


def test_log_is_paged_from_the_newest(reading: TestClient, judged: Path) -> None:
    desk = Desk(open_store(judged, create=False))
    first = log(desk, LogFilters())
    assert len(first.rows) == 50 and first.next is not None
    second = log(desk, LogFilters(), Paging(50, first.next))
    assert first.rows[-1].line.entry.number > second.rows[0].line.entry.number
    answer = reading.get("/log")
    further = re.search(r'rel="next" href="([^"]+)"', answer.text)
    assert further is not None
    assert reading.get(further[1].replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("analyst=ada", "Accepted", "Rejected"),
        ("analyst=bob", "undone", "Accepted"),
        ("what=reading", "reader", "Accepted"),
        ("what=refused", "an empty file", "Accepted"),
        ("since=2025-02-04&until=2025-02-04", "Rejected", "note 39"),
        ("target=Reuters", "usually reliable", "Rejected"),
    ],
)
def test_filters(reading: TestClient, query: str, shown: str, hidden: str) -> None:
    answer = reading.get(f"/log?{query}")
    assert answer.status_code == 200
    main = answer.text.partition("<tbody>")[2]
    assert shown in main and hidden not in main


@pytest.mark.parametrize("query", ["what=nonsense", "since=tomorrow", "target=claim-ffffffff", "cursor=xyz"])
def test_what_cannot_be_asked_is_said(reading: TestClient, query: str) -> None:
    answer = reading.get(f"/log?{query}")
    assert answer.status_code == 200 and 'role="alert"' in answer.text


def test_words_of_analysts_are_inert(reading: TestClient) -> None:
    text = reading.get("/log?what=reject").text
    assert "&lt;script&gt;alert" in text and "<script>alert" not in text and "Bob &lt;b&gt;" in text


def test_files(reading: TestClient) -> None:
    answer = reading.get("/log.csv?what=reject")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 1 and not any(value.startswith("=") for value in rows[0].values())
    lines = reading.get("/log.jsonl").text.splitlines()
    assert len(lines) > 60 and all("told" in json.loads(line) for line in lines)


def test_health_counts(judged: Path) -> None:
    store = open_store(judged, create=False)
    desk = Desk(store)
    found = health(desk)
    assert found.behind > 0 and not found.is_current
    assert found.holdings.documents == desk.view.documents().total
    assert found.holdings.claims == desk.view.claims().total
    assert found.holdings.refused == 1 and found.holdings.judgements == 44
    assert {code.code: code.number for code in found.codes} == {"empty": 1, "no_date": 1}
    assert all(code.advice.do for code in found.codes)
    assert found.disk is not None and found.disk.size > 100_000 and sum(one.reports for one in found.readers) > 20
    assert [row.issue.code for row in issues(desk, code="empty").rows] == ["empty"]
    store.close()


def test_health_page(reading: TestClient) -> None:
    answer = reading.get("/health?code=no_date")
    assert answer.status_code == 200
    assert "No date of publication" in answer.text and "being worked into" in answer.text
    assert 'href="/reports/doc-' in answer.text
    assert reading.get("/health?code=%00&q=%25&cursor=x").status_code == 200


def test_log_and_health_in_a_browser(tab: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab.errors.clear()  # type: ignore[attr-defined]
    for address in ("/log", "/health"):
        tab.goto(address)
        tab.wait_for_timeout(100)
        found = Axe().run(tab).response["violations"]
        assert not [one["id"] for one in found if one["impact"] in ("serious", "critical")]
    tab.goto("/log")
    tab.select_option("#l-what", "reading")
    tab.get_by_role("button", name="Show").click()
    assert "what=reading" in tab.url and tab.locator("tbody tr").count() > 5
    tab.errors.clear()  # type: ignore[attr-defined]
