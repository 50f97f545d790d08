"""The desk says why a report does not count, leaves it out of lists, and its log names the notice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import client_of
from starlette.testclient import TestClient

import fakes
from dateline.ledger import Ledger
from dateline.model import Notice, PubStatus
from dateline.pipeline import Reading

REPORT = fakes.document("100 Russian soldiers are in Niger.", published="2024-05-04", title="Taken <back>")
SENT = Notice("", "urn:<b>1</b>", version="1", document=REPORT.id, provider="Wire & Co")
CANCEL = Notice("", SENT.item, PubStatus.CANCELED, version="2", provider="Wire & Co", note="<script>wrong</script>")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    fakes.install(monkeypatch)
    with Ledger(tmp_path / "a.db") as ledger:
        ledger.add_readings([Reading(REPORT, notices=(SENT,)), Reading(None, notices=(CANCEL,))])
        ledger.presence()
    with client_of(tmp_path / "a.db") as made:
        yield made


def test_the_page_of_a_retracted_report_says_so_and_shows_its_claims(desk: TestClient) -> None:
    page = desk.get(f"/reports/{REPORT.id}").text
    assert "This report does not count" in page
    assert "retracted by its provider" in page
    assert "Wire &amp; Co cancels urn:&lt;b&gt;1&lt;/b&gt;, version 2" in page
    assert "<script>wrong" not in page
    assert "100 Russian soldiers are in Niger" in page
    assert "1 claim" in page


def test_lists_and_the_interface_leave_it_out(desk: TestClient) -> None:
    assert REPORT.id not in desk.get("/reports").text
    assert desk.get("/api/v1/documents").json()["items"] == []
    assert desk.get("/api/v1/claims").json()["items"] == []
    assert desk.get("/api/v1/presences").json()["items"] == []
    found = desk.get(f"/api/v1/documents/{REPORT.id}").json()
    assert (found["set_aside"]["effect"], found["text"]) == ("retracted", REPORT.text)


def test_the_log_names_the_notice_and_what_became_of_the_report(desk: TestClient) -> None:
    page = desk.get("/log", params={"target": REPORT.id}).text
    assert "retracted by its provider: Taken &lt;back&gt;" in page
    assert "Wire &amp; Co cancels" in page
    (line,) = desk.get("/api/v1/log", params={"what": "notice"}).json()["items"]
    assert line["notice"]["status"] == "canceled"
    assert f'href="/reports/{REPORT.id}"' in desk.get("/log", params={"what": "retracted"}).text
