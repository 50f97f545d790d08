"""Adding reports at the desk: pasted, uploaded, refused in words, watched while they are read."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desks import Served, client_of, signed_in
from starlette.testclient import TestClient

from dateline.desk.adding import GivenError, formats, hints
from dateline.desk.jobs import Limits
from dateline.desk.keeper_process import KeeperProcess, Pace
from dateline.ingest import READERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REPORT = (
    "Soldiers leave Abéché\n\nABECHE, Chad, Jan 11 (Reuters) - France withdrew 400 soldiers from Chad on Saturday, "
    "the Chadian army said in a statement.\n"
)


@pytest.fixture(scope="module")
def adding(examples_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A signed-in client of a desk that is added to."""
    path = tmp_path_factory.mktemp("adding") / "own.db"
    shutil.copy(examples_file, path)
    with client_of(path) as made:
        made.headers["x-csrf-token"] = csrf(made)
        yield made


def csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', client.get("/add").text)
    assert found is not None
    return found[1]


def test_paste(adding: TestClient) -> None:
    answer = adding.post("/add/text", data={"text": REPORT, "published": "2025-01-12", "outlet": "The Daily"})
    assert answer.status_code == 200 and answer.url.path.startswith("/add/job-")
    assert "1 added" in answer.text and "France withdrew 400 soldiers from Chad" in answer.text
    report = re.search(r'href="(/reports/doc-[0-9a-f]+)"', answer.text)
    assert report is not None
    state = adding.get(f"{answer.url.path}/state").json()
    assert state["is_over"] and (state["done"], state["total"]) == (1, 1)
    again = adding.post("/add/text", data={"text": REPORT, "published": "2025-01-12", "outlet": "The Daily"})
    assert "1 known already" in again.text and report[1] in again.text
    assert adding.get("/add").text.count("pasted text") >= 2


def test_upload_of_good_and_bad_files(adding: TestClient) -> None:
    files = [
        ("files", ("../../good.txt", REPORT.replace("400", "450").encode(), "text/plain")),
        ("files", ("empty.txt", b"", "text/plain")),
        ("files", ("photo<script>.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, "image/jpeg")),
        ("files", ("page.html", b"<html><body><nav>Home</nav></body></html>", "text/html")),
        ("files", ("many.jsonl", (json.dumps({"text": REPORT.replace("400", "470")}) + "\n{broken\n").encode(), "")),
    ]
    answer = adding.post("/add/files", files=files, data={"published": "2025-01-12"})
    assert answer.status_code == 200
    assert "2 added" in answer.text and "4 refused" in answer.text
    assert "photo<script>" not in answer.text and "photo&lt;script&gt;" in answer.text
    for words in ("an empty file", "not a text", "not JSON", "good.txt"):
        assert words in answer.text
    assert "../../" not in answer.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": " \n "}, "paste the text"),
        ({"text": REPORT, "published": "yesterday"}, "no date"),
        ({"text": REPORT, "url": "javascript:alert(1)"}, "no address"),
        ({"text": REPORT, "language": "english"}, "two letters"),
        ({"text": REPORT, "title": "x" * 501}, "501 characters"),
    ],
)
def test_what_cannot_be_so_is_said_and_kept_in_the_form(adding: TestClient, fields: dict[str, str], words: str) -> None:
    answer = adding.post("/add/text", data=fields)
    assert answer.status_code == 422 and words in answer.text
    if fields["text"].strip():
        assert "France withdrew 400 soldiers" in answer.text


def test_no_file_chosen(adding: TestClient) -> None:
    answer = adding.post("/add/files", data={"published": "2025-01-12"}, files={"other": b"x"})
    assert answer.status_code == 422 and "choose at least one file" in answer.text


def test_too_many_files(adding: TestClient) -> None:
    files = [("files", (f"{n}.txt", b"x", "text/plain")) for n in range(Limits().files + 1)]
    answer = adding.post("/add/files", files=files)
    assert answer.status_code == 413 and "at most" in answer.text


def test_unknown_job(adding: TestClient) -> None:
    assert adding.get("/add/job-none").status_code == 404
    assert adding.get("/add/job-none/state").status_code == 404


def test_writing_needs_the_token_of_the_session(adding: TestClient) -> None:
    answer = adding.post("/add/text", data={"text": REPORT}, headers={"x-csrf-token": "wrong"})
    assert answer.status_code == 403


def test_hostile_text_is_inert(adding: TestClient) -> None:
    hostile = "Title <script>alert(1)</script> {{ 7*7 }}\u202e\n\nFrance withdrew 410 soldiers from Chad\x00 on Monday."
    answer = adding.post("/add/text", data={"text": hostile, "outlet": '"><img src=x onerror=alert(1)>'})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text and "<img" not in answer.text and "\u202e" not in answer.text


def test_every_reader_is_told_of() -> None:
    assert len(formats()) == len(READERS) and all(one.suffixes and one.words for one in formats())


def test_hints_are_checked_together() -> None:
    with pytest.raises(GivenError) as raised:
        hints({"published": "x", "url": "ftp://x", "language": "e"})
    assert set(raised.value.fields) == {"published", "url", "language"}
    assert hints({"published": " 2024-05-03 ", "outlet": "", "language": "EN"}).language == "en"


@pytest.fixture
def kept_tab(browser: Browser, own_ledger: Path) -> Iterator[Page]:
    """A tab on a desk whose keeper is a process of its own."""
    served = Served(own_ledger, lambda store: KeeperProcess(store, pace=Pace(poll=0.1, settled=0.1)))
    made = signed_in(browser, served)
    made.goto("/add")
    made.wait_for_timeout(100)
    made.errors.clear()  # type: ignore[attr-defined]
    yield made
    found = [*made.foreign, *made.errors]  # type: ignore[attr-defined]
    made.context.close()
    served.close()
    assert not found


def test_paste_a_report_and_watch_it_being_read(kept_tab: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    kept_tab.goto("/add")
    kept_tab.fill("#t-text", REPORT)
    kept_tab.fill("#t-published", "2025-01-12")
    kept_tab.get_by_role("button", name="Read the report").click()
    kept_tab.get_by_role("heading", name=re.compile("claims? found")).wait_for(timeout=90_000)
    assert "1 added" in kept_tab.inner_text("main")
    kept_tab.locator("main table a[href^='/reports/']").wait_for()
    assert not _serious(Axe().run(kept_tab))
    claim = kept_tab.locator("main a[href^='/claims/']").last.get_attribute("href")
    assert claim is not None and kept_tab.goto(claim).status == 200  # type: ignore[union-attr]
    assert "400" in kept_tab.inner_text("main")


def test_files_are_checked_before_they_are_sent(kept_tab: Page, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * (Limits().file_bytes + 1))
    small = tmp_path / "small.txt"
    small.write_text(REPORT)
    kept_tab.goto("/add")
    kept_tab.set_input_files("#f-files", [large])
    assert "large.txt" in kept_tab.inner_text("[data-refused]")
    button = kept_tab.get_by_role("button", name="Read the files")
    assert button.is_disabled()
    kept_tab.set_input_files("#f-files", [small])
    assert button.is_enabled() and "small.txt" in kept_tab.inner_text("[data-chosen]")
    assert not _serious(Axe().run(kept_tab))
    button.click()
    kept_tab.get_by_role("heading", name=re.compile("claims? found")).wait_for(timeout=90_000)


def _serious(found: object) -> list[str]:
    violations = found.response["violations"]  # type: ignore[attr-defined]
    return [one["id"] for one in violations if one["impact"] in ("serious", "critical")]
